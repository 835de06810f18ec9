<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use PHPUnit\Framework\TestCase;

/** The plugin has to work in a PHP that lacks what distributions pack apart. */
final class PortabilityTest extends TestCase
{
    /** Extensions that are in every PHP on which WordPress runs; WordPress brings its own copy of what sodium does. */
    private const EVERYWHERE = ['Core', 'standard', 'date', 'pcre', 'hash', 'json', 'SPL', 'Reflection', 'ctype', 'filter', 'random', 'sodium'];
    private const BROUGHT_BY_WORDPRESS = ['mb_substr', 'mb_strlen'];

    public function testFunctionsOfOptionalExtensionsAreAskedForFirst(): void
    {
        $missing = [];
        $calls = 0;
        foreach ($this->sources() as $file) {
            $source = (string) file_get_contents($file);
            foreach ($this->called($source) as $function) {
                $extension = function_exists($function) ? (new \ReflectionFunction($function))->getExtensionName() : false;
                $calls += (int) ($extension !== false);
                if (
                    $extension !== false && $extension !== 'runcloud' && !in_array($extension, self::EVERYWHERE, true)
                    && !in_array($function, self::BROUGHT_BY_WORDPRESS, true)
                    && preg_match("/function_exists\(\s*'" . strtok($function, '_') . '_/', $source) !== 1
                ) {
                    $missing[] = basename($file) . ": $function() of $extension";
                }
            }
        }
        self::assertSame([], $missing);
        self::assertGreaterThan(500, $calls);
    }

    /** @return list<string> */
    private function sources(): array
    {
        $files = [];
        $tree = new \RecursiveDirectoryIterator(dirname(__DIR__, 3) . '/wordpress-plugin', \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($tree) as $file) {
            if ($file->getExtension() === 'php') {
                $files[] = $file->getPathname();
            }
        }
        return $files;
    }

    /**
     * Names that stand before a bracket and are neither methods nor declared there.
     *
     * @return list<string>
     */
    private function called(string $source): array
    {
        $tokens = array_values(array_filter(\PhpToken::tokenize($source), static fn(\PhpToken $t): bool => !$t->isIgnorable()));
        $names = [];
        foreach ($tokens as $i => $token) {
            if (
                $token->is([T_STRING, T_NAME_FULLY_QUALIFIED]) && ($tokens[$i + 1]->text ?? '') === '('
                && !($tokens[$i - 1] ?? $token)->is([T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_NEW])
            ) {
                $names[] = strtolower(ltrim($token->text, '\\'));
            }
        }
        return $names;
    }
}
