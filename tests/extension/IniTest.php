<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\TimeoutException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\TemporaryDirectory;

final class IniTest extends ExtensionTestCase
{
    /** @dataProvider systemSettings */
    public function testScriptsCannotChangeWhereTrafficGoes(string $name): void
    {
        $before = ini_get($name);

        self::assertFalse(ini_set($name, 'https://evil.example'));
        self::assertSame($before, ini_get($name));
    }

    /** @return iterable<string, array{string}> */
    public static function systemSettings(): iterable
    {
        foreach (['runcloud.base_url', 'runcloud.ca_file', 'runcloud.proxy', 'runcloud.inspect_world'] as $name) {
            yield $name => [$name];
        }
    }

    /** @dataProvider badSettings */
    public function testABadSettingIsNamedAndNothingIsSent(string $name, string $value, string ...$parts): void
    {
        $result = Php::run(
            '$client = new RunCloud\Client(1001, 2001, "test-token");
            try { $client->ping(); } catch (Throwable $e) { echo json_encode([$e::class, $e->getMessage()]); }',
            [$name => $value]
        )->json();

        self::assertSame(ConfigurationException::class, $result[0]);
        $this->assertSentence($result[1]);
        foreach ([$name, ...$parts] as $part) {
            self::assertStringContainsString($part, $result[1]);
        }
        $this->assertNoRequest();
    }

    /** @return iterable<string, list<string>> */
    public static function badSettings(): iterable
    {
        yield 'plain http' => ['runcloud.base_url', 'http://panel.example/api', 'http://panel.example', 'https'];
        yield 'looks like loopback' => ['runcloud.base_url', 'http://127.0.0.1.panel.example/api', 'https'];
        yield 'loopback as user name' => ['runcloud.base_url', 'http://127.0.0.1@panel.example/api', 'user'];
        yield 'another scheme' => ['runcloud.base_url', 'ftp://panel.example/api', 'ftp', 'https'];
        yield 'file' => ['runcloud.base_url', 'file:///etc/passwd'];
        yield 'no URL' => ['runcloud.base_url', 'panel', 'https'];
        yield 'empty' => ['runcloud.base_url', ''];
        yield 'query' => ['runcloud.base_url', 'https://panel.example/api?x=1', 'panel.example'];
        foreach (['/v3', '/v2', '/V3/', '/v3//'] as $end) {
            yield "ends in {$end}" => ['runcloud.base_url', "https://panel.example/api{$end}", 'panel.example', 'appends'];
        }
        yield 'unreadable CA file' => ['runcloud.ca_file', '/nonexistent/ca.pem', '/nonexistent/ca.pem'];
        yield 'directory as CA file' => ['runcloud.ca_file', '/tmp', '/tmp'];
        yield 'CA file without certificates' => ['runcloud.ca_file', '/etc/hostname', '/etc/hostname'];
        yield 'CA file by a relative path' => ['runcloud.ca_file', 'certs/ca.pem', '"certs/ca.pem"', 'current directory'];
        yield 'proxy' => ['runcloud.proxy', 'proxy.example', 'http://'];
        foreach (['connect_timeout', 'timeout', 'deadline'] as $name) {
            foreach (['0', '-1', 'soon', '', '1e9', 'NAN', 'INF', '5s'] as $value) {
                yield "{$name} '{$value}'" => ["runcloud.{$name}", $value, "\"{$value}\"", 'seconds'];
            }
        }
        foreach (['-1', '1.5', 'many', '', '1000'] as $value) {
            yield "max_retries '{$value}'" => ['runcloud.max_retries', $value, "\"{$value}\"", 'whole number'];
        }
    }

    public function testARestoredSettingIsAsItWas(): void
    {
        $before = ini_get('runcloud.timeout');
        ini_set('runcloud.timeout', 'soon');

        ini_restore('runcloud.timeout');

        self::assertSame($before, ini_get('runcloud.timeout'));
        $this->client()->ping();
    }

    public function testABadSettingOfAScriptIsNamedToo(): void
    {
        $this->ini('runcloud.timeout', 'soon');

        $this->assertThrows(ConfigurationException::class, fn () => $this->client()->ping(), 'runcloud.timeout', 'soon');
        $this->assertNoRequest();
    }

