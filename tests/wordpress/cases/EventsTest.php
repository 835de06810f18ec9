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
        $this->assertDomain(self::SHOP, [
            'site_id' => (string) $site, 'source' => 'record', 'owner' => 'ours', 'remote_state' => 'present',
            'domain_status' => 'pending', 'domain_reason' => 'dns-none', 'failing_since' => null, 'due_at' => null,
        ]);
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
        $this->network->runRemovals();
        $this->assertPanelHolds(['store.customer.example']);
        self::assertSame(['store.customer.example'], array_keys($this->network->domains()));
    }

    /** @dataProvider integrations */
    public function testAnUnmappedHostIsRemovedInTwoRequestsAfterASecondLookAMinuteLater(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $id = $this->panel->domain(self::SHOP)['id'];
        $this->panel->simulator->clearHistory();
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(50);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
        $this->assertDomain(self::SHOP, ['source' => '', 'domain_status' => 'pending', 'domain_reason' => 'removal-waits']);
        $this->network->letTimePass(11);
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
        $this->network->runRemovals();
        $this->assertPanelHolds(['other.customer.example']);
        self::assertSame(['other.customer.example'], array_keys($this->network->domains()));
    }

    /** @dataProvider integrations */
    public function testAddedAndRemovedBeforeAnythingRanSendsNothing(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
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
        $this->network->runRemovals();
        self::assertSame([], $this->panel->requests());
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
        // It is looked at as well, so that its certificate follows.
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'dns-none']);
        self::assertNotNull($this->network->domain(self::SHOP)['look_at']);
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
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAHostThatOtherCodeAskedForStaysUntilThatCodeSaysOtherwise(): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        WordPress::run('do_action("wu_add_domain", "api.customer.example", $site);', ['site' => $site]);
        $this->network->settle();
        // Looked at when another host of its site goes, and by every walk.
        $this->network->unmap(self::SHOP);
        $this->network->walk();
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

    public function testAHostThatOtherCodeAskedForAndThatIsMappedLaterStaysWhileOneIsLeftWhoWantsIt(): void
    {
        WordPress::run('do_action("wu_add_domain", $host, 1);', ['host' => self::SHOP]);
        $this->network->map(self::SHOP);
        $this->network->settle();
        $this->assertDomain(self::SHOP, ['source' => 'record,code']);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
        WordPress::run('do_action("wu_remove_domain", $host, 1);', ['host' => self::SHOP]);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testAMappedHostThatOtherCodeAsksForOnceMoreGoesWithItsRecord(): void
    {
        $this->network->map(self::SHOP);
        $this->network->settle();
        WordPress::run('do_action("wu_add_domain", $host, 1);', ['host' => self::SHOP]);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testTheDesiredStateIsWrittenWhenTheHostIsMappedThoughTheQueueStandsStill(): void
    {
        $this->withIntegrations('registry');
        $this->network->map(self::SHOP);
        $waiting = ['source' => 'record', 'domain_status' => 'pending', 'domain_reason' => 'waiting', 'remote_state' => 'unknown'];
        $this->assertDomain(self::SHOP, $waiting);
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
        $record = $this->network->map(self::SHOP);
        Environment::get()->sql("DELETE FROM wp_domain_sync_domains; DELETE FROM wp_actionscheduler_actions WHERE hook LIKE 'domain\_sync%'");
        // To the walk it is older than the plugin.
        WordPress::run('update_network_option(null, "domain_sync_before", ["record" => $record, "site" => 1]);', ['record' => $record]);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAnEventInAPhpWithoutTheExtensionHasTheNetworkWalkedByOneThatHasIt(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run(
            'wu_get_domain_by_domain($host)->delete(); wu_create_domain(["domain" => "store.customer.example", "blog_id" => 1]);',
            ['host' => self::SHOP],
            Kind::Cli,
            ['extension' => false]
        );
        // Not by Ultimate Multisite's echo.
        Environment::get()->sql("DELETE FROM wp_actionscheduler_actions WHERE hook LIKE 'wu\_%'");
        $this->network->runRemovals();
        $this->assertPanelHolds(['store.customer.example']);
        self::assertSame(['store.customer.example'], array_keys($this->network->domains()));
    }

    public function testARecordThatMovesToAnotherSiteTakesItsDomainAlongAndSendsNothing(): void
    {
        $site = $this->network->newSite('one');
        $record = $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        WordPress::run('$record = wu_get_domain($id); $record->set_blog_id($site); $record->save();', ['id' => $record, 'site' => $site]);
        $this->network->settle();
        $this->assertDomain(self::SHOP, ['site_id' => (string) $site, 'source' => 'record', 'remote_state' => 'present', 'owner' => 'ours']);
        self::assertSame([], $this->panel->requests());
        // The site that had it before takes nothing along.
        $this->network->deleteSite($site);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    /** @return array<string, array{string}> How the site's new customer is found. */
    public static function waysToANewCustomer(): array
    {
        return ['at once' => ['event'], 'by the walk' => ['walk']];
    }

    /** @dataProvider waysToANewCustomer */
    public function testTheHostsOfASiteThatIsGivenToAnotherCustomerGoAlongAndSendNothing(string $way): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        WordPress::run('update_site_meta($site, "wu_customer_id", 7);', ['site' => $site]);
        $this->network->settle();
        $this->panel->simulator->clearHistory();
        if ($way === 'event') {
            WordPress::run('update_site_meta($site, "wu_customer_id", 8);', ['site' => $site]);
        } else {
            Environment::get()->sql("UPDATE wp_blogmeta SET meta_value = 8 WHERE blog_id = {$site} AND meta_key = 'wu_customer_id'");
            $this->network->walk();
        }
        foreach ([self::SHOP, $this->network->host('one')] as $host) {
            $this->assertDomain($host, ['site_id' => (string) $site, 'customer_id' => '8', 'last_customer_id' => '7', 'remote_state' => 'present']);
        }
        $this->network->settle();
        self::assertSame([], $this->panel->requests());
    }

    /** @return array<string, array{string, bool}> Stage of a record that is not active, and whether that switches its host off. */
    public static function inactiveRecords(): array
    {
        return [
            'done' => ['done', true],
            'done, without a certificate' => ['done-without-ssl', true],
            'DNS is still looked at' => ['checking-dns', false],
            'the certificate is still looked at' => ['checking-ssl-cert', false],
        ];
    }

    /** @dataProvider inactiveRecords */
    public function testARecordThatIsSwitchedOffHasItsHostLeftAsItIs(string $stage, bool $isOff): void
    {
        $save = '$record = wu_get_domain_by_domain($host); $record->set_stage($stage); $record->set_active($active); $record->save();';
        $this->network->map(self::SHOP);
        $this->network->map('new.customer.example');
        WordPress::run($save, ['host' => 'new.customer.example', 'stage' => $stage, 'active' => false]);
        $this->network->runQueue();
        $this->assertPanelHolds($isOff ? [self::SHOP] : ['new.customer.example', self::SHOP]);
        WordPress::run($save, ['host' => self::SHOP, 'stage' => $stage, 'active' => false]);
        $this->network->runRemovals();
        $this->assertDomain(self::SHOP, ['suspended' => $isOff ? '1' : '0', 'remote_state' => 'present']);
        $this->assertPanelHolds($isOff ? [self::SHOP] : ['new.customer.example', self::SHOP]);

        WordPress::run($save, ['host' => 'new.customer.example', 'stage' => $stage, 'active' => true]);
        $this->network->runQueue();
        $this->assertPanelHolds(['new.customer.example', self::SHOP]);
    }

    /** @return array<string, array{string}> */
    public static function waysToSwitchASiteOff(): array
    {
        return ['archived' => ['archived'], 'spam' => ['spam'], 'deleted' => ['deleted']];
    }

    /** @dataProvider waysToSwitchASiteOff */
    public function testASiteThatIsSwitchedOffHasItsHostsLeftAsTheyAre(string $how): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        WordPress::run('update_blog_status($site, $how, 1);', ['site' => $site, 'how' => $how]);
        $this->network->map('new.customer.example', $site);
        $this->network->runRemovals();
        self::assertSame([], $this->panel->requests());
        $off = ['suspended' => '1', 'domain_status' => 'pending', 'domain_reason' => 'site-suspended', 'due_at' => null];
        foreach (['one.network.example', self::SHOP, 'new.customer.example'] as $host) {
            $this->assertDomain($host, $off);
        }
        // No look says otherwise as long as that lasts.
        $this->network->letTimePass(86400);
        $this->network->runQueue();
        foreach (['one.network.example', self::SHOP, 'new.customer.example'] as $host) {
            $this->assertDomain($host, $off + ['look_at' => null]);
        }

        WordPress::run('update_blog_status($site, $how, 0);', ['site' => $site, 'how' => $how]);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertPanelHolds(['new.customer.example', 'one.network.example', self::SHOP]);
        $this->assertDomain(self::SHOP, ['suspended' => '0', 'domain_status' => 'pending', 'domain_reason' => 'dns-none']);
    }

    public function testWordPressesOwnCronRunsTheQueue(): void
    {
        $this->network->map(self::SHOP);
        $this->network->letCronRun();
        Deadline::poll('the domain at RunCloud', fn (): bool => $this->panel->hosts() === [self::SHOP]);
        self::assertSame(['POST domains'], $this->panel->changes());
        // Nobody waits for the cron's process, and its last statements must not meet the tables of the next test.
        $open = "SELECT 1 FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_run' AND status IN ('pending', 'in-progress')";
        Deadline::poll('the end of the run', static fn (): bool => Environment::get()->sql($open) === []);
    }
}
