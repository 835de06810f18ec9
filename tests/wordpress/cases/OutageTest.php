<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

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
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'last_error' => '']);
    }

    /** @dataProvider outages */
    public function testAQuietNetworkAsksOnceADay(array $fault): void
    {
        $this->failTheShop($fault);
        for ($day = 0; $day < 3; $day++) {
            $this->panel->simulator->clearHistory();
            for ($hour = 0; $hour < 24; $hour++) {
                $this->network->letTimePass(self::HOUR);
                WordPress::run('do_action("domain_sync_sweep");');
            }
            self::assertLessThanOrEqual(3, count($this->panel->requests()), implode("\n", $this->panel->requests()));
            self::assertNotSame([], $this->panel->requests());
        }
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(self::DAY);
        WordPress::run('do_action("domain_sync_sweep");');
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testWhatWasGivenUpDuringDaysOfSilenceIsTriedAgain(): void
    {
        $this->panel->simulator->fault('status', ['status' => 503]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(self::DAY + self::HOUR);
        $this->network->runQueue();
        self::assertStringContainsString('Given up after a day', $this->network->domain(self::SHOP)['last_error']);
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(self::DAY);
        WordPress::run('do_action("domain_sync_sweep");');
        $this->network->settle();
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
        WordPress::run('do_action("domain_sync_sweep");');
        $this->network->settle();
        $this->assertPanelHolds(['other.customer.example']);
        $this->assertDomain(self::SHOP, ['state' => 'failed']);
    }

    public function testCertificatesThatFailedMeanwhileAreAskedForAgain(): void
    {
        $this->network->map(self::SHOP);
        $this->network->pointDns(self::SHOP);
        $this->panel->simulator->fault('status', ['status' => 403, 'match' => ['path' => '/ssl']]);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'certificate' => 'failed']);
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(7 * self::HOUR);
        $this->network->map('other.customer.example');
        $this->network->settle();
        $this->assertDomain(self::SHOP, ['certificate' => 'requested']);
    }

    /** @param array<string, mixed> $fault What fails the mapping of the shop. */
    private function failTheShop(array $fault): void
    {
        $this->panel->simulator->fault('status', $fault);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['state' => 'failed']);
    }
}
