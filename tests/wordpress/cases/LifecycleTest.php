<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The plugin comes, rests, goes.
 */
final class LifecycleTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const PLUGIN = 'domain-sync-for-runcloud/domain-sync-for-runcloud.php';

    public function testAPluginCopiedIntoPlaceMakesItsTableByItself(): void
    {
        Environment::get()->sql("DROP TABLE wp_runcloud_domains; DELETE FROM wp_sitemeta WHERE meta_key LIKE 'domain\_sync%'");
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testActivatedTwiceItLosesNothing(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->plugin('deactivate_plugins($plugin, false, true); activate_plugin($plugin, "", true); activate_plugin($plugin, "", true);');
        $this->assertDomain(self::SHOP, ['state' => 'mapped']);
    }

    public function testDeactivatedItLeavesNoJobsAndKeepsItsDomains(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->plugin('deactivate_plugins($plugin, false, true);');
        self::assertSame([], $this->network->jobs('domain_sync'));
        $this->assertDomain(self::SHOP, ['state' => 'mapped']);

        $this->plugin('activate_plugin($plugin, "", true);');
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testDeletedItLeavesNothingBehindHereAndEverythingAtRunCloud(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->plugin('deactivate_plugins($plugin, false, true); uninstall_plugin($plugin);');
        $environment = Environment::get();
        self::assertSame([], $environment->sql("SHOW TABLES WHERE Tables_in_wordpress REGEXP 'runcloud|domain_sync'"));
        $ours = "meta_key REGEXP 'runcloud_|domain_sync' AND meta_key NOT LIKE 'wu\\_%'";
        self::assertSame([], $environment->sql("SELECT * FROM wp_sitemeta WHERE {$ours}"));
        self::assertSame([], $environment->sql("SELECT * FROM wp_options WHERE option_name REGEXP 'runcloud|domain_sync'"));
        self::assertSame([], $this->network->jobs('domain_sync'));
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testTheHourlySweepIsScheduledOnce(): void
    {
        for ($i = 0; $i < 3; $i++) {
            WordPress::run('return true;', [], Kind::Ajax);
            $this->network->runQueue(Kind::Cron);
        }
        $sweeps = array_filter($this->network->jobs('domain_sync'), static fn (array $job): bool => $job[0] === 'domain_sync_sweep');
        self::assertCount(1, $sweeps);
    }

    public function testWithoutUltimateMultisiteTheNetworkLivesAndTheAdminIsTold(): void
    {
        $this->plugin('deactivate_plugins("ultimate-multisite/ultimate-multisite.php", false, true);');
        self::assertSame(200, WordPress::request('/')[0]);
        $notices = WordPress::run(
            'ob_start(); do_action("network_admin_notices"); return ob_get_clean();',
            [],
            more: ['user' => WordPress::ADMIN]
        );
        self::assertStringContainsString('needs Ultimate Multisite', $notices);
        $this->network->newSite('one');
        self::assertSame([], $this->panel->requests());
    }

    public function testAnUnfinishedSetupOfUltimateMultisiteBreaksNothing(): void
    {
        WordPress::run('delete_network_option(null, "wu_setup_finished");');
        self::assertSame(200, WordPress::request('/')[0]);
        $this->network->newSite('one');
        self::assertSame([], $this->panel->requests());
    }

    private function plugin(string $code): void
    {
        WordPress::run('require_once ABSPATH . "wp-admin/includes/plugin.php"; ' . $code, ['plugin' => self::PLUGIN], Kind::Ajax, ['user' => 1]);
    }
}
