<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\WpCli;

/**
 * The command line. With the real WP-CLI where WP_CLI_DIR names a copy, else with the double.
 */
final class CommandTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const OLD = '2024-01-02 03:04:05';

    public function testANetworkThatWasThereBeforeIsBroughtToRunCloudByInventoryPlanAndApprove(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(1, 50));
        $there = array_slice($hosts, 0, 20);
        $this->mapBefore($hosts, $there);
        $first = $this->panel->hosts();

        self::assertStringContainsString('The list is read: 21 domains on 1 pages.', $this->wp('inventory', '--wait')->output);
        $plan = $this->wp('plan');
        self::assertStringContainsString('50 domains are mapped here; 20 of them are at RunCloud. Nothing was changed.', $plan->output);
        self::assertStringContainsString('Add to RunCloud (add): 30 waits', $plan->output);
        self::assertSame('30', trim($this->wp('plan', '--kind=add', '--state=waits', '--format=count')->output));
        self::assertSame([], $this->panel->changes(), 'Nothing is sent for a plan');
        self::assertSame($first, $this->panel->hosts());
        self::assertStringContainsString('50 domains are mapped here', $this->wp('status')->errors);

        $approved = $this->wp('approve', '--all', '--yes', '--wait');
        self::assertSame([0, ''], [$approved->code, $approved->errors]);
        self::assertStringContainsString('30 × Add to RunCloud (add)', $approved->output);
        self::assertStringContainsString('Approved: 50 of 50.', $approved->output);
        self::assertStringContainsString('Done: 50.', $approved->output);
        $this->assertPanelHolds($hosts);
        self::assertSame(array_fill(0, 30, 'POST domains'), $this->panel->changes(), 'None twice');
        self::assertSame('0', trim($this->wp('plan', '--format=count')->output));
        self::assertSame(0, $this->wp('status')->code);
    }

    public function testStatusSaysWhatNeedsSomebodyAndItsExitCodeToo(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $status = $this->wp('status', '--format=json');
        self::assertSame(0, $status->code, $status->output);
        $all = $status->json();
        self::assertNull($all['obstacle']);
        self::assertSame([], $all['needs']);
        self::assertSame(['ready' => 0, 'pending' => 1, 'action' => 0, 'unknown' => 0], $all['domains']);
        self::assertSame(0, $all['approved']);
        self::assertSame(1, $all['requests']['kinds']['add']);
        self::assertSame('sync', $all['settings']['policy']);
        self::assertSame(1, $all['inventory']['total']);

        Environment::get()->sql("UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused'; SELECT 1");
        $status = $this->wp('status');
        self::assertSame(1, $status->code);
        self::assertStringContainsString('Domains that need somebody: 1. wp domain-sync list --status=action', $status->errors);
        self::assertStringContainsString("domains\tready 0, pending 0, action 1, unknown 0", $status->output);
    }

    public function testStatusSaysThatTheMonthIsSpent(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->wp('settings', 'monthly_quota', '1');
        $status = $this->wp('status');
        self::assertSame(1, $status->code);
        self::assertStringContainsString("This month's 1 requests to RunCloud are spent", $status->errors);
        self::assertStringContainsString('1 of 1 in ', $status->output);
    }

    public function testAListIsNarrowedDownAndPrintedInEveryFormat(): void
    {
        $this->map('one.customer.example', 'two.customer.example');
        $site = $this->network->newSite('sub');
        Environment::get()->sql(
            "UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'other-app', hold = 'other-app'
                WHERE host = 'two.customer.example'; SELECT 1"
        );
        $sub = $this->network->host('sub');
        $ids = static fn (WpCli $run): array => explode(' ', trim($run->output));
        self::assertSame(['one.customer.example', 'two.customer.example', $sub], $ids($this->wp('list', '--format=ids')));
        self::assertSame(['two.customer.example'], $ids($this->wp('list', '--status=action', '--format=ids')));
        self::assertSame(['two.customer.example'], $ids($this->wp('list', '--reason=other-app', '--format=ids')));
        self::assertSame(['two.customer.example'], $ids($this->wp('list', '--hold=other-app', '--format=ids')));
        self::assertSame([$sub], $ids($this->wp('list', "--site={$site}", '--format=ids')));
        self::assertSame([''], $ids($this->wp('list', "--site={$site}", '--status=action', '--format=ids')));
        self::assertSame('3', trim($this->wp('list', '--format=count')->output));
        self::assertSame('0', trim($this->wp('list', '--reason=order-failed', '--format=count')->output));
        self::assertSame(
            ['host,hold', 'one.customer.example,', 'two.customer.example,other-app', "{$sub},"],
            $this->wp('list', '--format=csv', '--fields=host,hold')->lines()
        );
        self::assertSame(
            [['hold' => 'other-app', 'site_id' => 1]],
            $this->wp('list', '--status=action', '--format=json', '--fields=hold,site_id')->json()
        );
        self::assertSame([], $this->wp('list', '--status=unknown', '--format=json')->json());
        self::assertSame(['---', '- host: "two.customer.example"', '  site_id: 1'], $this->wp(
            'list',
            '--status=action',
            '--format=yaml',
            '--fields=host,site_id'
        )->lines());
        self::assertSame(["host\tstatus", "two.customer.example\taction"], $this->wp('list', '--status=action', '--fields=host,status')->lines());
        self::assertSame(['action'], $this->wp('list', '--status=action', '--field=status')->lines());
    }

    public function testAListOfManyPiecesHasOneHeadAndEachRowOnce(): void
    {
        Environment::get()->sql(
            "INSERT INTO wp_domain_sync_domains (host, source, domain_status, domain_reason)
                SELECT CONCAT('host', seq, '.example'), 'record', IF(seq MOD 2, 'pending', 'action'), 'refused' FROM seq_1_to_2500; SELECT 1"
        );
        foreach ([[], ['--status=action'], ['--reason=refused']] as $which => $filter) {
            $number = [2500, 1250, 2500][$which];
            self::assertSame((string) $number, trim($this->wp('list', '--format=count', ...$filter)->output));
            self::assertCount($number, array_unique(array_column($this->wp('list', '--format=json', ...$filter)->json(), 'host')));
            self::assertCount($number + 1, array_unique($this->wp('list', '--format=csv', ...$filter)->lines()));
            self::assertCount($number + 1, array_unique($this->wp('list', ...$filter)->lines()));
        }
    }

    public function testGetTellsAllOfAHostInUnicodeOrAscii(): void
    {
        $this->map('xn--mnchen-3ya.example');
        foreach (['münchen.example', 'xn--mnchen-3ya.example', 'MÜNCHEN.example.'] as $name) {
            $get = $this->wp('get', $name, '--format=json')->json();
            self::assertSame(['xn--mnchen-3ya.example', 'münchen.example'], [$get['host'], $get['unicode']]);
        }
        self::assertSame('pending', $get['domain']['status']);
        self::assertNotSame('', $get['domain']['sentence']);
        self::assertNotSame('', $get['certificate']['next_step']);
        self::assertSame(['record'], $get['desired']['source']);
        self::assertSame(['present', 'ours'], [$get['actual']['state'], $get['actual']['owner']]);
        self::assertContains('added', array_column($get['history'], 'kind'));
        self::assertSame([], $get['plan']);

        $table = $this->wp('get', 'münchen.example')->output;
        self::assertStringContainsString("domain.status\tpending", $table);
        self::assertMatchesRegularExpression('~UTC\tadded\trun\t0\tAdded at RunCloud\.\n~', $table);
    }

    public function testGetSaysWhatThePlanSays(): void
    {
        $this->mapBefore([self::SHOP], []);
        $get = $this->wp('get', self::SHOP, '--format=json')->json();
        self::assertSame(['add', 'waits', 'existing'], [$get['plan']['kind'], $get['plan']['state'], $get['plan']['reason']]);
        self::assertSame('existing', $get['decision']['hold']);
    }

    public function testAHostThatNobodyKnowsIsOneSentence(): void
    {
        $get = $this->wp('get', 'nobody.example');
        self::assertSame([1, ''], [$get->code, $get->output]);
        self::assertSame(
            'Error: Nobody knows "nobody.example" here: it is not mapped in this network, and not at RunCloud as far as its list was read.',
            trim($get->errors)
        );
        $get = $this->wp('get', 'no host');
        self::assertSame([1, 'Error: "no host" cannot be a host name.'], [$get->code, trim($get->errors)]);
    }

    public function testApproveWithoutSayingWhatIsAnErrorThatSaysWhatToGive(): void
    {
        foreach (['approve', 'decline'] as $command) {
            $run = $this->wp($command, '--yes');
            self::assertSame(1, $run->code);
            self::assertStringContainsString('host names, --kind=<kind>, or --all', $run->errors);
        }
        $run = $this->wp('approve', '--kind=nonsense');
        self::assertSame(1, $run->code);
        self::assertStringContainsString('There is no kind "nonsense"; there are: add, adopt,', $run->errors);
    }

    public function testApproveSaysWhatItWillDoAndDoesItOnlyAfterAYes(): void
    {
        $this->mapBefore([self::SHOP, 'two.customer.example'], []);
        $words = ['domain-sync', 'approve', '--all', '--user=1'];
        foreach (["n\n", ''] as $answer) {
            $run = WpCli::type($words, $answer);
            self::assertStringContainsString('2 × Add to RunCloud (add)', $run->output);
            self::assertStringContainsString('Requests to RunCloud: 4 at most', $run->output);
            self::assertStringContainsString('Approve this? [y/n]', $run->output);
            $this->assertDomain(self::SHOP, ['hold' => 'existing']);
        }
        self::assertStringContainsString('Approved: 2 of 2.', WpCli::type($words, "y\n")->output);
        $this->assertDomain(self::SHOP, ['hold' => '', 'approved' => '1']);
        self::assertSame([], $this->panel->changes(), 'The queue does it');
        $event = Environment::get()->sql("SELECT kind, actor FROM wp_domain_sync_events WHERE host = ''");
        self::assertSame([['kind' => 'plan-approved', 'actor' => '1']], $event);
        self::assertSame(2, $this->wp('status', '--format=json')->json()['approved']);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP, 'two.customer.example']);
        self::assertStringContainsString('There is nothing of that to decide about.', $this->wp('approve', '--all', '--yes')->output);
    }

    public function testAHostAboutWhichNothingIsToBeDecidedIsNamedAndTheOthersAreDone(): void
    {
        $this->map('fine.customer.example');
        $this->mapBefore([self::SHOP], []);
        $run = $this->wp('approve', 'nobody.example', 'fine.customer.example', 'no host', self::SHOP, '--yes');
        self::assertSame(1, $run->code);
        self::assertStringContainsString('nobody.example: nobody knows this host here.', $run->errors);
        self::assertStringContainsString('fine.customer.example: there is nothing to decide', $run->errors);
        self::assertStringContainsString('"no host" cannot be a host name.', $run->errors);
        self::assertStringContainsString('Approved: 1 of 1.', $run->output);
        $this->assertDomain(self::SHOP, ['hold' => '', 'approved' => '1']);
        self::assertSame(1, $this->wp('approve', 'nobody.example', '--yes')->code);
    }

    public function testWhatWasDeclinedIsNotApprovedWithTheRest(): void
    {
        $this->mapBefore([self::SHOP, 'two.customer.example'], []);
        self::assertStringContainsString('Declined: 1 of 1.', $this->wp('decline', self::SHOP, '--yes')->output);
        $this->assertDomain(self::SHOP, ['hold' => 'declined', 'due_at' => null]);
        self::assertStringContainsString('Approved: 1 of 1.', $this->wp('approve', '--kind=add', '--yes')->output);
        $this->network->runQueue();
        $this->assertPanelHolds(['two.customer.example']);
        self::assertSame(['declined'], $this->wp('plan', '--field=state')->lines());
        self::assertStringContainsString('Approved: 1 of 1.', $this->wp('approve', '--state=declined', '--yes', '--wait')->output);
        $this->assertPanelHolds([self::SHOP, 'two.customer.example']);
    }

    public function testStopPutsBackWhatHasNotBegun(): void
    {
        $this->mapBefore([self::SHOP, 'two.customer.example'], []);
        $this->wp('approve', '--all', '--yes');
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET asked = 'add' WHERE host = 'two.customer.example'; SELECT 1");
        self::assertSame(
            'Success: Domains that wait for your decision again: 1. Approved ones that have begun and are brought to their end: 1.',
            trim($this->wp('stop')->output)
        );
        $this->assertDomain(self::SHOP, ['hold' => 'existing', 'approved' => '0', 'due_at' => null]);
    }

    public function testRetryTriesAgainAtOnceAndNamesWhatItCannot(): void
    {
        $this->network->map(self::SHOP);
        $this->mapBefore(['waits.customer.example'], []);
        $failed = "UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused', due_at = NULL,
            failing_since = UTC_TIMESTAMP() WHERE host = '" . self::SHOP . "'; SELECT 1";
        foreach ([[self::SHOP], ['--failed'], [self::SHOP, 'waits.customer.example', 'nobody.example']] as $words) {
            Environment::get()->sql($failed);
            $run = $this->wp('retry', ...$words);
            self::assertSame('Success: Tried again in the next run: 1.', trim($run->output));
            self::assertSame('pending', $this->network->domain(self::SHOP)['domain_status']);
            self::assertNotNull($this->network->domain(self::SHOP)['due_at']);
        }
        self::assertSame(1, $run->code);
        self::assertStringContainsString('waits.customer.example: it waits for your decision.', $run->errors);
        self::assertStringContainsString('nobody.example: nobody knows this host here.', $run->errors);
        $this->assertDomain('waits.customer.example', ['hold' => 'existing', 'domain_status' => 'action']);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame(1, $this->wp('retry')->code);
    }

    public function testTheListIsReadByTheQueueOrInTheForeground(): void
    {
        $this->panel->addDomain(['name' => 'their.example', 'created_at' => self::OLD]);
        self::assertStringContainsString('The list is read from the next run on.', $this->wp('inventory')->output);
        self::assertSame([], $this->panel->requests());
        self::assertTrue($this->wp('status', '--format=json')->json()['inventory']['is_asked']);
        $this->network->runQueue();
        self::assertSame('others', $this->network->domain('their.example')['owner']);

        $this->panel->addDomain(['name' => 'second.example', 'created_at' => self::OLD]);
        self::assertStringContainsString('The list is read: 3 domains on 1 pages.', $this->wp('inventory', '--wait')->output);
        self::assertSame('others', $this->network->domain('second.example')['owner']);

        $this->wp('settings', 'policy', 'paused');
        $run = $this->wp('inventory', '--wait');
        self::assertSame(1, $run->code);
        self::assertStringContainsString('The policy is "paused"', $run->errors);
    }

    public function testWhereAnotherProcessHasTheLeaseTheForegroundWaitsForIt(): void
    {
        $this->mapBefore([self::SHOP], []);
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Limits::take_lease("another");');
        $process = WpCli::start(['domain-sync', 'approve', '--all', '--yes', '--wait'], true, $pipes);
        Deadline::poll('the approval', fn (): bool => $this->network->domain(self::SHOP)['approved'] === '1', 30);
        usleep(1500000);
        self::assertSame([], $this->panel->requests());
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Limits::end_lease("another");');
        self::assertStringContainsString('Done: 1.', stream_get_contents($pipes[1]));
        self::assertSame(0, proc_close($process));
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testASettingIsListedShownAndSet(): void
    {
        self::assertSame('sync', trim($this->wp('settings', 'policy')->output));
        self::assertSame(['policy', 'removal_delay', 'monthly_quota', 'inventory_share', 'mail_after', 'ownership'], array_column(
            $this->wp('settings', '--format=json')->json(),
            'name'
        ));
        self::assertSame('Success: policy is add-only now.', trim($this->wp('settings', 'policy', 'add-only')->output));
        self::assertSame('add-only', trim($this->wp('settings', 'policy')->output));
        $wrong = [
            [['policy', 'off'], 'policy is one of: sync, add-only, paused.'],
            [['removal_delay', '-1x'], 'removal_delay is a whole number from 0 to 2592000.'],
            [['colour', 'red'], 'There is no setting "colour"; there are policy,'],
            [['colour'], 'There is no setting "colour"; there are policy,'],
        ];
        foreach ($wrong as [$words, $sentence]) {
            $run = $this->wp('settings', ...$words);
            self::assertSame([1, ''], [$run->code, $run->output]);
            self::assertStringContainsString($sentence, $run->errors);
        }
    }

    public function testEveryCommandWorksOnTheMainSiteWhateverUrlSays(): void
    {
        $this->network->newSite('sub');
        $this->network->runQueue();
        $this->mapBefore([self::SHOP], []);
        $url = '--url=' . $this->network->host('sub');
        self::assertSame('1', trim($this->wp('plan', '--format=count', $url)->output));
        self::assertStringContainsString('Done: 1.', $this->wp('approve', '--all', '--yes', '--wait', $url)->output);
        self::assertContains(self::SHOP, $this->panel->hosts());
        $this->panel->simulator->clearHistory();
        $this->wp('inventory', $url);
        $this->network->runQueue();
        self::assertSame(['GET domains'], $this->panel->requests(), 'The job is in the queue of the main site');
    }

    public function testWithoutTheExtensionWhatIsKnownIsShownAndNothingIsSent(): void
    {
        $this->mapBefore([self::SHOP], []);
        $wp = static fn (string ...$words): WpCli => WpCli::type(['domain-sync', ...$words], '', false);
        self::assertSame('1', trim($wp('list', '--format=count')->output));
        self::assertStringContainsString("host\t" . self::SHOP, $wp('get', self::SHOP)->output);
        self::assertSame('1', trim($wp('plan', '--format=count')->output));
        self::assertStringContainsString('is no host name in ASCII', $wp('get', 'münchen.example')->errors);
        $status = $wp('status', '--format=json');
        self::assertSame([1, 'extension-missing'], [$status->code, $status->json()['obstacle']['code']]);
        foreach ([['approve', '--all', '--yes'], ['retry', '--failed'], ['inventory']] as $words) {
            $run = $wp(...$words);
            self::assertSame([1, ''], [$run->code, $run->output]);
            self::assertStringContainsString('The PHP extension "runcloud" is not loaded.', $run->errors);
        }
        $this->assertDomain(self::SHOP, ['hold' => 'existing']);
    }

    public function testWithoutUltimateMultisiteAndOnACopyNothingIsSent(): void
    {
        $this->mapBefore([self::SHOP], []);
        $this->define(['WP_ENVIRONMENT_TYPE' => 'staging']);
        foreach ([['approve', '--all', '--yes'], ['retry', '--failed'], ['inventory', '--wait']] as $words) {
            $run = $this->wp(...$words);
            self::assertSame([1, ''], [$run->code, $run->output]);
            self::assertStringContainsString('Set WP_ENVIRONMENT_TYPE to production', $run->errors);
        }
        self::assertSame('environment', $this->wp('status', '--format=json')->json()['obstacle']['code']);
        self::assertSame('1', trim($this->wp('plan', '--format=count')->output));
        self::assertStringContainsString('Declined: 1 of 1.', $this->wp('decline', '--all', '--yes')->output, 'That sends nothing');
        $this->define([]);
        WordPress::run('require_once ABSPATH . "wp-admin/includes/plugin.php";
            deactivate_plugins("ultimate-multisite/ultimate-multisite.php", true, true);');
        foreach ([['approve', '--all'], ['decline', '--all'], ['plan'], ['retry', '--failed'], ['inventory']] as $words) {
            $run = $this->wp(...$words);
            self::assertSame([1, ''], [$run->code, $run->output], implode(' ', $words));
            self::assertStringContainsString('Ultimate Multisite is not active on this network', $run->errors);
        }
        self::assertSame('1', trim($this->wp('list', '--format=count')->output));
        self::assertStringContainsString("host\t" . self::SHOP, $this->wp('get', self::SHOP)->output);
        self::assertSame(0, $this->wp('stop')->code);
        self::assertSame([], $this->panel->requests());
    }

    public function testAFieldThatIsNotThereAndAnOptionThatIsNotThereAreErrors(): void
    {
        $run = $this->wp('list', '--fields=host,colour');
        self::assertSame([1, ''], [$run->code, $run->output]);
        self::assertStringContainsString('There is no field "colour"; there are: host, site_id,', $run->errors);
        self::assertStringContainsString('There is no reason "colour"', $this->wp('list', '--reason=colour')->errors);
        self::assertStringContainsString('"x" is no id of a site', $this->wp('list', '--site=x')->errors);
        self::assertStringContainsString('unknown --colour parameter', $this->wp('list', '--colour=red')->errors);
        self::assertSame(1, $this->wp('list', '--status=red')->code);
    }

    public function testTheManualOfEachCommandIsWritableAsASynopsis(): void
    {
        $this->map(self::SHOP);
        $words = ['status', 'list', 'get ' . self::SHOP, 'plan', 'approve --all', 'decline --all', 'stop', 'retry --failed', 'inventory', 'settings'];
        foreach ($words as $line) {
            $run = $this->wp(...explode(' ', $line));
            self::assertSame([0, ''], [$run->code, $run->errors], $line);
        }
    }

    public function testADatabaseThatRefusesIsOneSentence(): void
    {
        Environment::get()->sql('ALTER TABLE wp_domain_sync_domains DROP COLUMN hold; SELECT 1');
        try {
            $run = $this->wp('status');
            self::assertSame([1, ''], [$run->code, $run->output]);
            // WP-CLI 3 writes the exception's name before it.
            self::assertMatchesRegularExpression(
                '~\AError: (RuntimeException: )?The database refused a statement of Domain Sync for RunCloud: [^\n]+\n\z~',
                $run->errors
            );
        } finally {
            Environment::get()->sql("ALTER TABLE wp_domain_sync_domains ADD COLUMN hold varchar(16) NOT NULL DEFAULT ''; SELECT 1");
        }
    }

    public function testNoCommandPrintsASecret(): void
    {
        $this->map(self::SHOP);
        $all = '';
        foreach (['status', 'status --format=json', 'list', 'get ' . self::SHOP, 'settings', 'inventory --wait --debug'] as $words) {
            $run = $this->wp(...explode(' ', $words));
            $all .= $run->output . $run->errors;
        }
        self::assertStringNotContainsString('test-token', $all);
    }

    private function wp(string ...$words): WpCli
    {
        return WpCli::run(...$words);
    }

    private function map(string ...$hosts): void
    {
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
    }

    /**
     * These hosts were mapped before the plugin came, and RunCloud has some of them.
     *
     * @param list<string> $hosts
     * @param list<string> $there
     */
    private function mapBefore(array $hosts, array $there): void
    {
        $changes = $this->panel->changes();
        foreach ($there as $host) {
            $this->panel->addDomain(['name' => $host, 'created_at' => self::OLD]);
        }
        $values = implode(', ', array_map(static fn (string $host): string => "(1, '{$host}', 'done', 1)", $hosts));
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage, active) VALUES {$values}; SELECT 1");
        WordPress::run(
            'use Domain_Sync_For_RunCloud\Network\{Network, Review, Walk};
            update_network_option(null, "domain_sync_before", Network::newest());
            Review::begin(Review::FIRST);
            Walk::go_on(time() + 10);'
        );
        self::assertSame($changes, $this->panel->changes());
    }
}
