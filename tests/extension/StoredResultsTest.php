<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Domain;
use RunCloud\DomainType;
use RunCloud\SslMode;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

/**
 * Results survive whatever stores them: PHP's serializer, igbinary and msgpack of the object caches, var_export() of config files.
 */
final class StoredResultsTest extends ExtensionTestCase
{
    /** @dataProvider stores */
    public function testAResultSurvives(string $module, string $store, string $restore): void
    {
        $code = '$client = new RunCloud\Client(1001, 2001, "test-token");
            $values = [$client->addDomain("shop.example", true, RunCloud\Redirection::Www), $client->redeploySsl(),
                $client->server(), $client->webApp(), ...$client->dnsRecords("shop.example")];
            foreach ($values as $value) {
                $again = ' . $restore . '(' . $store . '($value));
                echo $again == $value && get_object_vars($again) === get_object_vars($value) ? "." : get_class($value);
            }';
        $result = Php::run($code, $module === '' ? [] : ['extension' => [$module]]);

        self::assertSame('', $result->errors);
        self::assertSame('......', $result->output);
    }

    /** @return iterable<string, array{string, string, string}> */
    public static function stores(): iterable
    {
        yield 'serialize' => ['', 'serialize', 'unserialize'];
        yield 'var_export' => ['', '(fn ($v) => var_export($v, true))', '(fn ($c) => eval("return {$c};"))'];
        yield 'igbinary' => ['igbinary', 'igbinary_serialize', 'igbinary_unserialize'];
        yield 'msgpack' => ['msgpack', 'msgpack_pack', 'msgpack_unpack'];
    }

    public function testWhatIsStoredIsScalars(): void
    {
        $domain = $this->client()->addDomain('shop.example');

        self::assertSame(
            ['type' => 'alias', 'redirection' => 'none'],
            array_intersect_key($domain->__serialize(), ['type' => 1, 'redirection' => 1])
        );
        foreach ($domain->__serialize() as $value) {
            self::assertTrue($value === null || is_scalar($value));
        }
    }

    public function testWhatMayBeNullMayBeMissing(): void
    {
        $data = $this->client()->addDomain('shop.example')->__serialize();
        unset($data['status'], $data['createdAt']);
        $data['later'] = 'a property of a later version';

        $domain = Domain::__set_state($data);

        self::assertNull($domain->createdAt);
        self::assertSame(DomainType::Alias, $domain->type);
    }

    /** @dataProvider broken */
    public function testWhatIsNoResultIsRefusedWithItsProperty(string $property, mixed $value, string $given): void
    {
        $data = [$property => $value] + $this->client()->addDomain('shop.example')->__serialize();
        if ($value === null) {
            unset($data[$property]);
        }

        $this->expectException(\TypeError::class);
        $this->expectExceptionMessage("RunCloud\\Domain::\${$property} must be of type");
        $this->expectExceptionMessage("{$given} given");

        Domain::__set_state($data);
    }

    /** @return iterable<string, array{string, mixed, string}> */
    public static function broken(): iterable
    {
        yield 'missing' => ['id', null, 'nothing'];
        yield 'another type' => ['id', 'x', 'another string'];
        yield 'an unknown case' => ['type', 'mirror', 'another string'];
        yield 'a case of another enum' => ['type', SslMode::Basic, 'an object'];
        yield 'an array' => ['name', ['shop.example'], 'array'];
        yield 'an int for a bool' => ['www', 1, 'int'];
    }

    public function testAResultThatIsThereCannotBeChanged(): void
    {
        $domain = $this->client()->addDomain('shop.example');

        $this->expectException(\Error::class);
        $this->expectExceptionMessage('readonly');

        $domain->__unserialize(['id' => 7] + $domain->__serialize());
    }
}
