<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * Waits for a condition instead of for a time.
 */
final class Deadline
{
    private const STEP_MICROSECONDS = 5000;

    /**
     * Asks again and again until the answer is neither null nor false.
     *
     * @template T
     *
     * @param string        $what    What is waited for, for the message.
     * @param callable(): T $ask
     * @param float         $seconds
     *
     * @return T
     *
     * @throws \RuntimeException When the time is over.
     */
    public static function poll(string $what, callable $ask, float $seconds = 20.0): mixed
    {
        $end = microtime(true) + $seconds;
        do {
            $answer = $ask();
            if ($answer !== null && $answer !== false) {
                return $answer;
            }
            usleep(self::STEP_MICROSECONDS);
        } while (microtime(true) < $end);
        throw new \RuntimeException("Waited {$seconds} s in vain for {$what}.");
    }
}
