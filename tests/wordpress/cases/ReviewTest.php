<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What came about while the plugin was not in charge, or in another database, waits for the admin: the plan says what happened.
 */
final class ReviewTest extends NetworkTestCase
{
    private const STAYS = 'stays.customer.example';
    private const WENT = 'went.customer.example';
    private const CAME = 'came.customer.example';
    private const PLUGIN = 'domain-sync-for-runcloud/domain-sync-for-runcloud.php';

    protected function setUp(): void
    {
        parent::setUp();
        $this->network->map(self::STAYS);
        $this->network->map(self::WENT);
        $this->network->settle();
        $this->panel->simulator->clearHistory();
    }

    public function testWhatWasMappedAndUnmappedWhileThePluginWasOffWaits(): void
    {
        $this->plugin('deactivate_plugins($plugin, false, true);');
        $this->network->unmap(self::WENT);
        $this->network->map(self::CAME);
        $this->network->rename(self::STAYS, 'renamed.customer.example');
        // Ultimate Multisite's own jobs find nobody who hears them.
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        $this->plugin('activate_plugin($plugin, "", true);');
        $this->goOn();
        self::assertSame([], $this->panel->changes());
        $this->assertDomain(self::CAME, ['hold' => 'existing', 'domain_reason' => 'existing']);
        $this->assertDomain(self::WENT, ['hold' => 'existing', 'domain_reason' => 'unmapped-meanwhile', 'source' => '']);
        self::assertSame(
            'While the plugin was switched off, 2 domains were mapped and 2 were unmapped. Nothing was changed. Review the plan.',
            $this->headline()
        );
        // What happens from now on does not wait.
        $this->network->map('new.customer.example');
        $this->network->runQueue();
        $this->assertPanelHolds([self::STAYS, self::WENT, 'new.customer.example']);
        $this->approve();
        $this->goOn();
        $this->assertPanelHolds([self::CAME, 'renamed.customer.example', 'new.customer.example']);
        self::assertSame('', $this->headline());
    }

    public function testAfterAnHourWithoutChangesNothingWaits(): void
    {
        $this->plugin('deactivate_plugins($plugin, false, true); activate_plugin($plugin, "", true);');
        $this->goOn();
        self::assertSame('', $this->headline());
        self::assertSame([], $this->panel->changes());
        $this->network->unmap(self::WENT);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::STAYS]);
    }

    public function testAMoveToAnotherMainDomainWaits(): void
    {
        Environment::get()->sql("UPDATE wp_sitemeta SET meta_value = MD5('production.example') WHERE meta_key = 'domain_sync_network'");
        Environment::get()->sql("UPDATE wp_wu_domain_mappings SET domain = '" . self::CAME . "' WHERE domain = '" . self::WENT . "'");
        WordPress::run('Domain_Sync_For_RunCloud\\Network\\Identity::confirm();');
        $this->goOn();
        self::assertSame([], $this->panel->changes());
        $headline = 'The network has another main domain now. 2 domains are mapped here; 1 of them are at RunCloud.';
        self::assertStringStartsWith($headline, $this->headline());
        $this->approve();
        $this->goOn();
        $this->assertPanelHolds([self::CAME, self::STAYS]);
    }

    public function testASearchAndReplaceOverManyRowsWaitsAndAFewAreMended(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(1, 11));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->settle();
        $this->panel->simulator->clearHistory();
        $replace = 'UPDATE %s = REPLACE(%2$s, ".customer.", ".client.") WHERE %2$s LIKE "shop%%"';
        Environment::get()->sql(sprintf($replace, 'wp_wu_domain_mappings SET domain', 'domain'));
        Environment::get()->sql(sprintf($replace, 'wp_domain_sync_domains SET host', 'host'));
        $this->network->walk();
        $this->goOn();
        self::assertSame([], $this->panel->changes());
        self::assertStringStartsWith('The names of 11 domains were changed in the database', $this->headline());
        $this->assertDomain('shop1.client.example', ['hold' => 'existing', 'domain_reason' => 'renamed-in-database']);
        $this->approve();
        $this->goOn();
        $this->goOn();
        $this->assertPanelHolds([self::STAYS, self::WENT, ...str_replace('.customer.', '.client.', $hosts)]);
    }

    public function testAfterAChangeOfTheWebApplicationAllIsMappedThereOnceApprovedAndWhatIsLeftIsListed(): void
    {
        $state = $this->panel->simulator->state();
        $app = array_values(array_filter($state['webapps'], static fn (array $app): bool => $app['id'] === 2001))[0];
        $this->panel->simulator->setState(['webapps' => [...$state['webapps'], ['id' => 2003, 'name' => 'new'] + $app]]);
        $this->panel->simulator->switch(['duplicate_name' => 'accept']);
        $this->define(['WU_RUNCLOUD_APP_ID' => 2003]);
        $this->network->walk();
        $this->goOn();
        self::assertSame([], $this->panel->changes());
        self::assertStringStartsWith('The network uses another web application now; 2 domains are still at the one before.', $this->headline());
        $this->network->unmap(self::WENT);
        $this->approve();
        $this->goOn();
        $this->assertPanelHolds([self::STAYS, self::WENT]);
        $new = array_filter($this->panel->simulator->state()['domains'], static fn (array $domain): bool => $domain['webapp_id'] === 2003);
        self::assertContains(self::STAYS, array_column($new, 'name'));
        self::assertNotContains(self::WENT, array_column($new, 'name'));
        self::assertContains('left-at-old-web-app', $this->network->history(self::STAYS));
        $this->assertDomain(self::WENT, ['domain_reason' => 'left-at-old-web-app']);
    }

    private function goOn(): void
    {
        for ($round = 0; $round < 4; $round++) {
            $this->network->runQueue();
            $this->network->letTimePass(61);
        }
    }

    private function headline(): string
    {
        return WordPress::run('use Domain_Sync_For_RunCloud\\Sync\\Plan; return Plan::headline();');
    }

    private function approve(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\\Sync\\Plan::approve();');
    }

    private function plugin(string $code): void
    {
        WordPress::run('require_once ABSPATH . "wp-admin/includes/plugin.php"; ' . $code, ['plugin' => self::PLUGIN], Kind::Ajax, ['user' => 1]);
    }
}
