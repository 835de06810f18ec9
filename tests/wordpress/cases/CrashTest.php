<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * A php-fpm worker is killed (SIGKILL) at any point of the work. What it left is completed by others, and only once.
 */
final class CrashTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    /** Longer than any claim of the plugin, and than the time after which the queue gives a dead process up. */
    private const UNTIL_DEAD_WORKERS_ARE_FORGOTTEN = 400;

    public function testAWorkerKilledBeforeAnyQueryOfAMappingLosesNothing(): void
    {
        $this->killBeforeEachQuery(
            prepare: fn () => $this->network->map(self::SHOP),
            check: function (int $n): void {
                $this->assertPanelHolds([self::SHOP], "Killed before query {$n}");
                $this->assertDomain(
                    self::SHOP,
                    ['remote_state' => 'present', 'source' => 'record', 'owner' => 'ours', 'claim' => '', 'due_at' => null]
                );
            }
        );
    }

    public function testAWorkerKilledBeforeAnyQueryOfARemovalLosesNothing(): void
    {
        $this->killBeforeEachQuery(
            prepare: function (): void {
                $this->network->map(self::SHOP);
                $this->network->runQueue();
                $this->network->unmap(self::SHOP);
                $this->network->letTimePass(61);
            },
            check: function (int $n): void {
                $this->assertPanelHolds([], "Killed before query {$n}");
                self::assertSame([], $this->network->domains(), "Killed before query {$n}");
            }
        );
    }

    /** @return array<string, array{string}> */
    public static function callEdges(): array
    {
        return ['before the call' => ['domain_sync_before_call'], 'after the call' => ['domain_sync_after_call']];
    }

    /** @dataProvider callEdges */
    public function testAQueueKilledAroundACallLosesNothing(string $action): void
    {
        $this->network->newSite('one');
        $this->network->map(self::SHOP);
        $this->dies(fn () => $this->network->runQueue(more: ['kill_on' => $action]));
        $this->recover();
        $this->assertPanelHolds(['one.network.example', self::SHOP]);
        self::assertCount(2, preg_grep('~^POST~', $this->panel->changes()));
    }

    public function testAQueueKilledAroundTheCallForACertificateAsksAgain(): void
    {
        $this->network->map(self::SHOP);
        $this->network->pointDns(self::SHOP);
        $die = 'add_action("domain_sync_before_call", static fn($call) => $call["operation"] === "order" && posix_kill(getmypid(), 9));
            do_action("action_scheduler_run_queue", "WP Cron");';
        $this->dies(fn () => WordPress::run($die, [], Kind::Ajax));
        self::assertSame([], preg_grep('~ssl~', $this->panel->changes()));
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'asked' => 'order', 'unfinished' => '1']);
        // Longer than an order may take.
        $this->network->letTimePass(601);
        $this->recover();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
        $this->assertDomain(self::SHOP, ['asked' => 'order', 'unfinished' => '0', 'certificate_reason' => 'order-under-way']);
    }

    public function testAWholeRunOfTheQueueKilledAnywhereLosesNothing(): void
    {
        $seed = (int) (getenv('SEED') ?: random_int(1, 999999));
        mt_srand($seed);
        for ($round = 0; $round < 12; $round++) {
            $this->setUp();
            $this->network->newSite('one');
            $this->network->map(self::SHOP);
            $query = mt_rand(1, 120);
            try {
                $this->network->runQueue(more: ['kill_before_query' => $query]);
            } catch (ProcessDied) {
                $this->recover();
            }
            $this->assertPanelHolds(['one.network.example', self::SHOP], "Killed before query {$query} (SEED={$seed})");
        }
    }

    public function testAProcessKilledWhileItWritesTheDesiredStateLeavesItToTheQueue(): void
    {
        // The echo that Ultimate Multisite queues is the second chance.
        $this->network->map(self::SHOP);
        Environment::get()->sql("DELETE FROM wp_domain_sync_domains; DELETE FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_run'");
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAHostWhoseJobWasLostIsFoundByTheNextTurnOfTheQueue(): void
    {
        $this->network->map(self::SHOP);
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAHostWhoseRowAndJobsWereLostIsFoundByTheWalk(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->map('other.customer.example');
        Environment::get()->sql("DELETE FROM wp_domain_sync_domains WHERE host = 'other.customer.example'; DELETE FROM wp_actionscheduler_actions");
        $this->network->letTimePass(3700);
        $this->network->runQueue();
        $this->assertPanelHolds(['other.customer.example', self::SHOP]);
    }

    public function testAStepThatDiesFiveTimesWaitsForSomebodyAndStopsNoOther(): void
    {
        $this->network->map(self::SHOP);
        $this->network->map('other.customer.example');
        $die = 'add_action("domain_sync_before_call", static fn($call) => $call["host"] === $host && posix_kill(getmypid(), 9));
            do_action("domain_sync_run");';
        for ($try = 1; $try <= 5; $try++) {
            $this->dies(fn () => WordPress::run($die, ['host' => self::SHOP], Kind::Ajax));
            $this->assertDomain(self::SHOP, ['unfinished' => (string) $try, 'asked' => 'add']);
            $this->network->letTimePass(3700);
        }
        WordPress::run($die, ['host' => self::SHOP], Kind::Ajax);
        $this->assertDomain(self::SHOP, ['domain_status' => 'action', 'domain_reason' => 'crashed', 'due_at' => null]);
        $this->assertPanelHolds(['other.customer.example']);
    }

    /**
     * The job is run directly, so that every query is one of the run's own.
     *
     * @param callable(): mixed   $prepare
     * @param callable(int): void $check
     */
    private function killBeforeEachQuery(callable $prepare, callable $check): void
    {
        for ($n = 1; $n <= 120; $n++) {
            $this->setUp();
            $prepare();
            try {
                WordPress::run('do_action("domain_sync_run");', [], Kind::Ajax, ['kill_before_query' => $n]);
            } catch (ProcessDied) {
                $this->recover();
                $check($n);
                continue;
            }
            self::assertGreaterThan(8, $n, 'So few queries cannot be the whole of the work');

            return;
        }
        self::fail('The work has no end.');
    }

    private function dies(callable $what): void
    {
        try {
            $what();
        } catch (ProcessDied) {
            return;
        }
        self::fail('The process was to be killed, and was not.');
    }

    private function recover(): void
    {
        $this->network->letTimePass(self::UNTIL_DEAD_WORKERS_ARE_FORGOTTEN);
        $this->network->settle();
    }
}
