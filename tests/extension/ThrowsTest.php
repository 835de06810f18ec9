<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * What can be thrown stands in the stubs, so that an analyser calls no right catch dead.
 */
final class ThrowsTest extends ExtensionTestCase
{
    /** What goes wrong, and how. */
    private const FAULTS = [
        'a setting' => ['runcloud.timeout', 'soon'],
        'status 401' => 401, 'status 403' => 403, 'status 404' => 404, 'status 418' => 418, 'status 422' => 422, 'status 429' => 429,
        'status 500' => 500,
    ];

    /** @dataProvider calls */
    public function testEveryClassThatIsThrownIsListed(string $stub, callable $call): void
    {
        $listed = self::listed($stub);
        $thrown = [];
        foreach (self::FAULTS as $name => $fault) {
            $this->simulator()->reset();
            $settings = ['runcloud.max_retries' => '0'] + (is_array($fault) ? [$fault[0] => $fault[1]] : []);
            foreach ($settings as $setting => $value) {
                $this->ini($setting, $value);
            }
            if (is_int($fault)) {
                $this->simulator()->fault('status', ['status' => $fault, 'times' => 9]);
            }
            $thrown += $this->thrownBy($name, fn () => $call($this->client(), 'shop.example', null));
            ini_restore('runcloud.timeout');
        }
        foreach (["\xff.example", 'no host', 'localhost'] as $junk) {
            $thrown += $this->thrownBy("the name {$junk}", fn () => $call($this->client(), $junk, null));
        }
        $thrown += $this->thrownBy('the id 0', fn () => $call($this->client(), 'shop.example', 0));

        foreach ($thrown as $when => $class) {
            $fits = array_filter($listed, static fn (string $one): bool => is_a($class, $one, true));
            self::assertNotSame([], $fits, "{$stub} throws {$class} at {$when}");
        }
        foreach ($listed as $class) {
            self::assertTrue(class_exists($class), $class);
        }
    }

    public function testEveryMethodThatAsksThePanelIsTried(): void
    {
        $tried = array_map(static fn (array $call): string => explode(' ', $call[0])[1], iterator_to_array(self::calls(), false));
        $methods = array_map(static fn (\ReflectionMethod $method): string => $method->name, (new \ReflectionClass(Client::class))->getMethods());

        self::assertSame([], array_values(array_diff($methods, $tried, ['__clone', '__debugInfo', 'requestCount', 'rateLimitRemaining'])));
    }

    /** @return iterable<string, array{string, callable}> */
    public static function calls(): iterable
    {
        $domain = static fn (string $method): callable => static fn (Client $client, string $name, ?int $id) => $client->{$method}($name);
        $id = static fn (string $method): callable => static fn (Client $client, string $name, ?int $id) => $client->{$method}($name, $id);
        $bare = static fn (string $method): callable => static fn (Client $client, string $name, ?int $id) => $client->{$method}();
        $calls = [
            'addDomain' => $domain('addDomain'), 'findDomain' => $domain('findDomain'),
            'removeDomain' => $id('removeDomain'), 'dnsRecords' => $id('dnsRecords'), 'redeploySsl' => $id('redeploySsl'),
            'domains' => $bare('domains'), 'sslMode' => $bare('sslMode'), 'server' => $bare('server'), 'webApp' => $bare('webApp'),
            'ping' => $bare('ping'),
            'domainsPage' => static fn (Client $client, string $name, ?int $id) => $client->domainsPage($id ?? 1),
            'domain' => static fn (Client $client, string $name, ?int $id) => $client->domain($id ?? self::PRIMARY_ID),
            'updateDomain' => static fn (Client $client, string $name, ?int $id) => $client->updateDomain($id ?? self::PRIMARY_ID, true),
            'certificate' => static fn (Client $client, string $name, ?int $id) => $client->certificate($id ?? self::PRIMARY_ID),
        ];
        foreach ($calls as $method => $call) {
            yield $method => ["RunCloud/ClientInterface.php {$method}", $call];
        }
        yield 'discover' => [
            'RunCloud/Client.php discover',
            static fn (Client $client, string $name, ?int $id) => Client::discover($name === 'shop.example' ? '/srv' : $name, self::TOKEN),
        ];
        yield 'fromConstants' => [
            'RunCloud/Client.php fromConstants',
            static fn (Client $client, string $name, ?int $id) => Client::fromConstants($name),
        ];
        yield '__construct' => [
            'RunCloud/Client.php __construct',
            static fn (Client $client, string $name, ?int $id) => new Client($id ?? 1, 1, $name),
        ];
        yield 'runcloud_add_domain' => [
            'functions.php runcloud_add_domain',
            static fn (Client $client, string $name, ?int $id) => runcloud_add_domain($name, client: $client),
        ];
        yield 'runcloud_remove_domain' => [
            'functions.php runcloud_remove_domain',
            static fn (Client $client, string $name, ?int $id) => runcloud_remove_domain($name, $id, $client),
        ];
        yield 'runcloud_redeploy_ssl' => [
            'functions.php runcloud_redeploy_ssl',
            static fn (Client $client, string $name, ?int $id) => runcloud_redeploy_ssl($name, $id, $client),
        ];
    }

    /** @return array<string, class-string> */
    private function thrownBy(string $when, callable $call): array
    {
        try {
            $call();
        } catch (\Throwable $e) {
            return [$when => $e::class];
        }

        return [];
    }

    /** @return list<string> The classes after "@throws" in the docblock of a function. */
    private static function listed(string $stub): array
    {
        [$file, $function] = explode(' ', $stub);
        $code = file_get_contents(__DIR__ . "/../../php-stubs/{$file}");
        preg_match("~(/\\*\\*(?:(?!\\*/).)*\\*/)\\s*(?:public )?(?:static )?function {$function}\\(~s", $code, $block);
        preg_match_all('/@throws (\S+)/', $block[1] ?? '', $classes);

        return array_map(
            static fn (string $class): string => str_starts_with($class, 'Exception\\') ? "RunCloud\\{$class}" : ltrim($class, '\\'),
            $classes[1]
        );
    }
}
