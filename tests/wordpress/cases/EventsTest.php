<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What happens on the network, in the order Ultimate Multisite tells it, and what RunCloud is asked because of it.
 */
final class EventsTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    /** @dataProvider integrations */
    public function testTheTwoEventsOfANewSiteAreOneRowAndOneDomain(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->newSite('one');
        $hooks = array_column($this->network->jobs('domain'), 0);
        self::assertContains('wu_add_subdomain', $hooks);
        self::assertContains('wu_add_domain', $hooks);
        $this->network->runQueue();
        self::assertSame(['one.network.example'], array_keys($this->network->domains()));
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertPanelHolds(['one.network.example']);
    }

    /** @dataProvider integrations */
    public function testAMappedHostBecomesADomain(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        $this->network->runQueue();
        $this->assertPanelHolds(['one.network.example', self::SHOP]);
        $this->assertDomain(self::SHOP, ['site_id' => (string) $site, 'desired' => 'present', 'state' => 'mapped', 'last_error' => '']);
    }

    public function testARecordDeletedByAProcessThatMissedItsRenameIsUnmapped(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run(
            '$old = wu_get_domain_by_domain($host);
            $renamed = wu_get_domain_by_domain($host);
            $renamed->set_domain("store.customer.example");
            $renamed->save();
            $old->delete();',
            ['host' => self::SHOP]
        );
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    /** @dataProvider integrations */
    public function testARenameRemovesTheOldHost(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->rename(self::SHOP, 'store.customer.example');
        $this->network->runQueue();
        $this->assertPanelHolds(['store.customer.example']);
        self::assertSame(['store.customer.example'], array_keys($this->network->domains()));
    }

    /** @dataProvider integrations */
    public function testAnUnmappedHostIsRemovedInTwoRequests(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $id = $this->panel->domain(self::SHOP)['id'];
        $this->panel->simulator->clearHistory();
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        self::assertSame(["GET domains/{$id}", "DELETE domains/{$id}"], $this->panel->requests());
        $this->assertPanelHolds([]);
        self::assertSame([], $this->network->domains());
    }

    /** @return iterable<string, array{string, bool}> */
    public static function erasWithAndWithoutEarlyLoader(): iterable
    {
        foreach (['registry', 'legacy'] as $integrations) {
            yield "{$integrations}" => [$integrations, true];
            yield "{$integrations}, without the early loader" => [$integrations, false];
        }
    }

    /** @dataProvider erasWithAndWithoutEarlyLoader */
    public function testADeletedSiteTakesAllItsHostsAlong(string $integrations, bool $sunrise): void
    {
        $this->withIntegrations($integrations);
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        $this->network->map('other.customer.example', 1);
        $this->network->runQueue();
        if (!$sunrise) {
            $this->define(['SUNRISE' => null] + ($integrations === 'legacy' ? ['WU_DOUBLE_INTEGRATIONS' => 'legacy'] : []));
        }
        $this->network->deleteSite($site);
        $this->network->runQueue();
        $this->assertPanelHolds(['other.customer.example']);
        self::assertSame(['other.customer.example'], array_keys($this->network->domains()));
    }

    /** @dataProvider integrations */
    public function testAddedAndRemovedBeforeAnythingRanSendsNothing(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->network->domains());
    }

    /** @dataProvider integrations */
    public function testRemovedAndAddedAgainBeforeAnythingRanSendsNothing(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        $this->network->unmap(self::SHOP);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['desired' => 'present', 'state' => 'mapped']);
    }

    /** @dataProvider integrations */
    public function testEventsInTheWrongOrderDoNotUndoWhatTheNetworkWants(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->unmap(self::SHOP);
        $this->network->map(self::SHOP);
        // The late echo of the removal must not win over the mapping that came after it.
        Environment::get()->sql(
            "UPDATE wp_actionscheduler_actions SET priority = 99 WHERE hook = 'wu_remove_domain' AND status = 'pending'"
        );
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAHostThatOtherCodeAskedForStaysUntilThatCodeSaysOtherwise(): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        WordPress::run('do_action("wu_add_domain", "api.customer.example", $site);', ['site' => $site]);
        $this->network->settle();
        // Looked at when another host of its site goes, and by every sweep.
        $this->network->unmap(self::SHOP);
        WordPress::run('do_action("domain_sync_sweep");');
        $this->network->settle();
        $this->assertPanelHolds(['api.customer.example', 'one.network.example']);
        WordPress::run('do_action("wu_remove_domain", "api.customer.example", $site);', ['site' => $site]);
        $this->network->settle();
        $this->assertPanelHolds(['one.network.example']);
    }

    public function testAHostThatOtherCodeAskedForGoesWithItsSite(): void
    {
        $site = $this->network->newSite('one');
        WordPress::run('do_action("wu_add_domain", "api.customer.example", $site);', ['site' => $site]);
        $this->network->settle();
        $this->network->deleteSite($site);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testAHostThatOtherCodeAskedForAndThatIsMappedLaterGoesWithItsRecord(): void
    {
        WordPress::run('do_action("wu_add_domain", $host, 1);', ['host' => self::SHOP]);
        $this->network->map(self::SHOP);
        $this->network->settle();
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testTheDesiredStateIsWrittenWhenTheHostIsMappedThoughTheQueueStandsStill(): void
    {
        $this->withIntegrations('registry');
        $this->network->map(self::SHOP);
        $this->assertDomain(self::SHOP, ['desired' => 'present', 'state' => 'waiting']);
        self::assertSame([], $this->panel->requests());
    }

    /** @return array<string, array{Kind}> */
    public static function kinds(): array
    {
        return ['front end' => [Kind::FrontEnd], 'ajax' => [Kind::Ajax], 'cron' => [Kind::Cron], 'command line' => [Kind::Cli]];
    }

    /** @dataProvider kinds */
    public function testAHostMappedInAnyKindOfProcessIsQueuedForUs(Kind $kind): void
    {
        $this->network->map(self::SHOP, 1, $kind);
        self::assertContains('wu_add_domain', array_column($this->network->jobs('domain'), 0));
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testTheEventsQueuedBeforeThePluginCameAreHeard(): void
    {
        $this->withIntegrations('legacy');
        $this->network->map(self::SHOP);
        Environment::get()->sql(
            "DELETE FROM wp_runcloud_domains; DELETE FROM wp_actionscheduler_actions WHERE hook LIKE 'domain\_sync%'"
        );
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testWordPressesOwnCronRunsTheQueue(): void
    {
        $this->network->map(self::SHOP);
        $this->network->letCronRun();
        Deadline::poll('the domain at RunCloud', fn (): bool => $this->panel->hosts() === [self::SHOP]);
        self::assertSame(['POST domains'], $this->panel->changes());
    }
}
