<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\WpCli;
use RunCloud\Test\WordPress\Support\World;

/**
 * Nobody gets somebody else's host: what another customer had is not served before its TXT record proves it, or the admin approves it.
 */
final class OwnershipTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const RECORD = '_domain-sync.shop.customer.example';
    private const WAITS = ['hold' => 'ownership', 'domain_status' => 'action', 'domain_reason' => 'ownership', 'suspended' => '0'];

    private World $world;

    /** @var array<int, int> Sites by customer. */
    private array $sites;

    protected function setUp(): void
    {
        parent::setUp();
        $this->world = new World();
        $this->sites = [];
        foreach ([7, 8] as $customer) {
            $this->sites[$customer] = $this->network->newSite("site{$customer}");
            WordPress::run('update_site_meta($site, "wu_customer_id", $customer);', ['site' => $this->sites[$customer], 'customer' => $customer]);
        }
        $this->network->runQueue();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testAHostThatAnotherCustomerHadWaitsForItsTxtRecordAndThenGoesOnInTheSameJob(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, self::WAITS + ['customer_id' => '8', 'last_customer_id' => '7']);
        $this->assertNotServed(self::SHOP);
        $sentence = $this->network->sentence(self::SHOP);
        self::assertStringContainsString(self::RECORD, $sentence);
        self::assertStringContainsString($this->valueFor(8), $sentence);

        $requests = count($this->panel->requests());
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        $this->assertDomain(self::SHOP, ['hold' => '', 'proven_customer_id' => '8', 'remote_state' => 'present', 'withheld' => '0']);
        self::assertCount($requests + 1, $this->panel->requests(), 'No look costs a request');
        $this->assertServed(self::SHOP);
        self::assertSame(['ownership', 'ownership-proven', 'added'], array_slice($this->network->history(self::SHOP), -4, 3));
    }

    public function testAnotherTextAndARecordOfSomebodyElseProveNothing(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->publish($this->valueFor(7), $this->valueFor(9), 'domain-sync=', substr($this->valueFor(8), 0, -1), strtoupper($this->valueFor(8)));
        $this->nextMinute();
        $this->nextMinute();
        $this->assertDomain(self::SHOP, self::WAITS);
        $this->assertNotServed(self::SHOP);
        $this->publish('v=spf1 -all', $this->valueFor(8));
        $this->nextMinute();
        $this->assertServed(self::SHOP);
    }

    public function testTheRecordIsShownOnTheCommandLineAndStaysOutOfTheLog(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        $shown = WpCli::run('get', self::SHOP, '--format=json')->json()['ownership'];
        self::assertSame([self::RECORD, $this->valueFor(8), 7], [$shown['txt_record'], $shown['txt_value'], $shown['last_customer_id']]);
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        self::assertStringContainsString(self::SHOP . ': ownership-proven', $this->network->log());
        self::assertStringNotContainsString('domain-sync=', $this->network->log());
    }

    public function testWhoListensIsTold(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $told = fn (): array => WordPress::run(
            '$told = [];
            foreach (["domain_sync_condition_changed", "domain_sync_needs_action"] as $hook) {
                add_action($hook, function (...$of) use (&$told, $hook) { $told[] = implode(" ", [substr($hook, 12), ...$of]); }, 10, 4);
            }
            test_clock_let_time_pass(61);
            do_action("action_scheduler_run_queue", "WP Cron");
            return preg_grep("~shop~", $told);'
        );
        $shop = self::SHOP;
        self::assertSame(["condition_changed {$shop} domain waiting ownership", "needs_action {$shop} ownership"], array_values($told()));
        $this->publish($this->valueFor(8));
        self::assertContains("condition_changed {$shop} domain ownership waiting", $told());
    }

    public function testWithinTheDelayOfARemovalTheSameCustomerUndoesItAndAnotherOneTakesOver(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("removal_delay", 86400);');
        $this->network->showDns(self::SHOP);
        $this->map(self::SHOP, 7);
        $this->network->settle();
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        $this->panel->simulator->clearHistory();
        $this->map(self::SHOP, 7);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['hold' => '', 'withheld' => '0', 'remote_state' => 'present']);
        $this->assertServed(self::SHOP);

        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        $this->map(self::SHOP, 8);
        $this->assertNotServed(self::SHOP, 'before any run');
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, self::WAITS + ['remote_state' => 'present']);
        $this->assertNotServed(self::SHOP);
        self::assertSame([], $this->panel->requests());
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        $this->assertServed(self::SHOP);
        self::assertSame([], $this->panel->changes(), 'It was there all the time');
    }

    public function testMappingItTwiceIsNoProof(): void
    {
        $this->leave(self::SHOP, 7);
        for ($time = 0; $time < 3; $time++) {
            $this->map(self::SHOP, 8);
            $this->network->runQueue();
            $this->assertDomain(self::SHOP, self::WAITS + ['last_customer_id' => '7']);
            $this->network->unmap(self::SHOP);
            $this->network->runRemovals();
        }
        $this->map(self::SHOP, 7);
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
    }

    public function testTheNameWithWwwAndTheNameWithoutAreOne(): void
    {
        $this->map(self::SHOP, 7);
        $this->map('www.' . self::SHOP, 8);
        $this->network->runQueue();
        $this->assertDomain('www.' . self::SHOP, self::WAITS + ['last_customer_id' => '7']);
        self::assertFalse($this->isActive('www.' . self::SHOP));
        $this->map('www.other.customer.example', 7);
        $this->network->unmap('www.other.customer.example');
        $this->map('other.customer.example', 8);
        $this->network->runQueue();
        $this->assertDomain('other.customer.example', self::WAITS);
    }

    public function testOneProofIsEnoughForTheNameWithWwwAndTheNameWithout(): void
    {
        $this->leave(self::SHOP, 7);
        foreach (['www.' . self::SHOP, self::SHOP] as $host) {
            $this->map($host, 8);
        }
        $this->network->runQueue();
        foreach (['www.' . self::SHOP, self::SHOP] as $host) {
            $this->assertDomain($host, self::WAITS + ['last_customer_id' => '7']);
            $this->assertNotServed($host);
        }
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        foreach (['www.' . self::SHOP, self::SHOP] as $host) {
            $this->assertDomain($host, ['hold' => '', 'proven_customer_id' => '8', 'remote_state' => 'present', 'withheld' => '0']);
            $this->assertServed($host);
        }
        self::assertContains('ownership-proven', $this->network->history(self::SHOP));
        self::assertNotContains('ownership-proven', $this->network->history('www.' . self::SHOP), 'Nobody has proved that one itself');
    }

    public function testWhatARowHasHeardOfItsOtherNameIsForgottenAsWell(): void
    {
        $this->map(self::SHOP, 7);
        $this->map('www.' . self::SHOP, 8);
        $this->network->runQueue();
        $this->assertDomain('www.' . self::SHOP, self::WAITS + ['last_customer_id' => '7', 'left_at' => null]);
        $this->network->unmap(self::SHOP);
        $this->nextMinute();
        $left = Environment::get()->sql("SELECT left_at FROM wp_domain_sync_domains WHERE host = '" . self::SHOP . "'")[0]['left_at'];
        $this->assertDomain('www.' . self::SHOP, self::WAITS + ['last_customer_id' => '7', 'left_at' => $left]);
        $this->network->letTimePass(366 * 86400);
        $this->network->runQueue();
        $this->assertServed('www.' . self::SHOP);
    }

    public function testWhoWaitsForANameDoesNotEndTheOtherOneForWhoeverHasIt(): void
    {
        // Of all of a site's hosts one is primary, and for two names Ultimate Multisite takes a primary record first, also an inactive one.
        $this->map('first.customer.example', 7);
        $this->map(self::SHOP, 7);
        $this->map('www.' . self::SHOP, 8);
        $this->network->runQueue();
        $this->assertDomain('www.' . self::SHOP, self::WAITS + ['withheld' => '3']);
        $this->assertServed(self::SHOP);
        // Whoever wants it so.
        foreach (['set_primary_domain(true)', 'set_active(true)'] as $change) {
            WordPress::run("\$record = wu_get_domain_by_domain(\$host); \$record->{$change}; \$record->save();", ['host' => 'www.' . self::SHOP]);
            $this->assertServed(self::SHOP);
        }
        Environment::get()->sql("UPDATE wp_wu_domain_mappings SET primary_domain = 1 WHERE domain = 'www." . self::SHOP . "'");
        $this->nextMinute();
        $this->assertServed(self::SHOP);

        self::assertSame(1, WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::approve([$host]);', ['host' => 'www.' . self::SHOP]));
        $this->network->runQueue();
        $this->assertDomain('www.' . self::SHOP, ['hold' => '', 'withheld' => '0', 'proven_customer_id' => '8']);
        $this->assertServed('www.' . self::SHOP);
        self::assertSame('1', $this->primary('www.' . self::SHOP));
    }

    public function testWhoHasChosenAnotherPrimaryDomainMeanwhileKeepsIt(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, self::WAITS + ['withheld' => '3']);
        $this->map('other.customer.example', 8);
        self::assertSame(['0', '1'], [$this->primary(self::SHOP), $this->primary('other.customer.example')]);
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        $this->assertServed(self::SHOP);
        self::assertSame(['0', '1'], [$this->primary(self::SHOP), $this->primary('other.customer.example')]);
    }

    public function testTheNetworksOwnSitesAndWhatIsBelowItsDomainNeedNoProof(): void
    {
        $this->leave(self::SHOP, 7);
        $this->network->map(self::SHOP, 1);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['hold' => '', 'remote_state' => 'present']);
        $below = $this->network->host('brand');
        $this->leave($below, 7);
        $this->map($below, 8);
        $this->network->runQueue();
        $this->assertDomain($below, ['hold' => '', 'remote_state' => 'present']);
        // What the network itself had in between does not make it forget whose it was.
        $this->network->unmap(self::SHOP);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, self::WAITS + ['last_customer_id' => '7']);
    }

    public function testARecordThatIsMovedToASiteOfAnotherCustomerIsATakeover(): void
    {
        $this->map(self::SHOP, 7);
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
        WordPress::run(
            '$record = wu_get_domain_by_domain($host); $record->set_blog_id($site); $record->save();',
            ['host' => self::SHOP, 'site' => $this->sites[8]]
        );
        $this->assertNotServed(self::SHOP, 'before any run');
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, self::WAITS);
    }

    public function testASiteThatTheAdminGivesToAnotherCustomerTakesItsHostsAlong(): void
    {
        $this->map(self::SHOP, 7);
        $this->network->runQueue();
        WordPress::run('update_site_meta($site, "wu_customer_id", 9);', ['site' => $this->sites[7]]);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['hold' => '', 'customer_id' => '9', 'last_customer_id' => '7', 'proven_customer_id' => '9']);
        $this->assertServed(self::SHOP);
    }

    public function testASiteThatTheAdminGivesAwayTakesAlongTheOtherNameOfWhatItHas(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("ownership", "always");');
        // The one that waits comes first in every list.
        $this->map('www.' . self::SHOP, 7);
        $this->map(self::SHOP, 7);
        $this->publish($this->valueFor(7));
        $this->nextMinute();
        $this->assertServed(self::SHOP);
        self::assertFalse($this->isActive('www.' . self::SHOP));
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("ownership", "after-another-customer");');
        WordPress::run('update_site_meta($site, "wu_customer_id", 9);', ['site' => $this->sites[7]]);
        $this->nextMinute();
        foreach (['www.' . self::SHOP, self::SHOP] as $host) {
            $this->assertDomain($host, ['hold' => '', 'customer_id' => '9', 'proven_customer_id' => '9']);
            $this->assertServed($host);
        }
    }

    public function testTheRecordStaysInactiveWhoeverSavesItAndIsNotTakenForSwitchedOff(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        WordPress::run('$record = wu_get_domain_by_domain($host); $record->set_active(true); $record->save();', ['host' => self::SHOP]);
        $this->assertNotServed(self::SHOP);
        $this->network->walk();
        $this->assertDomain(self::SHOP, self::WAITS + ['withheld' => '3']);
        Environment::get()->sql("UPDATE wp_wu_domain_mappings SET active = 1 WHERE domain = '" . self::SHOP . "'");
        $this->nextMinute();
        $this->assertNotServed(self::SHOP);
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        $this->assertServed(self::SHOP);
    }

    public function testWhatSomebodySwitchedOffStaysSoWhenItIsProven(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8, false);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['suspended' => '1', 'withheld' => '2'] + self::WAITS);
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        $this->assertDomain(self::SHOP, ['hold' => '', 'domain_reason' => 'site-suspended', 'remote_state' => 'absent']);
        self::assertSame([false, '1'], [$this->isActive(self::SHOP), $this->primary(self::SHOP)]);
    }

    public function testAnApprovalIsAsGoodAsAProof(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        self::assertSame(1, WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::approve([$host]);', ['host' => self::SHOP]));
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
        $this->assertDomain(self::SHOP, ['proven_customer_id' => '8', 'remote_state' => 'present', 'owner' => 'ours']);
    }

    public function testWhatTheAdminDeclinesIsNotServed(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        self::assertSame(1, WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::decline([$host]);', ['host' => self::SHOP]));
        $this->publish($this->valueFor(8));
        $this->nextMinute();
        $this->assertDomain(self::SHOP, ['hold' => 'declined']);
        $this->assertNotServed(self::SHOP);
        WordPress::run('Domain_Sync_For_RunCloud\\Sync\\Plan::approve([$host]);', ['host' => self::SHOP]);
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
    }

    public function testWithThePolicyOffNobodyProvesAnythingAndWhoWaitsGoesOn(): void
    {
        $this->leave(self::SHOP, 7);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("ownership", "off");');
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
        // Who had it while nobody asked keeps it.
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("ownership", "always");');
        $this->network->walk();
        $this->assertServed(self::SHOP);
    }

    public function testWithThePolicyAlwaysTheFirstCustomerHasToProveItToo(): void
    {
        $this->map('before.customer.example', 8);
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("ownership", "always");');
        $this->map(self::SHOP, 7);
        $this->network->runQueue();
        $this->assertServed('before.customer.example');
        $this->assertDomain(self::SHOP, self::WAITS);
        $this->publish($this->valueFor(7));
        $this->nextMinute();
        $this->assertServed(self::SHOP);
        // Whoever proved it once does not do so again.
        $this->publish('gone');
        $this->network->unmap(self::SHOP);
        $this->map(self::SHOP, 7);
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
    }

    public function testAYearLaterNobodyHadIt(): void
    {
        $this->leave(self::SHOP, 7);
        $this->network->letTimePass(366 * 86400);
        $this->map(self::SHOP, 8);
        $this->network->runQueue();
        $this->assertServed(self::SHOP);
    }

    public function testOtherSaltsAndANewStartLeaveTheRecordGood(): void
    {
        $value = $this->valueFor(8);
        $this->define(['AUTH_KEY' => 'other', 'AUTH_SALT' => 'other', 'SECURE_AUTH_SALT' => 'other', 'NONCE_SALT' => 'other']);
        self::assertSame($value, $this->valueFor(8));
        WordPress::run('Domain_Sync_For_RunCloud\\Lifecycle::uninstall(); Domain_Sync_For_RunCloud\\Lifecycle::activate();');
        self::assertSame($value, $this->valueFor(8));
        self::assertNotSame($value, $this->valueFor(7));
        self::assertMatchesRegularExpression('~^domain-sync=[0-9a-f]{40}$~', $value);
    }

    public function testHostsThatLeftAndWhoseDnsStillPointsHereAreListed(): void
    {
        $this->leave(self::SHOP, 7);
        $this->leave('gone.customer.example', 7);
        $this->network->showDns(self::SHOP);
        $list = fn (): array => array_column(WpCli::run('list', '--reason=removed-dns-here', '--format=json')->json(), 'host');
        self::assertSame([], $list());
        $this->network->letTimePass(86500);
        $this->network->runQueue();
        self::assertSame([self::SHOP], $list());
        self::assertSame(1, WpCli::run('status', '--format=json')->json()['dns_left']);
        $this->network->showDns();
        $this->network->letTimePass(86500);
        $this->network->runQueue();
        self::assertSame([], $list());
    }

    /** A customer maps a host, has it for a while, and leaves. */
    private function leave(string $host, int $customer): void
    {
        $this->map($host, $customer);
        $this->network->runQueue();
        self::assertContains($host, $this->panel->hosts());
        $this->network->unmap($host);
        $this->network->runRemovals();
        self::assertNotContains($host, $this->panel->hosts());
    }

    /** A customer maps a host, and Ultimate Multisite would serve it at once. */
    private function map(string $host, int $customer, bool $isActive = true): void
    {
        WordPress::run(
            '$record = wu_create_domain(["domain" => $host, "blog_id" => $site, "active" => $active, "stage" => "done"]);
            if (is_wp_error($record)) { throw new RuntimeException($record->get_error_message()); }',
            ['host' => $host, 'site' => $this->sites[$customer], 'active' => $isActive]
        );
    }

    /** Publishes texts for the shop, and nothing else. */
    private function publish(string ...$texts): void
    {
        $this->world->change([self::RECORD => ['TXT' => $texts]]);
    }

    private function nextMinute(): void
    {
        $this->network->letTimePass(61);
        $this->network->runQueue();
    }

    /** What a customer has to publish for the shop. */
    private function valueFor(int $customer): string
    {
        return WordPress::run(
            'return Domain_Sync_For_RunCloud\\Serving\\Ownership::record_of(
                new Domain_Sync_For_RunCloud\\Store\\Domain(id: 1, host: $host, customer_id: $customer)
            )["value"];',
            ['host' => self::SHOP, 'customer' => $customer]
        );
    }

    private function isActive(string $host): bool
    {
        return $this->record($host)['active'] === '1';
    }

    /** Whether the host's record is its site's primary one. */
    private function primary(string $host): string
    {
        return $this->record($host)['primary_domain'];
    }

    /** @return array<string, string|null> */
    private function record(string $host): array
    {
        return Environment::get()->sql("SELECT * FROM wp_wu_domain_mappings WHERE domain = '{$host}'")[0];
    }

    /** Ultimate Multisite serves the host's visitors, should RunCloud send them here; the real one sends them on to the site's primary domain. */
    private function assertServed(string $host): void
    {
        self::assertTrue($this->isActive($host));
        [$status, , $headers] = WordPress::request('/', [], $host);
        if (preg_match('~^Location: http://([^/]+)/$~mi', implode("\n", $headers), $to) === 1 && $to[1] !== $host) {
            self::assertSame($this->record($host)['blog_id'], $this->record($to[1])['blog_id']);
            [$status] = WordPress::request('/', [], $to[1]);
        }
        self::assertSame(200, $status);
    }

    private function assertNotServed(string $host, string $when = ''): void
    {
        self::assertFalse($this->isActive($host), $when);
        self::assertNotSame(200, WordPress::request('/', [], $host)[0], $when);
    }
}
