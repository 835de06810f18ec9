<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use Random\Engine\Mt19937;
use Random\Randomizer;

/**
 * What happens on a network, as lines: "A map host1.customer.example one" is done by process A, "Q run" lets process Q run the queue, and
 * "Q killed 35" kills it before its 35th query. All processes run at once, until "time 600" waits for them and lets ten minutes pass.
 */
final class Sequence
{
    /** What happens, and how often compared with the others. */
    private const CHANGES = [
        'map' => 6,
        'unmap' => 3,
        'rename' => 3,
        'map-and-unmap' => 2,
        'unmap-and-map' => 2,
        'new-site' => 1,
        'delete-site' => 1,
    ];

    /** @param list<string> $lines */
    public function __construct(public readonly array $lines)
    {
    }

    /** A process is killed once in so many rounds. */
    private const KILLED_ONCE_IN = 4;

    /** Two processes that change the network and one or two that run its queue, in so many rounds. */
    public static function random(int $seed, int $rounds): self
    {
        $chance = new Randomizer(new Mt19937($seed));
        $lines = [];
        for ($round = 0; $round < $rounds; $round++) {
            foreach (['A', 'B'] as $process) {
                for ($change = $chance->getInt(1, 3); $change > 0; $change--) {
                    $lines[] = "{$process} " . self::change($chance);
                }
                array_push($lines, ...self::killed($process, $chance, 60));
            }
            foreach (array_slice(['Q', 'R'], 0, $chance->getInt(1, 2)) as $queue) {
                $lines[] = "{$queue} run";
                array_push($lines, ...self::killed($queue, $chance, 120));
            }
            $lines[] = 'time ' . $chance->getInt(1, 900);
        }

        return new self($lines);
    }

    /**
     * The work of each process between two waits.
     *
     * @return list<array{array<string, list<list<string>>>, int}> Lines by process, and the seconds that pass afterwards.
     */
    public function rounds(): array
    {
        $rounds = [];
        $work = [];
        foreach ([...$this->lines, 'time 0'] as $line) {
            $words = explode(' ', $line);
            if ($words[0] === 'time') {
                $rounds[] = [$work, (int) $words[1]];
                $work = [];
            } else {
                $work[$words[0]][] = array_slice($words, 1) + ['', '', ''];
            }
        }

        return $rounds;
    }

    /** @return \Generator<self> Without each half, each quarter, and so on down to each single line. */
    public function smaller(): \Generator
    {
        $count = count($this->lines);
        for ($size = intdiv($count, 2); $size > 0; $size = intdiv($size, 2)) {
            for ($start = 0; $start < $count; $start += $size) {
                yield new self([...array_slice($this->lines, 0, $start), ...array_slice($this->lines, $start + $size)]);
            }
        }
    }

    /** @return list<string> */
    private static function killed(string $process, Randomizer $chance, int $queries): array
    {
        return $chance->getInt(1, self::KILLED_ONCE_IN) === 1 ? ["{$process} killed " . $chance->getInt(1, $queries)] : [];
    }

    private static function change(Randomizer $chance): string
    {
        $draw = $chance->getInt(1, array_sum(self::CHANGES));
        foreach (self::CHANGES as $what => $weight) {
            $draw -= $weight;
            if ($draw <= 0) {
                break;
            }
        }
        $host = 'host' . $chance->getInt(1, 5) . '.customer.example';
        $site = ['one', 'two', 'three'][$chance->getInt(0, 2)];

        return match ($what) {
            'new-site', 'delete-site' => "{$what} {$site}",
            'rename' => "rename {$host} host" . $chance->getInt(5, 9) . '.customer.example',
            'unmap' => "unmap {$host}",
            default => "{$what} {$host} {$site}",
        };
    }
}
