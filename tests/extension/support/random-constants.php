<?php

declare(strict_types=1);

// Makes clients of random constants: as many sets as the second argument says, each from a seed of its own, the first of which is
// the first argument. Each set has a prefix of its own, as a constant lasts as long as its process. Prints how many sets were
// accepted and how many refused; ends with 1 and a line for the seed when one was treated wrongly, which includes any warning.

use Random\Engine\Mt19937;
use Random\Randomizer;
use RunCloud\Client;
use RunCloud\Exception\ConfigurationException;
use RunCloud\SslMode;

const SECRET = 'hunter2';
const LONGEST_SHOWN = 20;
const LONGEST_SENTENCE = 350;
// What Unicode calls white space, which may stand around ids and credentials.
const SPACE = '[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]*';
const PIECES = [
    '1', '7', '0', '00', '1001', '9223372036854775807', '9223372036854775808', '18446744073709551617', '99999999999999999999',
    '-', '+', '.', ',', '_', ':', 'e3', '0x1f', '0b1', 'a', 'test', 'NaN', 'true', '١٢٣', '１２', '²', '½', '০',
    ' ', "\t", "\n", "\r\n", "\v", "\f", "\0", "\x1b[31m", "\x7f", "\u{85}", "\u{a0}", "\u{180e}", "\u{200b}", "\u{202e}",
    "\u{2028}", "\u{3000}", "\u{feff}", "\u{10ffff}", "e\u{301}", 'ß', '<b>', '"', "'", '%s', '{$x}', '-----BEGIN', "\xff", "\xc3",
];

set_error_handler(static function (int $level, string $message): never {
    throw new ErrorException($message, 0, $level);
});

$text = static function (Randomizer $random): string {
    $text = '';
    for ($left = $random->getInt(0, 6); $left > 0; $left--) {
        $text .= $random->getInt(0, 9) > 0 ? PIECES[$random->getInt(0, count(PIECES) - 1)] : $random->getBytes(1);
    }

    return $text;
};
// Its digits are nobody's business.
$digits = new class () {
    public function __toString(): string
    {
        throw new LogicException('A constant was converted to a string.');
    }
};
// Long, and so perhaps a secret that got into the wrong constant.
$long = static fn (Randomizer $random): string => SECRET
    . str_repeat(['0', '7', ' ', 'a', '١', "\xff"][$random->getInt(0, 5)], [LONGEST_SHOWN, 300, 100_000][$random->getInt(0, 2)]);

/** A value of any type that a constant can have. */
$anything = static fn (Randomizer $random): mixed => match ($random->getInt(0, 9)) {
    0 => [PHP_INT_MIN, -1, 0, 1, PHP_INT_MAX, $random->getInt(PHP_INT_MIN, PHP_INT_MAX)][$random->getInt(0, 5)],
    1 => [0.0, -0.0, 1.0, 1001.0, 0.1, -1.5, 5e-324, PHP_FLOAT_MAX, -PHP_FLOAT_MAX, 2.0 ** 63, NAN, INF, -INF][$random->getInt(0, 12)],
    2 => [null, false, true][$random->getInt(0, 2)],
    3 => [[], [1001], ['id' => [SECRET]]][$random->getInt(0, 2)],
    4 => [new stdClass(), $digits, SslMode::Basic, strlen(...), STDIN][$random->getInt(0, 4)],
    5 => $long($random),
    default => $text($random),
};
$spaced = static fn (Randomizer $random, string $text): string => $random->getInt(0, 1) > 0
    ? $text : [' ', "\n", "\u{a0}", "\u{3000}", '000'][$random->getInt(0, 4)] . $text;
$id = static fn (Randomizer $random): mixed => match ($random->getInt(0, 9)) {
    0, 1, 2, 3 => $random->getInt(1, PHP_INT_MAX),
    4, 5, 6 => $spaced($random, (string) $random->getInt(1, 1 << $random->getInt(1, 62))),
    default => $anything($random),
};
$credential = static fn (Randomizer $random): mixed => match ($random->getInt(0, 9)) {
    0, 1, 2, 3 => $spaced($random, SECRET . $random->getInt(0, PHP_INT_MAX)),
    4 => $text($random) . SECRET . $text($random),
    5, 6, 7 => ['', ' ', null, false, "\n\u{a0}"][$random->getInt(0, 4)],
    default => $anything($random),
};

