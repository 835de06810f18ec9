<?php

declare(strict_types=1);

// (i) From the moment at which DNS is right to the order of the certificate, and to the look that finds the lock: in shifted time, with cron
// once a minute. RunCloud is given half a minute to issue a certificate. With one host waiting, and with a thousand.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Plugin;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Worker;
use RunCloud\Test\WordPress\Support\World;

return static function (Bench $bench): void {
    $issuing = 30;
    $samples = $bench->rounds(100, 10);
    foreach (['one' => 1, 'thousand' => $bench->rounds(1000, 100)] as $key => $waiting) {
        Plugin::begin($bench, ['SAVEQUERIES' => false]);
        // In advanced mode each host has an order of its own; in basic mode they would wait for each other.
        $ssl = $bench->simulator->state()['ssl'];
        $bench->simulator->setState(['ssl' => ['2001' => ['advancedSSL' => true, 'certificate' => null] + $ssl['2001']]]);
        // DNS is to lead to this machine.
        $servers = $bench->simulator->state()['servers'];
        $bench->simulator->setState(['servers' => [['ipAddress' => World::HERE] + $servers[0]]]);
        $worker = new Worker();
        $worker->run('update_network_option(null, "test_looks", 1);');
        $world = new World();
        $right = [];
        $certificates = [];
        $serve = static function () use (&$right, &$certificates, $world): void {
            $world->change(array_fill_keys(array_keys($right), World::HERE), ['certificates' => $certificates ?: (object) []]);
        };
        $rows = static fn (): array => Environment::get()->sql(
            'SELECT host, ordered_at IS NOT NULL AS ordered, certificate_reason FROM wp_domain_sync_domains
                WHERE dns_since IS NOT NULL OR ordered_at IS NOT NULL'
        );
        $names = array_map(static fn (int $n): string => "shop{$n}.example", range(1, max($waiting, $samples)));
        // How many wait at a time: they are mapped, and their DNS is not there.
        $map = static fn (array $hosts) => $worker->run(Plugin::COUNT . Plugin::MAP, compact('hosts'));
        $map(array_slice($names, 0, $waiting));
        $next = $waiting;
        $minute = 0;
        $turn = static function () use (&$minute, $worker, $bench): array {
            $minute++;
            $worker->run('test_clock_let_time_pass(60); $GLOBALS["wpdb"]->queries = [];');
            $started = hrtime(true);
            $worker->run('function_exists("test_door_renew_queue") && test_door_renew_queue(); do_action("action_scheduler_run_queue", "WP Cron");');

            return [60 * $minute, (hrtime(true) - $started) / 1e9];
        };
        // RunCloud has them all: what is measured begins with their DNS.
        $domains = $bench->simulator->state()['domains'];
        foreach (array_slice($names, 0, $waiting) as $n => $name) {
            $domains[] = ['id' => 9001 + $n, 'name' => $name, 'type' => 'alias'] + $domains[0];
        }
        $bench->simulator->setState(['domains' => $domains]);
        Environment::get()->sql(
            "UPDATE wp_domain_sync_domains SET remote_state = 'present', remote_type = 'alias', owner = 'ours', web_app = 2001,
                remote_id = 9000 + SUBSTRING_INDEX(SUBSTRING(host, 5), '.', 1), domain_reason = 'mapped', due_at = NULL,
                look_at = UTC_TIMESTAMP() WHERE host LIKE 'shop%'; SELECT 1"
        );
        $turn();
        $turn();
        $toOrder = [];
        $toLock = [];
        $ordered = [];
        $begun = 0;
        // Those that wait become right one after the other, at any second of a minute.
        $queue = array_slice($names, 0, $samples);
        while (count($toLock) < $samples) {
            // With one host a new one follows when the last is served; of a thousand ten become right in each minute.
            $atOnce = $waiting === 1 ? (count($toLock) === $begun ? 1 : 0) : 10;
            for ($i = 0; $i < $atOnce && $begun < $samples; $i++, $begun++) {
                $host = $queue[$begun];
                if ($begun >= $next) {
                    $map([$host]);
                    $turn();
                    $next++;
                }
                $right[$host] = 60 * $minute + random_int(0, 59);
                $certificates[$host] = 'self-signed';
            }
            $now = 60 * ($minute + 1);
            foreach ($ordered as $host => $at) {
                if ($at + $issuing <= $now && $certificates[$host] !== 'good') {
                    $certificates[$host] = 'good';
                }
            }
            $serve();
            [$now, $took] = $turn();
            foreach ($rows() as $row) {
                $host = $row['host'];
                if ($row['ordered'] === '1' && !isset($ordered[$host])) {
                    $ordered[$host] = $now + $took;
                    $toOrder[$host] = $ordered[$host] - $right[$host];
                }
                if ($row['certificate_reason'] === 'certificate-covers' && !isset($toLock[$host])) {
                    $toLock[$host] = $now + $took - $right[$host];
                }
            }
            if ($minute > 2000) {
                throw new RuntimeException('They never get there: ' . json_encode(array_slice($rows(), 0, 5)));
            }
        }
        foreach (['order' => $toOrder, 'lock' => $toLock] as $what => $seconds) {
            $bench->results->spread("i.{$key}.{$what}", 's', array_values($seconds));
            sort($seconds);
            $bench->results->one("i.{$key}.{$what}.95", 's', \RunCloud\Bench\Support\Results::quantile($seconds, 0.95));
        }
        unset($worker, $world, $serve, $map, $turn);
    }
    $bench->resetPanel();
};
