<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Process;
use RunCloud\Test\WordPress\Support\StoreTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The two tables: how they come, how they are upgraded, and what never reaches them.
 */
final class StoreTablesTest extends StoreTestCase
{
    public function testInstallAndUpgradeEndInTheSameTables(): void
    {
        $fresh = self::tables();
        self::assertStringContainsString('ascii_bin', $fresh);
        $this->store('$want("shop.example");');
        Environment::get()->sql(
            'ALTER TABLE wp_domain_sync_domains DROP KEY hold, DROP KEY inventory, DROP COLUMN claim, DROP COLUMN claimed_until,
                DROP COLUMN changed_at, DROP COLUMN withheld;
            ALTER TABLE wp_domain_sync_events DROP KEY host, DROP KEY kind, DROP KEY kind_set, DROP KEY age, DROP COLUMN at, DROP COLUMN via'
        );
        self::assertNotSame($fresh, self::tables());
        $host = $this->store('Table::upgrade(); Table::upgrade(); return Domain_List::find("shop.example")->host;');
        self::assertSame($fresh, self::tables());
        self::assertSame('shop.example', $host);
    }

    public function testProcessesThatUpgradeAtOnceEndInTheSameTables(): void
    {
        $fresh = self::tables();
        Environment::get()->sql(
            'DROP TABLE wp_domain_sync_events;
            ALTER TABLE wp_domain_sync_domains DROP KEY inventory, DROP COLUMN changed_at, DROP COLUMN withheld'
        );
        $code = 'Domain_Sync_For_RunCloud\Store\Table::upgrade(); return true;';
        $processes = array_map(static fn (): Process => WordPress::start($code), range(1, 4));
        self::assertSame(array_fill(0, 4, true), array_map(static fn (Process $process): bool => $process->answer(), $processes));
        self::assertSame($fresh, self::tables());
    }

