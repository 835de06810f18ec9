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
    public function testWhatIsNoResultIsRefusedInASentence(string $property, mixed $value, string $message): void
    {
        $data = [$property => $value] + $this->client()->addDomain('shop.example')->__serialize();
        if ($value === null) {
            unset($data[$property]);
        }

        $this->expectException(\Error::class);
        $this->expectExceptionMessage($message);

        Domain::__set_state($data);
    }

    /** @return iterable<string, array{string, mixed, string}> */
    public static function broken(): iterable
    {
        yield 'missing' => ['id', null, 'Cannot assign null to property RunCloud\Domain::$id of type int'];
        yield 'another type' => ['id', 'x', 'Cannot assign string to property RunCloud\Domain::$id of type int'];
        yield 'an unknown case' => ['type', 'mirror', '"mirror" is not a valid backing value for enum'];
        yield 'a case of another enum' => ['type', SslMode::Basic, 'Cannot assign RunCloud\SslMode to property RunCloud\Domain::$type'];
        yield 'an array' => ['name', ['shop.example'], 'Cannot assign array to property RunCloud\Domain::$name of type string'];
        yield 'an int for a bool' => ['www', 1, 'Cannot assign int to property RunCloud\Domain::$www of type bool'];
    }

    public function testAResultThatIsThereCannotBeChanged(): void
    {
        $domain = $this->client()->addDomain('shop.example');

        $this->expectException(\Error::class);
        $this->expectExceptionMessage('readonly');

        $domain->__unserialize(['id' => 7] + $domain->__serialize());
    }
}
