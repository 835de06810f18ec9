<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\BadDay;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\Sequence;

/**
 * Bad days: a network that is changed by two processes at once, a panel that fails at random, queues that run side by side, and any of these
 * processes may be killed. At the end RunCloud holds exactly what the network wants, and what somebody else put there.
 *
 * SEED=n repeats the first day (its changes, kills and the panel's moods; processes race as they like). RUNCLOUD_SOAK_SECONDS=n goes on that long.
 */
final class SequencesTest extends NetworkTestCase
{
    private const DAYS = 3;
    private const ROUNDS = 5;
    private const SECONDS_TO_SHRINK = 60;

    public function testRunCloudHoldsWhatTheNetworkWantsAfterAnySequence(): void
    {
        $seed = (int) (getenv('SEED') ?: random_int(1, 999999));
        $soak = (int) getenv('RUNCLOUD_SOAK_SECONDS');
        $end = microtime(true) + $soak;
        $day = new BadDay($this->network, $this->panel, $soak > 0);
        for ($n = 0; $soak > 0 ? $n === 0 || microtime(true) < $end : $n < self::DAYS; $n++) {
            $this->setUp();
            $sequence = Sequence::random($seed + $n, self::ROUNDS + ($soak > 0 ? $n % 3 : 0));
            $complaints = $day->live($sequence, $seed + $n);
            if ($complaints !== []) {
                self::fail($this->report($sequence, $seed + $n, $complaints));
            }
        }
        self::assertGreaterThan(0, $day->counts['changes']);
        self::assertGreaterThan(0, $day->counts['requests']);
        if ($soak > 0) {
            file_put_contents(Environment::get()->path('soak.json'), json_encode($day->counts, JSON_THROW_ON_ERROR));
        }
    }

    /** @param list<string> $complaints */
    private function report(Sequence $sequence, int $seed, array $complaints): string
    {
        $end = microtime(true) + self::SECONDS_TO_SHRINK;
        do {
            $shrunk = false;
            foreach ($sequence->smaller() as $candidate) {
                if (microtime(true) > $end) {
                    break;
                }
                $this->setUp();
                $still = (new BadDay($this->network, $this->panel, true))->live($candidate, $seed);
                if ($still !== []) {
                    [$sequence, $complaints, $shrunk] = [$candidate, $still, true];
                    break;
                }
            }
        } while ($shrunk);

        return "SEED={$seed}\n" . implode("\n", $complaints) . "\nThe smallest sequence that still failed:\n  " . implode("\n  ", $sequence->lines);
    }
}
