<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * What cannot work is refused before anything is sent.
 */
final class BadInputTest extends ExtensionTestCase
{
    /** @dataProvider badDomains */
    public function testABadDomainIsRefusedByEveryOperation(string $domain, string ...$parts): void
    {
        $client = $this->client();
        $calls = [
            fn () => $client->addDomain($domain),
            fn () => $client->removeDomain($domain),
            fn () => $client->removeDomain($domain, 3002),
            fn () => $client->findDomain($domain),
            fn () => $client->dnsRecords($domain),
            fn () => $client->redeploySsl($domain),
            fn () => $client->redeploySsl($domain, 4001),
            fn () => runcloud_add_domain($domain, client: $client),
            fn () => runcloud_remove_domain($domain, client: $client),
            fn () => runcloud_redeploy_ssl($domain, client: $client),
        ];

        foreach ($calls as $call) {
            $e = $this->assertThrows(InvalidDomainException::class, $call, ...$parts);
            self::assertLessThan(400, strlen($e->getMessage()));
        }

        $this->assertNoRequest();
        self::assertSame(0, $client->requestCount());
    }

    /** @return iterable<string, list<string>> */
    public static function badDomains(): iterable
    {
        yield 'empty' => ['', 'empty'];
        yield 'too long' => [str_repeat('a.', 130) . 'example', 'a.a.a.', '253'];
        yield 'long label' => [str_repeat('b', 64) . '.example', 'bbbb', '63'];
        yield 'enormous' => [str_repeat('c', 100000), 'cccc', '253'];
        yield 'scheme' => ['https://shop.example', 'https://shop.example', 'scheme'];
        yield 'port' => ['shop.example:8080', 'shop.example:8080', 'port'];
        yield 'path' => ['shop.example/path', 'shop.example/path', 'path'];
        yield 'space inside' => ['sh op.example', 'sh op.example', 'space'];
        yield 'space before' => [' shop.example', ' shop.example', 'space'];
        yield 'line end behind' => ["shop.example\n", 'shop.example'];
        yield 'IPv4 address' => ['192.0.2.1', '192.0.2.1', 'IP address'];
        yield 'IPv6 address' => ['2001:db8::1', '2001:db8::1', 'IP address'];
        yield 'IPv6 address in brackets' => ['[2001:db8::1]', '[2001:db8::1]', 'IP address'];
        yield 'single label' => ['localhost', 'localhost', 'label'];
        yield 'underscore' => ['my_shop.example', 'my_shop.example', 'underscore'];
        yield 'double dot' => ['shop..example', 'shop..example', 'dot'];
        yield 'dot before' => ['.shop.example', '.shop.example', 'dot'];
        yield 'two dots behind' => ['shop.example..', 'shop.example..', 'dot'];
        yield 'only a dot' => ['.', '.'];
        yield 'hyphen before' => ['-shop.example', '-shop.example', 'hyphen'];
        yield 'hyphen behind' => ['shop-.example', 'shop-.example', 'hyphen'];
        yield 'wildcard in the middle' => ['shop.*.example', 'shop.*.example', 'wildcard'];
        yield 'wildcard in a label' => ['sh*p.example', 'sh*p.example', 'wildcard'];
        yield 'two wildcards' => ['*.*.example', '*.*.example', 'wildcard'];
        yield 'wildcard alone' => ['*', '*'];
        yield 'path injection' => ['a.example/../../x', 'a.example/../../x', 'path'];
        yield 'query injection' => ['a.example?x=', 'a.example?x=', 'query'];
        yield 'fragment' => ['a.example#x', 'a.example#x'];
        yield 'header injection' => ["a.example\r\nX-Evil: 1", 'a.example'];
        yield 'NUL' => ["a\0b.example", 'b.example'];
        yield 'escape sequence' => ["a\e[31m.example", '.example'];
        yield 'direction override' => ["a\u{202E}b.example", '.example'];
        yield 'percent' => ['a%2f.example', 'a%2f.example'];
        yield 'user' => ['user@shop.example', 'user@shop.example', '@'];
        yield 'quote' => ["a'b.example", "a'b.example"];
        yield 'bad punycode' => ['xn--a.example', 'xn--a.example'];
    }

