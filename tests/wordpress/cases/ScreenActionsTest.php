<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What the buttons of the screens do, and what they say that they did.
 */
final class ScreenActionsTest extends NetworkTestCase
{
    private const LIST = '/wp-admin/network/admin.php?page=domain-sync';
    private const PLAN = self::LIST . '&tab=plan';
    private const SHOP = 'shop.customer.example';
    private const CAFE = 'cafe.customer.example';

    private Browser $admin;

    protected function setUp(): void
    {
        parent::setUp();
        $this->admin = Browser::admin();
    }

    public function testCheckNowHasTheHostLookedAtInTheNextRun(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->later();
        $this->panel->simulator->clearHistory();
        self::assertSame('Looked at in the next run: 1 of 1.', $this->press('row', 'check ' . self::SHOP));
        self::assertLessThanOrEqual(gmdate('Y-m-d H:i:s'), $this->network->domain(self::SHOP)['look_at']);
        self::assertCount(1, $this->network->jobs('domain_sync'));
        self::assertSame([], $this->panel->requests());
        self::assertStringContainsString(
            'Looked at in the next run: 0 of 1. The others are about to be looked at',
            $this->press('row', 'check ' . self::SHOP)
        );
        self::assertContains('check-asked', $this->network->history(self::SHOP));
        self::assertStringContainsString('A look was asked for. by admin', $this->text($this->admin->get(self::LIST . '&host=' . self::SHOP)[1]));
    }

    public function testTryAgainRepeatsWhatRunCloudRefused(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'times' => 3]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearFaults();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action']);
        self::assertSame('Tried again in the next run: 1 of 1.', $this->press('row', 'retry ' . self::SHOP));
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testOrderingACertificateAnewTakesOneOrderAlsoWhereOneIsServed(): void
    {
        $this->network->map(self::SHOP);
        $this->network->showDns(self::SHOP);
        $this->network->runQueue();
        $this->letTimePassAndOrdersEnd();
        $this->panel->simulator->clearHistory();
        self::assertSame('Certificates ordered from the next run on: 1 of 1.', $this->press('row', 'redeploy ' . self::SHOP));
        $this->network->runQueue();
        self::assertCount(1, array_filter($this->panel->changes(), static fn (string $one): bool => str_contains($one, 'ssl')));
    }

    public function testAnAdoptionIsForWhatOthersMade(): void
    {
        $this->panel->addDomain(['name' => self::SHOP, 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map(self::SHOP);
        $this->network->map(self::CAFE);
        $this->network->runQueue();
        $said = $this->press('apply', '1', ['do' => 'adopt', 'hosts' => [self::SHOP, self::CAFE]]);
        self::assertStringContainsString('Adopted in the next run: 1 of 2. The others are the plugin\'s already', $said);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['owner' => 'adopted']);
        $this->assertDomain(self::CAFE, ['owner' => 'ours']);
    }

    public function testARemovalIsAskedFirstAndIsForWhatIsOursAndNotMapped(): void
    {
        $this->set('removal_delay', 86400);
        $this->panel->addDomain(['name' => 'theirs.customer.example', 'created_at' => '2024-01-02 03:04:05']);
        foreach ([self::SHOP, self::CAFE, 'theirs.customer.example'] as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->unmap('theirs.customer.example');
        $this->network->runRemovals();
        $this->assertDomain(self::SHOP, ['domain_reason' => 'removal-delayed']);
        $all = [self::SHOP, self::CAFE, 'theirs.customer.example'];
        [$address, $page] = $this->admin->press(self::LIST, 'apply', '1', ['do' => 'remove', 'hosts' => $all]);
        self::assertStringContainsString('confirm=remove', $address);
        $text = $this->text($page);
        self::assertStringContainsString(self::SHOP . ': removed at RunCloud', $text);
        self::assertStringContainsString(self::CAFE . ': this network maps it', $text);
        self::assertStringContainsString('theirs.customer.example: others made it', $text);
        self::assertStringContainsString('Remove 1 domain', $text);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::CAFE, self::SHOP, 'theirs.customer.example'], 'Nothing was confirmed');

        [$address, $page] = $this->admin->press($address, 'do', 'remove');
        self::assertStringStartsWith(self::LIST, $address);
        self::assertSame('Removed in the next runs: 1 of 1.', $this->said($page));
        $this->network->runRemovals();
        $this->assertPanelHolds([self::CAFE, 'theirs.customer.example']);
    }

