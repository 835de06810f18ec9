<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use PhpToken;

/**
 * A file of the plugin's code, as PHP's own tokenizer reads it: without comments and white space.
 */
final class PluginSource
{
    private const NAMES = [T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED];
    private const OPENING = ['(', '[', '{', '${'];
    private const CLOSING = [')', ']', '}'];

    /** @param list<PhpToken> $tokens */
    private function __construct(public readonly string $name, private readonly array $tokens)
    {
    }

    /** @return list<self> */
    public static function all(): array
    {
        $folder = realpath(Environment::get()->site() . '/wp-content/plugins/domain-sync-for-runcloud');
        $shorter = ["{$folder}/includes/" => '', "{$folder}/" => ''];
        $sources = [];
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS)) as $file) {
            if ($file->getExtension() === 'php') {
                $sources[] = self::of(strtr($file->getPathname(), $shorter), file_get_contents($file->getPathname()));
            }
        }

        return $sources;
    }

    public static function of(string $name, string $code): self
    {
        return new self($name, array_values(array_filter(PhpToken::tokenize($code), static fn (PhpToken $token): bool => !$token->isIgnorable())));
    }

    /**
     * Calls of functions and methods, whose names are as they are written: "printf", "$wpdb->query", "Rows::change".
     *
     * @param string $pattern Of names.
     *
     * @return list<array{string, list<list<PhpToken>>}> Name and arguments.
     */
    public function calls(string $pattern): array
    {
        $calls = [];
        foreach ($this->tokens as $at => $token) {
            if (!$token->is(self::NAMES) || $this->text($at + 1) !== '(' || in_array($this->text($at - 1), ['function', 'new'], true)) {
                continue;
            }
            $of = in_array($this->text($at - 1), ['->', '?->', '::'], true) ? $this->text($at - 2) . $this->text($at - 1) : '';
            if (preg_match($pattern, $of . $token->text) === 1) {
                $calls[] = [$of . $token->text, $this->argumentsFrom($at + 2)];
            }
        }

        return $calls;
    }

    /**
     * What is said to each thing of that name: "->query(" for a method, "->blogs" for a property, else the next token.
     *
     * @return list<string>
     */
    public function usesOf(string $variable): array
    {
        $uses = [];
        foreach ($this->tokens as $at => $token) {
            if ($token->text === $variable && $this->text($at - 1) !== 'global') {
                $isMember = in_array($this->text($at + 1), ['->', '?->'], true);
                $uses[] = $this->text($at + 1) . ($isMember ? $this->text($at + 2) . ($this->text($at + 3) === '(' ? '(' : '') : '');
            }
        }

        return $uses;
    }

    /** @return list<PhpToken> */
    public function tokens(): array
    {
        return $this->tokens;
    }

    /** @param list<PhpToken> $tokens */
    public static function written(array $tokens): string
    {
        return preg_replace('/\s+/', ' ', implode('', array_column($tokens, 'text')));
    }

    /** @return list<list<PhpToken>> */
    private function argumentsFrom(int $at): array
    {
        $arguments = [[]];
        for ($depth = 1; isset($this->tokens[$at]); $at++) {
            $text = $this->text($at);
            $depth += in_array($text, self::OPENING, true) <=> in_array($text, self::CLOSING, true);
            if ($depth === 0) {
                break;
            }
            if ($depth === 1 && $text === ',') {
                $arguments[] = [];
            } else {
                $arguments[array_key_last($arguments)][] = $this->tokens[$at];
            }
        }

        return $arguments;
    }

    private function text(int $at): string
    {
        return $this->tokens[$at]->text ?? '';
    }
}
