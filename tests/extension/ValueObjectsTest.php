<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Client;
use RunCloud\Domain;
use RunCloud\Test\Support\ExtensionTestCase;

/**
 * Results are ordinary PHP objects.
 */
final class ValueObjectsTest extends ExtensionTestCase
{
    /** @return list<object> One of each class. */
    private function values(): array
    {
        $client = $this->client();

        return [
            $client->addDomain('shop.example'),
            $client->redeploySsl(),
            $client->dnsRecords('shop.example')[0],
            $client->webApp(),
            $client->server(),
        ];
    }

    public function testEveryValueHasTheTypeItsPropertyDeclares(): void
    {
        foreach ($this->values() as $value) {
            foreach ((new \ReflectionObject($value))->getProperties() as $property) {
                self::assertTrue($property->isInitialized($value), "{$property->class}::\${$property->name}");
                self::assertTrue($property->isReadOnly());
                $type = (string) $property->getType();
                $given = get_debug_type($property->getValue($value));
                self::assertContains($given, [ltrim($type, '?'), $type[0] === '?' ? 'null' : ''], $property->name);
            }
        }
    }

    public function testTheyCannotBeChanged(): void
    {
        foreach ($this->values() as $value) {
            $name = array_key_first(get_object_vars($value));
            $this->assertRefused(fn () => $value->{$name} = $value->{$name}, 'Cannot modify readonly property');
            $this->assertRefused(function () use ($value, $name): void {
                unset($value->{$name});
            }, 'Cannot unset readonly property');
            $this->assertRefused(fn () => $value->another = 1, 'Cannot create dynamic property');
        }
    }

    public function testOnlyTheExtensionMakesThem(): void
    {
        foreach ($this->values() as $value) {
            $class = new \ReflectionClass($value);
            self::assertTrue($class->isFinal());
            self::assertFalse($class->isInstantiable());
            self::assertTrue($class->getConstructor()?->isPrivate());
        }
    }

    public function testTheySurviveSerialization(): void
    {
        foreach ($this->values() as $value) {
            $again = unserialize(serialize($value));

            self::assertEquals($value, $again);
            self::assertSame(get_object_vars($value), get_object_vars($again));
        }
    }

    public function testAnotherTypeIsRefusedOnUnserialize(): void
    {
        $domain = serialize($this->client()->addDomain('shop.example'));
        $broken = preg_replace('/(s:2:"id";)i:\d+;/', '$1s:1:"x";', $domain);

        $this->expectException(\TypeError::class);

        unserialize($broken);
    }

    public function testTheyReadAsJson(): void
    {
        $domain = $this->client()->addDomain('shop.example', www: true);

        self::assertSame([
            'id' => $domain->id,
            'name' => 'shop.example',
            'type' => 'alias',
            'www' => true,
            'redirection' => 'none',
            'wildcard' => false,
            'dnsIntegration' => $domain->dnsIntegration,
            'status' => $domain->status,
            'createdAt' => $domain->createdAt,
            'created' => true,
        ], json_decode(json_encode($domain, JSON_THROW_ON_ERROR), true));
        self::assertSame(
            ['outcome' => 'redeployed', 'mode' => 'basic', 'certificateId' => 4001, 'domainId' => null, 'domain' => null],
            array_slice(json_decode(json_encode($this->client()->redeploySsl()), true), 0, 5)
        );
    }

    public function testEqualValuesAreEqual(): void
    {
        $this->putAlias('shop.example');
        $client = $this->client();

        self::assertEquals($client->findDomain('shop.example'), $client->findDomain('shop.example'));
        self::assertTrue($client->findDomain('shop.example') == $client->domains()[1]);
        self::assertFalse($client->findDomain('shop.example') == $client->findDomain(self::PRIMARY));
    }

    public function testAHalfMadeValueHarmsNothing(): void
    {
        $domain = (new \ReflectionClass(Domain::class))->newInstanceWithoutConstructor();

        self::assertSame([], get_object_vars($domain));
        self::assertSame([], $domain->__serialize());
        $this->assertRefused(fn () => $domain->name, 'must not be accessed before initialization');
    }

    public function testAClientIsNeverHalfMade(): void
    {
        $client = $this->client();

        self::assertSame([], get_object_vars($client));
        self::assertTrue((new \ReflectionClass(Client::class))->isFinal());
    }

    private function assertRefused(callable $call, string $message): void
    {
        try {
            $call();
            self::fail("not refused: {$message}");
        } catch (\Error $e) {
            self::assertStringContainsString($message, $e->getMessage());
        }
    }
}
