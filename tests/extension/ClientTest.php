<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\ClientInterface;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * A client as PHP code meets it: typed, compared, shown, replaced in tests.
 */
final class ClientTest extends ExtensionTestCase
{
    public function testTwoClientsAreEqualOnlyWhenTheyAreTheSame(): void
    {
        $client = $this->client();

        self::assertTrue($client == $client);
        self::assertFalse($client == $this->client());
        self::assertFalse($client == $this->client(self::SERVER, 2002));
        self::assertFalse(in_array($client, [$this->client()]));
        self::assertTrue(in_array($client, [$this->client(), $client]));
        self::assertCount(2, array_unique([$client, $this->client(), $client], SORT_REGULAR));
    }

    public function testReflectionSaysThatItCannotBeCloned(): void
    {
        self::assertFalse((new \ReflectionClass(Client::class))->isCloneable());

        $this->expectException(\Error::class);
        $this->expectExceptionMessage('Trying to clone an uncloneable object of class RunCloud\Client');

        clone $this->client();
    }

    public function testVarDumpShowsWhatItTalksToAndNoSecret(): void
    {
        $client = new Client(self::SERVER, self::WEB_APP, self::TOKEN, proxy: 'http://me:hunter2@proxy.example:3128');

        $shown = print_r($client, true);

        foreach (['[serverId] => 1001', '[webAppId] => 2001', 'API token', $this->simulator()->panel . '/v3', 'me:hidden@'] as $part) {
            self::assertStringContainsString($part, $shown);
        }
        self::assertStringNotContainsString(self::TOKEN, $shown);
        self::assertStringNotContainsString('hunter2', $shown);
        self::assertStringNotContainsString(self::SECRET, print_r($this->legacyClient(), true));
    }

    public function testATestCanReplaceIt(): void
    {
        $client = $this->createMock(ClientInterface::class);
        $client->expects(self::once())->method('removeDomain')->with('shop.example', 7)->willReturn(true);

        self::assertTrue($client->removeDomain('shop.example', 7));
        self::assertInstanceOf(ClientInterface::class, $this->client());
    }

    public function testTheInterfaceHasTheMethodsOfTheClass(): void
    {
        $own = array_filter(
            (new \ReflectionClass(Client::class))->getMethods(\ReflectionMethod::IS_PUBLIC),
            static fn (\ReflectionMethod $method): bool => !$method->isStatic() && !str_starts_with($method->getName(), '__')
        );
        $names = static fn (array $methods): array => array_map(static fn (\ReflectionMethod $method): string => $method->getName(), $methods);

        self::assertEqualsCanonicalizing($names($own), $names((new \ReflectionClass(ClientInterface::class))->getMethods()));
    }

    public function testTheVersionIsAConstant(): void
    {
        self::assertSame(phpversion('runcloud'), RUNCLOUD_VERSION);
    }
}
