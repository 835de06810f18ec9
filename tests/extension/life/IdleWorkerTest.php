<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\WorkerMemory;

/**
 * What a worker of PHP-FPM costs more because the extension is loaded, when it does not call it.
 */
final class IdleWorkerTest extends ExtensionTestCase
{
    /** KiB of its own that a worker may have more. */
    private const BOUND = 512;

    public function testAWorkerThatDoesNotCallTheExtensionCostsAlmostNothing(): void
    {
        $without = WorkerMemory::ownKib([], __DIR__ . '/nothing.php');
        $with = WorkerMemory::ownKib(['extension' => Php::extension()], __DIR__ . '/nothing.php');

        self::assertLessThan(self::BOUND, $with - $without, "{$with} KiB instead of {$without} KiB");
    }
}
