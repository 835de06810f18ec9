<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;

/**
 * What others made at RunCloud is left there, unless the admin adopts it.
 */
final class AdoptTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testWhatWasAdoptedIsRemovedWhenItIsUnmappedAlsoAfterItsRowWasLost(): void
    {
        $this->panel->addDomain(['name' => self::SHOP, 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame('others', $this->network->domain(self::SHOP)['owner']);

        $environment = Environment::get();
        $environment->sql(
            "UPDATE wp_domain_sync_domains SET approved = generation, domain_reason = 'existing', due_at = UTC_TIMESTAMP(); SELECT 1"
        );
        $this->network->runQueue();
        self::assertSame('adopted', $this->network->domain(self::SHOP)['owner']);
        self::assertContains('adopted', $this->network->history(self::SHOP));

        $environment->sql('DELETE FROM wp_domain_sync_domains; SELECT 1');
        $this->network->letTimePass(3700);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
    }
}
