<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConnectionException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Listener;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\TlsServer;

/**
 * Each obstacle of TLS has its own sentence, and none is worth another try: nothing changes by itself.
 */
final class TlsObstaclesTest extends ExtensionTestCase
{
    /**
     * @dataProvider obstacles
     *
     * @param array<string, string> $certificate
     * @param list<string>          $options
     */
    public function testAnObstacleIsNamedAndNotRetried(array $certificate, array $options, string ...$parts): void
    {
        $server = TlsServer::with($certificate, ...$options);

        $this->assertIsSaid($this->ping($server->url, $server->certificate), ...$parts);
        self::assertFalse($server->wasAsked());
    }

    /** @return iterable<string, list<mixed>> */
    public static function obstacles(): iterable
    {
        yield 'expired' => [
            ['from' => '20200101000000Z', 'until' => '20210203040506Z'],
            [],
            'expired on Wed, 03 Feb 2021 04:05:06 GMT',
            "this server's clock",
        ];
        yield 'not yet valid' => [
            ['from' => '20400506070809Z', 'until' => '20410101000000Z'],
            [],
            'not valid yet (it begins on Sun, 06 May 2040 07:08:09 GMT)',
            "this server's clock",
        ];
        yield 'of another name' => [['name' => 'DNS:other.example'], [], 'another host (other.example)', 'runcloud.base_url'];
        $nothing = 'shares no TLS cipher, curve or signature algorithm';
        yield 'no common cipher' => [[], ['-tls1_2', '-cipher', 'AES256-SHA'], $nothing];
        yield 'no common curve' => [[], ['-tls1_3', '-curves', 'secp521r1'], $nothing];
        $key = ['key' => 'ec -pkeyopt ec_paramgen_curve:secp521r1'];
        yield 'no common signature, TLS 1.2' => [$key, ['-tls1_2'], $nothing];
        yield 'no common signature, TLS 1.3' => [$key, ['-tls1_3'], $nothing];
        $wanted = 'wants a TLS certificate of this server';
        yield 'a client certificate is wanted, TLS 1.2' => [[], ['-tls1_2', '-Verify', '1'], $wanted];
        yield 'a client certificate is wanted, TLS 1.3' => [[], ['-tls1_3', '-Verify', '1'], $wanted];
    }

    public function testAnAuthorityThatNobodyKnowsIsNamedAndNotRetried(): void
    {
        $server = new TlsServer();

        $this->assertIsSaid($this->ping($server->url, ''), 'not trusted', 'no authority', 'runcloud.ca_file');
    }

    public function testAServerWithoutTlsIsNamedAndNotRetried(): void
    {
        $server = new Listener("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");

        $said = $this->ping("https://127.0.0.1:{$server->port}/api", '');

        $this->assertIsSaid($said, 'does not speak TLS', "(port {$server->port})", 'runcloud.base_url');
    }

    public function testAConnectionThatBreaksDuringTheHandshakeIsRetried(): void
    {
        $server = new Listener('');

        $said = $this->ping("https://127.0.0.1:{$server->port}/api", '');

        self::assertSame([ConnectionException::class, true, 2], [$said['class'], $said['retryable'], $said['attempts']], $said['message']);
        self::assertStringContainsString('broke while TLS was set up', $said['message']);
    }

    /** @param array<string, mixed> $said */
    private function assertIsSaid(array $said, string ...$parts): void
    {
        self::assertSame([ConnectionException::class, false, 1], [$said['class'], $said['retryable'], $said['attempts']], $said['message']);
        self::assertNotSame('', $said['previous']);
        $this->assertSentence($said['message']);
        foreach (['127.0.0.1', ...$parts] as $part) {
            self::assertStringContainsString($part, $said['message']);
        }
    }

    /** @return array<string, mixed> How a ping went. */
    private function ping(string $url, string $authorities): array
    {
        return Php::run(
            'try {
                (new RunCloud\Client(1001, 2001, "test-token"))->ping();
                echo json_encode(["class" => "ok", "message" => ""]);
            } catch (RunCloud\Exception\ApiException $e) {
                echo json_encode(["class" => $e::class, "message" => $e->getMessage(), "retryable" => $e->isRetryable(),
                    "attempts" => $e->getAttempts(), "previous" => (string) $e->getPrevious()?->getMessage()]);
            }',
            ['runcloud.base_url' => $url, 'runcloud.ca_file' => $authorities, 'runcloud.max_retries' => '1']
        )->json();
    }
}
