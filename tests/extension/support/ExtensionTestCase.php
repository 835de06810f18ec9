<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

use PHPUnit\Framework\TestCase;
use RunCloud\Client;

/**
 * A test of the extension against a simulator that starts each test afresh.
 */
abstract class ExtensionTestCase extends TestCase
{
    protected const SERVER = 1001;
    protected const WEB_APP = 2001;
    protected const PRIMARY = 'network.example';
    protected const PRIMARY_ID = 3001;
    protected const CERTIFICATE = 4001;
    protected const TOKEN = 'test-token';
    protected const KEY = 'test-key';
    protected const SECRET = 'test-secret';

    private static ?Simulator $simulator = null;
    /** @var array<string, string> */
    private array $changedIni = [];

    protected function setUp(): void
    {
        $this->simulator()->reset();
        $this->simulator()->clearHistory();
    }

    protected function tearDown(): void
    {
        foreach ($this->changedIni as $name => $value) {
            ini_set($name, $value);
        }
    }

    protected function simulator(): Simulator
    {
        return self::$simulator ??= Simulator::fromReadyFile((string) getenv('RUNCLOUD_READY_FILE'));
    }

    /** A client of API v3. */
    protected function client(int $serverId = self::SERVER, int $webAppId = self::WEB_APP): Client
    {
        return new Client($serverId, $webAppId, self::TOKEN);
    }

    /** A client of API v2. */
    protected function legacyClient(): Client
    {
        return new Client(self::SERVER, self::WEB_APP, apiKey: self::KEY, apiSecret: self::SECRET);
    }

    /** Sets an ini value for this test. */
    protected function ini(string $name, string $value): void
    {
        $before = ini_set($name, $value);
        self::assertIsString($before, "{$name} could not be set");
        $this->changedIni += [$name => $before];
    }

    /** @return list<string> "METHOD path" of every request so far, the path below the web application where it is below. */
    protected function requests(): array
    {
        $webApp = '/servers/' . self::SERVER . '/webapps/' . self::WEB_APP;

        return array_map(
            static fn (array $request): string => $request['method'] . ' '
                . preg_replace('~^/api/v[23](' . preg_quote($webApp, '~') . '(?=/))?~', '', $request['path']),
            $this->simulator()->history()
        );
    }

    protected function assertRequests(string ...$expected): void
    {
        self::assertSame($expected, $this->requests());
    }

    protected function assertNoRequest(): void
    {
        self::assertSame([], $this->requests());
    }

    /**
     * Runs the call, which must throw exactly this class with a sentence for a person that contains these parts.
     *
     * @template T of \Throwable
     *
     * @param class-string<T> $class
     *
     * @return T
     */
    protected function assertThrows(string $class, callable $call, string ...$parts): \Throwable
    {
        try {
            $call();
        } catch (\Throwable $e) {
            self::assertSame($class, $e::class, $e->getMessage());
            $this->assertSentence($e->getMessage());
            foreach ($parts as $part) {
                self::assertStringContainsString($part, $e->getMessage());
            }

            return $e;
        }
        self::fail("{$class} was not thrown");
    }

    protected function assertSentence(string $message): void
    {
        $whole = '/^\P{C}+(\.|"|\.\.\.)$/u'; // the panel's own words may come last, in quotes
        self::assertMatchesRegularExpression($whole, $message, 'a whole sentence on one line');
        self::assertStringNotContainsString(self::TOKEN, $message);
        self::assertStringNotContainsString(self::SECRET, $message);
    }

    /**
     * Gives the web application so many aliases beside its primary domain.
     *
     * @return list<array<string, mixed>> All of its domains, in the panel's order.
     */
    protected function fillDomains(int $count): array
    {
        $domains = $this->simulator()->state()['domains'];
        for ($i = 1; $i <= $count; $i++) {
            $domains[] = ['id' => 5000 + $i, 'name' => "shop{$i}.example"] + $this->alias();
        }
        $this->simulator()->setState(['domains' => $domains]);

        return $domains;
    }

    /** Gives the web application this alias and returns its id. */
    protected function putAlias(string $name, int $id = 3002, int $webAppId = self::WEB_APP): int
    {
        $domains = $this->simulator()->state()['domains'];
        $domains[] = ['id' => $id, 'name' => $name] + $this->alias($webAppId);
        $this->simulator()->setState(['domains' => $domains]);

        return $id;
    }

    /** @return list<string> Names of the web application's domains at the panel. */
    protected function names(): array
    {
        return array_column($this->simulator()->state()['domains'], 'name');
    }

    /** @param array<string, mixed>|null $certificate Of the web application. */
    protected function setSsl(bool $advanced, bool $automatic, ?array $certificate): void
    {
        $this->simulator()->setState(['ssl' => [self::WEB_APP => [
            'advancedSSL' => $advanced,
            'autoSSL' => $automatic,
            'certificate' => $certificate,
        ]]]);
    }

    /** @return array<string, mixed> A certificate as the panel holds it. */
    protected function certificate(int $id, string $method = 'letsencrypt'): array
    {
        return [
            'id' => $id,
            'method' => $method,
            'validUntil' => '2027-02-01 00:00:00',
            'renewalDate' => '2027-01-02 00:00:00',
            'enableHttp' => false,
            'enableHsts' => false,
            'ssl_protocol_id' => 2,
            'staging' => false,
            'created_at' => '2026-11-03 10:00:00',
        ];
    }

    /** @return array<string, mixed> */
    private function alias(int $webAppId = self::WEB_APP): array
    {
        return [
            'webapp_id' => $webAppId,
            'type' => 'alias',
            'www' => false,
            'redirection' => 'none',
            'wildcard' => false,
            'dns_integration' => 'none',
            'status' => null,
            'created_at' => '2026-11-01 09:30:00',
        ];
    }
}
