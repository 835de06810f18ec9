<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The walk over a network of many hosts: a slice reads what it is about, wherever in the network that is, and whichever sites have it.
 */
final class WalkSizeTest extends NetworkTestCase
{
    /** Rows of a table that one statement of a slice may read: a page of 1,000, and some. */
    private const MOST_ROWS = 3000;

    public function testASliceReadsNoMoreRecordsWhenOneSiteHasThemAll(): void
    {
        Environment::get()->sql(
            "INSERT INTO wp_wu_domain_mappings (blog_id, domain, active, stage)
                SELECT 1, CONCAT('host', seq, '.example'), 1, 'done' FROM seq_1_to_30000;
            ANALYZE TABLE wp_wu_domain_mappings"
        );
        $plans = WordPress::run(
            'use Domain_Sync_For_RunCloud\Network\Network;
            global $wpdb;
            $statements = [];
            add_filter("query", function ($sql) use (&$statements) { $statements[] = $sql; return $sql; });
            $pages = [count(Network::page("record", 0)), count(Network::page("record", 20000)), count(Network::page("site", 0))];
            Network::find(array_map(fn ($i) => "host$i.example", range(20001, 20500)));
            remove_all_filters("query");
            $plans = [];
            foreach ($statements as $sql) {
                foreach ($wpdb->get_results("ANALYZE $sql", ARRAY_A) as $plan) { $plans[] = [substr($sql, 0, 200), $plan]; }
            }
            return [$pages, $plans];'
        );
        self::assertSame([1000, 1000, 1], $plans[0]);
        self::assertGreaterThan(4, count($plans[1]));
        foreach ($plans[1] as [$sql, $plan]) {
            self::assertLessThanOrEqual(self::MOST_ROWS, (float) $plan['r_rows'], "{$sql}\n" . json_encode($plan));
        }
    }
}
