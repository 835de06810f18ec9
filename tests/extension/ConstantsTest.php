<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConfigurationException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

/**
 * Constants last as long as their process, so every set of them has a process of its own.
 */
final class ConstantsTest extends ExtensionTestCase
{
    private const GOOD = [
        'WU_RUNCLOUD_API_TOKEN' => self::TOKEN,
        'WU_RUNCLOUD_SERVER_ID' => 1001,
        'WU_RUNCLOUD_APP_ID' => 2001,
    ];

    private const GOOD_LEGACY = [
        'WU_RUNCLOUD_API_KEY' => self::KEY,
        'WU_RUNCLOUD_API_SECRET' => self::SECRET,
        'WU_RUNCLOUD_SERVER_ID' => 1001,
        'WU_RUNCLOUD_APP_ID' => 2001,
    ];

    /** @dataProvider goodConstants */
    public function testGoodConstantsMakeAClient(array $constants, string $version): void
    {
        self::assertSame('ok', $this->fromConstants($constants)['result']);

        self::assertSame([$version], array_column($this->simulator()->history(), 'version'));
        $this->assertRequests('GET /ssl/advanced');
    }

    /** @return iterable<string, array{array<string, mixed>, string}> */
    public static function goodConstants(): iterable
    {
        $digits = ['WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001'];
        yield 'token' => [self::GOOD, 'v3'];
        yield 'ids as digits' => [$digits + self::GOOD, 'v3'];
        yield 'key and secret' => [self::GOOD_LEGACY, 'v2'];
        yield 'both: the token wins' => [self::GOOD + self::GOOD_LEGACY, 'v3'];
        yield 'empty token' => [['WU_RUNCLOUD_API_TOKEN' => ''] + self::GOOD_LEGACY, 'v2'];
    }

    /** @dataProvider badConstants */
    public function testABadConstantIsNamedAndNothingIsSent(array $constants, string ...$parts): void
    {
        $result = $this->fromConstants($constants);

        self::assertSame(ConfigurationException::class, $result['result']);
        $this->assertSentence($result['message']);
        foreach ($parts as $part) {
            self::assertStringContainsString($part, $result['message']);
        }
        $this->assertNoRequest();
    }

    /** @return iterable<string, list<mixed>> */
    public static function badConstants(): iterable
    {
        yield 'none at all' => [[], 'WU_RUNCLOUD_'];
        foreach (['WU_RUNCLOUD_SERVER_ID', 'WU_RUNCLOUD_APP_ID'] as $id) {
            yield "{$id} missing" => [array_diff_key(self::GOOD, [$id => 1]), $id];
            yield "{$id} 0" => [[$id => 0] + self::GOOD, $id, '0'];
            yield "{$id} '0'" => [[$id => '0'] + self::GOOD, $id, '0'];
            yield "{$id} '1a'" => [[$id => '1a'] + self::GOOD, $id, '1a'];
            yield "{$id} negative" => [[$id => -3] + self::GOOD, $id, '-3'];
            yield "{$id} '-3'" => [[$id => '-3'] + self::GOOD, $id, '-3'];
            yield "{$id} float" => [[$id => 1001.5] + self::GOOD, $id, '1001.5'];
            yield "{$id} long float" => [[$id => PHP_FLOAT_MAX] + self::GOOD, "{$id} is the float 1.7976931348623157e308: "];
            yield "{$id} bytes" => [[$id => "1001\xff"] + self::GOOD, "{$id} is \"1001\u{fffd}\": "];
            yield "{$id} ''" => [[$id => ''] + self::GOOD, $id];
            yield "{$id} true" => [[$id => true] + self::GOOD, $id];
            yield "{$id} null" => [[$id => null] + self::GOOD, $id];
            yield "{$id} array" => [[$id => [1001]] + self::GOOD, $id];
            yield "{$id} too large" => [[$id => '99999999999999999999'] + self::GOOD, $id, '99999999999999999999'];
            yield "{$id} line end" => [[$id => "1001\nx"] + self::GOOD, $id];
        }
        $ids = array_diff_key(self::GOOD, ['WU_RUNCLOUD_API_TOKEN' => 1]);
        yield 'no credentials' => [$ids, 'WU_RUNCLOUD_API_TOKEN'];
        yield 'empty token' => [['WU_RUNCLOUD_API_TOKEN' => ''] + $ids, 'WU_RUNCLOUD_API_TOKEN'];
        yield 'token that is no text' => [['WU_RUNCLOUD_API_TOKEN' => 12] + $ids, 'WU_RUNCLOUD_API_TOKEN'];
        yield 'token with a line end' => [['WU_RUNCLOUD_API_TOKEN' => "a\nb"] + $ids, 'WU_RUNCLOUD_API_TOKEN'];
        yield 'token of bytes' => [['WU_RUNCLOUD_API_TOKEN' => "\xff"] + $ids, 'WU_RUNCLOUD_API_TOKEN', 'not ASCII'];
        yield 'key without secret' => [['WU_RUNCLOUD_API_KEY' => self::KEY] + $ids, 'WU_RUNCLOUD_API_SECRET'];
        yield 'secret without key' => [['WU_RUNCLOUD_API_SECRET' => self::SECRET] + $ids, 'WU_RUNCLOUD_API_KEY'];
        yield 'empty secret' => [['WU_RUNCLOUD_API_SECRET' => ''] + self::GOOD_LEGACY, 'WU_RUNCLOUD_API_SECRET'];
    }

    public function testThePrefixMayBeAnother(): void
    {
        $constants = ['MY_API_TOKEN' => self::TOKEN, 'MY_SERVER_ID' => 1001, 'MY_APP_ID' => 2001];

        self::assertSame('ok', $this->fromConstants($constants, 'RunCloud\Client::fromConstants("MY_")->sslMode()')['result']);
    }

    public function testTheConstantsOfAnotherPrefixAreNamedInFull(): void
    {
        $result = $this->fromConstants(self::GOOD, 'RunCloud\Client::fromConstants("MY_")');

        self::assertSame(ConfigurationException::class, $result['result']);
        self::assertStringContainsString('MY_', $result['message']);
        self::assertStringNotContainsString('WU_', $result['message']);
    }

    /** @dataProvider functions */
    public function testTheFunctionsReadTheConstants(string $call): void
    {
        self::assertSame('ok', $this->fromConstants(self::GOOD, $call)['result']);
        self::assertSame(ConfigurationException::class, $this->fromConstants([], $call)['result']);
    }

    /** @return iterable<string, array{string}> */
    public static function functions(): iterable
    {
        yield 'add' => ['runcloud_add_domain("shop.example")'];
        yield 'remove' => ['runcloud_remove_domain("shop.example")'];
        yield 'redeploy' => ['runcloud_redeploy_ssl("shop.example")'];
        yield 'discover' => ['RunCloud\Client::discover("/home/runcloud/webapps/network")'];
    }

    /**
     * @param array<string, mixed> $constants
     *
     * @return array{result: string, message?: string}
     */
    private function fromConstants(array $constants, string $call = 'RunCloud\Client::fromConstants()->sslMode()'): array
    {
        $code = 'foreach (' . var_export($constants, true) . ' as $name => $value) { define($name, $value); }
            try { ' . $call . '; echo json_encode(["result" => "ok"]); } catch (Throwable $e) {
                echo json_encode(["result" => $e::class, "message" => $e->getMessage()]);
            }';

        return Php::run($code)->json();
    }
}
