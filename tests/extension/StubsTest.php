<?php

declare(strict_types=1);

namespace RunCloud\Test;

use PHPUnit\Framework\TestCase;
use RunCloud\Test\Support\Php;

/**
 * The stubs are the manual: they say what the built extension is, no more and no less.
 */
final class StubsTest extends TestCase
{
    private const STUBS = __DIR__ . '/../../php-stubs';
    private const FUNCTIONS = [
        'runcloud_add_domain',
        'runcloud_remove_domain',
        'runcloud_redeploy_ssl',
        'runcloud\\normalize_host',
        'runcloud\\registrable_domain',
        'runcloud\\inspect_hosts',
        'runcloud\\lookup_txt',
    ];

    /** @var array<string, array<string, mixed>> */
    private static array $stubs;
    /** @var array<string, array<string, mixed>> */
    private static array $extension;

    public static function setUpBeforeClass(): void
    {
        $script = __DIR__ . '/support/describe.php';
        self::$stubs = Php::run('', extension: false, arguments: [$script, realpath(self::STUBS)])->json();
        self::$extension = Php::run('', arguments: [$script])->json();
    }

    public function testTheClassesAreThose(): void
    {
        self::assertSame(array_keys(self::$stubs['classes']), array_keys(self::$extension['classes']));
    }

    public function testTheFunctionsAreThose(): void
    {
        self::assertSame(array_keys(self::$stubs['functions']), array_keys(self::$extension['functions']));
    }

    public function testTheConstantsAreThose(): void
    {
        self::assertSame(self::$stubs['constants'], self::$extension['constants']);
    }

    /** @dataProvider classes */
    public function testTheClassIsAsTheStubSays(string $class): void
    {
        $expected = self::$stubs['classes'][$class];

        self::assertEquals($expected, self::$extension['classes'][$class]);
        foreach (['constants', 'properties'] as $ordered) {
            self::assertSame(array_keys($expected[$ordered]), array_keys(self::$extension['classes'][$class][$ordered]));
        }
    }

    /** @return iterable<string, array{string}> */
    public static function classes(): iterable
    {
        foreach (glob(self::STUBS . '/RunCloud/{,Exception/}*.php', GLOB_BRACE) as $file) {
            $class = strtr(substr($file, strlen(self::STUBS) + 1, -4), '/', '\\');
            yield $class => [$class];
        }
    }

    /** @dataProvider functions */
    public function testTheFunctionIsAsTheStubSays(string $function): void
    {
        self::assertEquals(self::$stubs['functions'][$function], self::$extension['functions'][$function]);
    }

    /** @return iterable<string, array{string}> */
    public static function functions(): iterable
    {
        foreach (self::FUNCTIONS as $function) {
            yield $function => [$function];
        }
    }

    public function testEverythingIsExplained(): void
    {
        foreach (glob(self::STUBS . '/{,RunCloud/,RunCloud/Exception/}*.php', GLOB_BRACE) as $file) {
            $declaration = '(?:public (?:static )?(?:function|readonly)|function|case|(?:final )?class|interface|enum) ';
            preg_match_all("~(?<!\\*/\n)^ *{$declaration}.*$~m", file_get_contents($file), $unexplained);
            self::assertSame([], $unexplained[0], $file);
        }
    }

    public function testTheTableOfSettingsIsAsTheExtensionSays(): void
    {
        $code = 'echo json_encode(ini_get_all("runcloud"));';
        $settings = Php::run($code, ['extension' => Php::extension()], false)->json();
        $expected = [];
        $table = file_get_contents(self::STUBS . '/ini.md');
        preg_match_all('/^\| `(runcloud\.\w+)` \| (?:`(.*?)`)? ?\| (\w+) \|/m', $table, $rows);
        foreach ($rows[1] as $i => $name) {
            $expected[$name] = [$rows[2][$i], ['SYSTEM' => INI_SYSTEM, 'ALL' => INI_ALL][$rows[3][$i]]];
        }
        ksort($expected);

        self::assertCount(8, $expected);
        self::assertSame(
            $expected,
            array_map(static fn (array $setting): array => [(string) $setting['global_value'], $setting['access']], $settings)
        );
    }
}
