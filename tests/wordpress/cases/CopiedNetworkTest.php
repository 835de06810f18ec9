<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Somebody copies a network with its database and wp-config.php, for staging, and gives the copy a domain of its own. The copy has the
 * credentials of the real one, and must leave its web application alone.
 */
final class CopiedNetworkTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const PLUGIN = 'domain-sync-for-runcloud/domain-sync-for-runcloud.php';

    protected function setUp(): void
    {
        parent::setUp();
        $this->network->map(self::SHOP);
        $this->network->settle();
        // Seen from this network's side the database came from one with another domain.
        Environment::get()->sql("UPDATE wp_sitemeta SET meta_value = MD5('production.example') WHERE meta_key = 'domain_sync_network'");
        $this->panel->simulator->clearHistory();
    }

    public function testACopySendsNothingWhateverHappensOnIt(): void
    {
        Environment::get()->sql("UPDATE wp_wu_domain_mappings SET domain = 'staging.customer.example'");
        $this->network->newSite('one');
        $this->network->map('more.customer.example');
        $this->network->unmap('staging.customer.example');
        $this->queueRuns();
        self::assertSame([], $this->panel->requests());
        $this->assertPanelHolds([self::SHOP]);
        self::assertStringContainsString('It may be a copy, so nothing is sent to RunCloud.', $this->network->log());
    }

    public function testTheAdminOfACopyIsToldWhatToDo(): void
    {
        $advice = 'If it is the real network, deactivate the plugin and activate it again.';
        $notices = WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
        self::assertStringContainsString($advice, $notices);
        $test = WordPress::run('return Domain_Sync_For_RunCloud\\Plugin::instance()->test_connection()->get_error_message();');
        self::assertStringContainsString($advice, $test);
        self::assertSame([], $this->panel->requests());
    }

    public function testARealNetworkThatMovedGoesOnAfterItsPluginWasActivatedAnew(): void
    {
        $this->network->map('more.customer.example');
        $this->network->unmap(self::SHOP);
        $this->queueRuns();
        self::assertSame([], $this->panel->requests());
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php";
            deactivate_plugins($plugin, false, true); activate_plugin($plugin, "", true);',
            ['plugin' => self::PLUGIN],
            Kind::Ajax,
            ['user' => WordPress::ADMIN]
        );
        $this->queueRuns();
        $this->assertPanelHolds(['more.customer.example']);
    }

    private function queueRuns(): void
    {
        $this->network->letTimePass(3700);
        WordPress::run('do_action("domain_sync_sweep");');
        $this->network->runQueue();
    }
}
