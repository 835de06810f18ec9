<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;

/**
 * RunCloud refuses everything for a while (a token ran out, the month's quota is spent), or is down for days. What failed meanwhile is tried
 * again when it works again, though no admin presses a button, and few requests are spent on finding out.
 */
final class OutageTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const HOUR = 3600;
    private const DAY = 86400;

    /** @return array<string, array{array<string, mixed>}> */
    public static function outages(): array
    {
        return [
            'wrong token' => [['status' => 401]],
            'quota spent' => [['status' => 403]],
            'server moved to another workspace' => [['status' => 404]],
        ];
    }

    /** @dataProvider outages */
    public function testWhatFailedIsTriedAgainAfterACallThatWorks(array $fault): void
    {
        $this->failTheShop($fault);
        $this->network->letTimePass(7 * self::HOUR);
        $this->panel->simulator->clearFaults();
        $this->network->map('other.customer.example');
        $this->network->settle();
        $this->assertPanelHolds(['other.customer.example', self::SHOP]);
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'failing_since' => null, 'due_at' => null]);
    }

    /** @dataProvider outages */
    public function testAnOutageThatEndsWakesWhatFailedForItBeforeItsOwnTime(array $fault): void
    {
        $this->failTheShop($fault);
        for ($round = 0; $round < 8; $round++) {
            $this->network->letTimePass(4 * self::HOUR);
            $this->network->runQueue();
        }
        $this->panel->simulator->clearFaults();
        $this->panel->simulator->clearHistory();
        $this->network->map('other.customer.example');
        // The longest that anything is held back for.
        $this->network->letTimePass(6 * self::HOUR + 1);
        $this->network->runQueue();
        $this->assertPanelHolds(['other.customer.example', self::SHOP]);
    }

    /**
     * Four pings a day, or one try of the shop's own; on the first day the waits grow up to that.
     *
     * @dataProvider outages
     */
    public function testAQuietNetworkAsksAFewTimesADay(array $fault): void
    {
        $this->failTheShop($fault);
        $spent = [];
        for ($day = 0; $day < 3; $day++) {
            $this->panel->simulator->clearHistory();
            for ($hour = 0; $hour < 24; $hour++) {
                $this->network->letTimePass(self::HOUR);
                $this->network->runQueue();
            }
            $spent[] = count($this->panel->requests());
            self::assertNotSame([], $this->panel->requests());
        }
        self::assertLessThanOrEqual(12, $spent[0], 'The first day');
        self::assertLessThanOrEqual(5, max($spent[1], $spent[2]), 'A later day');
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testWhatFailsForDaysOfSilenceIsTriedAgain(): void
    {
        $this->panel->simulator->fault('status', ['status' => 503]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(self::DAY + self::HOUR);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'panel-down']);
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAHostThatFailedForItselfIsLeftAloneByAnOutage(): void
    {
        $this->failTheShop(['status' => 422]);
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(self::HOUR);
        $this->panel->simulator->fault('status', ['status' => 401]);
        $this->network->map('other.customer.example');
        $this->network->runQueue();
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(self::DAY);
        $this->network->settle();
        $this->assertPanelHolds(['other.customer.example']);
        $this->assertDomain(self::SHOP, ['domain_status' => 'action', 'domain_reason' => 'refused', 'due_at' => null]);
    }

    public function testCertificatesThatFailedMeanwhileAreAskedForAgain(): void
    {
        $this->network->map(self::SHOP);
        $this->network->pointDns(self::SHOP);
        $this->panel->simulator->fault('status', ['status' => 403, 'match' => ['path' => '/ssl']]);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'ready', 'certificate_status' => 'action', 'certificate_reason' => 'forbidden']);
        $this->panel->simulator->clearFaults();
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(7 * self::HOUR);
        $this->network->runQueue();
        self::assertSame(['PUT ssl/4001'], $this->panel->changes());
    }

    public function testAnOrderThatFailsThroughALongOutageIsNotCountedAsMade(): void
    {
        $this->network->map(self::SHOP);
        $this->network->pointDns(self::SHOP);
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['path' => '/ssl']]);
        for ($hour = 0; $hour < 12; $hour++) {
            $this->network->runQueue();
            $this->network->letTimePass(self::HOUR);
        }
        $this->panel->simulator->clearFaults();
        $this->network->runQueue();
        self::assertSame(['PUT ssl/4001'], array_values(preg_grep('~ssl~', $this->panel->changes())));
        self::assertCount(1, array_keys($this->network->history(self::SHOP), 'order', true));
    }

    /** @param array<string, mixed> $fault What fails the mapping of the shop. */
    private function failTheShop(array $fault): void
    {
        $this->panel->simulator->fault('status', $fault);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action']);
    }
}
