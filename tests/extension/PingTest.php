<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\AuthenticationException;
use RunCloud\SslMode;
use RunCloud\Test\Support\ExtensionTestCase;

final class PingTest extends ExtensionTestCase
{
    public function testPingReturnsNothingWhenAllIsWell(): void
    {
        self::assertNull($this->client()->ping());

        $this->assertRequests('GET /ping');
    }

    public function testPingDoesNotCheckTheIds(): void
    {
        $this->client(1, 1)->ping();

        $this->assertRequests('GET /ping');
    }

    public function testPingThrowsWhenTheTokenIsWrong(): void
    {
        $client = new \RunCloud\Client(self::SERVER, self::WEB_APP, 'wrong');

        $this->assertThrows(AuthenticationException::class, fn () => $client->ping());
    }

    public function testRequestsAreCountedByObject(): void
    {
        $client = $this->client();
        self::assertSame(0, $client->requestCount());

        $client->ping();
        $client->redeploySsl();

        self::assertSame(4, $client->requestCount());
        self::assertSame(0, $this->client()->requestCount());
    }

    public function testRetriesAreCountedToo(): void
    {
        $this->simulator()->fault('status', ['status' => 503, 'times' => 1, 'retry_after' => 0]);
        $client = $this->client();

        $client->ping();

        self::assertSame(2, $client->requestCount());
    }

    public function testTheRestOfTheRateLimitIsKnownAfterTheFirstAnswer(): void
    {
        $this->simulator()->setState(['rate_limit_per_minute' => 50]);
        $client = $this->client();
        self::assertNull($client->rateLimitRemaining());

        $client->ping();
        self::assertSame(49, $client->rateLimitRemaining());
        $client->ping();
        self::assertSame(48, $client->rateLimitRemaining());
    }

    /** @dataProvider modes */
    public function testTheSslModeIsRead(bool $advanced, bool $automatic, SslMode $mode): void
    {
        $this->setSsl($advanced, $automatic, null);

        self::assertSame($mode, $this->client()->sslMode());

        $this->assertRequests('GET /ssl/advanced');
    }

    /** @return iterable<string, array{bool, bool, SslMode}> */
    public static function modes(): iterable
    {
        yield 'basic' => [false, false, SslMode::Basic];
        yield 'advanced' => [true, false, SslMode::Advanced];
        yield 'automatic' => [false, true, SslMode::Automatic];
        yield 'automatic and advanced' => [true, true, SslMode::Automatic];
    }
}
