<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The policy, the delay of removals, the month's requests.
 */
final class SettingsTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const DAY = 86400;

    public function testAddOnlyNeverRemovesUntilThePolicyIsAnotherOne(): void
    {
        $this->set('policy', 'add-only');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => '', 'domain_status' => 'ready', 'domain_reason' => 'policy-add-only', 'due_at' => null]);
        $this->set('policy', 'sync');
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testPausedNothingIsSentAndAllGoesOnAfterwards(): void
    {
        $this->network->forgetList();
        $this->set('policy', 'paused');
        $this->network->map(self::SHOP);
        $this->network->newSite('one');
        $this->network->runQueue();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->network->jobs('domain_sync'));
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'policy-paused']);
        $this->set('policy', 'sync');
        $this->network->settle();
        $this->assertPanelHolds(['one.network.example', self::SHOP]);
    }

    public function testARemovalThatIsDelayedComesAfterItsTime(): void
    {
        $this->mapAndUnmap();
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'removal-delayed']);
        $this->network->letTimePass(self::DAY - 3600);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        $this->network->letTimePass(3600);
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testMappedAgainWithinTheDelayItCostsNothing(): void
    {
        $this->mapAndUnmap();
        $this->panel->simulator->clearHistory();
        $this->network->map(self::SHOP);
        $this->network->settle();
        $this->network->letTimePass(2 * self::DAY);
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'ours', 'source' => 'record']);
    }

    public function testUndoneItStaysAtRunCloudUntilItIsMappedAndUnmappedAgain(): void
    {
        $this->mapAndUnmap();
        self::assertSame(1, WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::decline([$host]);', ['host' => self::SHOP]));
        $this->network->letTimePass(2 * self::DAY);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        $this->network->map(self::SHOP);
        $this->network->settle();
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(2 * self::DAY);
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testApprovedItDoesNotWait(): void
    {
        $this->mapAndUnmap();
        self::assertSame(1, WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::approve([$host]);', ['host' => self::SHOP]));
        $this->network->letTimePass(61);
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testTheMonthsRequestsAreCountedByKind(): void
    {
        $this->network->forgetList();
        $this->network->map(self::SHOP);
        $this->network->pointDns(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $spent = WordPress::run('return Domain_Sync_For_RunCloud\\Panel\\Limits::spent();');
        self::assertSame(count($this->panel->requests()), array_sum($spent));
        self::assertSame([1, 1], [$spent['add'], $spent['page']]);
        self::assertGreaterThan(0, $spent['order']);
    }

    public function testAQuotaThatIsSpentLeavesARareProbe(): void
    {
        $this->set('monthly_quota', 2);
        foreach (['a', 'b', 'c', 'd'] as $name) {
            $this->network->map("{$name}.customer.example");
        }
        $this->network->runQueue();
        self::assertCount(2, $this->panel->requests());
        $blocks = WordPress::run('return Domain_Sync_For_RunCloud\\Panel\\Limits::blocks();');
        self::assertSame('quota-spent', $blocks['all']['reason']);
        for ($hour = 0; $hour < 24; $hour++) {
            $this->network->letTimePass(3600);
            $this->network->runQueue();
        }
        self::assertLessThanOrEqual(2 + 5, count($this->panel->requests()));
        $this->set('monthly_quota', 0);
        $this->network->settle();
        $this->assertPanelHolds(['a.customer.example', 'b.customer.example', 'c.customer.example', 'd.customer.example']);
    }

    public function testASettingThatCannotBeIsRefusedInASentence(): void
    {
        self::assertSame('policy is one of: sync, add-only, paused.', $this->set('policy', 'off'));
        self::assertSame('removal_delay is a whole number from 0 to 2592000.', $this->set('removal_delay', '-1'));
        self::assertStringStartsWith('There is no setting "colour"; there are policy, ', $this->set('colour', 'red'));
        self::assertSame('', $this->set('removal_delay', '86400'));
        WordPress::run('update_network_option(null, "domain_sync_settings", ["policy" => "none", "removal_delay" => "x", "more" => 1]);');
        $settings = WordPress::run('return Domain_Sync_For_RunCloud\\Settings::all();');
        $numbers = ['removal_delay' => 0, 'monthly_quota' => 0, 'inventory_share' => 10, 'mail_after' => 24];
        self::assertEquals(['policy' => 'sync', 'ownership' => 'after-another-customer'] + $numbers, $settings);
    }

    private function set(string $name, string|int $value): string
    {
        return WordPress::run('return Domain_Sync_For_RunCloud\\Settings::set($name, $value);', ['name' => $name, 'value' => $value]);
    }

    private function mapAndUnmap(): void
    {
        $this->set('removal_delay', self::DAY);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
    }
}
