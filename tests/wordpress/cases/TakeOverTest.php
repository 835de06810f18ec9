<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The plugin takes the place of Ultimate Multisite's own RunCloud provider, wholly or not at all.
 */
final class TakeOverTest extends NetworkTestCase
{
    private const OURS = '~^Domain_Sync_For_RunCloud\\\\~';
    private const BUILT_IN = '~^WP_Ultimo\\\\Integrations\\\\~';

    /** @return iterable<string, array{string, Kind}> */
    public static function erasAndKinds(): iterable
    {
        foreach (['registry', 'legacy'] as $integrations) {
            foreach (Kind::cases() as $kind) {
                yield "{$integrations}, {$kind->name}" => [$integrations, $kind];
            }
        }
    }

    /** @dataProvider erasAndKinds */
    public function testExactlyOneSetOfHandlersIsBoundInEveryKindOfProcess(string $integrations, Kind $kind): void
    {
        $this->withIntegrations($integrations);
        $this->assertHandlersAre(self::OURS, $this->network->handlers($kind));
    }

    /** @dataProvider integrations */
    public function testNothingIsBoundWhileTheIntegrationIsSwitchedOff(string $integrations): void
    {
        $this->withIntegrations($integrations);
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", ["runcloud" => false]);');
        self::assertSame([], array_merge(...array_values($this->network->handlers())));
        $this->network->map('shop.customer.example');
        $this->network->runQueue();
        self::assertSame([], $this->network->domains());
        self::assertSame([], $this->panel->requests());
    }

    /** @dataProvider integrations */
    public function testWithoutTheExtensionUltimateMultisitesOwnProviderStaysInChargeUntilThePluginWasOnce(string $integrations): void
    {
        $this->withIntegrations($integrations);
        WordPress::run('delete_network_option(null, "domain_sync_in_charge");');
        $this->assertHandlersAre(self::BUILT_IN, $this->network->handlers(Kind::Cli, extension: false));
    }

    /** @dataProvider erasAndWaysToTakeCharge */
    public function testOnceThePluginWasInChargeAPhpWithoutTheExtensionTakesOverToo(string $integrations, string $how): void
    {
        $this->withIntegrations($integrations);
        WordPress::run('delete_network_option(null, "domain_sync_in_charge");');
        if ($how === 'a run') {
            $this->network->map('shop.customer.example');
            $this->network->runQueue();
        } else {
            WordPress::run('Domain_Sync_For_RunCloud\\Lifecycle::activate();');
        }
        $this->assertHandlersAre(self::OURS, $this->network->handlers(Kind::Cli, extension: false));
    }

    /** @return iterable<string, array{string, string}> */
    public static function erasAndWaysToTakeCharge(): iterable
    {
        foreach (['registry', 'legacy'] as $integrations) {
            foreach (['a run', 'its activation'] as $how) {
                yield "{$integrations}, {$how}" => [$integrations, $how];
            }
        }
    }

    public function testActivatedInAPhpWithoutTheExtensionItIsNotInCharge(): void
    {
        $this->withIntegrations('registry');
        WordPress::run('delete_network_option(null, "domain_sync_in_charge");');
        WordPress::run('Domain_Sync_For_RunCloud\\Lifecycle::activate();', [], Kind::Cli, ['extension' => false]);
        $this->assertHandlersAre(self::BUILT_IN, $this->network->handlers(Kind::Cli, extension: false));
    }

    /** @dataProvider integrations */
    public function testWithoutTheExtensionTheAdminIsToldOnceHowToInstallIt(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $notices = $this->networkAdminNotices(extension: false);
        self::assertSame(1, substr_count($notices, 'The PHP extension'), $notices);
        self::assertStringContainsString('pie install', $notices);
    }

    /** @dataProvider integrations */
    public function testWithTheExtensionTheAdminIsNotBothered(string $integrations): void
    {
        $this->withIntegrations($integrations);
        self::assertStringNotContainsString('runcloud', strtolower($this->networkAdminNotices(extension: true)));
    }

    /** @dataProvider integrations */
    public function testTheBuiltInProviderNeverCallsRunCloud(string $integrations): void
    {
        $this->withIntegrations($integrations);
        @unlink(Environment::get()->path('runcloud-by-wordpress.log'));
        $site = $this->network->newSite('one');
        $this->network->map('shop.customer.example', $site);
        $this->network->runQueue();
        $this->network->unmap('shop.customer.example');
        $this->network->runRemovals();
        self::assertSame(false, WordPress::run('return get_network_option(null, "wu_double_built_in_calls");'));
        self::assertFileDoesNotExist(Environment::get()->path('runcloud-by-wordpress.log'));
    }

    public function testTheRegistryOffersOurCapabilityWithHonestLines(): void
    {
        $this->withIntegrations('registry');
        $facts = WordPress::run(
            '$registry = WP_Ultimo\Integrations\Integration_Registry::get_instance();
            $integration = $registry->get("runcloud");
            $module = $registry->get_capability("runcloud", "domain-mapping");
            return [get_class($module), $integration instanceof WP_Ultimo\Integrations\Providers\RunCloud\RunCloud_Integration,
                $integration->is_enabled(), $integration->is_setup(), $module->get_explainer_lines(), array_keys($integration->get_fields())];'
        );
        self::assertMatchesRegularExpression(self::OURS, $facts[0]);
        self::assertSame([true, true, true], array_slice($facts, 1, 3));
        self::assertNotEmpty($facts[4]['will']);
        self::assertContains('WU_RUNCLOUD_SERVER_ID', $facts[5]);
    }

    /** @param array<string, list<string>> $handlers */
    private function assertHandlersAre(string $pattern, array $handlers): void
    {
        self::assertCount(4, $handlers);
        foreach ($handlers as $hook => $classes) {
            self::assertCount(1, $classes, "{$hook} has " . implode(', ', $classes));
            self::assertMatchesRegularExpression($pattern, $classes[0], $hook);
        }
    }

    private function networkAdminNotices(bool $extension): string
    {
        return WordPress::run(
            'define("WP_NETWORK_ADMIN", true); ob_start(); do_action("network_admin_notices"); return ob_get_clean();',
            [],
            Kind::Cli,
            ['extension' => $extension, 'user' => WordPress::ADMIN]
        );
    }
}
