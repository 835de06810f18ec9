<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;

/**
 * What happens when RunCloud does not do what was asked.
 */
final class RetryTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const STORE = 'store.customer.example';

    public function testAPanelThatFailsForAMinuteDelaysAMappingButDoesNotLoseIt(): void
    {
        $this->panel->simulator->fault('status', ['status' => 500]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['state' => 'retrying', 'attempts' => '1', 'claim' => '']);
        self::assertStringContainsString('500', $this->network->domain(self::SHOP)['last_error']);
        $sent = count($this->panel->requests());
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests(), 'Nothing is sent before its time');

        $this->network->letTimePass(60);
        $this->panel->simulator->clearFaults();
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'attempts' => '0', 'last_error' => '']);
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testTheWaitGrowsFromTryToTry(): void
    {
        $this->panel->simulator->fault('status', ['status' => 503, 'match' => ['method' => 'POST']]);
        $this->network->map(self::SHOP);
        $waits = [];
        for ($try = 1; $try <= 4; $try++) {
            $this->network->runQueue();
            $domain = $this->network->domain(self::SHOP);
            self::assertSame((string) $try, $domain['attempts']);
            $waits[] = strtotime($domain['next_try_at']) - strtotime($domain['updated_at']);
            $this->network->letTimePass(3600);
        }
        // Between half and all of 30, 60, 120 and 240 seconds.
        foreach ($waits as $try => $wait) {
            self::assertGreaterThanOrEqual(15 * 2 ** $try, $wait, "Try {$try}");
            self::assertLessThanOrEqual(30 * 2 ** $try, $wait, "Try {$try}");
        }
    }

    public function testARetryAfterIsKept(): void
    {
        $this->panel->simulator->fault('status', ['status' => 503, 'retry_after' => 900]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $domain = $this->network->domain(self::SHOP);
        self::assertSame('retrying', $domain['state']);
        self::assertEqualsWithDelta(900, strtotime($domain['next_try_at']) - strtotime($domain['updated_at']), 2);
    }

    public function testAnAbsurdRetryAfterDoesNotUseUpTheDay(): void
    {
        $this->panel->simulator->fault('status', ['status' => 503, 'retry_after' => 1000000000]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $domain = $this->network->domain(self::SHOP);
        self::assertEqualsWithDelta(3600, strtotime($domain['next_try_at']) - strtotime($domain['updated_at']), 2);
    }

    /** @return array<string, array{int|string}> */
    public static function retryAfters(): array
    {
        return ['seconds' => [120], 'date' => ['date:+120']];
    }

    /** @dataProvider retryAfters */
    public function testARateLimitPausesEveryJobAndNotJustOne(int|string $retryAfter): void
    {
        $this->panel->simulator->fault('status', ['status' => 429, 'retry_after' => $retryAfter]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $sent = count($this->panel->requests());
        self::assertGreaterThan(0, $sent);

        $this->network->map(self::STORE);
        $this->network->runQueue();
        $this->network->letTimePass(60);
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests(), 'Nothing is sent during the pause');

        $this->network->letTimePass(90);
        $this->panel->simulator->clearFaults();
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP, self::STORE]);
    }

    public function testARateLimitOfThePanelIsLivedWith(): void
    {
        $this->panel->simulator->setState(['rate_limit_per_minute' => 5]);
        $hosts = [];
        for ($i = 1; $i <= 8; $i++) {
            $this->network->map($hosts[] = "shop{$i}.customer.example");
        }
        for ($round = 0; $round < 5; $round++) {
            $this->network->runQueue();
            $this->panel->simulator->setState(['rate_limit_per_minute' => 5]);
            $this->network->letTimePass(200);
        }
        $this->panel->simulator->setState(['rate_limit_per_minute' => null]);
        $this->network->settle();
        $this->assertPanelHolds($hosts);
    }

    /** @return array<string, array{int, string}> Status and a word that the sentence has. */
    public static function permanentFailures(): array
    {
        return [
            'wrong token' => [401, 'token'],
            'no permission' => [403, 'RunCloud'],
            'not valid' => [422, 'RunCloud'],
        ];
    }

    /** @dataProvider permanentFailures */
    public function testAPermanentFailureIsShownAtOnceAndNotRepeated(int $status, string $word): void
    {
        $this->panel->simulator->fault('status', ['status' => $status]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $domain = $this->network->domain(self::SHOP);
        self::assertSame('failed', $domain['state']);
        self::assertStringContainsStringIgnoringCase($word, $domain['last_error']);
        self::assertMatchesRegularExpression('~^[A-Z].*[."]$~', $domain['last_error'], 'A sentence');
        $sent = count($this->panel->requests());
        $this->network->letTimePass(80000);
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests());
    }

    public function testARemovalThatIsRefusedIsShownAndTheHostCanBeMappedAgain(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->fault('status', ['status' => 403, 'match' => ['method' => 'DELETE']]);
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['desired' => 'absent', 'state' => 'failed']);
        self::assertStringContainsString('403', $this->network->domain(self::SHOP)['last_error']);

        $this->panel->simulator->clearFaults();
        $this->network->map(self::SHOP);
        $this->network->settle();
        $this->assertDomain(self::SHOP, ['desired' => 'present', 'state' => 'mapped']);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testAFailedHostIsTriedAgainWhenItIsMappedAgain(): void
    {
        $fault = ['status' => 403, 'match' => ['method' => 'POST']];
        $this->panel->simulator->fault('status', $fault);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame('failed', $this->network->domain(self::SHOP)['state']);
        $this->panel->simulator->clearFaults();
        $this->network->unmap(self::SHOP);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAfterADayItIsGivenUpWithASentence(): void
    {
        $this->panel->simulator->fault('status', ['status' => 500]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(43200);
        $this->network->runQueue();
        self::assertSame('retrying', $this->network->domain(self::SHOP)['state']);
        $this->network->letTimePass(43300);
        $this->network->runQueue();
        $domain = $this->network->domain(self::SHOP);
        self::assertSame('failed', $domain['state']);
        self::assertStringContainsString('Given up after a day', $domain['last_error']);
        $this->network->letTimePass(7200);
        $sent = count($this->panel->requests());
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests());
    }

    public function testAnAnswerThatIsLostAfterTheDomainWasMadeIsFoundOut(): void
    {
        $this->panel->simulator->fault('drop_after', ['match' => ['method' => 'POST', 'path' => '/domains'], 'times' => 1]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'owned' => '1']);

        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
    }

    public function testADomainMadeBeforeThePanelFellSilentIsRecognisedAsOurs(): void
    {
        $this->panel->simulator->fault('drop_after', ['match' => ['method' => 'POST']]);
        $this->panel->simulator->fault('drop_before', ['match' => ['method' => 'GET', 'path' => '/domains']]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame('retrying', $this->network->domain(self::SHOP)['state']);
        $this->assertPanelHolds([self::SHOP]);

        $this->panel->simulator->clearFaults();
        $this->network->settle();
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'owned' => '1']);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testARemovalWhoseAnswerIsLostIsDoneOnce(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->fault('drop_after', ['match' => ['method' => 'DELETE'], 'times' => 1]);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
        self::assertSame([], $this->network->domains());
    }

    public function testADomainThatWasAtRunCloudBeforeIsLeftThere(): void
    {
        $this->panel->addDomain(['name' => self::SHOP, 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['state' => 'mapped', 'owned' => '0']);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame([], $this->network->domains());
        self::assertStringContainsString('left at RunCloud', $this->network->log());
    }

    public function testADomainThatSomebodyElseRemovedIsGone(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $domains = $this->panel->simulator->state()['domains'];
        $this->panel->simulator->setState(
            ['domains' => array_values(array_filter($domains, static fn (array $domain): bool => $domain['name'] !== self::SHOP))]
        );
        $this->network->unmap(self::SHOP);
        $this->network->runQueue();
        self::assertSame([], $this->network->domains());
    }
}
