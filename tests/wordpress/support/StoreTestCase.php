<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Tests of the plugin's store on the real database: a piece of PHP in a process of WordPress, with both tables new and empty.
 */
abstract class StoreTestCase extends NetworkTestCase
{
    private const BEFORE = 'use Domain_Sync_For_RunCloud\Store\{By_Hand, Decisions, Domain, Domain_List, Domains, History, Option};
        use Domain_Sync_For_RunCloud\Store\{Needs, Reason, Remotes, Selection, Status, Table};
        global $wpdb;
        $want = static fn (string $host, array $more = [], string|array $source = "record"): bool
            => Domains::want($host, $more + ["site_id" => 2, "customer_id" => 7], $source);
        $later = static fn (string $host, int $seconds = 3600) => Table::change("UPDATE {domains} SET due_at = due_at - INTERVAL %d SECOND,
            look_at = look_at - INTERVAL %d SECOND, claimed_until = claimed_until - INTERVAL %d SECOND WHERE host = %s",
            $seconds, $seconds, $seconds, $host);
        $claim = static fn (): ?Domain => Domains::claim_due(50, 75)[0] ?? null;
        $there = static function (string $host) use ($want, $claim): Domain {
            $want($host);
            $row = $claim();
            Domains::mark_asked($row, "add", 2001, time() + 75);
            Domains::mark_present($row, ["id" => 5001, "owner" => "ours", "web_app" => 2001]);
            return Domain_List::find($host);
        };
        $thrown = static function (callable $code): string {
            try { $code(); } catch (Throwable $e) { return get_class($e); }
            return "";
        };';

    protected function setUp(): void
    {
        parent::setUp();
        $this->store('Table::upgrade();');
    }

    /** @param array<string, mixed> $arguments */
    protected function store(string $code, array $arguments = []): mixed
    {
        return WordPress::run(self::BEFORE . $code, $arguments);
    }
}
