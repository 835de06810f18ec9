<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Rows;
use RunCloud\Test\WordPress\Support\StoreTestCase;

/**
 * The store with 100,000 rows: every statement of a run goes by an index and reads no more rows than it is about.
 */
final class StoreSizeTest extends StoreTestCase
{
    /** More rows than this are read by no statement of a run: a piece of 1,000, or what one index gives for a state. */
    private const MOST_ROWS = 3000;

    public function testNoStatementOfARunReadsTheWholeTable(): void
    {
        Rows::fill();
        $plans = $this->store(
            '$statements = [];
            add_filter("query", function ($sql) use (&$statements) { $statements[] = $sql; return $sql; });
            $hosts = array_map(fn ($i) => "host$i.example", range(1, 1000));
            $alias = ["type" => "alias", "www" => false, "redirection" => "none", "wildcard" => false];
            $seen = array_map(fn ($i) => ["host" => "host$i.example", "id" => $i] + $alias, range(1, 40));
            Domain_List::has_work();
            Domain_List::next_at();
            Needs::find(time() - 172800, time() - 86400);
            Needs::plan_waits(time() - 86400);
            Needs::rows(time() - 86400, ["unauthorized"], 20);
            Needs::count(time() - 86400, ["unauthorized"]);
            Domain_List::find("host77.example");
            Domain_List::find_many($hosts);
            Domain_List::hosts_of_site(77);
            Domain_List::page(50000);
            Domain_List::with_status(Status::Pending, "host5");
            Decisions::on_hold("existing");
            Selection::of_site(77);
            Selection::page(["site_id" => 77], "", 50);
            Selection::with_reason(Status::Pending, Reason::Panel_Down, 500);
            Domain_List::ending(time() + 86400);
            Domain_List::take_looks(1000, 120);
            Domain_List::write_look(Domain_List::find("host78.example"), Reason::Served, [], Reason::Covers, []);
            Remotes::mark_seen(2001, 8, $seen);
            Remotes::mark_unseen(2001, 7, time());
            Domain_List::wake(Reason::Panel_Down);
            $hosts = array_slice($hosts, 0, Domain_List::PIECE);
            Domain_List::retry($hosts);
            Decisions::approve($hosts);
            Decisions::approve([], "existing");
            Decisions::approve_rows(array_fill(1000, 250, 1));
            Decisions::decline_rows(array_fill(2000, 250, 1));
            Decisions::hold($hosts, "existing", Reason::Renamed);
            Decisions::release($hosts, "existing");
            Decisions::count_approved();
            Decisions::has_any(2001);
            Decisions::count_failed();
            Decisions::stop();
            Domain_List::make_due_for_settings();
            Remotes::wildcards(2001, $hosts);
            History::made($hosts);
            Remotes::mark_unknown($hosts);
            Remotes::shared(2001);
            Remotes::is_order_due(2001);
            Remotes::count_vanished(10);
            Domain_List::retry_failed();
            Domains::mark_dns_ready("host79.example");
            $want("new.example"); $want("host77.example", ["site_id" => 5]); Domains::unwant("host77.example");
            foreach (Domains::claim_due(50, 75) as $i => $row) {
                Domains::mark_asked($row, "add", 2001, time() + 75);
                match ($i % 7) {
                    4 => Domains::mark_ordered($row, Reason::Order_Under_Way, 9),
                    5 => Domains::mark_broken($row, time() + 60),
                    0 => Domains::mark_present($row, ["id" => 1, "owner" => "ours", "web_app" => 2001]),
                    1 => Domains::mark_absent($row, Reason::Deleted),
                    2 => Domains::mark_failed($row, Reason::Panel_Down, [], time() + 30, false),
                    3 => Domains::settle($row, Reason::Suspended, [], 0),
                    default => Domains::release($row),
                };
            }
            History::list("host77.example");
            History::orders_since(time() - 604800, ["scope77.example", "scope78.example"], ["set77"]);
            History::all_orders_since(time() - 10800);
            History::failed_validations(["", "host77.example"], time() - 3600);
            History::prune();
            remove_all_filters("query");
            $plans = [];
            foreach ($statements as $sql) {
                if (!str_starts_with($sql, "INSERT") && !str_contains($sql, "_sitemeta")) {
                    // EXPLAIN knows nothing of LIMIT; ANALYZE counts the rows that were read.
                    $explain = str_starts_with($sql, "SELECT") ? "ANALYZE" : "EXPLAIN";
                    foreach ($wpdb->get_results("$explain $sql", ARRAY_A) as $plan) { $plans[] = [substr($sql, 0, 300), $plan]; }
                }
            }
            return $plans;'
        );
        self::assertGreaterThan(120, count($plans));
        foreach ($plans as [$sql, $plan]) {
            if (str_starts_with((string) $plan['table'], '<derived')) {
                // Made of an inner statement, which has its own line.
                continue;
            }
            self::assertNotContains($plan['type'], ['ALL', 'index'], "{$sql}\n" . json_encode($plan));
            self::assertLessThanOrEqual(self::MOST_ROWS, (int) ($plan['r_rows'] ?? $plan['rows']), "{$sql}\n" . json_encode($plan));
        }
    }

