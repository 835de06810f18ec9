<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * A process changed the network and died before any event of it: only the database shows it, and the walk reads it. It must not take a
 * strange database for a change.
 */
final class MissedTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testAMappingWhoseProcessDiedBeforeAnybodyHeardOfItIsFoundByTheWalk(): void
    {
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'checking-dns')");
        self::assertSame([], $this->network->domains());
        $this->network->walk();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'ours', 'source' => 'record']);
    }

    public function testARenameWhoseProcessDiedBeforeAnybodyHeardOfItIsFoundByTheWalk(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        // As if it were older than the plugin, so that only the old name's row tells of it.
        WordPress::run('update_network_option(null, "domain_sync_before", ["record" => 9999] + get_network_option(null, "domain_sync_before"));');
        Environment::get()->sql("UPDATE wp_wu_domain_mappings SET domain = 'new.customer.example'");
        $this->network->walk();
        $this->network->runRemovals();
        $this->assertPanelHolds(['new.customer.example']);
        self::assertSame(['new.customer.example'], array_keys($this->network->domains()));
    }

    public function testARemovalWhoseProcessDiedBeforeAnybodyHeardOfItIsFoundByTheWalk(): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        Environment::get()->sql("DELETE FROM wp_wu_domain_mappings; DELETE FROM wp_blogs WHERE blog_id = {$site}");
        $this->network->walk();
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
        self::assertSame([], $this->network->domains());
    }

    public function testASwitchThatNobodyHeardOfIsFoundByTheWalk(): void
    {
        $site = $this->network->newSite('one');
        $this->network->map(self::SHOP, $site);
        $this->network->runQueue();
        foreach (['1', '0'] as $archived) {
            Environment::get()->sql("UPDATE wp_blogs SET archived = {$archived} WHERE blog_id = {$site}");
            $this->network->walk();
            $this->assertDomain('one.network.example', ['suspended' => $archived, 'source' => 'record,site']);
            $this->assertDomain(self::SHOP, ['suspended' => $archived]);
        }
        // The same for an address that has no record.
        Environment::get()->sql("DELETE FROM wp_wu_domain_mappings WHERE domain = 'one.network.example'");
        $this->network->walk();
        Environment::get()->sql("UPDATE wp_blogs SET archived = 1 WHERE blog_id = {$site}");
        $this->network->walk();
        $this->assertDomain('one.network.example', ['suspended' => '1', 'source' => 'site']);
    }

    public function testAHostThatComesBackWhileItsRemovalIsUnheardStays(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'checking-dns')");
        $this->panel->simulator->clearHistory();
        $this->network->walk();
        $this->network->runRemovals();
        self::assertSame([], $this->panel->requests());
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours']);
    }

    public function testAHostThatComesBackBeforeTheSecondLookStaysThoughNobodyWalks(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'checking-dns')");
        $this->network->letTimePass(61);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
    }

    public function testWhatTheNetworkHadBeforeThePluginIsNotMappedUnasked(): void
    {
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '" . self::SHOP . "', 'done')");
        WordPress::run('foreach (["domain_sync_tables", "domain_sync_before"] as $option) { delete_network_option(null, $option); }');
        $this->network->walk();
        self::assertSame([], $this->panel->requests());
        $this->assertDomain(self::SHOP, ['hold' => 'existing', 'domain_status' => 'action', 'domain_reason' => 'existing', 'due_at' => null]);

        // Once somebody does something about it, it is.
        WordPress::run('wu_get_domain_by_domain($host)->save();', ['host' => self::SHOP]);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testManyMissingHostsAtOnceAreLeftWhereTheyAre(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(11, 21));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->settle();
        Environment::get()->sql('CREATE TABLE away AS SELECT * FROM wp_wu_domain_mappings; DELETE FROM wp_wu_domain_mappings');
        $this->network->walk();
        $this->network->settle();
        $this->assertPanelHolds($hosts);
        self::assertStringContainsString('11 hosts are missing from the network at once', $this->network->log());
        $this->assertDomain($hosts[0], ['source' => '', 'hold' => 'mass-removal', 'domain_status' => 'action', 'domain_reason' => 'mass-removal']);

        // The right database is back.
        $this->panel->simulator->clearHistory();
        Environment::get()->sql('INSERT INTO wp_wu_domain_mappings SELECT * FROM away; DROP TABLE away');
        $this->network->walk();
        $this->network->settle();
        self::assertSame([], $this->panel->requests());
        $this->assertDomain($hosts[0], ['source' => 'record', 'hold' => '', 'remote_state' => 'present', 'owner' => 'ours']);
    }

    public function testManyMissingHostsAreRemovedOnceTheAdminApproves(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(11, 21));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        Environment::get()->sql('DELETE FROM wp_wu_domain_mappings');
        $this->network->walk();
        WordPress::run('Domain_Sync_For_RunCloud\Store\Decisions::approve($hosts);', ['hosts' => array_slice($hosts, 1)]);
        $this->network->runRemovals();
        $this->assertPanelHolds([$hosts[0]]);
    }

    public function testATableThatCannotBeReadDoesNotPassForAnEmptyOne(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run(
            '$GLOBALS["wpdb"]->query("RENAME TABLE wp_wu_domain_mappings TO away");
            do_action("wu_remove_domain", $host, 1);
            Domain_Sync_For_RunCloud\Network\Walk::ask();
            do_action("domain_sync_run");
            $GLOBALS["wpdb"]->query("RENAME TABLE away TO wp_wu_domain_mappings");',
            ['host' => self::SHOP]
        );
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours']);
        self::assertStringContainsString('could not be read', $this->network->log());
    }

    public function testASecondLookThatFailsRemovesNothing(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        WordPress::run(
            '$GLOBALS["wpdb"]->query("RENAME TABLE wp_wu_domain_mappings TO away");
            do_action("domain_sync_run");
            $GLOBALS["wpdb"]->query("RENAME TABLE away TO wp_wu_domain_mappings");'
        );
        self::assertSame([], $this->panel->requests());
        $this->network->letTimePass(200);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
    }

    public function testATableOfRowsThatIsGoneIsMadeAnewAndItsHostsAreFoundAtRunCloud(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        Environment::get()->sql('DELETE FROM wp_domain_sync_domains');
        $this->network->walk();
        $this->assertDomain(self::SHOP, ['source' => 'record', 'hold' => '', 'remote_state' => 'present', 'owner' => 'ours']);
        self::assertStringContainsString('The rows of 1 hosts were gone', $this->network->log());
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }
}
