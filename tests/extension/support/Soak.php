<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * The length of a test that has a bounded form (seconds, part of tests/extension/run) and a full one (tests/extension/soak).
 */
final class Soak
{
    /** Whether this is the full form. */
    public static function isOn(): bool
    {
        return self::seconds() > 0;
    }

    /** This number in the bounded form, that in the full one. */
    public static function count(int $bounded, int $full): int
    {
        return self::isOn() ? $full : $bounded;
    }

    /**
     * The numbers of the rounds: so many in the bounded form, in the full one as many as fit into this part of its time.
     *
     * @return iterable<int, int> From 1.
     */
    public static function rounds(int $bounded, float $part): iterable
    {
        $end = microtime(true) + self::seconds() * $part;
        for ($round = 1; self::isOn() ? microtime(true) < $end : $round <= $bounded; $round++) {
            yield $round;
        }
    }

    /** Says in one line what a part of the full form has done. */
    public static function report(string $line): void
    {
        if (self::isOn()) {
            fwrite(STDERR, "{$line}\n");
        }
    }

    private static function seconds(): float
    {
        return (float) getenv('RUNCLOUD_SOAK_SECONDS');
    }
}
