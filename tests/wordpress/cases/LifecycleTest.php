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
    /** Network options of the plugin; those of Ultimate Multisite have its credentials and its switch. */
    private const OURS = "meta_key REGEXP 'runcloud_|domain_sync' AND meta_key NOT LIKE 'wu\\_%'";

    private const PLUGIN = 'domain-sync-for-runcloud/domain-sync-for-runcloud.php';

    public function testAPluginCopiedIntoPlaceMakesItsTablesByItself(): void
    {
        Environment::get()->sql('DROP TABLE wp_domain_sync_domains, wp_domain_sync_events');
        Environment::get()->sql("DELETE FROM wp_sitemeta WHERE meta_key LIKE 'domain\_sync%'");
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testActivatedTwiceItLosesNothing(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->plugin('deactivate_plugins($plugin, false, true); activate_plugin($plugin, "", true); activate_plugin($plugin, "", true);');
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
    }

    public function testDeactivatedItLeavesNoJobsAndKeepsItsDomains(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->plugin('deactivate_plugins($plugin, false, true);');
        self::assertSame([], $this->network->jobs('domain_sync'));
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);

        $this->plugin('activate_plugin($plugin, "", true);');
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testDeletedItKeepsWhoMadeWhatAndEverythingAtRunCloud(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->plugin('deactivate_plugins($plugin, false, true); uninstall_plugin($plugin);');
        $environment = Environment::get();
        $kept = ['domain_sync_before', 'domain_sync_network', 'domain_sync_off_since', 'domain_sync_tables'];
        $options = $environment->sql('SELECT meta_key FROM wp_sitemeta WHERE ' . self::OURS . ' ORDER BY meta_key');
        self::assertSame($kept, array_column($options, 'meta_key'));
        self::assertSame([], $environment->sql("SELECT * FROM wp_options WHERE option_name REGEXP 'runcloud|domain_sync'"));
        self::assertSame([], $this->network->jobs('domain_sync'));
        $this->assertPanelHolds([self::SHOP]);

        // Installed again it knows what it may remove.
        $this->panel->addDomain(['name' => 'theirs.customer.example', 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map('theirs.customer.example');
        $this->plugin('activate_plugin($plugin, "", true);');
        $this->network->unmap(self::SHOP);
        $this->network->unmap('theirs.customer.example');
        $this->network->settle();
        $this->assertPanelHolds(['theirs.customer.example']);
    }

    public function testDeletedItLeavesNothingBehindHereWhereTheAdminWantsThat(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run('update_user_meta(1, "domain_sync_dismiss", ["plan" => 3]); update_user_meta(1, "domain_sync_per_page", 50);');
        $this->define(['DOMAIN_SYNC_FORGET' => true]);
        $this->plugin('deactivate_plugins($plugin, false, true); uninstall_plugin($plugin);');
        $environment = Environment::get();
        self::assertSame([], $environment->sql("SELECT * FROM wp_usermeta WHERE meta_key REGEXP 'runcloud|domain_sync'"));
        self::assertSame([], $environment->sql("SHOW TABLES WHERE Tables_in_wordpress REGEXP 'runcloud|domain_sync'"));
        self::assertSame([], $environment->sql('SELECT * FROM wp_sitemeta WHERE ' . self::OURS));
        self::assertSame([], $environment->sql("SELECT * FROM wp_options WHERE option_name REGEXP 'runcloud|domain_sync'"));
        self::assertSame([], $this->network->jobs('domain_sync'));
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testManyEventsAreOneJobAndOneThatIsThroughLeavesNone(): void
    {
        $site = $this->network->newSite('one');
        foreach (['a', 'b', 'c'] as $name) {
            $this->network->map("{$name}.customer.example", $site);
        }
        self::assertSame([['domain_sync_run', []]], $this->network->jobs('domain_sync'));
        for ($i = 0; $i < 3; $i++) {
            WordPress::run('return true;', [], Kind::Ajax);
            $this->network->runQueue(Kind::Cron);
        }
        self::assertSame([], $this->network->jobs('domain_sync'));
        self::assertSame(4, count($this->panel->changes()));
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
