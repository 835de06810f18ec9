<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Exception\AuthenticationException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\WebApp;

final class DiscoverTest extends ExtensionTestCase
{
    private const ROOT = '/home/runcloud/webapps/network';

    /** @dataProvider roots */
    public function testTheWebApplicationIsFoundByItsDirectory(string $root): void
    {
        $found = Client::discover($root, self::TOKEN);

        self::assertCount(1, $found);
        self::assertInstanceOf(WebApp::class, $found[0]);
        self::assertSame(self::WEB_APP, $found[0]->id);
        self::assertSame(self::SERVER, $found[0]->serverId);
    }

    /** @return iterable<string, array{string}> */
    public static function roots(): iterable
    {
        yield 'the same' => [self::ROOT];
        yield 'with a slash' => [self::ROOT . '/'];
        yield 'below' => [self::ROOT . '/public/wp'];
    }

    /** @dataProvider strangers */
    public function testAnotherDirectoryIsNotFound(string $root): void
    {
        self::assertSame([], Client::discover($root, self::TOKEN));
    }

    /** @return iterable<string, array{string}> */
    public static function strangers(): iterable
    {
        yield 'begins the same' => [self::ROOT . '2'];
        yield 'above' => ['/home/runcloud/webapps'];
        yield 'elsewhere' => ['/var/www'];
    }

    public function testAllServersAreSearched(): void
    {
        $state = $this->simulator()->state();
        $this->simulator()->setState([
            'servers' => [...$state['servers'], ['id' => 1002, 'name' => 'web-2'] + $state['servers'][0]],
            'webapps' => [...$state['webapps'], [
                'id' => 2002,
                'server_id' => 1002,
                'name' => 'network',
                'rootPath' => self::ROOT,
            ] + $state['webapps'][0]],
        ]);

        $found = Client::discover(self::ROOT, apiToken: self::TOKEN);

        self::assertEqualsCanonicalizing(
            [[1001, 2001], [1002, 2002]],
            array_map(static fn (WebApp $app): array => [$app->serverId, $app->id], $found)
        );
    }

    public function testKeyAndSecretWorkToo(): void
    {
        self::assertCount(1, Client::discover(self::ROOT, apiKey: self::KEY, apiSecret: self::SECRET));

        self::assertSame(['v2'], array_values(array_unique(array_column($this->simulator()->history(), 'version'))));
    }

    public function testAWrongTokenIsSaid(): void
    {
        $this->assertThrows(AuthenticationException::class, fn () => Client::discover(self::ROOT, 'wrong'));
    }
}
