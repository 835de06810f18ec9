<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The server's clock was ahead (a hardware clock in local time, say): what was written then keeps nothing waiting afterwards.
 */
final class WrongClockTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    /** India's time. */
    private const AHEAD = 19800;

    /** @return array<string, array{array<string, mixed>}> Faults that end in a time of waiting. */
    public static function waits(): array
    {
        return [
            'a rate limit' => [['status' => 429, 'retry_after' => 120]],
            'an error of the panel' => [['status' => 500]],
            'a refused token' => [['status' => 401]],
        ];
    }

    /** @dataProvider waits */
    public function testNothingWaitsForAClockThatWasAhead(array $fault): void
    {
        $this->panel->simulator->fault('status', $fault);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearFaults();
        // The clock is put right: all that was written in that hour lies ahead.
        WordPress::run('test_clock_let_time_pass(-$seconds);', ['seconds' => self::AHEAD]);
        $this->network->runQueue();
        $this->network->letTimePass(60);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testALookThatWaitsForAClockThatWasAheadComes(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run('test_clock_let_time_pass(-$seconds);', ['seconds' => self::AHEAD]);
        $this->network->pointDns(self::SHOP);
        $this->network->runQueue();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
    }

    public function testALeaseThatWasTakenWhileTheDatabasesClockWasAheadEnds(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run(
            'global $wpdb;
            Domain_Sync_For_RunCloud\Panel\Limits::take_lease("a process that died");
            test_clock_let_time_pass(-$seconds);',
            ['seconds' => self::AHEAD]
        );
        $this->network->map('store.customer.example');
        $this->network->runQueue();
        $this->network->letTimePass(60);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP, 'store.customer.example']);
    }
}
