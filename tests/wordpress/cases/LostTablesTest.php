<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The plugin's tables are lost, old, or changed by hand: what RunCloud holds stays right, and the admin is told.
 */
final class LostTablesTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testTablesThatAreGoneAreMadeAgainWhateverTheVersionSays(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $domains = $this->panel->simulator->state()['domains'];
        $old = static fn (array $domain): array => ['created_at' => '2024-01-02 03:04:05'] + $domain;
        $this->panel->simulator->setState(['domains' => array_map($old, $domains)]);
        Environment::get()->sql('DROP TABLE wp_domain_sync_domains, wp_domain_sync_events; SELECT 1');
        $this->network->runQueue();
        $this->network->letTimePass(3700);
        $this->network->runQueue();
        self::assertSame(['others'], array_column($this->network->domains(), 'owner'), 'Nobody knows any more who made it');
        $this->assertPanelHolds([self::SHOP]);
        self::assertStringContainsString('were missing', $this->notices());

        $this->network->map('new.customer.example');
        $this->network->runQueue();
        $this->assertPanelHolds(['new.customer.example', self::SHOP]);
    }

    public function testRowsThatWereDeletedByHandAreMadeAgainAndTheirDomainsAreStillOurs(): void
    {
        $hosts = $this->mapMany(12);
        Environment::get()->sql("DELETE FROM wp_domain_sync_domains WHERE host < 'host006'; SELECT 1");
        $this->network->letTimePass(3700);
        $this->network->runQueue();
        self::assertSame($hosts, array_keys($this->network->domains()));
        self::assertStringContainsString('The rows of 6 hosts were gone', $this->network->log());
        self::assertSame(['ours'], array_values(array_unique(array_column($this->network->domains(), 'owner'))));

        $this->network->unmap($hosts[0]);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds(array_slice($hosts, 1));
    }

    public function testATableFromAnOldBackupIsBroughtToWhatTheNetworkWants(): void
    {
        $this->network->map('old.customer.example');
        $this->network->map('gone.customer.example');
        $this->network->runQueue();
        $environment = Environment::get();
        $environment->sql('CREATE TABLE backup AS SELECT * FROM wp_domain_sync_domains; SELECT 1');
        $this->network->unmap('gone.customer.example');
        $this->network->map('new.customer.example');
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds(['new.customer.example', 'old.customer.example']);

        $environment->sql('DELETE FROM wp_domain_sync_domains; INSERT INTO wp_domain_sync_domains SELECT * FROM backup; DROP TABLE backup; SELECT 1');
        for ($hour = 0; $hour < 3; $hour++) {
            $this->network->letTimePass(3700);
            $this->network->runQueue();
        }
        $this->assertPanelHolds(['new.customer.example', 'old.customer.example']);
        self::assertSame(['new.customer.example', 'old.customer.example'], array_keys($this->network->domains()));
        self::assertSame(['ours', 'ours'], array_column($this->network->domains(), 'owner'));
    }

    public function testASearchAndReplaceOverAllTablesRenamesAtRunCloudAsWell(): void
    {
        $this->network->map('shop.before.example');
        $this->network->map('other.customer.example');
        $this->network->runQueue();
        Environment::get()->sql(
            "UPDATE wp_domain_sync_domains SET host = REPLACE(host, 'before.example', 'after.example');
            UPDATE wp_domain_sync_events SET host = REPLACE(host, 'before.example', 'after.example');
            UPDATE wp_wu_domain_mappings SET domain = REPLACE(domain, 'before.example', 'after.example'); SELECT 1"
        );
        for ($hour = 0; $hour < 3; $hour++) {
            $this->network->letTimePass(3700);
            $this->network->runQueue();
        }
        $this->assertPanelHolds(['other.customer.example', 'shop.after.example']);
        self::assertSame(['other.customer.example', 'shop.after.example'], array_keys($this->network->domains()));
        self::assertCount(3, preg_grep('~^POST~', $this->panel->changes()));
    }

    public function testMoreThanTenHostsThatVanishAtOnceStayUntilTheAdminApproves(): void
    {
        $hosts = $this->mapMany(14);
        Environment::get()->sql("DELETE FROM wp_wu_domain_mappings WHERE domain < 'host012'; SELECT 1");
        for ($hour = 0; $hour < 3; $hour++) {
            $this->network->letTimePass(3700);
            $this->network->runQueue();
        }
        $this->assertPanelHolds($hosts);
        self::assertStringContainsString('missing from the network at once', $this->network->log());
        $approved = WordPress::run('return Domain_Sync_For_RunCloud\Store\Decisions::approve([], "mass-removal");');
        self::assertSame(12, $approved);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds(array_slice($hosts, 12));
    }

    public function testADatabaseThatDoesNotAnswerWhileThePluginIsActivatedMakesNothingNew(): void
    {
        $this->deactivate();
        $this->network->map('before.customer.example');
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions; SELECT 1');
        WordPress::run('delete_network_option(null, "domain_sync_before"); delete_network_option(null, "domain_sync_walk");');
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php";
            add_filter("query", fn ($query) => str_contains($query, "MAX( ") ? "SELECT refused FROM nowhere" : $query);
            activate_plugin("domain-sync-for-runcloud/domain-sync-for-runcloud.php", "", true);'
        );
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        self::assertSame(['existing'], array_column($this->network->domains(), 'hold'));
    }

    public function testAFailedReadIsNeverNoRow(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        foreach (['wp_wu_domain_mappings', 'FROM `wp_blogs` AS site', 'wp_domain_sync_domains'] as $table) {
            WordPress::run(
                '$is_refused = fn ($query) => str_starts_with(ltrim($query), "SELECT") && str_contains($query, $table);
                add_filter("query", fn ($query) => $is_refused($query) ? "SELECT refused FROM nowhere" : $query);
                do_action("wu_domain_removed", $host, 1);
                Domain_Sync_For_RunCloud\Network\Walk::ask();
                do_action("domain_sync_run");',
                ['table' => $table, 'host' => self::SHOP]
            );
            $this->network->letTimePass(61);
            $this->network->runQueue();
            $this->assertPanelHolds([self::SHOP]);
            self::assertSame('record', $this->network->domain(self::SHOP)['source'], $table);
        }
    }

    /** @return list<string> */
    private function mapMany(int $number): array
    {
        $hosts = array_map(static fn (int $n): string => sprintf('host%03d.customer.example', $n), range(0, $number - 1));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        $this->assertPanelHolds($hosts);

        return $hosts;
    }

    private function deactivate(): void
    {
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php";
            deactivate_plugins("domain-sync-for-runcloud/domain-sync-for-runcloud.php", false, true);'
        );
    }

    private function notices(): string
    {
        return WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
    }
}
