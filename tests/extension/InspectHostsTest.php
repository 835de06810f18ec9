<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConfigurationException;
use RunCloud\HostInspection;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\SmallWorld;

/**
 * What a visitor is served, as PHP sees it. Every outcome of every part is tried in tests/inspect.
 */
final class InspectHostsTest extends ExtensionTestCase
{
    private function world(): SmallWorld
    {
        return new SmallWorld([
            'zones' => ['example.com' => ['servers' => ['127.0.1.1']]],
            'records' => [
                'shop.example.com A' => ['127.0.0.1'],
                'www.example.com CNAME' => ['shop.example.com'],
                'inside.example.com A' => ['127.0.0.9'],
                'example.com CAA' => ['0 issue letsencrypt.org'],
                '_look.shop.example.com TXT' => ["bytes \u{fc}"],
            ],
            'pages' => [
                'shop.example.com/a' => ['status' => 301, 'location' => 'https://www.example.com/b'],
                'www.example.com/b' => ['body' => 'hello'],
            ],
            'certificates' => ['www.example.com' => 'self-signed'],
        ]);
    }

    public function testEveryPartIsThereInTheOrderGiven(): void
    {
        $world = $this->world();
        $seen = $world->run('
            $seen = RunCloud\inspect_hosts(
                ["Shop.Example.com.", "no host", "shop.example.com", 5, "inside.example.com"],
                ["/a", "/none"],
                ["127.0.0.2"],
                "_look"
            );
            echo json_encode($seen);
        ')->json();

        self::assertSame(['Shop.Example.com.', 'no host', 'shop.example.com', '', 'inside.example.com'], array_column($seen, 'host'));
        self::assertSame([null, 'not-a-host', null, 'not-a-host', null], array_column($seen, 'error'));
        $shop = $seen[0];
        self::assertSame('shop.example.com', $shop['name']);
        self::assertSame('example.com', $shop['zone']);
        self::assertSame(['ns1.example.com'], $shop['nameServers']);
        self::assertSame(['found', ['127.0.0.1'], 'zone'], [$shop['a']['outcome'], $shop['a']['records'], $shop['a']['source']]);
        self::assertSame(['none', 'no-such-record'], [$shop['aaaa']['outcome'], $shop['aaaa']['detail']]);
        self::assertSame(['0 issue "letsencrypt.org"'], $shop['caa']['records']);
        self::assertSame('example.com', $shop['caa']['name']);
        self::assertSame(["bytes \u{fc}"], $shop['txt']['records']);
        self::assertSame([200, 'hello', null], [$shop['http'][0]['status'], $shop['http'][0]['body'], $shop['http'][0]['error']]);
        self::assertSame([301, 200], array_column($shop['http'][0]['hops'], 'status'));
        self::assertSame(404, $shop['http'][1]['status']);
        self::assertSame(['127.0.0.1', '127.0.0.2'], array_column($shop['tls'], 'address'));
        self::assertSame([true, false], array_column($shop['tls'], 'inDns'));
        self::assertSame(['trusted', 'trusted'], array_column($shop['tls'], 'verdict'));
        self::assertSame(['shop.example.com'], $shop['tls'][0]['certificate']['names']);
        self::assertEqualsWithDelta(time() + 80 * 86400, $shop['tls'][0]['certificate']['validUntil'], 600);
        self::assertSame('not-public', $seen[4]['http'][0]['error']);
        $first = $shop;
        unset($first['host'], $seen[2]['host']);
        self::assertSame($first, $seen[2]);
        self::assertCount(1, array_keys($world->seen(), 'dns 127.0.1.1 shop.example.com NS', true));
        self::assertSame([], preg_grep('/127\.0\.0\.9/', $world->seen()));
    }

    public function testTheResultsAreOrdinaryObjects(): void
    {
        $told = $this->world()->run('
            [$seen] = RunCloud\inspect_hosts(["www.example.com"], ["/a"], txtPrefix: "_look");
            $all = [$seen, $seen->a, $seen->http[0], $seen->http[0]->hops[0], $seen->tls[0], $seen->tls[0]->certificate];
            $told = [];
            foreach ($all as $object) {
                foreach ((new ReflectionObject($object))->getProperties() as $property) {
                    $told[] = [(string) $property->getType(), get_debug_type($property->getValue($object)), $property->isReadOnly()];
                }
                $told[] = ["same", unserialize(serialize($object)) == $object ? "same" : "other", (new ReflectionObject($object))->isFinal()];
            }
            echo json_encode([$told, $seen->tls[0]->verdict, $seen->a->aliases]);
        ')->json();

        foreach ($told[0] as [$type, $given, $is]) {
            self::assertContains($given, [ltrim($type, '?'), $type[0] === '?' ? 'null' : '']);
            self::assertTrue($is);
        }
        self::assertSame(['self-signed', ['shop.example.com']], array_slice($told, 1));
    }

    public function testWhatThereIsNoTimeForIsTooLate(): void
    {
        $world = new SmallWorld([
            'zones' => ['example.com' => ['servers' => ['127.0.1.1']]],
            'faults' => ['example.com NS' => 'silence'],
        ]);
        $seen = $world->run('
            $seen = RunCloud\inspect_hosts(array_fill(0, 50, "a.example.com"), deadline: 0.2);
            echo json_encode([count($seen), $seen[49]->a->outcome, $seen[49]->a->detail]);
        ')->json();

        self::assertSame([50, 'too-late', 'deadline'], $seen);
    }

    public function testScriptsCannotChangeTheWorld(): void
    {
        self::assertFalse(ini_set('runcloud.inspect_world', 'allowed=127.0.0.1'));
        self::assertSame('', ini_get('runcloud.inspect_world'));
    }

    /** @dataProvider badWorlds */
    public function testAWorldThatCannotBeReadIsNamed(string $world, string $part): void
    {
        $result = Php::run(
            'try { RunCloud\inspect_hosts([]); } catch (Throwable $e) { echo json_encode([$e::class, $e->getMessage()]); }',
            ['runcloud.inspect_world' => $world]
        )->json();

        self::assertSame(ConfigurationException::class, $result[0]);
        $this->assertSentence($result[1]);
        self::assertStringContainsString('runcloud.inspect_world', $result[1]);
        self::assertStringContainsString($part, $result[1]);
    }

    /** @return iterable<string, array{string, string}> */
    public static function badWorlds(): iterable
    {
        yield 'port' => ['dns=x', 'dns=x'];
        yield 'key' => ['http=1 colour=red', 'colour=red'];
        yield 'file' => ['roots=/nonexistent/ca.pem', '/nonexistent/ca.pem'];
    }

    /** @dataProvider badArguments */
    public function testBadArgumentsArePhpsOwnErrors(string $class, string $message, callable $call): void
    {
        try {
            $call();
            self::fail('Nothing was thrown.');
        } catch (\Error $e) {
            self::assertSame([$class, "RunCloud\\inspect_hosts(): Argument {$message}"], [$e::class, $e->getMessage()]);
        }
    }

    /** @return iterable<string, array{class-string, string, callable}> */
    public static function badArguments(): iterable
    {
        $call = static fn (mixed ...$arguments): callable => static fn (): array => \RunCloud\inspect_hosts(...$arguments);
        yield [\TypeError::class, '#1 ($hosts) must be of type array, string given', $call(hosts: 'a.example')];
        $paths = '#2 ($probePaths) must be a list of at most 8 paths in ASCII, each with a slash first';
        foreach ([['x'], ["/\r\nX: y"], ['/a b'], ['/a#b'], [5], array_fill(0, 9, '/'), ['/' . str_repeat('a', 500)]] as $bad) {
            yield [\ValueError::class, $paths, $call([], $bad)];
        }
        $addresses = '#3 ($serverAddresses) must be a list of at most 8 IP addresses';
        foreach ([['shop.example'], ['1.2.3'], [5], ['127.0.0.1:80'], array_fill(0, 9, '::1')] as $bad) {
            yield [\ValueError::class, $addresses, $call([], [], $bad)];
        }
        $prefix = '#4 ($txtPrefix) must be one or more labels such as _acme-challenge, at most 63 characters';
        foreach (['', '.', 'a b', 'a..b', '_a.', str_repeat('a', 64)] as $bad) {
            yield [\ValueError::class, $prefix, $call([], [], [], $bad)];
        }
        foreach ([0.0, 0.09, 600.1, -1.0, NAN, INF] as $bad) {
            yield [\ValueError::class, '#5 ($deadline) must be between 0.1 and 600', $call([], deadline: $bad)];
        }
        yield [\TypeError::class, '#5 ($deadline) must be of type float, string given', $call([], deadline: '3')];
        foreach ([0, -1, 257] as $bad) {
            yield [\ValueError::class, '#6 ($concurrency) must be between 1 and 256', $call([], concurrency: $bad)];
        }
    }

    public function testNoHostsAreNoInspections(): void
    {
        self::assertSame([], \RunCloud\inspect_hosts([]));
        self::assertTrue((new \ReflectionClass(HostInspection::class))->isFinal());
    }
}
