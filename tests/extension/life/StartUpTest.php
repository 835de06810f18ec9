<?php

declare(strict_types=1);

namespace RunCloud\Test;

use PHPUnit\Framework\TestCase;
use RunCloud\Test\Support\Instructions;
use RunCloud\Test\Support\Php;

/**
 * What it costs that the extension is loaded, as counts.
 */
final class StartUpTest extends TestCase
{
    /** Instructions that PHP may take more to start, in hundredths. */
    private const BOUND = 4.7;

    /** Instructions that an empty request may take more, in hundredths. */
    private const BOUND_OF_A_REQUEST = 0.5;

    /** Bytes of the library: what it had at the last growth that was meant, and a twentieth. */
    private const BOUND_OF_THE_FILE = 3_980_000;

    public function testPhpStartsWithAlmostNoMoreInstructions(): void
    {
        $this->needValgrind();
        // Some of PHP's own tables may be nearly full, so that any extension has them doubled, which is PHP's cost: so it is in the bare
        // PHP 8.4 of Debian 13, and not where mbstring is loaded as well.
        $bare = Instructions::ofStart();
        $more = Instructions::ofStartWithExtension() - $bare;
        if (is_file(PHP_EXTENSION_DIR . '/mbstring.so')) {
            $other = ['-d', 'extension=mbstring'];
            $more = min($more, Instructions::ofStartWithExtension($other) - Instructions::ofStart($other));
        }
        self::assertLessThan(self::BOUND, 100 * $more / $bare, sprintf('%d instructions more than %d', $more, $bare));
    }

    public function testARequestThatDoesNotCallTheExtensionTakesNoMoreInstructions(): void
    {
        $this->needValgrind();
        $without = Instructions::ofRequest([]);
        $with = Instructions::ofRequest(['extension' => Php::extension()]);
        $more = 100 * ($with / $without - 1);
        self::assertLessThan(self::BOUND_OF_A_REQUEST, $more, sprintf('%.0f instructions instead of %.0f', $with, $without));
    }

    public function testTheLibraryDoesNotGrowUnseen(): void
    {
        self::assertLessThanOrEqual(self::BOUND_OF_THE_FILE, filesize(Php::extension()));
    }

    private function needValgrind(): void
    {
        if (!Instructions::canBeCounted()) {
            self::markTestSkipped('valgrind is not installed');
        }
    }
}
