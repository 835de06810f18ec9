<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\TimeoutException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

/**
 * On the way to the panel. The address is a system setting, so every other address has a process of its own.
 */
final class ConnectionsTest extends ExtensionTestCase
{
    public function testAPortWhereNobodyListensIsSaid(): void
    {
        $e = $this->pingAt('https://127.0.0.1:1/api');

        self::assertSame(ConnectionException::class, $e['class']);
        self::assertStringContainsString('127.0.0.1', $e['message']);
        self::assertNull($e['status']);
        self::assertSame(0, $e['code']);
        self::assertTrue($e['retryable']);
        self::assertNotSame('', (string) $e['previous']);
    }

    public function testAnUnknownHostIsSaid(): void
    {
        $e = $this->pingAt('https://panel.invalid/api');

        self::assertSame(ConnectionException::class, $e['class']);
        self::assertStringContainsString('panel.invalid', $e['message']);
    }

    /** @dataProvider untrusted */
    public function testACertificateThatIsNotTrustedIsSaidAndNothingIsSent(string $trap, array $ini): void
    {
        $e = $this->pingAt($this->simulator()->traps[$trap] ?? $this->simulator()->panel, $ini);

        self::assertSame(ConnectionException::class, $e['class']);
        self::assertStringContainsString('certificate', $e['message']);
        $this->assertNoRequest();
    }

    /** @return iterable<string, array{string, array<string, string>}> */
    public static function untrusted(): iterable
    {
        yield 'of an unknown authority' => ['', ['runcloud.ca_file' => '']];
        yield 'of another host' => ['wrong_host', []];
        yield 'expired' => ['expired', []];
    }

    /** @dataProvider mute */
    public function testAPanelThatNeverAnswersIsWaitedForNoLongerThanTheSettingSays(string $trap, array $ini): void
    {
        $e = $this->pingAt($this->simulator()->traps[$trap], $ini);

        self::assertSame(TimeoutException::class, $e['class']);
        self::assertStringContainsString(array_key_first($ini), $e['message']);
        self::assertTrue($e['retryable']);
    }

    /** @return iterable<string, array{string, array<string, string>}> */
    public static function mute(): iterable
    {
        foreach (['black_hole', 'silent'] as $trap) {
            foreach (['connect_timeout', 'timeout', 'deadline'] as $name) {
                yield "{$trap}, {$name}" => [$trap, ["runcloud.{$name}" => '0.3']];
            }
        }
    }

    public function testPlainHttpIsGoodEnoughForALoopbackHost(): void
    {
        self::assertSame('ok', $this->pingAt($this->simulator()->http)['class']);

        $this->assertRequests('GET /ping');
    }

    public function testAConnectionStaysOpenBetweenCallsAndClients(): void
    {
        $this->client()->ping();
        $this->client()->domains();
        $this->client()->redeploySsl();

        self::assertCount(1, array_unique(array_column($this->simulator()->history(), 'connection')));
    }

    public function testAConnectionThatThePanelClosedMeanwhileCostsAReadNoRetry(): void
    {
        $this->ini('runcloud.max_retries', '0');

        $this->callAtTheEdgeOfTheKeepAlive(fn () => self::assertCount(1, $this->client()->domains()));
    }

    public function testAConnectionThatThePanelClosedMeanwhileLosesAndDoublesNoDomain(): void
    {
        $this->callAtTheEdgeOfTheKeepAlive(fn (int $i) => $this->client()->addDomain("shop{$i}.example"));

        self::assertCount(13, array_unique($this->names()));
        self::assertCount(13, $this->names());
    }

    /** Makes twelve calls, with pauses from just before to just after the time when the panel closes idle connections. */
    private function callAtTheEdgeOfTheKeepAlive(callable $call): void
    {
        $this->simulator()->chaos(['keepalive_ms' => 20]);
        for ($i = 1; $i <= 12; $i++) {
            $call($i);
            usleep(14000 + 1000 * $i);
        }
    }

    /**
     * Pings this panel and tells how that went.
     *
     * @param array<string, string> $ini
     *
     * @return array<string, mixed>
     */
    private function pingAt(string $panel, array $ini = []): array
    {
        return Php::run(
            'try {
                (new RunCloud\Client(1001, 2001, "test-token"))->ping();
                echo json_encode(["class" => "ok"]);
            } catch (RunCloud\Exception\ApiException $e) {
                echo json_encode(["class" => $e::class, "message" => $e->getMessage(), "status" => $e->getStatus(),
                    "code" => $e->getCode(), "retryable" => $e->isRetryable(),
                    "previous" => $e->getPrevious()?->getMessage()]);
            }',
            ['runcloud.base_url' => $panel, 'runcloud.max_retries' => '0'] + $ini
        )->json();
    }
}
