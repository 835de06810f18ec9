<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * A process changed the network and died before any event of it: only the database shows it, and the sweep reads it. It must not take a
 * strange database for a change.
 */
final class MissedTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testAMappingWhoseProcessDiedBeforeAnybodyHeardOfItIsFoundByTheSweep(): void
    {
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'checking-dns')");
        self::assertSame([], $this->network->domains());
        $this->sweep();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'owned' => '1']);
    }

    public function testARenameWhoseProcessDiedBeforeAnybodyHeardOfItIsFoundByTheSweep(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        // As if it were older than the plugin, so that only the old name's row tells of it.
        WordPress::run('update_network_option(null, "domain_sync_before", ["records" => 9999] + get_network_option(null, "domain_sync_before"));');
        Environment::get()->sql("UPDATE wp_wu_domain_mappings SET domain = 'new.customer.example'");
        $this->sweep();
        $this->assertPanelHolds(['new.customer.example']);
        self::assertSame(['new.customer.example'], array_keys($this->network->domains()));
    }

    public function testARemovalWhoseProcessDiedBeforeAnybodyHeardOfItIsFoundByTheSweep(): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        Environment::get()->sql("DELETE FROM wp_wu_domain_mappings; DELETE FROM wp_blogs WHERE blog_id = {$site}");
        $this->sweep();
        $this->assertPanelHolds([]);
        self::assertSame([], $this->network->domains());
    }

    public function testAHostThatComesBackWhileItsRemovalIsUnheardStays(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'checking-dns')");
        $this->sweep();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['desired' => 'present', 'state' => 'mapped']);
    }

    public function testWhatTheNetworkHadBeforeThePluginIsNotMappedUnasked(): void
    {
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'done')");
        WordPress::run('foreach (["domain_sync_schema_version", "domain_sync_before"] as $option) { delete_network_option(null, $option); }');
        $this->sweep();
        self::assertSame([], $this->network->domains());
        $this->assertPanelHolds([]);
    }

    public function testManyMissingHostsAtOnceAreLeftWhereTheyAre(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(11, 21));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->settle();
        Environment::get()->sql('DELETE FROM wp_wu_domain_mappings');
        $this->sweep();
        $this->assertPanelHolds($hosts);
        self::assertStringContainsString('More than 10 mapped hosts are missing from the network at once', $this->network->log());
    }

    public function testATableThatCannotBeReadDoesNotPassForAnEmptyOne(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run(
            '$GLOBALS["wpdb"]->query("RENAME TABLE wp_wu_domain_mappings TO away");
            do_action("wu_domain_removed", $host);
            do_action("domain_sync_sweep");
            $GLOBALS["wpdb"]->query("RENAME TABLE away TO wp_wu_domain_mappings");',
            ['host' => self::SHOP]
        );
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['desired' => 'present', 'state' => 'mapped']);
        self::assertStringContainsString('could not be read', $this->network->log());
    }

    private function sweep(): void
    {
        WordPress::run('do_action("domain_sync_sweep");');
        $this->network->runQueue();
    }
}
