<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\UnexpectedResponseException;
use RunCloud\Test\Support\FpmTestCase;
use RunCloud\Test\Support\Listener;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\PlantedSecrets;

/**
 * The token goes to the configured panel and nowhere else: a decoy listens wherever it could be lured to.
 */
final class OriginTest extends FpmTestCase
{
    private const PROXY_VARIABLES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
    private const PING = '
        try { (new RunCloud\Client(1001, 2001, "test-token"))->ping(); echo "ok"; }
        catch (RunCloud\Exception\ExceptionInterface $e) { echo $e::class, ": ", $e->getMessage(); }';

    /** @dataProvider redirections */
    public function testARedirectionIsNotFollowed(int $status): void
    {
        $decoy = new Listener("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('redirect', ['status' => $status, 'location' => "http://127.0.0.1:{$decoy->port}/api/v3/ping"]);
        $client = $this->client();

        foreach (
            [
                fn () => $client->ping(),
                fn () => $client->addDomain('shop.example'),
                fn () => $client->removeDomain('shop.example', 3002),
                fn () => $client->redeploySsl(certificateId: 4001),
            ] as $call
        ) {
            $this->assertThrows(UnexpectedResponseException::class, $call, (string) $status);
        }
        self::assertSame('', $decoy->received());
    }

    /** @return iterable<string, array{int}> */
    public static function redirections(): iterable
    {
        foreach ([301, 302, 303, 307, 308] as $status) {
            yield "HTTP {$status}" => [$status];
        }
    }

    public function testTheEnvironmentCannotNameAProxy(): void
    {
        $decoy = new Listener("HTTP/1.1 200 OK\r\n\r\n");

        $result = $this->with(
            array_fill_keys(self::PROXY_VARIABLES, "http://127.0.0.1:{$decoy->port}") + ['NO_PROXY' => '', 'no_proxy' => ''],
            static fn () => Php::run(self::PING)
        );

        self::assertSame('ok', $result->output, $result->errors);
        self::assertSame('', $decoy->received());
        $this->assertRequests('GET /ping');
    }

    public function testAVisitorCannotNameAProxy(): void
    {
        $decoy = new Listener("HTTP/1.1 200 OK\r\n\r\n");
        $fpm = $this->start();

        // What a web server makes of the header "Proxy: http://...", and of what it may pass on from its own environment.
        $parameters = array_fill_keys(self::PROXY_VARIABLES, "http://127.0.0.1:{$decoy->port}");
        $answer = $fpm->client()->start(__DIR__ . '/support/fpm-script.php', ['do' => 'ping'], $parameters)->wait();

        self::assertNull($answer->json()['result']);
        self::assertSame('', $decoy->received());
        $this->assertRequests('GET /ping');
    }

    public function testPlainHttpToAnotherHostIsRefusedBeforeAnythingIsSent(): void
    {
        $decoy = new Listener("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", '0.0.0.0');

        foreach (['0.0.0.0', '0', '[::ffff:127.0.0.1]', 'localhost.localdomain'] as $host) {
            $result = Php::run(self::PING, ['runcloud.base_url' => "http://{$host}:{$decoy->port}/api"]);
            self::assertStringStartsWith(ConfigurationException::class, $result->output);
        }
        self::assertSame('', $decoy->received());
    }

    public function testAPanelWithoutTlsBehindAnHttpsAddressGetsNothing(): void
    {
        $decoy = new Listener("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

        $result = Php::run(self::PING, ['runcloud.base_url' => "https://127.0.0.1:{$decoy->port}/api"]);

        self::assertStringStartsWith(ConnectionException::class, $result->output);
        self::assertStringNotContainsString('test-token', $decoy->received());
        self::assertStringNotContainsString('GET', $decoy->received(), 'nothing but the greeting of TLS');
    }

    public function testAProxyLearnsItsOwnPasswordAndNoneOfTheCredentials(): void
    {
        $proxy = new Listener("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        $address = 'http://user:' . PlantedSecrets::PROXY_PASSWORD . "@127.0.0.1:{$proxy->port}";

        foreach ([['', $address], [$address, 'http://127.0.0.1:1']] as [$own, $setting]) {
            $own = $own === '' ? '' : ", proxy: '{$own}'";
            $result = Php::run(
                'try { (new RunCloud\Client(1001, 2001, "' . PlantedSecrets::TOKEN . '"' . $own . '))->ping(); }
                catch (Throwable $e) { echo $e::class, $e; }',
                ['runcloud.proxy' => $setting, 'runcloud.max_retries' => '0']
            );
            self::assertStringStartsWith(ConnectionException::class, $result->output);
            self::assertSame([], PlantedSecrets::in($result->output . $result->errors));
        }

        $panel = parse_url($this->simulator()->panel, PHP_URL_HOST) . ':' . parse_url($this->simulator()->panel, PHP_URL_PORT);
        self::assertStringStartsWith("CONNECT {$panel} HTTP/1.1\r\n", $proxy->received());
        self::assertStringContainsString(base64_encode('user:' . PlantedSecrets::PROXY_PASSWORD), $proxy->received());
        self::assertStringNotContainsString(PlantedSecrets::TOKEN, $proxy->received());
        $this->assertNoRequest();
    }

    public function testTheOperatorMayNameTheSystemsRootsInTheEnvironment(): void
    {
        $result = $this->with(
            ['SSL_CERT_FILE' => $this->simulator()->ca],
            static fn () => Php::run(self::PING, ['runcloud.ca_file' => ''])
        );

        self::assertSame('ok', $result->output, $result->errors);
    }

    /**
     * Runs with these variables in the environment.
     *
     * @template T
     *
     * @param array<string, string> $variables
     * @param callable(): T         $run
     *
     * @return T
     */
    private function with(array $variables, callable $run): mixed
    {
        $before = array_map('getenv', array_combine(array_keys($variables), array_keys($variables)));
        foreach ($variables as $name => $value) {
            putenv("{$name}={$value}");
        }
        try {
            return $run();
        } finally {
            foreach ($before as $name => $value) {
                putenv($value === false ? $name : "{$name}={$value}");
            }
        }
    }
}
