<?php

declare(strict_types=1);

// (g) With ever more rows: a turn of the queue that finds nothing and one that finds work, the plan, the screens. Times of the database are
// WordPress's own (SAVEQUERIES).

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Plugin;
use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Rows;
use RunCloud\Test\WordPress\Support\Worker;
use RunCloud\Test\WordPress\Support\WordPress;

return static function (Bench $bench): void {
    $results = $bench->results;
    foreach ($bench->isQuick ? [1000, 10000] : [1000, 10000, 100000] as $number) {
        $key = "g.{$number}";
        Plugin::begin($bench);
        Rows::fill($number);
        $sql = static fn (string $statement): array => Environment::get()->sql($statement);
        // A tenth waits for the admin, as in a network that the plugin just came to. The network has a record for each row.
        $sql("UPDATE wp_domain_sync_domains SET site_id = 1, customer_id = 0, hold = IF(id % 10, '', 'existing'),
                remote_state = IF(id % 10, 'present', 'unknown'), remote_id = IF(id % 10, id, 0), due_at = NULL, look_at = '2036-01-01';
            INSERT INTO wp_wu_domain_mappings (blog_id, domain, active, stage) SELECT 1, host, 1, 'done' FROM wp_domain_sync_domains;
            ANALYZE TABLE wp_domain_sync_domains, wp_wu_domain_mappings");
        $worker = new Worker();

        // Each hour; then it is not due any more, and what follows is without it.
        $walk = $worker->run(Plugin::COUNT . 'Domain_Sync_For_RunCloud\Network\Walk::go_on(time() + 600); return $report();');
        $results->one("{$key}.walk.ms", 'ms', $walk['ms']);
        $results->one("{$key}.walk.statements", 'statements', $walk['statements']);
        $rounds = $bench->rounds(30, 3);
        $kinds = [
            'quiet' => ['do_action("action_scheduler_before_process_queue");', ''],
            'wake' => [
                'do_action("action_scheduler_run_queue", "WP Cron");',
                'UPDATE wp_domain_sync_domains SET due_at = UTC_TIMESTAMP() WHERE id = 7; SELECT 1',
            ],
        ];
        foreach ($kinds as $what => [$code, $before]) {
            $times = [];
            $statements = 0;
            for ($round = 0; $round < $rounds; $round++) {
                if ($before !== '') {
                    $sql($before);
                }
                $took = $worker->run(Plugin::COUNT . $code . 'return $report();');
                $times[] = $took['database'];
                $statements = $took['statements'];
            }
            $results->spread("{$key}.{$what}.database", 'ms', $times);
            $results->one("{$key}.{$what}.statements", 'statements', $statements);
        }
        $plan = $worker->run(Plugin::COUNT . 'Domain_Sync_For_RunCloud\Sync\Plan::summary(); return $report();');
        foreach (['ms' => 'ms', 'database' => 'ms', 'statements' => 'statements'] as $what => $unit) {
            $results->one("{$key}.plan.{$what}", $unit, $plan[$what]);
        }
        $results->one("{$key}.plan.memory", 'MiB', $plan['peak'] / 2 ** 20);
        unset($worker);

        $admin = Browser::admin();
        $list = '/wp-admin/network/admin.php?page=domain-sync';
        $last = (int) ceil($number / 20);
        $screens = ['first' => $list, 'last' => "{$list}&paged={$last}", 'one' => "{$list}&host=host7.example", 'plan' => "{$list}&tab=plan"];
        foreach ($screens as $what => $page) {
            $id = bin2hex(random_bytes(8));
            [$status, $body] = $admin->get($page, ["X-Test-Cost: {$id}"]);
            $cost = json_decode(file_get_contents($file = Environment::get()->path("cost-{$id}.json")), true, 512, JSON_THROW_ON_ERROR);
            unlink($file);
            if ($status !== 200 || !str_contains($body, 'host')) {
                throw new RuntimeException("{$page}: {$status}");
            }
            $results->one("{$key}.screen.{$what}.statements", 'statements', count($cost['queries']));
            $times = [];
            for ($round = 0; $round < $bench->rounds(10, 2); $round++) {
                $started = hrtime(true);
                $admin->get($page);
                $times[] = (hrtime(true) - $started) / 1e6;
            }
            $results->spread("{$key}.screen.{$what}", 'ms', $times);
        }
        $times = [];
        for ($round = 0; $round < $bench->rounds(10, 2); $round++) {
            $started = hrtime(true);
            $admin->get('/wp-admin/network/index.php');
            $times[] = (hrtime(true) - $started) / 1e6;
        }
        $results->spread("{$key}.screen.dashboard", 'ms', $times);
    }
};
