<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Reads come from a replica that lags (LudicrousDB, HyperDB): no live host is taken down, and none is missed.
 */
final class ReplicaTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testALiveHostIsNeverTakenDownByAReplicaThatHasNotGotItYet(): void
    {
        $this->lag();
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        WordPress::run('do_action("wu_domain_removed", $host, 1); Domain_Sync_For_RunCloud\Network\Walk::ask();', ['host' => self::SHOP]);
        for ($minute = 0; $minute < 4; $minute++) {
            $this->network->letTimePass(61);
            $this->network->runQueue();
        }
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame('record', $this->network->domain(self::SHOP)['source']);
    }

    public function testAHostThatIsGoneGoesThoughTheReplicaStillHasIt(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->lag();
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
    }

    public function testARowThatTheReplicaHasNotGotIsNotMadeTwice(): void
    {
        $this->lag(['wp_domain_sync_domains', 'wp_sitemeta']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->changes());
    }

    /** @param list<string> $tables From now on these are read as they are at this moment. */
    private function lag(array $tables = ['wp_wu_domain_mappings', 'wp_blogs']): void
    {
        $copies = [];
        foreach ($tables as $table) {
            $copies[$table] = "replica_{$table}";
            Environment::get()->sql(
                "DROP TABLE IF EXISTS replica_{$table}; CREATE TABLE replica_{$table} LIKE {$table};
                INSERT INTO replica_{$table} SELECT * FROM {$table}; SELECT 1"
            );
        }
        $this->define(['TEST_REPLICA' => $copies]);
    }
}
