<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\InvalidDomainException;
use RunCloud\Test\Support\ExtensionTestCase;

use function RunCloud\normalize_host;
use function RunCloud\registrable_domain;

/**
 * The one rule for a host's name, and the domain that somebody has registered.
 */
final class HostNamesTest extends ExtensionTestCase
{
    /** @dataProvider forms */
    public function testAHostHasOneForm(string $text, string $form): void
    {
        self::assertSame($form, normalize_host($text));
        self::assertSame($form, normalize_host($form));
    }

    /** @return iterable<array{string, string}> */
    public static function forms(): iterable
    {
        yield ['Shop.Example.COM.', 'shop.example.com'];
        yield ['*.Example.com', '*.example.com'];
        yield ['bücher.example', 'xn--bcher-kva.example'];
        yield ['उदाहरण.भारत', 'xn--p1b6ci4b4b3a.xn--h2brj9c'];
        yield ['দোকান.ভারত', 'xn--p5b7ah1gxc.xn--45brj9c'];
    }

    /** @dataProvider junk */
    public function testWhatCannotBeAHostIsRefusedWithASentence(string $text): void
    {
        $this->assertThrows(InvalidDomainException::class, static fn () => normalize_host($text));
        self::assertNull(registrable_domain($text));
    }

    /** @return iterable<array{string}> */
    public static function junk(): iterable
    {
        foreach (['', 'https://a.example', 'a b.example', '192.0.2.1', '[::1]', 'localhost', 'a..example', '*', 'xn--zz.example'] as $text) {
            yield [$text];
        }
    }

    /** @dataProvider domains */
    public function testTheRegistrableDomainIsByThePublicSuffixList(string $host, ?string $domain): void
    {
        self::assertSame($domain, registrable_domain($host));
    }

    /** @return iterable<array{string, ?string}> */
    public static function domains(): iterable
    {
        yield ['www.shop.example.com', 'example.com'];
        yield ['*.Example.com.', 'example.com'];
        yield ['www.shop.com.bd', 'shop.com.bd'];
        yield ['com.bd', null];
        yield ['www.shop.net.in', 'shop.net.in'];
        yield ['shop.org.in', 'shop.org.in'];
        yield ['shop.github.io', 'shop.github.io'];
        yield ['github.io', null];
        yield ['shop.example', null];
        yield ['www.दुकान.भारत', 'xn--11b7ah1gn.xn--h2brj9c'];
        yield ['a.www.ck', 'www.ck'];
        yield ['a.b.ck', 'a.b.ck'];
        yield ['b.ck', null];
    }
}