    public function testARowOfANewerVersionCanBeRead(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            $wpdb->query("ALTER TABLE " . Table::name("domains") . " ADD COLUMN mood int NOT NULL DEFAULT 0");
            $wpdb->query("UPDATE " . Table::name("domains") . " SET domain_status = \'odd\', domain_reason = \'new-reason\'");
            $row = Domain_List::find("shop.example");
            return [$row->domain_status->value, $row->domain_reason, Domain_List::counts()];'
        );
        self::assertSame(['unknown', null, ['odd' => 1]], $answer);
    }

    public function testDroppedTablesLeaveNothingBehind(): void
    {
        $this->store('update_network_option(null, Table::OPTION_LOST_AT, 1); Table::drop();');
        $environment = Environment::get();
        self::assertSame([], $environment->sql("SHOW TABLES LIKE 'wp\\_domain\\_sync%'"));
        self::assertSame([], $environment->sql("SELECT * FROM wp_sitemeta WHERE meta_key LIKE 'domain\\_sync\\_tables%'"));
    }

    public function testEveryColumnHoldsAsciiOnly(): void
    {
        $wrong = Environment::get()->sql(
            "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_NAME LIKE 'wp\\_domain\\_sync\\_%' AND COLLATION_NAME <> 'ascii_bin'"
        );
        self::assertSame([], $wrong);
    }

    public function testAnUpgradeThatLeavesAColumnOutIsNotNoted(): void
    {
        $answer = $this->store(
            'delete_network_option(null, Table::OPTION_VERSION);
            $wpdb->query("ALTER TABLE {$wpdb->base_prefix}domain_sync_domains DROP COLUMN details");
            add_filter("query", fn ($sql) => str_contains($sql, "ADD COLUMN details") ? "SELECT 1" : $sql);
            return [$thrown(fn () => Table::upgrade()), get_network_option(null, Table::OPTION_VERSION)];'
        );
        self::assertSame(['RuntimeException', false], $answer);
    }

    public function testTablesThatAreMissingAreMadeOnceAndSaidSo(): void
    {
        $answer = $this->store(
            'foreach (["domains", "events"] as $table) { $wpdb->query("DROP TABLE " . Table::name($table)); }
            $found = Domain_List::find("shop.example");
            $lost = get_network_option(null, Table::OPTION_LOST_AT);
            $want("shop.example");
            History::add("shop.example", "added");
            return [$found, abs(time() - $lost) < 60, Domain_List::find("shop.example")->host, count(History::list("shop.example"))];'
        );
        self::assertSame([null, true, 'shop.example', 1], $answer);
    }

    public function testAReadThatFailsIsNeverNoRow(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            add_filter("query", fn ($sql) => "SELECT nothing FROM nowhere");
            return array_map($thrown, [
                fn () => Domain_List::find("shop.example"), fn () => Domain_List::find_many(["shop.example"]),
                    fn () => Domain_List::hosts_of_site(2),
                fn () => Domain_List::page(), fn () => Domain_List::has_work(), fn () => Domains::claim_due(50, 75),
                    fn () => Domain_List::take_looks(50, 75),
                fn () => Domains::unwant("shop.example"), fn () => History::list("shop.example"), fn () => History::orders_since(0, ["a"], []),
            ]);'
        );
        self::assertSame(array_fill(0, 10, 'RuntimeException'), $answer);
    }

    public function testNothingOutsideAsciiReachesAStatement(): void
    {
        $answer = $this->store(
            'Domain_List::counts(); // The tables were seen to be those of this version.
            $before = $wpdb->num_queries;
            $thrown = array_map($thrown, [
                fn () => Domain_List::find("straße.example"), fn () => Domain_List::find_many(["a.example", "ä.example"]),
                    fn () => $want("क्‍ष.example"),
                fn () => Domains::unwant("ü.example"), fn () => History::list("é.example"), fn () => Decisions::approve(["ñ.example"]),
            ]);
            return [$thrown, $wpdb->num_queries - $before];'
        );
        self::assertSame([array_fill(0, 6, 'InvalidArgumentException'), 0], $answer);
    }

    public function testDetailsOutsideAsciiAreStoredAndReadBack(): void
    {
        $answer = $this->store(
            '$want("shop.example");
            $row = $claim();
            $written = Domains::mark_failed($row, Reason::Refused, ["message" => "Ungültig: 名前 \u{200d} \xff"], 0, true);
            $row = Domain_List::find("shop.example");
            return [$written, $row->domain_reason->sentence($row->domain_details),
                $wpdb->get_var("SELECT details FROM " . Table::name("domains") . " WHERE details REGEXP \'^[ -~]+$\'")];'
        );
        self::assertTrue($answer[0]);
        self::assertSame("RunCloud refused the domain: Ungültig: 名前 \u{200d} \u{fffd}", $answer[1]);
        self::assertStringContainsString('Ung\u00fcltig', $answer[2]);
    }

    public function testDetailsThatAreTooLongAreShortened(): void
    {
        $answer = $this->store(
            '$lengths = [];
            foreach ([["message" => str_repeat("ü", 9000)], array_fill(0, 500, "x"), ["found" => array_fill(0, 900, "2001:db8::1")],
                ["a" => ["b" => ["c"]]]] as $i => $details) {
                $want("shop$i.example");
                Domains::mark_failed($claim(), Reason::Refused, $details, 0, true);
                $lengths[] = [strlen($wpdb->get_var("SELECT details FROM " . Table::name("domains") . " WHERE host = \'shop$i.example\'")) <= 2048,
                    Domain_List::find("shop$i.example")->domain_details !== []];
            }
            return $lengths;'
        );
        self::assertSame(array_fill(0, 4, [true, true]), $answer);
    }

    private static function tables(): string
    {
        $tables = '';
        foreach (['domains', 'events'] as $table) {
            $tables .= Environment::get()->sql("SHOW CREATE TABLE wp_domain_sync_{$table}")[0]['Create Table'] . "\n";
        }

        return preg_replace('/ AUTO_INCREMENT=\d+/', '', $tables);
    }
}
