<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use PHPUnit\Framework\TestCase;

/**
 * docs/plugin.md names what the plugin has, and nothing that it has not: files, columns, hooks with their kinds, network options.
 */
final class PluginPageTest extends TestCase
{
    private const CODE = __DIR__ . '/../../../wordpress-plugin';
    private const PAGE = __DIR__ . '/../../../docs/plugin.md';

    public function testEveryFileStandsOnThePage(): void
    {
        $named = self::found('~`((?:[a-z]+/)?[a-z-]+\.php)`~', self::section('Rooms'));

        self::assertSame(array_keys(self::sources()), self::sorted($named));
    }

    public function testEveryColumnStandsOnThePage(): void
    {
        $columns = [];
        foreach ((require self::CODE . '/includes/store/tables.php')['columns'] as $ofTable) {
            array_push($columns, ...array_keys($ofTable));
        }
        $section = self::section('The row');
        $first = self::found('~`([a-z_]+)`~', implode("\n", self::found('~^\| (`[^|]+) \|~m', $section)));
        $second = self::found('~`([a-z_]+)`~', self::found('~domain_sync_events`: (.+?)\.\s~s', $section)[0]);

        self::assertSame(self::sorted($columns), self::sorted([...$first, ...$second]));
    }

    public function testEveryHookStandsOnThePage(): void
    {
        $code = implode('', self::sources());
        $fired = [
            ...preg_filter('~^~', 'action ', self::found("~do_action\\( '(domain_sync_\\w+)'~", $code)),
            ...preg_filter('~^~', 'filter ', self::found("~apply_filters\\( '(domain_sync_\\w+)'~", $code)),
        ];
        $named = preg_replace('~`~', '', self::found('~^\| ((?:action|filter) `domain_sync_\w+`) \|~m', self::section('Actions and filters')));

        self::assertSame(self::sorted($fired), self::sorted($named));
    }

    public function testEveryNetworkOptionStandsOnThePage(): void
    {
        $code = implode('', self::sources());
        preg_match('~const ALL = array\((.+?)\);~s', $code, $all);
        $names = [];
        foreach (self::found('~(\w+::\w+)~', $all[1]) as $constant) {
            [$class, $name] = explode('::', $constant);
            $file = self::sources()[self::fileOf($class === 'self' ? 'Options' : $class)];
            array_push($names, ...self::found("~const {$name}\\s+= '(\\w+)';~", $file));
        }
        $named = self::found('~`(domain_sync_\w+)`~', implode("\n", self::found('~^\| (`[^|]+) \|~m', self::section('Network options'))));

        self::assertSame(self::sorted($names), self::sorted($named));
    }

    /** @return array<string, string> The code by file, as the page writes it. */
    private static function sources(): array
    {
        $sources = [];
        $folder = realpath(self::CODE . '/includes');
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS)) as $file) {
            $sources[substr((string) $file, strlen($folder) + 1)] = file_get_contents((string) $file);
        }
        ksort($sources);

        return $sources;
    }

    private static function fileOf(string $class): string
    {
        $name = 'class-' . strtolower(str_replace('_', '-', $class)) . '.php';

        return current(array_filter(array_keys(self::sources()), static fn (string $file): bool => basename($file) === $name));
    }

    private static function section(string $title): string
    {
        self::assertSame(1, preg_match("~^## {$title}\n(.+?)(?=^## |\z)~ms", file_get_contents(self::PAGE), $match), $title);

        return $match[1];
    }

    /** @return list<string> What the first group of a pattern finds. */
    private static function found(string $pattern, string $text): array
    {
        preg_match_all($pattern, $text, $matches);

        return $matches[1];
    }

    /**
     * @param list<string> $names
     *
     * @return list<string>
     */
    private static function sorted(array $names): array
    {
        $names = array_values(array_unique($names));
        sort($names);

        return $names;
    }
}
