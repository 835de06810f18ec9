<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\FpmTestCase;

/**
 * What a worker of PHP-FPM costs more because the extension is loaded, when it does not call it.
 */
final class IdleWorkerTest extends FpmTestCase
{
    /** KiB of its own that a worker may have more. */
    private const BOUND = 512;

    public function testAWorkerThatDoesNotCallTheExtensionCostsAlmostNothing(): void
    {
        $pool = ['pm' => 'static', 'pm.max_children' => '1'];
        $without = $this->privateMemory(fn () => $this->startBare([], $pool));
        $with = $this->privateMemory(fn () => $this->start($pool));

        self::assertLessThan(self::BOUND, $with - $without, "{$with} KiB instead of {$without} KiB");
    }

    /** KiB that the only worker shares with nobody after a few requests. */
    private function privateMemory(callable $start): int
    {
        $fpm = $start();
        for ($i = 0; $i < 5; $i++) {
            $fpm->client()->run(__DIR__ . '/nothing.php');
        }
        $workers = $fpm->workers();
        self::assertCount(1, $workers);
        preg_match_all('/^Private_\w+: +(\d+) kB/m', (string) file_get_contents('/proc/' . end($workers) . '/smaps_rollup'), $kib);
        self::assertNotSame([], $kib[1]);
        $fpm->stop();

        return array_sum(array_map('intval', $kib[1]));
    }
}
