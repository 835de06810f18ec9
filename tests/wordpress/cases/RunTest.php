<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The run itself: whatever becomes of a run or of its job, the next minute goes on, nothing is done twice, and the queue stays free for others.
 */
final class RunTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const STORE = 'store.customer.example';

    /** The longest wait for a lease of a process that was killed. */
    private const LEASE = 46;

    public function testAJobThatIsLostIsMadeAgainInTheNextTurnOfTheQueue(): void
    {
        $this->network->map(self::SHOP);
        Environment::get()->sql("DELETE FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_run'");
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAJobThatIsDoubledDoesNothingTwice(): void
    {
        $this->network->map(self::SHOP);
        WordPress::run('for ($i = 0; $i < 5; $i++) { as_enqueue_async_action("domain_sync_run", [], "domain_sync"); }');
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->requests());
    }

    public function testAJobThatWasClonedIntoAnotherSitesQueueDoesNothing(): void
    {
        $site = $this->network->newSite('clone');
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        WordPress::run(
            '$GLOBALS["wpdb"]->query("UPDATE wp_domain_sync_domains SET due_at = UTC_TIMESTAMP()");
            switch_to_blog($site);
            do_action("domain_sync_run");
            do_action("action_scheduler_before_process_queue");',
            ['site' => $site]
        );
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->network->jobs('domain_sync'), 'Another site\'s queue makes no run');
    }

    public function testAJobForLaterDoesNotStandInTheWayOfOneThatIsDueNow(): void
    {
        WordPress::run('as_schedule_single_action(time() + 3600, "domain_sync_run", [], "domain_sync");');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testTheMinuteAfterAKilledRunGoesOn(): void
    {
        foreach ([self::SHOP, self::STORE] as $host) {
            $this->network->map($host);
        }
        try {
            WordPress::run('do_action("domain_sync_run");', [], Kind::Ajax, ['kill_on' => 'domain_sync_after_call']);
            self::fail('It was not killed');
        } catch (ProcessDied) {
        }
        // Another runner: Action Scheduler gives the killed one up after five minutes only.
        WordPress::run('test_clock_let_time_pass(' . self::LEASE . '); do_action("domain_sync_run");');
        self::assertContains(self::STORE, $this->panel->hosts());
        self::assertCount(2, $this->panel->changes());
        $this->network->letTimePass(200);
        $this->network->runQueue();
        self::assertCount(2, $this->panel->changes());
        self::assertSame('ours', $this->network->domain(self::SHOP)['owner']);
    }

    public function testTwoRunsAtOnceSendEachRequestOnce(): void
    {
        $hosts = [];
        for ($i = 0; $i < 6; $i++) {
            $this->network->map($hosts[] = "host{$i}.customer.example");
        }
        $this->panel->simulator->fault('latency', ['ms' => 100]);
        $processes = [];
        for ($i = 0; $i < 3; $i++) {
            $processes[] = WordPress::start('do_action("domain_sync_run"); return true;');
        }
        foreach ($processes as $process) {
            $process->answer();
        }
        $this->panel->simulator->clearFaults();
        $this->network->runQueue();
        $this->assertPanelHolds($hosts);
        self::assertCount(6, $this->panel->changes());
    }

    /** @return array<string, array{string, array<string, mixed>}> */
    public static function silences(): array
    {
        return ['hangs' => ['latency', ['ms' => 30000]], 'breaks every connection' => ['drop_before', []]];
    }

    /** @dataProvider silences */
    public function testAPanelThatDoesNotAnswerLeavesTheQueueToOthers(string $kind, array $details): void
    {
        $this->define(['TEST_INI' => ['runcloud.timeout' => '1', 'runcloud.deadline' => '1']]);
        for ($i = 0; $i < 10; $i++) {
            $this->network->map("host{$i}.customer.example");
        }
        WordPress::run('as_enqueue_async_action("other_plugins_mail", [], "mail");');
        $this->panel->simulator->fault($kind, $details);
        $this->turn();
        self::assertSame('complete', $this->stateOfMail(), 'Another plugin\'s job runs in the same turn');
        $sent = count($this->panel->requests());
        self::assertLessThanOrEqual(2, $sent, 'The first that gets no answer speaks for all');

        $this->turn();
        self::assertCount($sent, $this->panel->requests(), 'Nothing is sent while the breaker is open');
        $this->network->letTimePass(31);
        $this->turn();
        self::assertCount($sent + 1, $this->panel->requests(), 'Then one question whether it is there again');
        self::assertSame('GET ping', $this->panel->requests()[$sent]);

        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(3600);
        $this->turn();
        self::assertCount(10, $this->panel->hosts());
    }

    public function testAFilterThatThrowsEndsInAReasonAfterEverLongerWaits(): void
    {
        $this->network->map(self::SHOP);
        $waits = $this->breakOff('add_filter("domain_sync_wildcard_covers", fn() => throw new RuntimeException("theirs"));
            add_action("domain_sync_before_call", fn() => true);
            add_filter("query", function ($query) {
                if (str_contains($query, "asked = \'add\'")) { throw new RuntimeException("theirs"); }
                return $query;
            });');
        self::assertSame([60, 120, 240, 480, 960], $waits);
        $row = $this->network->domain(self::SHOP);
        self::assertSame(['action', 'crashed', null], [$row['domain_status'], $row['domain_reason'], $row['due_at']]);
        self::assertSame([], $this->panel->requests());

        $app = $this->panel->simulator->state()['webapps'][0];
        $this->panel->simulator->setState(['webapps' => [['rootPath' => null, 'publicPath' => null] + $app]]);
        self::assertTrue(WordPress::run('return Domain_Sync_For_RunCloud\Plugin::test_connection();'), 'The admin put it right');
        $this->network->runQueue();
        self::assertContains(self::SHOP, $this->panel->hosts());
    }

    public function testAProcessThatIsKilledAtEachCallEndsInAReason(): void
    {
        $this->network->map(self::SHOP);
        $calls = 0;
        for ($hours = 0; $hours < 26 && $this->network->domain(self::SHOP)['domain_reason'] !== 'crashed'; $hours++) {
            try {
                WordPress::run('do_action("domain_sync_run"); return 1;', [], Kind::Ajax, ['kill_on' => 'domain_sync_before_call']);
            } catch (ProcessDied) {
                $calls++;
            }
            $this->network->letTimePass(3700);
        }
        self::assertSame('crashed', $this->network->domain(self::SHOP)['domain_reason'], json_encode($this->network->domain(self::SHOP)));
        self::assertSame('action', $this->network->domain(self::SHOP)['domain_status']);
        self::assertLessThanOrEqual(10, $calls);
    }

    public function testTextOutsideAsciiIsStoredAndDoesNotLoop(): void
    {
        $message = 'Ungültig: „ক্ষ" ist kein Name.';
        $body = ['message' => $message, 'errors' => ['name' => [$message]]];
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'POST'], 'body' => $body]);
        $this->network->map(self::SHOP);
        for ($hour = 0; $hour < 26; $hour++) {
            $this->network->runQueue();
            $this->network->letTimePass(3600);
        }
        self::assertSame(['POST domains'], $this->panel->changes());
        $row = $this->network->domain(self::SHOP);
        self::assertSame('refused', $row['domain_reason']);
        self::assertStringContainsString($message, json_decode($row['details'], true)['domain']['message']);
    }

    /** @return list<int> Seconds of each wait. */
    private function breakOff(string $prepare): array
    {
        $waits = [];
        for ($try = 0; $try < 8; $try++) {
            WordPress::run('eval($prepare); do_action("domain_sync_run");', ['prepare' => $prepare]);
            $row = $this->network->domain(self::SHOP);
            if ($row['due_at'] === null) {
                break;
            }
            $waits[] = strtotime($row['due_at']) - strtotime($row['changed_at']);
            $this->network->letTimePass(2000);
        }

        return $waits;
    }

    /** In a new process: one of php-fpm may have a connection left from another test, and a question that breaks on such a one is sent anew. */
    private function turn(): void
    {
        WordPress::run('add_action("other_plugins_mail", fn() => true); do_action("action_scheduler_run_queue", "WP Cron");', [], Kind::Cli);
    }

    private function stateOfMail(): string
    {
        return Environment::get()->sql("SELECT status FROM wp_actionscheduler_actions WHERE hook = 'other_plugins_mail'")[0]['status'];
    }
}