    public function testWhoPostsAllHostsAtOnceRemovesNoMore(): void
    {
        $this->panel->addDomain(['name' => 'theirs.customer.example', 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map(self::CAFE);
        $this->network->map('theirs.customer.example');
        $this->network->runQueue();
        $primary = $this->panel->hosts();
        $fields = ['action' => 'domain_sync_act', '_wpnonce' => $this->admin->nonce('bulk-domain-sync-domains'), 'do' => 'remove', 'confirmed' => '1',
            'hosts' => [self::CAFE, 'theirs.customer.example', 'network.example', "x' OR '1'='1", '*']];
        $this->admin->post('/wp-admin/admin-post.php', $fields);
        $this->network->runRemovals();
        self::assertSame($primary, $this->panel->hosts());
    }

    public function testWhatCodeAskedForEndsWithARemoval(): void
    {
        WordPress::run('return domain_sync_add($host, 1);', ['host' => self::SHOP]);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        [$address] = $this->admin->press(self::LIST, 'row', 'remove ' . self::SHOP);
        self::assertSame('Removed in the next runs: 1 of 1.', $this->said($this->admin->press($address, 'do', 'remove')[1]));
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testADelayedRemovalIsCalledOff(): void
    {
        $this->set('removal_delay', 86400);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->runRemovals();
        self::assertSame('Kept, their removal is called off: 1 of 1.', $this->press('row', 'undo ' . self::SHOP));
        $this->network->letTimePass(2 * 86400);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testThePlanIsDecidedLineByLine(): void
    {
        $this->hold(self::SHOP, self::CAFE, 'third.customer.example');
        $text = $this->text($this->admin->get(self::PLAN)[1]);
        self::assertStringContainsString('3 domains are mapped here; 0 of them are at RunCloud. Nothing was changed.', $text);
        self::assertStringContainsString('Requests to RunCloud for what waits, is approved or is done by itself: 6 at most', $text);
        self::assertStringContainsString('Approved: 1 of 1.', $this->press('row', 'approve ' . self::SHOP, [], self::PLAN));
        self::assertSame('Declined: 1 of 1. They stay as they are.', $this->press('row', 'decline ' . self::CAFE, [], self::PLAN));
        self::assertStringContainsString('1 domain is approved and not done yet.', $this->text($this->admin->get(self::PLAN)[1]));
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::CAFE, ['hold' => 'declined']);
        $this->assertDomain('third.customer.example', ['hold' => 'existing']);
    }

    public function testAKindIsDecidedAtOnceAndWhatHasNotBegunIsStopped(): void
    {
        $this->hold(self::SHOP, self::CAFE);
        self::assertStringContainsString('Approved: 2 of 2.', $this->press('do', 'approve add waits', [], self::PLAN));
        self::assertStringContainsString('Domains that wait for your decision again: 2.', $this->press('do', 'stop', [], self::PLAN));
        $this->network->runQueue();
        $this->assertPanelHolds([]);
        // All at once is asked about first.
        [$address, $page] = $this->admin->press(self::PLAN, 'do', 'approve');
        self::assertStringContainsString('Approve 2 lines of the plan?', $this->text($page));
        self::assertStringContainsString('2 × Add to RunCloud', $this->text($page));
        [, $page] = $this->admin->press($address, 'do', 'approve waits');
        self::assertStringContainsString('Approved: 2 of 2.', $this->said($page));
        $this->network->runQueue();
        $this->assertPanelHolds([self::CAFE, self::SHOP]);
    }

    public function testAnApprovalThatRemovesAsksFirst(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->sql(
            "UPDATE wp_domain_sync_domains SET hold = 'mass-removal', domain_status = 'action', domain_reason = 'mass-removal', due_at = NULL"
        );
        $this->network->letTimePass(120);
        $page = self::PLAN . '&hold=mass-removal';
        [$address, $body] = $this->admin->press($page, 'apply', '1', ['do' => 'approve', 'hosts' => [self::SHOP]]);
        self::assertStringContainsString('Approve, and with that remove domains?', $this->text($body));
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        $this->admin->press($address, 'do', 'approve');
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testWhatWaitsThoughNothingIsToBeDoneIsLetGo(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->sql("UPDATE wp_domain_sync_domains SET hold = 'ownership', domain_status = 'action', domain_reason = 'ownership', due_at = NULL");
        $page = self::PLAN . '&hold=ownership';
        self::assertStringContainsString('Nothing: it only ends waiting', $this->text($this->admin->get($page)[1]));
        self::assertStringContainsString('Approved: 1 of 1.', $this->press('row', 'approve ' . self::SHOP, [], $page));
        $this->panel->simulator->clearHistory();
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['hold' => '', 'owner' => 'ours']);
        self::assertSame([], $this->panel->changes());
    }

    public function testNothingIsAskedForWhereItCannotBeDone(): void
    {
        $this->network->map(self::SHOP);
        $before = $this->network->domains();
        $this->define(['WP_ENVIRONMENT_TYPE' => 'staging']);
        self::assertStringContainsString('staging', $this->press('apply', '1', ['do' => 'retry', 'hosts' => [self::SHOP]]));
        self::assertSame($before, $this->network->domains());
        self::assertStringContainsString('Choose what to do', $this->press('apply', '1', ['do' => '', 'hosts' => [self::SHOP]]));
        self::assertStringContainsString('Choose what to do', $this->press('apply', '1', ['do' => 'retry']));
    }

    public function testEverySettingHasAFieldAndASentenceForWhatIsWrong(): void
    {
        $names = array_keys(WordPress::run('return Domain_Sync_For_RunCloud\Settings::DEFAULTS;'));
        $form = $this->admin->get(self::LIST . '&tab=settings')[1];
        foreach ($names as $name) {
            self::assertStringContainsString("name=\"{$name}\"", $form);
        }
        $said = $this->press('save', '1', array_fill_keys($names, 'nonsense'), self::LIST . '&tab=settings');
        self::assertSame(count($names) + 1, substr_count($said, '.'), $said);
    }

    public function testSettingsAreSavedAndWhatIsWrongIsASentence(): void
    {
        $page = self::LIST . '&tab=settings';
        $fields = ['policy' => 'add-only', 'removal_delay' => '1.5', 'monthly_quota' => '5000', 'inventory_share' => '10',
            'ownership' => 'always', 'mail_after' => '48'];
        self::assertSame('5 settings are changed.', $this->press('save', '1', $fields, $page));
        $saved = ['policy' => 'add-only', 'removal_delay' => 5400, 'monthly_quota' => 5000, 'inventory_share' => 10,
            'ownership' => 'always', 'mail_after' => 48];
        self::assertEquals($saved, WordPress::run('return Domain_Sync_For_RunCloud\Settings::all();'));
        self::assertSame('Nothing was changed.', $this->press('save', '1', $fields, $page));
        $said = $this->press('save', '1', ['policy' => 'sync', 'removal_delay' => '-1', 'inventory_share' => '101'] + $fields, $page);
        self::assertSame(
            'The delay of removals is a number of hours from 0 to 720. The share for reading the list is a whole number from 1 to 100.'
                . ' What was right is saved.',
            $said
        );
        self::assertEquals(['policy' => 'sync'] + $saved, WordPress::run('return Domain_Sync_For_RunCloud\Settings::all();'));
    }

    public function testTheNumberOfAPageInTheFieldBesideTheArrowsLeadsThere(): void
    {
        $this->network->map(self::SHOP);
        [$address] = $this->admin->press(self::LIST, 'apply', '1', ['do' => '', 'paged' => '3']);
        self::assertStringContainsString('paged=3', $address);
    }

    /** Hosts that were mapped before the plugin came. */
    private function hold(string ...$hosts): void
    {
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->sql(
            "UPDATE wp_domain_sync_domains SET hold = 'existing', domain_status = 'action', domain_reason = 'existing', due_at = NULL, look_at = NULL;
            DELETE FROM wp_actionscheduler_actions"
        );
    }

    /** What is due is due tomorrow. */
    private function later(): void
    {
        $this->sql('UPDATE wp_domain_sync_domains SET due_at = NULL, look_at = UTC_TIMESTAMP() + INTERVAL 1 DAY');
    }

    private function letTimePassAndOrdersEnd(): void
    {
        $this->sql(
            "UPDATE wp_domain_sync_domains SET domain_status = 'ready', domain_reason = 'served',
                dns_since = UTC_TIMESTAMP() - INTERVAL 1 DAY, asked = '', ordered_at = NULL,
                certificate_status = 'ready', certificate_reason = 'certificate-covers', due_at = NULL,
                certificate_until = UTC_TIMESTAMP() + INTERVAL 60 DAY, look_at = UTC_TIMESTAMP() + INTERVAL 1 DAY;
            DELETE FROM wp_domain_sync_events"
        );
        $this->network->letTimePass(3700);
        $this->sql('UPDATE wp_domain_sync_domains SET due_at = NULL');
    }

    private function set(string $name, string|int $value): void
    {
        WordPress::run('return Domain_Sync_For_RunCloud\Settings::set($name, $value);', ['name' => $name, 'value' => $value]);
    }

    private function sql(string $statements): void
    {
        Environment::get()->sql("{$statements}; SELECT 1");
    }

    /** Presses a button of a page. What the next page says. */
    private function press(string $name, string $value, array $fields = [], string $page = self::LIST): string
    {
        return $this->said($this->admin->press($page, $name, $value, $fields)[1]);
    }

    /** The notice of a page. */
    private function said(string $body): string
    {
        self::assertSame(1, preg_match('~<div class="notice notice-\w+ is-dismissible"[^>]*>(.+?)</div>~s', $body, $notice), 'A notice');

        return $this->text($notice[1]);
    }

    private function text(string $html): string
    {
        return trim(html_entity_decode(preg_replace('~\s+~', ' ', strip_tags($html)), ENT_QUOTES | ENT_HTML5));
    }
}