    public function testAnEmptyCaFileHoldsNoCertificates(): void
    {
        $directory = new TemporaryDirectory();
        $file = $directory->write('empty.pem', '');
        $result = Php::run(
            'try { (new RunCloud\Client(1, 1, "t"))->ping(); } catch (Throwable $e) { echo $e::class, $e->getMessage(); }',
            ['runcloud.ca_file' => $file]
        );

        self::assertStringStartsWith(ConfigurationException::class, $result->output);
        self::assertStringContainsString($file, $result->output);
    }

    /** @dataProvider goodTimes */
    public function testTimesMayHaveFractions(string $value): void
    {
        foreach (['runcloud.connect_timeout', 'runcloud.timeout', 'runcloud.deadline'] as $name) {
            $this->ini($name, $value);
        }

        $this->client()->ping();

        $this->assertRequests('GET /ping');
    }

    /** @return iterable<string, array{string}> */
    public static function goodTimes(): iterable
    {
        foreach (['2', '2.5', ' 3 ', '600'] as $value) {
            yield $value => [$value];
        }
    }

    public function testTheTimeoutOfOneRequestIsKept(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->ini('runcloud.timeout', '0.2');
        $this->simulator()->fault('slow', ['ms' => 5000]);

        $this->assertThrows(TimeoutException::class, fn () => $this->client()->ping(), 'runcloud.timeout');
    }

    public function testTheTimeoutCoversABodyThatTrickles(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->ini('runcloud.timeout', '0.5');
        $this->simulator()->fault('trickle', ['ms' => 100]);

        $this->assertThrows(TimeoutException::class, fn () => $this->client()->domains());
    }

    public function testTheDeadlineCoversAllRequestsOfACall(): void
    {
        $this->ini('runcloud.deadline', '0.5');
        $this->simulator()->fault('latency', ['ms' => 300]);
        $this->fillDomains(400);

        $this->assertThrows(TimeoutException::class, fn () => $this->client()->removeDomain('unknown.example'), 'deadline');
        self::assertLessThan(11, count($this->requests()));
    }

    public function testNoRetriesMeansOneRequest(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => 503]);

        try {
            $this->client()->ping();
        } catch (\RunCloud\Exception\ServerException $e) {
            self::assertSame(1, $e->getAttempts());
        }

        $this->assertRequests('GET /ping');
    }

    public function testNoRetriesMeansOneRequestForARedeployToo(): void
    {
        $this->ini('runcloud.max_retries', '0');
        $this->simulator()->fault('status', ['status' => 503]);

        $this->assertThrows(
            \RunCloud\Exception\ServerException::class,
            fn () => $this->client()->redeploySsl(certificateId: self::CERTIFICATE)
        );
        $this->assertRequests('PUT /ssl/4001');
    }

    public function testASettingChangedBetweenTwoCallsCountsForTheSecond(): void
    {
        $client = $this->client();
        $client->ping();
        $this->simulator()->fault('slow', ['ms' => 3000]);
        $this->ini('runcloud.max_retries', '0');
        $this->ini('runcloud.timeout', '0.2');

        $this->assertThrows(TimeoutException::class, fn () => $client->ping());
    }

    public function testASlashAtTheEndOfTheAddressIsNothing(): void
    {
        $result = Php::run(
            '(new RunCloud\Client(1001, 2001, "test-token"))->ping(); echo "ok";',
            ['runcloud.base_url' => ini_get('runcloud.base_url') . '/']
        );

        self::assertSame('ok', $result->output, $result->errors);
        $this->assertRequests('GET /ping');
    }

    public function testAProxyIsUsed(): void
    {
        foreach ([['runcloud.proxy' => 'http://127.0.0.1:1'], []] as $ini) {
            $proxy = $ini === [] ? ', proxy: "http://127.0.0.1:1"' : '';
            $result = Php::run(
                "try { (new RunCloud\\Client(1001, 2001, 'test-token'{$proxy}))->ping(); echo 'no proxy was used'; }
                catch (Throwable \$e) { echo \$e::class; }",
                $ini + ['runcloud.max_retries' => '0']
            );
            self::assertSame(\RunCloud\Exception\ConnectionException::class, $result->output);
        }
        $this->assertNoRequest();
    }
}
