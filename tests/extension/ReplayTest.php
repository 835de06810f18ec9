<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ApiException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\RateLimitException;
use RunCloud\Exception\ServerException;
use RunCloud\Exception\TimeoutException;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * What is sent again, what is read back, and what is left alone.
 */
final class ReplayTest extends ExtensionTestCase
{
    private const POST = ['method' => 'POST', 'path' => '/domains'];

    public function testAnAddWhoseAnswerWasLostIsFoundAndNotDoubled(): void
    {
        $this->simulator()->fault('drop_after', ['match' => self::POST, 'times' => 1]);

        $domain = $this->client()->addDomain('shop.example');

        $this->assertRequests('POST /domains', 'GET /domains');
        self::assertSame('shop.example', $domain->name);
        self::assertFalse($domain->created);
        $this->assertThereOnce('shop.example');
    }

    public function testAnAddThatNeverArrivedIsSentAgainOnce(): void
    {
        $this->simulator()->fault('drop_before', ['match' => self::POST, 'times' => 1]);

        $domain = $this->client()->addDomain('shop.example');

        $this->assertRequests('POST /domains', 'GET /domains', 'POST /domains');
        self::assertTrue($domain->created);
        $this->assertThereOnce('shop.example');
    }

    public function testAnAddThatFailedAfterItWasDoneIsFound(): void
    {
        $this->simulator()->fault('processed_status', ['status' => 500, 'match' => self::POST, 'times' => 1]);

        $domain = $this->client()->addDomain('shop.example');

        $this->assertRequests('POST /domains', 'GET /domains');
        self::assertFalse($domain->created);
        $this->assertThereOnce('shop.example');
    }

    public function testAnAddThatTimedOutIsFound(): void
    {
        $this->ini('runcloud.timeout', '0.5');
        $this->simulator()->fault('slow', ['ms' => 2000, 'match' => self::POST, 'times' => 1]);

        $domain = $this->client()->addDomain('shop.example');

        self::assertSame('POST /domains', $this->requests()[0]);
        self::assertSame(1, count(array_keys($this->requests(), 'POST /domains', true)));
        self::assertFalse($domain->created);
        $this->assertThereOnce('shop.example');
    }

    public function testAnAddIsNeverSentAgainUnseen(): void
    {
        $this->simulator()->fault('drop_after', ['match' => self::POST, 'times' => 1]);
        $this->simulator()->fault('status', ['status' => 500, 'match' => ['method' => 'GET']]);

        try {
            $this->client()->addDomain('shop.example');
            self::fail('nothing was thrown');
        } catch (ApiException $e) {
            self::assertTrue($e->isRetryable());
            $this->assertSentence($e->getMessage());
        }

        self::assertSame(1, count(array_keys($this->requests(), 'POST /domains', true)));
        $this->assertThereOnce('shop.example');
    }

    public function testAReadIsSentAgainAsOftenAsTheSettingSays(): void
    {
        $this->ini('runcloud.max_retries', '1');
        $this->simulator()->fault('status', ['status' => 503]);

        $e = $this->assertThrows(ServerException::class, fn () => $this->client()->ping());

        $this->assertRequests('GET /ping', 'GET /ping');
        self::assertSame(2, $e->getAttempts());
    }

    /** @dataProvider passing */
    public function testAReadThatFailedOnceSucceeds(string $kind, array $details): void
    {
        $this->simulator()->fault($kind, $details + ['times' => 1]);

        $this->client()->ping();

        $this->assertRequests('GET /ping', 'GET /ping');
    }

    /** @return iterable<string, array{string, array<string, mixed>}> */
    public static function passing(): iterable
    {
        foreach ([500, 502, 503, 504] as $status) {
            yield (string) $status => ['status', ['status' => $status]];
        }
        yield '429 with a wait' => ['status', ['status' => 429, 'retry_after' => 0]];
        yield 'dropped before' => ['drop_before', []];
        yield 'dropped after' => ['drop_after', []];
        yield 'truncated' => ['truncated', []];
    }

    public function testARateLimitWithoutAWaitIsLeftToTheCaller(): void
    {
        $this->simulator()->fault('status', ['status' => 429]);

        $this->assertThrows(RateLimitException::class, fn () => $this->client()->ping());

        $this->assertRequests('GET /ping');
    }

    /** @dataProvider lasting */
    public function testARefusalIsNotSentAgain(int $status): void
    {
        $this->simulator()->fault('status', ['status' => $status, 'match' => ['path' => '/ping']]);

        try {
            $this->client()->ping();
            self::fail('nothing was thrown');
        } catch (ApiException $e) {
            self::assertSame($status, $e->getStatus());
        }

        self::assertSame(1, count(array_keys($this->requests(), 'GET /ping', true)));
    }

    /** @return iterable<int, array{int}> */
    public static function lasting(): iterable
    {
        foreach ([400, 401, 403, 404, 405, 422] as $status) {
            yield $status => [$status];
        }
    }

