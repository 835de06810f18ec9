<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

/**
 * What every message to the admin must be.
 */
final class Sentence
{
    /** Our secret, and the words that the simulator plants where keys would be. */
    private const SECRETS = '~test-token|SIMULATOR-|-----BEGIN~';

    /** How a message tells what to do. */
    private const ADVICE = '~\b(add it first|check|copy it|correct|give|install|leave it out|look|make another|nothing'
        . '|pass|raise|see|set|try again|use|write)\b~i';

    /** Control characters, and those that change how what follows is read. */
    private const HIDDEN = '~[\p{Cc}\x{200b}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}]~u';

    /** Host names, quotes of the panel and advice fit into this many bytes. */
    private const LONGEST = 1200;

    /** What is wrong with a message; null: it helps. */
    public static function faultOf(string $message): ?string
    {
        $why = match (true) {
            preg_match('~^[\p{Lu}"].*[."]$~su', $message) !== 1 => 'is no whole sentence',
            preg_match(self::HIDDEN, $message) !== 0 => 'has a control character',
            strlen($message) > self::LONGEST => 'is too long',
            preg_match(self::SECRETS, $message) !== 0 => 'shows a secret',
            preg_match(self::ADVICE, $message) !== 1 => 'does not say what to do',
            default => null,
        };

        return $why === null ? null : "the message {$why}: " . json_encode($message);
    }
}
