<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use PHPUnit\Framework\TestCase;

/**
 * The translations in the plugin's folder: each placeholder stays, and all that a customer or an admin reads is translated.
 */
final class TranslationsTest extends TestCase
{
    private const DOMAIN = 'domain-sync-for-runcloud';
    /** Whose texts stay English: what commands and the API answer, and the section to copy. All others somebody reads on a screen or in a mail. */
    private const ENGLISH = '~^(?:api/|cli/|class-settings\.php$|admin/class-health-debug\.php$)~';

    /** @return array<string, array{string}> */
    public static function locales(): array
    {
        return ['Hindi' => ['hi_IN'], 'Bengali' => ['bn_BD']];
    }

    /** @dataProvider locales */
    public function testEachPlaceholderStandsInTheTranslationToo(string $locale): void
    {
        $number = 0;
        foreach (self::entries("-{$locale}.po") as $entry) {
            foreach (array_filter($entry['translations']) as $text) {
                self::assertSame(self::placeholders($entry['text']), self::placeholders($text), "{$entry['text']}\n{$text}");
                self::assertSame(substr_count($entry['text'], '"') % 2, substr_count($text, '"') % 2, $text);
                self::assertSame(substr_count($entry['text'], '`'), substr_count($text, '`'), $text);
                self::assertDoesNotMatchRegularExpression('~<[a-z/]~', $text, 'Texts are no HTML');
                ++$number;
            }
        }
        self::assertGreaterThan(300, $number);
    }

    /** @dataProvider locales */
    public function testAllThatSomebodyReadsOnAScreenIsTranslated(string $locale): void
    {
        $translated = [];
        foreach (self::entries("-{$locale}.po") as $entry) {
            $translated[$entry['text']] = array_filter($entry['translations']);
        }
        foreach (self::entries('.pot') as $entry) {
            if (preg_grep(self::ENGLISH, $entry['files'], PREG_GREP_INVERT)) {
                self::assertNotSame([], $translated[$entry['text']] ?? [], $entry['text']);
            }
            if (in_array('store/texts-customer.php', $entry['files'], true)) {
                self::assertStringNotContainsStringIgnoringCase('runcloud', implode($translated[$entry['text']]), 'Customers read nothing of it');
            }
        }
    }

    /** @return list<string> */
    private static function placeholders(string $text): array
    {
        preg_match_all('~\{[a-z_]+\}|%(?:\d\$)?[sd]|%%~', $text, $found);
        $found = array_values(array_unique($found[0]));
        sort($found);

        return $found;
    }

    /** @return list<array{text: string, files: list<string>, translations: list<string>}> */
    private static function entries(string $file): array
    {
        $plugin = getenv('RUNCLOUD_PLUGIN') ?: __DIR__ . '/../../../wordpress-plugin';
        $entries = [];
        foreach (array_slice(explode("\n\n", file_get_contents("{$plugin}/languages/" . self::DOMAIN . $file)), 1) as $block) {
            preg_match_all('~^#: (.+)$~m', $block, $references);
            preg_match_all('~^(msgid|msgstr(?:\[\d\])?) ((?:".*"\n?)+)~m', $block, $lines, PREG_SET_ORDER);
            $texts = array_map(static fn (array $line): string => self::text($line[2]), array_filter($lines));
            $entries[] = [
                'text' => $texts[0],
                'files' => explode(' ', str_replace('wordpress-plugin/includes/', '', implode(' ', $references[1]))),
                'translations' => array_slice($texts, 1),
            ];
        }

        return $entries;
    }

    private static function text(string $quoted): string
    {
        preg_match_all('~"((?:[^"\\\\]|\\\\.)*)"~', $quoted, $pieces);

        return stripcslashes(implode('', $pieces[1]));
    }
}