    public function testARemovalWhoseAnswerWasLostEndsWithTheDomainGone(): void
    {
        $id = $this->putAlias('shop.example');
        $this->simulator()->fault('drop_after', ['match' => ['method' => 'DELETE'], 'times' => 1]);

        self::assertTrue($this->client()->removeDomain('shop.example', $id));

        self::assertNotContains('shop.example', $this->names());
    }

    public function testARedeployThatFailedOnceSucceeds(): void
    {
        $this->simulator()->fault('status', ['status' => 503, 'match' => ['method' => 'PUT'], 'times' => 1]);

        self::assertSame(SslOutcome::Redeployed, $this->client()->redeploySsl(certificateId: 4001)->outcome);

        $this->assertRequests('PUT /ssl/4001', 'PUT /ssl/4001');
    }

    public function testAFirstCertificateWhoseAnswerWasLostIsNotOrderedTwice(): void
    {
        $id = $this->putAlias('shop.example');
        $this->setSsl(true, false, null);
        $this->simulator()->fault('drop_after', ['match' => ['method' => 'POST', 'path' => '/ssl'], 'times' => 1]);

        $ssl = $this->client()->redeploySsl('shop.example', domainId: $id);

        self::assertContains($ssl->outcome, [SslOutcome::Installed, SslOutcome::Redeployed]);
        self::assertSame(1, count(array_keys($this->requests(), "POST /domains/{$id}/ssl", true)));
    }

    /** @dataProvider waits */
    public function testTheWaitThatThePanelAsksForIsTold(int|string $header, float $least, float $most): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => 429, 'retry_after' => $header]);

        $e = $this->assertThrows(RateLimitException::class, fn () => $this->client()->ping());

        self::assertGreaterThanOrEqual($least, $e->getRetryAfter());
        self::assertLessThanOrEqual($most, $e->getRetryAfter());
    }

    /** @return iterable<string, array{int|string, float, float}> */
    public static function waits(): iterable
    {
        yield 'seconds' => [7, 7.0, 7.0];
        yield 'none' => [0, 0.0, 0.0];
        yield 'date' => ['date:+30', 20.0, 31.0];
        yield 'absurd' => ['99999999999999999999', 86400.0, 86400.0];
    }

    /** @dataProvider noWaits */
    public function testAWaitThatIsNoneIsNotBelieved(string $header): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => 503, 'retry_after' => $header]);

        $e = $this->assertThrows(ServerException::class, fn () => $this->client()->ping());

        self::assertNull($e->getRetryAfter());
    }

    /** @return iterable<string, array{string}> */
    public static function noWaits(): iterable
    {
        yield 'text' => ['soon'];
        yield 'negative' => ['-1'];
    }

    public function testAWaitBeyondTheDeadlineIsNotWaitedFor(): void
    {
        $this->ini('runcloud.deadline', '5');
        $this->simulator()->fault('status', ['status' => 429, 'retry_after' => 3600]);

        $e = $this->assertThrows(RateLimitException::class, fn () => $this->client()->ping());

        $this->assertRequests('GET /ping');
        self::assertSame(3600.0, $e->getRetryAfter());
    }

    public function testTheDeadlineEndsTheRetries(): void
    {
        $this->ini('runcloud.deadline', '0.6');
        $this->ini('runcloud.timeout', '0.4');
        $this->ini('runcloud.max_retries', '10');
        $this->simulator()->fault('slow', ['ms' => 3000]);

        $this->assertThrows(TimeoutException::class, fn () => $this->client()->ping());

        self::assertLessThanOrEqual(3, count($this->requests()));
    }

    public function testABrokenConnectionIsAConnectionExceptionInTheEnd(): void
    {
        $this->ini('runcloud.max_retries', '1');
        $this->simulator()->fault('drop_before', []);

        $e = $this->assertThrows(ConnectionException::class, fn () => $this->client()->ping());

        self::assertTrue($e->isRetryable());
        self::assertInstanceOf(\Throwable::class, $e->getPrevious());
    }

    /** @dataProvider redirects */
    public function testARedirectIsNotFollowed(string $location): void
    {
        $this->simulator()->fault('redirect', ['location' => $location]);

        try {
            $this->client()->ping();
            self::fail('nothing was thrown');
        } catch (ApiException $e) {
            self::assertGreaterThanOrEqual(300, $e->getStatus());
            self::assertLessThan(400, $e->getStatus());
            self::assertFalse($e->isRetryable());
            $this->assertSentence($e->getMessage());
        }

        $this->assertRequests('GET /ping');
    }

    /** @return iterable<string, array{string}> */
    public static function redirects(): iterable
    {
        yield 'same host' => ['/login'];
        yield 'other host' => ['https://evil.example/api/v3/ping'];
        yield 'plain http' => ['http://127.0.0.1:1/'];
    }

    private function assertThereOnce(string $name): void
    {
        self::assertSame(1, count(array_keys($this->names(), $name, true)));
    }
}
