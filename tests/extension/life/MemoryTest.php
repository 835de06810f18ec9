<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\FpmTestCase;
use RunCloud\Test\Support\PhpFpm;
use RunCloud\Test\Support\Process;
use RunCloud\Test\Support\Soak;

/**
 * One worker that calls and calls. What leaks grows with the calls, so the memory of the second half says it all.
 */
final class MemoryTest extends FpmTestCase
{
    private const REQUESTS = 50;
    /** KiB that resident memory may grow in the second half: what one page of the allocator's takes, not what leaks. */
    private const BOUND = 1024;

    public function testCallsLeaveNoMemoryBehind(): void
    {
        $this->assertFlat('succeed', Soak::count(2000, 100_000), []);
    }

    public function testFailingCallsLeaveNoMemoryBehind(): void
    {
        foreach ([['html', 0.3], ['truncated', 0.4], ['drop_after', 0.5], ['wrong_types', 0.5], ['status', 1.0]] as [$kind, $often]) {
            $this->simulator()->fault($kind, ['match' => ['path_ends_with' => '/servers/1001'], 'probability' => $often]);
        }

        $this->assertFlat('fail', Soak::count(2000, 20_000), ['failing' => 1]);
    }

    /** @param array<string, scalar> $query */
    private function assertFlat(string $what, int $calls, array $query): void
    {
        $fpm = $this->start(['pm.max_children' => '1'], ['runcloud.max_retries' => '0', 'max_execution_time' => '0']);
        $each = intdiv($calls, self::REQUESTS);
        $query += ['calls' => $each];

        $resident = [$this->residentOfAFreshWorker($fpm)];
        $php = [];
        for ($request = 1; $request <= self::REQUESTS; $request++) {
            $told = $fpm->client(300)->run(__DIR__ . '/many-calls.php', $query)->json();
            self::assertSame($each, $told['done']);
            $resident[] = $told['resident'];
            $php[] = $told['php'];
        }

        [$late, $latePhp] = [array_slice($resident, intdiv(self::REQUESTS, 2)), array_slice($php, intdiv(self::REQUESTS, 2))];
        Soak::report(sprintf(
            'Memory, %d calls that %s: resident %d KiB before the first, %d KiB half-way, %d KiB at the end; '
                . 'PHP itself %d bytes half-way, %d at the end.',
            $calls,
            $what,
            $resident[0],
            $late[0],
            end($late),
            $latePhp[0],
            end($latePhp)
        ));
        self::assertCount(1, array_unique($latePhp), 'memory_get_usage(): ' . implode(' ', $php));
        self::assertLessThan(self::BOUND, max($late) - $late[0], 'KiB: ' . implode(' ', $resident));
        self::assertSame(2, Process::threads($fpm->workers()[0]));
    }

    private function residentOfAFreshWorker(PhpFpm $fpm): int
    {
        return $fpm->client()->run(__DIR__ . '/many-calls.php', ['calls' => 0])->json()['resident'];
    }
}
