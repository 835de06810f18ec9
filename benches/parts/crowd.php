<?php

declare(strict_types=1);

// (e) The same by 16 processes at once, under RunCloud's 60 requests a minute. A minute is: all 16 turn the queue, then the clock goes on by 60
// seconds and RunCloud grants 60 more.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Plugin;
use RunCloud\Test\WordPress\Support\Worker;

return static function (Bench $bench): void {
    $limit = 60;
    $number = $bench->rounds(1000, 120);
    Plugin::begin($bench, ['SAVEQUERIES' => false]);
    $hosts = array_map(static fn (int $n): string => "shop{$n}.example", range(1, $number));
    $workers = array_map(static fn (): Worker => new Worker(), range(1, 16));
    $workers[0]->run(Plugin::POINT_DNS, compact('hosts'));
    $workers[0]->run(Plugin::COUNT . Plugin::MAP, compact('hosts'));
    $bench->simulator->setState(['rate_limit_per_minute' => $limit]);
    $minutes = 0;
    $used = [];
    $refused = 0;
    do {
        foreach ($workers as $worker) {
            $worker->start('function_exists("test_door_renew_queue") && test_door_renew_queue(); do_action("domain_sync_run");');
        }
        foreach ($workers as $worker) {
            $worker->answer();
        }
        $answers = array_count_values(array_column($bench->simulator->history(), 'status'));
        $bench->simulator->clearHistory();
        $refused += $answers[429] ?? 0;
        $used[] = (array_sum($answers) - ($answers[429] ?? 0)) / $limit;
        $added = Plugin::count("wp_domain_sync_domains WHERE remote_state = 'present'");
        $workers[0]->run('test_clock_let_time_pass(60);');
        $bench->simulator->setState(['rate_limit_per_minute' => $limit]);
    } while ($added < $number && ++$minutes < 60);
    $bench->say("requests in each minute: " . implode(" ", array_map(static fn (float $share): string => (string) round($limit * $share), $used)));
    // The last minute has no more to do than is left.
    array_pop($used);
    $names = array_column($bench->simulator->state()['domains'], 'name');
    $bench->results->one('e.crowd.mappings', 'mappings', $added);
    $bench->results->one('e.crowd.doubled', 'domains', count($names) - count(array_unique($names)));
    $bench->results->one('e.crowd.minutes', 'minutes', count($used) + 1);
    $bench->results->one('e.crowd.share', '%', 100 * array_sum($used) / count($used));
    $bench->results->one('e.crowd.refused', 'answers', $refused);
    $bench->resetPanel();
};
