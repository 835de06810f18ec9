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
                $this->assertDomain(self::SHOP, ['state' => 'mapped', 'desired' => 'present', 'owned' => '1', 'claim' => '']);
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
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->dies(fn () => $this->network->runQueue(more: ['kill_on' => 'domain_sync_before_call']));
        self::assertSame([], preg_grep('~ssl~', $this->panel->changes()));
        $this->recover();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
        $this->assertDomain(self::SHOP, ['certificate' => 'requested']);
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
        Environment::get()->sql("DELETE FROM wp_runcloud_domains; DELETE FROM wp_actionscheduler_actions WHERE hook LIKE 'domain\_sync%'");
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testADomainWhoseJobWasLostIsFoundByTheSweep(): void
    {
        $this->network->map(self::SHOP);
        Environment::get()->sql("DELETE FROM wp_actionscheduler_actions WHERE hook <> 'domain_sync_sweep'");
        $this->network->letTimePass(3700);
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
    }

    /**
     * The worker's own steps: the job is run directly, so that every query is one of its own.
     *
     * @param callable(): mixed   $prepare
     * @param callable(int): void $check
     */
    private function killBeforeEachQuery(callable $prepare, callable $check): void
    {
        for ($n = 1; $n <= 60; $n++) {
            $this->setUp();
            $prepare();
            $id = (int) $this->network->domain(self::SHOP)['id'];
            try {
                WordPress::run('do_action("domain_sync_carry_out", $id);', ['id' => $id], Kind::Ajax, ['kill_before_query' => $n]);
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
