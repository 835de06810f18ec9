<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Test\Support\ConnectProxy;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Listener;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\PlantedSecrets;
use RunCloud\Test\Support\TemporaryDirectory;
use RunCloud\Test\Support\TlsServer;

/**
 * Through a proxy, and what a proxy says that does not let the extension through.
 */
final class ProxyTest extends ExtensionTestCase
{
    private const REPORT = '
        $report = function (callable $call): array {
            try { $call(); return ["ok"]; }
            catch (RunCloud\Exception\ApiException $e) {
                return [$e::class, $e->getMessage(), $e->isRetryable(), $e->getAttempts()];
            }
        };';

    /** @dataProvider refusals */
    public function testARefusalIsNamedForWhatItIs(string $line, bool $passes, string ...$parts): void
    {
        $proxy = new Listener("HTTP/1.1 {$line}\r\nContent-Length: 0\r\n\r\n");

        [$class, $message, $retryable, $attempts] = $this->pingThrough("http://127.0.0.1:{$proxy->port}");

        self::assertSame([ConnectionException::class, $passes, $passes ? 2 : 1], [$class, $retryable, $attempts], $message);
        $this->assertSentence($message);
        foreach (["127.0.0.1:{$proxy->port}", ...$parts] as $part) {
            self::assertStringContainsString($part, $message);
        }
        // The HTTP client does not tell the status, but for 407: the proxy is asked once more for it.
        $asked = str_starts_with($line, '407') ? 1 : 2;
        self::assertSame($attempts * $asked, substr_count($proxy->received(), 'CONNECT '));
        $this->assertNoRequest();
    }

    /** @return iterable<string, list<mixed>> */
    public static function refusals(): iterable
    {
        yield '407' => ['407 Proxy Authentication Required', false, 'wants a user name and a password (HTTP 407)'];
        yield '403' => ['403 Forbidden', false, 'refused to connect to 127.0.0.1 (HTTP 403)', 'allow'];
        yield '405' => ['405 Method Not Allowed', false, 'refused to connect to 127.0.0.1 (HTTP 405)'];
        yield '502' => ['502 Bad Gateway', true, 'could not connect to 127.0.0.1 (HTTP 502)', 'try again later'];
        yield '504' => ['504 Gateway Timeout', true, 'could not connect to 127.0.0.1 (HTTP 504)'];
    }

    public function testAWrongPasswordIsNotTriedAgainAndNotShown(): void
    {
        $proxy = new Listener("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        $address = 'http://user:' . PlantedSecrets::PROXY_PASSWORD . "@127.0.0.1:{$proxy->port}";

        [, $message, $retryable, $attempts] = $this->pingThrough($address);

        self::assertSame([false, 1], [$retryable, $attempts]);
        self::assertStringContainsString('refused the user name and the password', $message);
        self::assertSame([], PlantedSecrets::in($message));
        self::assertSame(1, substr_count($proxy->received(), 'CONNECT '));
    }

    public function testWhatIsNoProxyIsSaid(): void
    {
        $proxy = new Listener("SSH-2.0-OpenSSH_9.2\r\n");

        self::assertStringContainsString('did not answer as an HTTP proxy', $this->pingThrough("http://127.0.0.1:{$proxy->port}")[1]);
    }

    public function testAProxyThatIsNotThereIsNamed(): void
    {
        $message = $this->pingThrough('http://127.0.0.1:1')[1];

        self::assertStringContainsString('The connection to the proxy 127.0.0.1:1 was refused', $message);
        self::assertStringContainsString('runcloud.proxy', $message);
    }

    /** @dataProvider passwords */
    public function testTheProxyLearnsUserAndPasswordAsTheyWereMeant(string $inUrl, string $meant): void
    {
        $proxy = new Listener("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");

        $this->pingThrough("http://{$inUrl}@127.0.0.1:{$proxy->port}");

        self::assertStringContainsStringIgnoringCase('proxy-authorization: Basic ' . base64_encode($meant) . "\r\n", $proxy->received());
    }

    /** @return iterable<string, array{string, string}> */
    public static function passwords(): iterable
    {
        yield 'plain' => ['me:secret', 'me:secret'];
        yield 'with what URLs do not allow' => ['m%40e:p%3a%2fss', 'm@e:p:/ss'];
        yield 'without a password' => ['me', 'me:'];
    }

    public function testCallsWithAndWithoutAProxyInTurnKeepTheirConnections(): void
    {
        $proxy = new ConnectProxy();

        $said = $this->report(
            '$direct = new RunCloud\Client(1001, 2001, "test-token");
            $through = new RunCloud\Client(1001, 2001, "test-token", proxy: "http://127.0.0.1:' . $proxy->port . '");
            echo json_encode($report(function () use ($direct, $through) {
                foreach (range(1, 10) as $i) { $direct->ping(); $through->ping(); }
            }));'
        );

        self::assertSame(['ok'], $said);
        self::assertCount(1, $proxy->tunnels());
        self::assertCount(20, $this->requests());
        self::assertCount(2, array_unique(array_column($this->simulator()->history(), 'connection')));
    }

    public function testAProxyThatIsSpokenToInTlsIsRefusedInASentence(): void
    {
        $this->assertThrows(
            ConfigurationException::class,
            fn () => new Client(self::SERVER, self::WEB_APP, self::TOKEN, proxy: 'https://127.0.0.1:3128'),
            'write it as http://host:port'
        );
    }

    public function testAPanelOnThisMachineWithoutTlsIsNotAskedThroughAProxy(): void
    {
        $proxy = new Listener("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

        $said = $this->pingThrough("http://127.0.0.1:{$proxy->port}", ['runcloud.base_url' => $this->simulator()->http]);

        self::assertSame(['ok'], $said);
        self::assertSame('', $proxy->received());
        $this->assertRequests('GET /ping');
    }

    /**
     * @param array<string, string> $ini
     *
     * @return list<mixed> "ok"; or class, message, whether it may pass, attempts.
     */
    private function pingThrough(string $proxy, array $ini = []): array
    {
        return $this->report(
            'echo json_encode($report(fn () => (new RunCloud\Client(1001, 2001, "test-token"))->ping()));',
            $ini + ['runcloud.proxy' => $proxy]
        );
    }

    /** @param array<string, string> $ini */
    private function report(string $code, array $ini = []): mixed
    {
        return Php::run(self::REPORT . $code, $ini + ['runcloud.max_retries' => '1'])->json();
    }
}
