<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Network;

/**
 * What parts about the plugin have in common: a fresh network, and pieces of PHP that are run in a process of WordPress.
 */
final class Plugin
{
    /**
     * Counts from here on. What is returned is made by report(): milliseconds, statements, those of the database and of calls to RunCloud in them,
     * the most memory that was taken beside what was there.
     */
    public const COUNT = <<<'PHP'
        global $wpdb;
        $count = ["statements" => $wpdb->num_queries, "database" => 0.0, "panel" => 0.0];
        if (!has_action("domain_sync_after_call", "bench_note_call")) {
            function bench_note_call($call, $report) { $GLOBALS["bench_panel"] = ($GLOBALS["bench_panel"] ?? 0) + $report["milliseconds"]; }
            add_action("domain_sync_after_call", "bench_note_call", 10, 2);
        }
        $GLOBALS["bench_panel"] = 0;
        $wpdb->queries = [];
        memory_reset_peak_usage();
        $memory = memory_get_usage();
        $started = hrtime(true);
        $report = static function () use (&$count, $started, $memory): array {
            global $wpdb;
            return [
                "ms" => (hrtime(true) - $started) / 1e6,
                "statements" => $wpdb->num_queries - $count["statements"],
                "database" => 1000 * array_sum(array_column($wpdb->queries ?: [], 1)),
                "panel" => $GLOBALS["bench_panel"],
                "peak" => memory_get_peak_usage() - $memory,
            ];
        };

        PHP;

    /** DNS of $hosts is right, for Ultimate Multisite and for our own looks. */
    public const POINT_DNS = 'update_network_option(null, "test_hosts_with_dns", $hosts);
        update_network_option(null, "test_hosts_seen_by_plugin", $hosts);';

    /** Maps $hosts, as a customer does it in Ultimate Multisite. */
    public const MAP = <<<'PHP'
        foreach ($hosts as $host) {
            wu_create_domain(["domain" => $host, "blog_id" => 1, "active" => true, "primary_domain" => false, "secure" => false, "stage" => "done"]);
        }
        return $report();
        PHP;

    /** A minute later, a turn of the queue as cron makes it. */
    public const TURN = <<<'PHP'
        test_clock_let_time_pass(60);
        $wpdb->queries = []; $count["statements"] = $wpdb->num_queries; $started = hrtime(true);
        do_action("action_scheduler_run_queue", "WP Cron");
        return array_replace($report(), ["ms" => (hrtime(true) - $started) / 1e6]);
        PHP;

    /** How many rows there are of a table, given with its WHERE. */
    public static function count(string $of): int
    {
        return (int) Environment::get()->sql("SELECT COUNT(*) AS n FROM {$of}")[0]['n'];
    }

    /** A network with the plugin, without hosts, whose list at RunCloud was read; a calm panel. */
    public static function begin(Bench $bench, array $constants = []): Network
    {
        $bench->resetPanel();
        $environment = Environment::get();
        $environment->restore();
        // Times of statements are kept by WordPress itself.
        $environment->setConstants(Environment::CREDENTIALS + $constants + ['SAVEQUERIES' => true]);
        $network = new Network();
        $network->knowList();

        return $network;
    }
}
