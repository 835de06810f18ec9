<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Markers;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\Records;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What is written down, and what never is.
 */
final class LogTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testEachEventIsALineWithHostActRequestsAndTime(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertLogHas('~INFO.*shop\.customer\.example: added to RunCloud \(domain \d+, 1 request, \d+ ms\)~i');
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertLogHas('~INFO.*shop\.customer\.example: removed from RunCloud \(domain \d+, 2 requests, \d+ ms\)~i');
    }

    public function testAFailureThatIsTriedAgainIsAWarningAndARefusalAnError(): void
    {
        $levels = 'add_action("wu_log_add", fn($handle, $message, $level) => $GLOBALS["levels"][] = [$level, $message], 10, 3);
            do_action("action_scheduler_run_queue", "WP Cron");
            return array_values(array_filter($GLOBALS["levels"] ?? [], fn($line) => str_contains($line[1], "shop.customer.example: could not")));';
        $this->panel->simulator->fault('status', ['status' => 500]);
        $this->network->map(self::SHOP);
        self::assertSame('warning', WordPress::run($levels)[0][0]);
        $this->panel->simulator->clearFaults();
        $this->panel->simulator->fault('status', ['status' => 422]);
        $this->network->letTimePass(3600);
        $this->network->runQueue();
        $this->assertLogHas('~ERROR.*shop\.customer\.example: could not~i');
    }

    public function testNoSecretAndNoAnswersBodyIsWrittenAnywhere(): void
    {
        $token = ['WU_RUNCLOUD_API_TOKEN' => Markers::TOKEN];
        $pair = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => Markers::KEY, 'WU_RUNCLOUD_API_SECRET' => Markers::SECRET];
        $this->panel->simulator->setState(['tokens' => [Markers::TOKEN], 'basic' => [[Markers::KEY, Markers::SECRET]]]);
        foreach ([$token, $pair] as $credentials) {
            $this->define($credentials);
            $this->liveThroughEverything();
        }
        self::assertStringContainsString(self::SHOP, $this->network->log());
        self::assertStringNotContainsString('"data"', $this->network->log());
        self::assertSame([], Markers::in(Records::logs() . Records::rows()));
    }

    public function testOthersCanWatchTheCallsWithoutSecrets(): void
    {
        $this->network->map(self::SHOP);
        $calls = WordPress::run(
            'foreach (["domain_sync_before_call", "domain_sync_after_call"] as $name) {
                add_action($name, fn(...$data) => $GLOBALS["calls"][] = [$name, ...$data], 10, 2);
            }
            do_action("action_scheduler_run_queue", "WP Cron");
            return $GLOBALS["calls"];'
        );
        self::assertSame(['domain_sync_before_call', 'domain_sync_after_call'], array_column($calls, 0));
        self::assertSame('add', $calls[0][1]['operation']);
        self::assertSame(self::SHOP, $calls[0][1]['host']);
        self::assertTrue($calls[1][2]['ok']);
        self::assertSame(1, $calls[1][2]['requests']);
        self::assertStringNotContainsString('test-token', json_encode($calls));
    }

    public function testAFaultOfAListenerDoesNotStopACall(): void
    {
        $this->network->map(self::SHOP);
        WordPress::run(
            'add_action("domain_sync_before_call", function () { throw new LogicException("a listener"); });
            do_action("action_scheduler_run_queue", "WP Cron");'
        );
        $this->assertPanelHolds([self::SHOP]);
    }

    private function assertLogHas(string $pattern): void
    {
        self::assertMatchesRegularExpression($pattern, $this->network->log());
    }

    private function liveThroughEverything(): void
    {
        $faults = [['drop_after', []], ['html', ['status' => 502]], ['status', ['status' => 401]], ['status', ['status' => 422]]];
        foreach ($faults as [$kind, $details]) {
            $this->panel->simulator->clearFaults();
            $this->panel->simulator->fault($kind, $details + ['times' => 6]);
            $this->network->map(self::SHOP);
            $this->network->pointDns(self::SHOP);
            $this->network->runQueue();
            $this->network->letTimePass(3700);
            $this->network->runQueue();
            $this->network->unmap(self::SHOP);
            $this->network->letTimePass(61);
            $this->network->runQueue();
        }
        $this->panel->simulator->clearFaults();
    }
}