/** What is left of a value without white space around it; null: it is no text. */
$trimmed = static fn (mixed $value): ?string => is_string($value)
    ? preg_replace('/^' . SPACE . '|' . SPACE . '$/uD', '', $value) : null;
$isId = static fn (mixed $value): bool => is_int($value) ? $value > 0
    : preg_match('/^0*([1-9][0-9]{0,18})$/D', $trimmed($value) ?? '', $match) === 1 && is_int($match[1] + 0);
$isGiven = static fn (mixed $value): bool => !in_array($value, [null, false], true) && $trimmed($value) !== '';
$isFit = static fn (string $name, mixed $value): bool => !$isGiven($value)
    || preg_match($name === 'API_KEY' ? '/^[!-9;-~]+$/D' : '/^[!-~]+$/D', $trimmed($value) ?? '') === 1;

/**
 * The names of the constants that a message may begin with, each of which is a reason to refuse the set.
 *
 * @param array<string, mixed> $set
 *
 * @return list<string>
 */
$reasons = static function (array $set) use ($isId, $isGiven, $isFit): array {
    $reasons = array_filter(['SERVER_ID', 'APP_ID'], static fn ($name) => !$isId($set[$name] ?? null));
    $given = [];
    foreach (['API_TOKEN', 'API_KEY', 'API_SECRET'] as $name) {
        $given[$name] = $isGiven($set[$name] ?? null);
        if (!$isFit($name, $set[$name] ?? null)) {
            $reasons[] = $name;
        }
    }
    if (!$given['API_TOKEN'] && !($given['API_KEY'] && $given['API_SECRET'])) {
        $reasons[] = $given['API_KEY'] ? 'API_SECRET' : ($given['API_SECRET'] ? 'API_KEY' : 'API_TOKEN');
    }

    return $reasons;
};

/** What is wrong with a refusal; null: nothing. */
$fault = static function (Throwable $e, string $prefix, array $reasons): ?string {
    $message = $e->getMessage();
    if ($e::class !== ConfigurationException::class) {
        return "is answered with {$e}";
    }
    $isSentence = preg_match('/^(\S+) \P{C}+: [^:]+\.$/uD', $message, $match) === 1;

    return match (true) {
        !$isSentence => "is told in no sentence: {$message}",
        strlen(str_replace($prefix, '', $message)) > LONGEST_SENTENCE => "is told at length: {$message}",
        str_contains((string) $e, SECRET) => "is told with a secret: {$message}",
        !in_array(substr($match[1], strlen($prefix)), $reasons, true) => "is told with another constant: {$message}",
        default => null,
    };
};

$count = ['accepted' => 0, 'refused' => 0];
[, $first, $sets] = $argv;
for ($seed = (int) $first; $seed < $first + $sets; $seed++) {
    $random = new Randomizer(new Mt19937($seed));
    $prefix = "R{$seed}_";
    $set = [];
    foreach (['SERVER_ID', 'APP_ID', 'API_TOKEN', 'API_KEY', 'API_SECRET'] as $name) {
        $make = str_ends_with($name, '_ID') ? $id : $credential;
        if ($random->getInt(0, 7) > 0) {
            define($prefix . $name, $set[$name] = $make($random));
        }
    }
    $wrong = $reasons($set);
    try {
        Client::fromConstants($prefix);
        $verdict = $wrong === [] ? null : 'is accepted in spite of ' . implode(', ', $wrong);
        $count['accepted']++;
    } catch (Throwable $e) {
        $verdict = $wrong === [] ? "is refused: {$e->getMessage()}" : $fault($e, $prefix, $wrong);
        $count['refused']++;
    }
    if ($verdict !== null) {
        $shown = array_map(static fn ($value) => is_string($value) ? substr($value, 0, 60) : $value, $set);
        echo "RUNCLOUD_SEED={$seed}: a set of constants {$verdict}\n" . print_r(array_map(get_debug_type(...), $set), true);
        var_dump($shown);
        exit(1);
    }
}
echo json_encode($count);
