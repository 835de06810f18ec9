<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConnectionException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\TlsServer;

/**
 * TLS 1.2 is the least. The simulator speaks nothing older, so OpenSSL's own server does.
 */
final class TlsVersionsTest extends ExtensionTestCase
{
    /** OpenSSL has what is older than TLS 1.2 only at its lowest level of security. */
    private const OLD = ['-cipher', 'DEFAULT@SECLEVEL=0'];

    /** @dataProvider goodEnough */
    public function testAServerThatSpeaksOneOfTheTwoNewestVersionsIsTalkedTo(string $option): void
    {
        $server = new TlsServer($option);

        self::assertSame(['ok'], $this->ping($server));
        self::assertTrue($server->wasAsked());
    }

    /** @return iterable<string, array{string}> */
    public static function goodEnough(): iterable
    {
        yield 'TLS 1.2' => ['-tls1_2'];
        yield 'TLS 1.3' => ['-tls1_3'];
    }

    /** @dataProvider tooOld */
    public function testAServerThatSpeaksOnlyOlderVersionsIsRefusedForThat(string $option): void
    {
        $server = new TlsServer($option, ...self::OLD);
        self::assertSame('', $this->handshake($server, $option), 'This server speaks the version of its option.');

        [$class, $message] = $this->ping($server);

        self::assertSame(ConnectionException::class, $class);
        $this->assertSentence($message);
        self::assertStringContainsString('TLS 1.2', $message);
        self::assertStringContainsString('runcloud.base_url', $message);
        self::assertFalse($server->wasAsked());
    }

    /** @return iterable<string, array{string}> */
    public static function tooOld(): iterable
    {
        yield 'TLS 1.0' => ['-tls1'];
        yield 'TLS 1.1' => ['-tls1_1'];
    }

    /** What goes wrong when OpenSSL's client speaks this version with the server; empty: nothing. */
    private function handshake(TlsServer $server, string $option): string
    {
        $address = (string) parse_url($server->url, PHP_URL_HOST) . ':' . parse_url($server->url, PHP_URL_PORT);
        $process = proc_open(
            ['openssl', 's_client', '-brief', '-connect', $address, '-CAfile', $server->certificate, $option, ...self::OLD],
            [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['pipe', 'w']],
            $pipes
        );
        $errors = stream_get_contents($pipes[2]);

        return proc_close($process) === 0 ? '' : $errors;
    }

    /** @return list<string> "ok", or the class and the message of the exception. */
    private function ping(TlsServer $server): array
    {
        return Php::run(
            'try {
                (new RunCloud\Client(1001, 2001, "test-token"))->ping();
                echo json_encode(["ok"]);
            } catch (RunCloud\Exception\ApiException $e) {
                echo json_encode([$e::class, $e->getMessage()]);
            }',
            ['runcloud.base_url' => $server->url, 'runcloud.ca_file' => $server->certificate, 'runcloud.max_retries' => '0']
        )->json();
    }
}