    public function testTheWholeTableIsReadInPieces(): void
    {
        Rows::fill();
        $answer = $this->store(
            'Domain_List::find("the first statement of a process asks for the version of the tables");
            $started = hrtime(true); $after = 0; $rows = 0; $statements = $wpdb->num_queries; $memory = memory_get_usage();
            do {
                $page = Domain_List::page($after);
                $rows += count($page);
                $after = $page ? end($page)->id : 0;
                $most = max($most ?? 0, memory_get_usage() - $memory);
            } while ($page);
            $read = intdiv(hrtime(true) - $started, 1000000);
            $started = hrtime(true);
            for ($i = 0; $i < 100; $i++) { Domain_List::has_work(); }
            $asked = intdiv(hrtime(true) - $started, 100000);
            $started = hrtime(true);
            $claimed = count(Domains::claim_due(50, 75));
            $claim_took = intdiv(hrtime(true) - $started, 1000);
            $started = hrtime(true);
            $counts = Domain_List::counts();
            return [$rows, $wpdb->num_queries - $statements, $most, array_sum($counts), $claimed,
                ["read" => $read . " ms", "has_work" => $asked . " us", "claim" => $claim_took . " us",
                    "counts" => intdiv(hrtime(true) - $started, 1000) . " us"]];'
        );
        self::assertSame([100000, 100000, 50], [$answer[0], $answer[3], $answer[4]]);
        self::assertSame(101 + 100 + 4 + 1, $answer[1], 'Statements');
        self::assertLessThan(20 << 20, $answer[2], 'Memory');
        if (getenv('FIGURES')) {
            fwrite(STDERR, json_encode($answer, JSON_PRETTY_PRINT));
        }
    }

    public function testThePlanOfAllRowsIsStreamed(): void
    {
        Rows::fill();
        $answer = $this->store(
            '$wpdb->query("UPDATE wp_domain_sync_domains SET hold = \'existing\', remote_state = \'unknown\', remote_id = 0 WHERE id % 10 = 0");
            memory_reset_peak_usage(); $memory = memory_get_usage(); $started = hrtime(true); $statements = $wpdb->num_queries;
            $summary = Domain_Sync_For_RunCloud\\Sync\\Plan::summary();
            $all = array_sum(array_map("array_sum", $summary["kinds"]));
            $took = intdiv(hrtime(true) - $started, 1000000);
            return [$summary["mapped"] > 90000, $all > 0, $wpdb->num_queries - $statements, memory_get_peak_usage() - $memory,
                ["plan" => $took . " ms", "lines" => $all]];'
        );
        self::assertSame([true, true], [$answer[0], $answer[1]]);
        // A page of 1,000 rows each, and a few for what is the same for all.
        self::assertLessThanOrEqual(101 + 8, $answer[2], 'Statements');
        self::assertLessThan(20 << 20, $answer[3], 'Memory');
        if (getenv('FIGURES')) {
            fwrite(STDERR, json_encode($answer, JSON_PRETTY_PRINT));
        }
    }

    public function testAPageOfAListIsFoundInAnIndexAlsoTheLastOne(): void
    {
        Rows::fill();
        [$plans, $figures] = $this->store(
            'use Domain_Sync_For_RunCloud\Store\Listing;
            Domain_List::find("the first statement of a process asks for the version of the tables");
            // One site that has most of them: the worst case for its list.
            $wpdb->query("UPDATE wp_domain_sync_domains SET site_id = 7 WHERE remote_id <= 60000");
            $wpdb->query("ANALYZE TABLE wp_domain_sync_domains");
            $statements = []; $figures = [];
            add_filter("query", function ($sql) use (&$statements) { $statements[] = $sql; return $sql; });
            $ready = ["status" => Status::Ready];
            foreach (
                [[[], "host", 100000], [$ready, "host", 99000], [$ready, "since", 99000], [["certificate" => Status::Ready], "until", 100000],
                    [["hold" => "existing"], "host", 100], [["begins" => "host"], "host", 100000], [["begins" => "host9"] + $ready, "host", 11000],
                    [["site" => 7], "host", 60000], [["site" => 7, "begins" => "host1"], "host", 11000]]
                as [$wanted, $sort, $total]
            ) {
                foreach ([[0, false], [$total - 40, false], [$total - 40, true]] as [$offset, $isDown]) {
                    $started = hrtime(true);
                    $rows = Listing::page($wanted, $sort, $isDown, $offset, 20);
                    $name = json_encode($wanted) . " $sort $offset " . ($isDown ? "down" : "up");
                    $figures[$name] = [count($rows), round((hrtime(true) - $started) / 1e6, 1)];
                }
                $started = hrtime(true);
                $number = Listing::count($wanted);
                $figures["count " . json_encode($wanted)] = [$number, round((hrtime(true) - $started) / 1e6, 1)];
            }
            $started = hrtime(true);
            Domain_List::counts(); Domain_List::counts("certificate"); Decisions::counts();
            $figures["counts of the views"] = [20, round((hrtime(true) - $started) / 1e6, 1)];
            By_Hand::order(array_map(fn ($i) => "host$i.example", range(1, 200)));
            remove_all_filters("query");
            $plans = [];
            foreach ($statements as $sql) {
                foreach ($wpdb->get_results("EXPLAIN $sql", ARRAY_A) as $plan) { $plans[] = [substr($sql, 0, 200), $plan]; }
            }
            return [$plans, $figures];'
        );
        foreach ($plans as [$sql, $plan]) {
            self::assertNotSame('ALL', $plan['type'], "{$sql}\n" . json_encode($plan));
            self::assertStringNotContainsString('filesort', (string) $plan['Extra'], "{$sql}\n" . json_encode($plan));
            if ((int) $plan['rows'] > self::MOST_ROWS) {
                self::assertStringContainsString('Using index', $plan['Extra'], "{$sql}\n" . json_encode($plan));
            }
        }
        foreach ($figures as $what => [$rows, $took]) {
            self::assertGreaterThanOrEqual(20, $rows, $what);
            // Measured: 4 ms for first pages, 30 to 90 ms for last ones, 120 ms for all counts, on two busy cores.
            self::assertLessThan(500, $took, $what);
        }
        if (getenv('FIGURES')) {
            fwrite(STDERR, json_encode($figures, JSON_PRETTY_PRINT));
        }
    }
}
