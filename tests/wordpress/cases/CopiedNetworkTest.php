<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
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
    private const BUTTON = '<button class="button">This is the real network</button>';
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
        self::assertSame([], $this->network->jobs('domain_sync'), 'Jobs that could do nothing');
        $why = 'This is a copy of the network, or it has moved to another main domain; nothing is sent to RunCloud.';
        self::assertStringContainsString($why, $this->network->log());
    }

    public function testTheAdminOfACopyIsToldWhatToDo(): void
    {
        $advice = 'If the network has moved, say so with the button in the notice of the Network Admin.';
        $notices = WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
        self::assertStringContainsString($advice, $notices);
        $test = WordPress::run('return Domain_Sync_For_RunCloud\\Plugin::test_connection()->get_error_message();');
        self::assertStringContainsString($advice, $test);
        self::assertSame([], $this->panel->requests());
    }

    public function testTheLogSaysItOnceADay(): void
    {
        $said = fn (): int => substr_count($this->network->log(), 'This is a copy of the network');
        $this->queueRuns();
        $this->queueRuns();
        self::assertSame(1, $said());
        WordPress::run('update_network_option(null, "domain_sync_obstacle_said_at", time() - 86400);');
        $this->queueRuns();
        self::assertSame(2, $said());
    }

    public function testSwitchingThePluginOffAndOnConfirmsNothing(): void
    {
        $this->network->map('more.customer.example');
        $this->network->unmap(self::SHOP);
        $this->switchOffAndOn();
        $this->queueRuns();
        self::assertSame([], $this->panel->requests());
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testARealNetworkThatMovedGoesOnAfterItsAdminPressedTheButtonInTheNotice(): void
    {
        $this->network->map('more.customer.example');
        $this->network->unmap(self::SHOP);
        $this->queueRuns();
        self::assertSame([], $this->panel->requests());
        $this->press(Browser::admin());
        self::assertStringNotContainsString(self::BUTTON, Browser::admin()->get('/wp-admin/network/')[1]);
        $this->network->runRemovals();
        $this->assertPanelHolds(['more.customer.example']);
    }

    /** @return array<string, array{string}> */
    public static function otherEnvironments(): array
    {
        return ['staging' => ['staging'], 'development' => ['development'], 'local' => ['local']];
    }

    /** @dataProvider otherEnvironments */
    public function testNothingIsSentFromAnEnvironmentThatIsNotProductionAndNoButtonChangesThat(string $environment): void
    {
        Environment::get()->sql("UPDATE wp_sitemeta SET meta_value = MD5('network.example') WHERE meta_key = 'domain_sync_network'");
        $this->define(['WP_ENVIRONMENT_TYPE' => $environment]);
        $this->network->map('more.customer.example');
        $this->network->unmap(self::SHOP);
        $this->switchOffAndOn();
        $this->queueRuns();
        self::assertSame([], $this->panel->requests());
        $page = Browser::admin()->get('/wp-admin/network/')[1];
        self::assertStringContainsString("The type of this environment is &quot;{$environment}&quot;, so nothing is sent to RunCloud.", $page);
        self::assertStringNotContainsString(self::BUTTON, $page);
        $test = WordPress::run('return Domain_Sync_For_RunCloud\\Plugin::test_connection()->get_error_message();');
        self::assertStringContainsString('Set WP_ENVIRONMENT_TYPE to production', $test);

        $this->define(['WP_ENVIRONMENT_TYPE' => 'production']);
        $this->network->runRemovals();
        $this->assertPanelHolds(['more.customer.example']);
    }

    private function switchOffAndOn(): void
    {
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php";
            deactivate_plugins($plugin, false, true); activate_plugin($plugin, "", true);',
            ['plugin' => self::PLUGIN],
            Kind::Ajax,
            ['user' => WordPress::ADMIN]
        );
    }

    private function press(Browser $browser): void
    {
        [$status, $page] = $browser->get('/wp-admin/network/');
        self::assertSame(200, $status);
        self::assertStringContainsString(self::BUTTON, $page);
        preg_match('~<form action="([^"]+)" method="post">(.*?)</form>~s', strstr($page, 'domain-sync-for-runcloud-notice'), $form);
        preg_match_all('~<input type="hidden"[^>]* name="([^"]+)" value="([^"]*)"~', $form[2], $inputs);
        $fields = array_combine($inputs[1], array_map('html_entity_decode', $inputs[2]));
        self::assertSame(302, $browser->post(parse_url($form[1], PHP_URL_PATH), $fields)[0]);
    }

    private function queueRuns(): void
    {
        $this->network->letTimePass(3700);
        $this->network->runRemovals();
    }
}
