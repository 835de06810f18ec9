<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

use RunCloud\Test\Support\Simulator;
use RunCloud\Test\WordPress\Support\Environment;

/**
 * What every part of a run has: the simulator, how many rounds to make, where figures go.
 */
final class Bench
{
    /** Milliseconds of the round trips at which calls are compared. */
    public const ROUND_TRIPS = [0, 40];

    public readonly Simulator $simulator;

    public function __construct(public readonly Results $results, public readonly bool $isQuick)
    {
        $this->simulator = Simulator::fromReadyFile(Environment::get()->path('simulator.json'));
    }

    /** How often: so many times, and fewer in a quick run. */
    public function rounds(int $usually, int $quickly): int
    {
        return $this->isQuick ? $quickly : $usually;
    }

    /** Base URL of the panel over that round trip, which lasts as long as the second value. */
    public function panel(int $milliseconds): array
    {
        if ($milliseconds === 0) {
            return [$this->simulator->panel, null];
        }
        $distance = new Distance((int) parse_url($this->simulator->panel, PHP_URL_PORT), $milliseconds);

        return ["https://127.0.0.1:{$distance->port}/api", $distance];
    }

    /** The panel as it is at the start, without chance, history and limits. */
    public function resetPanel(): void
    {
        $this->simulator->reset();
    }

    /** So many domains in the web application beside the primary one: "their1.example" and on. */
    public function fillPanel(int $number): void
    {
        $this->simulator->reset();
        $domains = $this->simulator->state()['domains'];
        for ($n = 1; $n <= $number; $n++) {
            $domains[] = ['id' => 20000 + $n, 'name' => "their{$n}.example", 'type' => 'alias'] + $domains[0];
        }
        $this->simulator->setState(['domains' => $domains]);
        $this->simulator->clearHistory();
    }

    /** The requests since the last reset or since they were last counted. */
    public function countRequests(): int
    {
        $count = count($this->simulator->history());
        $this->simulator->clearHistory();

        return $count;
    }

    /** The panel closes the connections that it has, as it does with those that are idle for long; the news has arrived everywhere. */
    public function hangUp(): void
    {
        $this->simulator->chaos(['keepalive_ms' => 1]);
        usleep(60_000);
        $this->simulator->chaos(['keepalive_ms' => 0]);
        usleep(60_000);
    }

    /** Says on the terminal what is being done. */
    public function say(string $what): void
    {
        fwrite(STDERR, "  {$what}\n");
    }

    /**
     * Has each of these do its work once in each round, in another order each time, so that what else happens on the machine meets all alike.
     *
     * @param array<string, callable(int): float> $contenders By name; each is given the number of the round and returns milliseconds.
     *
     * @return array<string, list<float>> Milliseconds by name, in the order of the rounds.
     */
    public function inTurns(int $rounds, array $contenders): array
    {
        $taken = array_fill_keys(array_keys($contenders), []);
        for ($round = 0; $round < $rounds; $round++) {
            $names = array_keys($contenders);
            shuffle($names);
            foreach ($names as $name) {
                $taken[$name][] = $contenders[$name]($round);
            }
        }

        return $taken;
    }

    /**
     * Keeps times, and the ratios of the extension's to some of them, taken round by round.
     *
     * @param array<string, list<float>> $taken As from inTurns().
     * @param list<string>               $to    Names to which what begins with "extension" is compared.
     */
    public function keepTimes(string $key, array $taken, array $to): void
    {
        foreach ($taken as $name => $times) {
            $this->results->spread("{$key}.{$name}", 'ms', $times);
            foreach (str_starts_with($name, 'extension') ? $to : [] as $other) {
                $ratios = array_map(static fn (float $mine, float $theirs): float => $mine / $theirs, $times, $taken[$other]);
                $this->results->spread("{$key}.{$name}/{$other}", 'ratio', $ratios);
            }
        }
    }
}