    public function testADomainThatIsNotUtf8IsRefusedAsPhpDoes(): void
    {
        $client = $this->client();

        foreach ([fn () => $client->addDomain("\xff.example"), fn () => runcloud_add_domain("\xff.example")] as $call) {
            $e = $this->throwable($call);
            self::assertInstanceOf(\ValueError::class, $e);
            self::assertStringEndsWith('Argument #1 ($domain) must be valid UTF-8', $e->getMessage());
        }

        $this->assertNoRequest();
    }

    /** @dataProvider badIds */
    public function testAnIdBelowOneIsRefusedAsPhpDoes(int $id): void
    {
        $client = $this->client();
        $calls = [
            'removeDomain(): Argument #2 ($domainId)' => fn () => $client->removeDomain('shop.example', $id),
            'dnsRecords(): Argument #2 ($domainId)' => fn () => $client->dnsRecords('shop.example', $id),
            '#2 ($certificateId)' => fn () => $client->redeploySsl('shop.example', $id),
            '#3 ($domainId)' => fn () => $client->redeploySsl('shop.example', null, $id),
            '#4 ($domainId)' => fn () => runcloud_redeploy_ssl('shop.example', null, $client, $id),
        ];

        foreach ($calls as $argument => $call) {
            $e = $this->throwable($call);
            self::assertInstanceOf(\ValueError::class, $e);
            self::assertStringContainsString("{$argument} must be at least 1", $e->getMessage());
        }

        $this->assertNoRequest();
    }

    /** @return iterable<int, array{int}> */
    public static function badIds(): iterable
    {
        yield 0 => [0];
        yield -1 => [-1];
        yield PHP_INT_MIN => [PHP_INT_MIN];
    }

    /** @dataProvider badClients */
    public function testABadClientIsRefused(array $arguments, string ...$parts): void
    {
        $this->assertThrows(ConfigurationException::class, fn () => new Client(...$arguments), ...$parts);

        $this->assertNoRequest();
    }

    /** @return iterable<string, list<mixed>> */
    public static function badClients(): iterable
    {
        yield 'server 0' => [[0, 2001, 'token'], 'serverId', '0'];
        yield 'server negative' => [[-5, 2001, 'token'], 'serverId', '-5'];
        yield 'web application 0' => [[1001, 0, 'token'], 'webAppId', '0'];
        yield 'web application negative' => [[1001, -7, 'token'], 'webAppId', '-7'];
        yield 'no credentials' => [[1001, 2001], '$apiToken'];
        yield 'empty credentials' => [[1001, 2001, '', '', ''], '$apiToken'];
        yield 'key without secret' => [[1001, 2001, null, 'hidden-key'], '$apiSecret'];
        yield 'secret without key' => [[1001, 2001, null, null, 'hidden-secret'], '$apiKey'];
        yield 'line end in the token' => [[1001, 2001, "hidden\r\nX-Evil: 1"], '$apiToken'];
        yield 'NUL in the token' => [[1001, 2001, "hid\0den"], '$apiToken'];
        yield 'colon in the key' => [[1001, 2001, null, 'hidden:key', 'hidden'], '$apiKey'];
        yield 'proxy without scheme' => [[1001, 2001, 'token', 'proxy' => 'hidden.example'], 'proxy'];
        yield 'proxy of another kind' => [[1001, 2001, 'token', 'proxy' => 'ftp://user:hidden@proxy.example'], 'proxy'];
    }

    /** @dataProvider badClients */
    public function testNoSecretIsShownInTheRefusal(array $arguments): void
    {
        $e = $this->throwable(fn () => new Client(...$arguments));

        self::assertStringNotContainsString('hidden', $e->getMessage());
        self::assertStringNotContainsString('hidden', print_r($e->getTrace()[0], true));
    }

    public function testDiscoveryRefusesAPathThatIsNotAbsolute(): void
    {
        foreach (['', 'webapps/network'] as $path) {
            $this->assertThrows(ConfigurationException::class, fn () => Client::discover($path, self::TOKEN), 'path');
        }

        $this->assertNoRequest();
    }

    private function throwable(callable $call): \Throwable
    {
        try {
            $call();
        } catch (\Throwable $e) {
            return $e;
        }
        self::fail('nothing was thrown');
    }
}
