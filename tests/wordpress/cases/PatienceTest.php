<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What is tried again, what is not, and when it is given up.
 */
final class PatienceTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const STORE = 'store.customer.example';
    private const PLUGIN = 'domain-sync-for-runcloud/domain-sync-for-runcloud.php';

    public function testAHostThatWaitedForADayIsNotGivenUpAtItsFirstFailure(): void
    {
        $this->network->map(self::SHOP);
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", []);');
        $this->network->runQueue();
        $this->network->letTimePass(25 * 3600);
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", ["runcloud" => true]);');
        $this->panel->simulator->fault('status', ['status' => 502]);
        $this->network->runQueue();
        self::assertSame(['pending', 'panel-down'], $this->condition(self::SHOP));

        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(3600);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testACertificateThatWaitedForADayIsNotGivenUpAtItsFirstFailure(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(25 * 3600);
        $this->network->pointDns(self::SHOP);
        $this->panel->simulator->fault('status', ['status' => 502, 'match' => ['path' => '/ssl']]);
        $this->network->runQueue();
        self::assertSame('pending', $this->network->domain(self::SHOP)['certificate_status']);
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(3600);
        $this->network->runQueue();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
    }

    public function testTheEndOfAnOutageTriesAgainWhatFailedForItAndNothingElse(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'POST'], 'times' => 1]);
        $this->network->map(self::STORE);
        $this->network->runQueue();
        self::assertSame(['action', 'refused'], $this->condition(self::STORE));
        $this->panel->simulator->fault('status', ['status' => 401]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame(['action', 'unauthorized'], $this->condition(self::SHOP));

        $this->panel->simulator->clearFaults();
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(6 * 3600 + 1);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame(['GET ping', 'POST domains'], $this->panel->requests());
        self::assertSame(['action', 'refused'], $this->condition(self::STORE));
    }

    public function testCheckAgainPressedFiveTimesOrdersOnce(): void
    {
        $this->network->map(self::SHOP);
        $this->network->pointDns(self::SHOP);
        $this->network->runQueue();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
        for ($press = 0; $press < 5; $press++) {
            WordPress::run(
                '$domain = wu_get_domain_by_domain($host); $domain->set_stage("checking-dns"); $domain->save();
                wu_enqueue_async_action("wu_async_process_domain_stage", ["domain_id" => $domain->get_id()], "domain");',
                ['host' => self::SHOP]
            );
            $this->network->runQueue();
            $this->network->letTimePass(61);
        }
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
    }

    public function testADomainThatWasDeletedAtRunCloudIsBelievedAfterASecondLookAndAddedAgain(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $state = $this->panel->simulator->state();
        $others = array_filter($state['domains'], static fn (array $domain): bool => $domain['name'] !== self::SHOP);
        $this->panel->simulator->setState(['domains' => array_values($others)]);
        $this->network->letTimePass(700);
        $this->network->runQueue();
        $this->assertPanelHolds([], 'One look is not believed');
        for ($minute = 0; $minute < 3; $minute++) {
            $this->network->letTimePass(61);
            $this->network->runQueue();
        }
        $this->assertPanelHolds([self::SHOP]);
        self::assertContains('deleted-at-runcloud', $this->network->history(self::SHOP));
    }

    public function testAfterActivationWhatIsDueBeginsInTheNextTurnOfTheQueue(): void
    {
        $this->network->map(self::SHOP);
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php"; deactivate_plugins($plugin, false, true);',
            ['plugin' => self::PLUGIN]
        );
        WordPress::run('$GLOBALS["wpdb"]->query("DELETE FROM wp_actionscheduler_actions");
            require_once ABSPATH . "wp-admin/includes/plugin.php"; activate_plugin($plugin, "", true);', ['plugin' => self::PLUGIN]);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testWhenTheSwitchIsPutOnWhatIsDueBeginsInTheNextTurnOfTheQueue(): void
    {
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", []);');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", ["runcloud" => true]);');
        $this->network->letTimePass(3601);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testARenameToTheSameNameWithWwwIsOneDomainAtAnyTime(): void
    {
        $this->network->setSetting('auto_create_www_subdomain', 'always');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertTrue($this->panel->domain(self::SHOP)['www']);
        $this->network->rename(self::SHOP, 'www.' . self::SHOP);
        for ($minute = 0; $minute < 5; $minute++) {
            $this->network->letTimePass(61);
            $this->network->runQueue();
        }
        $this->assertPanelHolds(['www.' . self::SHOP]);
        self::assertSame([], preg_grep('~422|refused~', explode("\n", $this->network->log())));
    }

    public function testDeactivatingWhileUltimateMultisiteIsOffLeavesNoJobBehind(): void
    {
        $this->network->map(self::SHOP);
        self::assertNotSame([], $this->network->jobs('domain_sync'));
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php";
            deactivate_plugins("ultimate-multisite/ultimate-multisite.php", true, true);'
        );
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php"; deactivate_plugins($plugin, false, true);',
            ['plugin' => self::PLUGIN],
            Kind::Cli
        );
        $jobs = "SELECT status FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_run' AND status = 'pending'";
        $left = Environment::get()->sql($jobs);
        self::assertSame([], $left);
    }

    /** @return array{string, string} */
    private function condition(string $host): array
    {
        $row = $this->network->domain($host);

        return [$row['domain_status'], $row['domain_reason']];
    }
}
