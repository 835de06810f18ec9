<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use PHPUnit\Framework\TestCase;

/** `make test` runs the plugin's tests in parts. */
final class SuitesTest extends TestCase
{
    public function testThePartsAreAllTestsOfThePluginAndNoneIsInTwo(): void
    {
        $xml = simplexml_load_file(dirname(__DIR__) . '/phpunit.xml');
        $list = static fn (string $suite, string $what): array =>
            array_map('strval', $xml->xpath("testsuites/testsuite[@name='{$suite}']/{$what}") ?: []);
        $left = array_values(array_diff($list('rules', 'exclude'), $list('wordpress', 'exclude')));

        self::assertSame([...$list('faults', 'file'), ...$list('panel', 'file'), ...$list('screens', 'file')], $left);
        self::assertSame(array_unique($left), $left);
        self::assertSame([], array_filter($left, static fn (string $file): bool => !is_file(dirname(__DIR__) . "/{$file}")));
        self::assertSame(['cases'], $list('rules', 'directory'));
    }
}
