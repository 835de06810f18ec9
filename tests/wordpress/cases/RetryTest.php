<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
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
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'panel-down', 'attempts' => '1', 'claim' => '']);
        self::assertStringContainsString('500', $this->network->sentence(self::SHOP));
        $sent = count($this->panel->requests());
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests(), 'Nothing is sent before its time');

        $this->network->letTimePass(60);
        $this->panel->simulator->clearFaults();
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'attempts' => '0', 'failing_since' => null, 'due_at' => null]);
        $this->assertPanelHolds([self::SHOP]);
    }

    /** @return array<string, array{array<string, mixed>}> What fails. */
    public static function failingSteps(): array
    {
        return ['the change' => [['match' => ['method' => 'POST']]], 'the change, and the look for what became of it' => [[]]];
    }

    /** @dataProvider failingSteps */
    public function testTheWaitGrowsFromTryToTry(array $match): void
    {
        $this->panel->simulator->fault('status', ['status' => 503] + $match);
        $this->network->map(self::SHOP);
        $waits = [];
        for ($try = 1; $try <= 4; $try++) {
            $this->network->runQueue();
            $this->assertDomain(self::SHOP, ['domain_reason' => 'panel-down', 'attempts' => (string) $try]);
            $waits[] = $this->network->wait(self::SHOP);
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
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'panel-down']);
        self::assertEqualsWithDelta(900, $this->network->wait(self::SHOP), 2);
    }

    public function testAnAbsurdRetryAfterDoesNotUseUpTheDay(): void
    {
        $this->panel->simulator->fault('status', ['status' => 503, 'retry_after' => 1000000000]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertEqualsWithDelta(3600, $this->network->wait(self::SHOP), 2);
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

    public function testWhatRunCloudRefusesIsShownAtOnceAndNotRepeated(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action', 'domain_reason' => 'refused', 'due_at' => null]);
        self::assertMatchesRegularExpression('~^[A-Z].*RunCloud.*[."]$~', $this->network->sentence(self::SHOP), 'A sentence');
        $sent = count($this->panel->requests());
        $this->network->letTimePass(80000);
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests());
    }

    public function testANameThatAnotherWebApplicationHasWaitsUntilSomebodyHasRemovedItThere(): void
    {
        $state = $this->panel->simulator->state();
        $ours = ['rootPath' => Environment::get()->site()] + $state['webapps'][0];
        $this->panel->simulator->setState([
            'webapps' => [$ours, ['id' => 2002, 'name' => 'other', 'rootPath' => '/elsewhere'] + $ours],
            'domains' => [...$state['domains'], ['id' => 9001, 'webapp_id' => 2002, 'name' => self::SHOP]],
        ]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action', 'domain_reason' => 'other-app', 'due_at' => null]);
        self::assertStringContainsString('Another web application', $this->network->sentence(self::SHOP));
        $this->network->letTimePass(80000);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->changes(), 'It is not tried again by itself');

        $this->panel->simulator->setState(['domains' => $state['domains']]);
        self::assertTrue(Browser::admin()->ajax('wu_test_hosting_integration', ['integration' => 'runcloud'])['success']);
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
    }

    /** @return array<string, array{int, string, string}> Status, reason, and a word that the sentence has. */
    public static function outagesForSomebody(): array
    {
        return [
            'wrong token' => [401, 'unauthorized', 'token'],
            'no permission' => [403, 'forbidden', 'allow-list'],
            'no such web application' => [404, 'web-app-not-found', 'web application'],
        ];
    }

    /**
     * How seldom it is tried from then on, and that it ends by itself, is OutageTest's.
     *
     * @dataProvider outagesForSomebody
     */
    public function testWhatMeetsEveryCallIsShownAtOnceAndTriedAgainLater(int $status, string $reason, string $word): void
    {
        $this->panel->simulator->fault('status', ['status' => $status]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action', 'domain_reason' => $reason, 'attempts' => '1', 'claim' => '']);
        self::assertMatchesRegularExpression("~^[A-Z].*{$word}.*[.\"]$~", $this->network->sentence(self::SHOP), 'A sentence');
        self::assertGreaterThan(0, $this->network->wait(self::SHOP));
        $sent = count($this->panel->requests());
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests(), 'Nothing is sent before its time');
    }

    public function testThreeThatAreNotPermittedHoldTheSameStepOfAllOthersBackAndNoOther(): void
    {
        $this->network->map(self::STORE);
        $this->network->runQueue();
        $this->panel->simulator->fault('status', ['status' => 403, 'match' => ['method' => 'POST']]);
        $hosts = [];
        for ($i = 1; $i <= 6; $i++) {
            $this->network->map($hosts[] = "shop{$i}.customer.example");
        }
        $this->panel->simulator->clearHistory();
        $this->network->runQueue();
        self::assertCount(3, $this->panel->changes());
        $this->network->letTimePass(120);
        $this->network->runQueue();
        self::assertCount(3, $this->panel->changes(), 'The step is held back for five minutes');
        foreach ($hosts as $host) {
            $this->assertDomain($host, ['domain_status' => 'action', 'domain_reason' => 'forbidden']);
        }

        $this->network->unmap(self::STORE);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([], 'Another step is not held back');

        $this->panel->simulator->clearFaults();
        $this->network->settle();
        $this->assertPanelHolds($hosts);
    }

    /** @return array<string, array{int, string}> Status and reason. */
    public static function refusedRemovals(): array
    {
        return ['not permitted' => [403, 'forbidden'], 'not valid' => [422, 'refused']];
    }

    /** @dataProvider refusedRemovals */
    public function testARemovalThatIsRefusedIsShownAndTheHostCanBeMappedAgain(int $status, string $reason): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->fault('status', ['status' => $status, 'match' => ['method' => 'DELETE']]);
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['source' => '', 'domain_status' => 'action', 'domain_reason' => $reason, 'remote_state' => 'present']);
        self::assertSame($status, json_decode($this->network->domain(self::SHOP)['details'], true)['domain']['status']);

        $this->panel->simulator->clearFaults();
        $this->network->map(self::SHOP);
        $this->network->settle();
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'failing_since' => null]);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    /** @return array<string, array{int}> */
    public static function failures(): array
    {
        return ['not permitted' => [403], 'not valid' => [422]];
    }

    /** @dataProvider failures */
    public function testAFailedHostIsTriedAgainWhenItIsMappedAgain(int $status): void
    {
        $this->panel->simulator->fault('status', ['status' => $status, 'match' => ['method' => 'POST']]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action']);
        $this->panel->simulator->clearFaults();
        $this->network->unmap(self::SHOP);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAnOutageIsNotGivenUpAndIsTriedOnceADayAfterADay(): void
    {
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['method' => 'POST']]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->letTimePass(43200);
        $this->network->runQueue();
        self::assertLessThanOrEqual(3600, $this->network->wait(self::SHOP));
        $this->network->letTimePass(43300);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'panel-down', 'attempts' => '3']);
        // Rows that failed together come back apart: between half a day and a whole one.
        self::assertGreaterThanOrEqual(43200, $this->network->wait(self::SHOP));
        self::assertLessThanOrEqual(86400, $this->network->wait(self::SHOP));
        $sent = count($this->panel->changes());
        $this->network->letTimePass(7200);
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->changes());

        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(86400);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testAnAnswerThatIsLostAfterTheDomainWasMadeIsFoundOut(): void
    {
        $this->panel->simulator->fault('drop_after', ['match' => ['method' => 'POST', 'path' => '/domains'], 'times' => 1]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'ours', 'asked' => '']);

        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
    }

    public function testADomainMadeBeforeThePanelFellSilentIsRecognisedAsOurs(): void
    {
        $this->panel->simulator->fault('drop_after', ['match' => ['method' => 'POST']]);
        $this->panel->simulator->fault('drop_before', ['match' => ['method' => 'GET', 'path' => '/domains']]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->assertDomain(self::SHOP, ['domain_status' => 'pending', 'domain_reason' => 'panel-unreachable', 'asked' => 'add']);
        $this->assertPanelHolds([self::SHOP]);

        $this->panel->simulator->clearFaults();
        $this->network->settle();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'ours']);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([]);
    }

    public function testADomainWhoseAnswerWasLostAfterItHadNotBeenThereIsNotForgotten(): void
    {
        // The first addition fails, and a look finds nothing; the answer to the second one is lost, and so is the look after it.
        $this->panel->simulator->fault('status', ['status' => 503, 'match' => ['method' => 'POST'], 'times' => 1]);
        $this->panel->simulator->fault('status', ['status' => 503, 'match' => ['method' => 'GET', 'path' => '/domains'], 'times' => 1]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->fault('drop_after', ['match' => ['method' => 'POST'], 'times' => 1]);
        $this->network->letTimePass(3700);
        // The look finds nothing, and the addition follows in the same run.
        $this->panel->simulator->fault('drop_before', ['match' => ['method' => 'GET', 'path' => '/domains'], 'skip' => 1, 'times' => 1]);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->panel->simulator->clearFaults();
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
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'others']);
        $this->network->unmap(self::SHOP);
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => '', 'domain_status' => 'ready', 'domain_reason' => 'not-ours', 'due_at' => null]);
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
        $this->network->letTimePass(61);
        $this->network->runQueue();
        self::assertSame([], $this->network->domains());
    }
}
