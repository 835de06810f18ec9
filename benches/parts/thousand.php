<?php

declare(strict_types=1);

// (e) Mappings through the plugin: events of Ultimate Multisite, the queue once a minute, basic mode, DNS right, no limit of requests.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Plugin;
use RunCloud\Test\WordPress\Support\Worker;

return static function (Bench $bench): void {
    foreach ($bench->isQuick ? [10, 100] : [10, 100, 1000] as $number) {
        Plugin::begin($bench);
        $hosts = array_map(static fn (int $n): string => "shop{$n}.example", range(1, $number));
        $worker = new Worker();
        $worker->run(Plugin::POINT_DNS, compact('hosts'));
        $mapped = $worker->run(Plugin::COUNT . Plugin::MAP, compact('hosts'));
        $sum = ['ms' => 0, 'statements' => 0, 'database' => 0, 'panel' => 0, 'peak' => 0];
        $minutes = 0;
        do {
            $turn = $worker->run(Plugin::COUNT . Plugin::TURN);
            foreach (['ms', 'statements', 'database', 'panel'] as $what) {
                $sum[$what] += $turn[$what];
            }
            $sum['peak'] = max($sum['peak'], $turn['peak']);
            $minutes++;
            $added = Plugin::count("wp_domain_sync_domains WHERE remote_state = 'present'");
        } while ($added < $number && $minutes < 60);
        $history = $bench->simulator->history();
        $posts = count(array_filter($history, static fn (array $entry): bool => $entry['method'] === 'POST'));
        if ($posts < $number || count(array_unique(array_column($bench->simulator->state()['domains'], 'name'))) < $number + 1) {
            throw new RuntimeException("Only {$posts} of {$number} were added.");
        }
        $jobs = Plugin::count("wp_actionscheduler_actions WHERE hook = 'domain_sync_run' AND status = 'complete'");
        $key = "e.{$number}";
        $results = $bench->results;
        $results->one("{$key}.requests", 'requests each', count($history) / $number);
        $results->one("{$key}.orders", 'orders', count($history) - $posts);
        $results->one("{$key}.event", 'ms each', $mapped['ms'] / $number);
        $results->one("{$key}.event.statements", 'statements each', $mapped['statements'] / $number);
        $results->one("{$key}.wall", 's', $sum['ms'] / 1000);
        $results->one("{$key}.statements", 'statements each', $sum['statements'] / $number);
        $results->one("{$key}.database", 'ms each', $sum['database'] / $number);
        // Without the calls to RunCloud: what the plugin, WordPress and the database take.
        $results->one("{$key}.own", 'ms each', ($sum['ms'] - $sum['panel']) / $number);
        $results->one("{$key}.jobs", 'jobs', $jobs);
        $results->one("{$key}.minutes", 'minutes', $minutes);
        $results->one("{$key}.memory", 'MiB', $sum['peak'] / 2 ** 20);
        unset($worker);
    }
    $bench->resetPanel();
};
