<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\Soak;
use RunCloud\Test\Support\TemporaryDirectory;

/**
 * The whole face of the extension, as it is and under valgrind. The latter takes minutes, so it belongs to the full form.
 */
final class ValgrindTest extends ExtensionTestCase
{
    private const SCRIPT = __DIR__ . '/whole-face.php';

    public function testTheWholeFaceCanBeTouchedInOneProcess(): void
    {
        $result = Php::run('', arguments: [self::SCRIPT]);

        self::assertSame(['', 0], [$result->errors, $result->status]);
        self::assertGreaterThan(200, (int) $result->output, 'the script meets many exceptions');
    }

    /**
     * Over TLS the check for uninitialised values is left out: valgrind takes every tag that the assembler code of the
     * cryptography (ring) computes for uninitialised, in a program of rustls alone too.
     *
     * @group soak
     * @dataProvider connections
     */
    public function testTheWholeFaceTouchesNoForeignMemoryAndLosesNone(string $connection, string ...$options): void
    {
        $directory = new TemporaryDirectory();
        $report = "{$directory->path}/report";
        $ini = ['runcloud.connect_timeout' => '60'];
        $ini += $connection === 'http' ? ['runcloud.base_url' => $this->simulator()->http] : [];
        $process = proc_open(
            ['valgrind', '--leak-check=full', "--log-file={$report}", ...$options, ...Php::command($ini, true, [self::SCRIPT])],
            [['file', '/dev/null', 'r'], $output = tmpfile(), $output],
            $pipes,
            null,
            ['USE_ZEND_ALLOC' => '0'] + getenv()
        );
        $status = proc_close($process);
        rewind($output);
        $exceptions = stream_get_contents($output);
        $said = (string) @file_get_contents($report);

        self::assertSame(0, $status, "{$exceptions}{$said}");
        self::assertGreaterThan(200, (int) $exceptions, $exceptions);
        self::assertMatchesRegularExpression('/definitely lost: 0 bytes/', $said, $said);
        self::assertMatchesRegularExpression('/indirectly lost: 0 bytes/', $said, $said);
        // Possibly lost is one block, a thread's handle, to whose inside the standard library points.
        preg_match_all('/^==\d+== (?!.*possibly lost in loss record)(Invalid|Conditional|Use of|Syscall|.* lost in).*/m', $said, $errors);
        self::assertSame([], $errors[0], $said);
        preg_match_all('/(?:definitely|indirectly|possibly) lost: [\d,]+ bytes/', $said, $lost);
        Soak::report("valgrind over {$connection}, {$exceptions} exceptions: no error; " . implode(', ', $lost[0]) . '.');
    }

    /** @return iterable<string, list<string>> */
    public static function connections(): iterable
    {
        yield 'over http' => ['http'];
        yield 'over TLS' => ['TLS', '--undef-value-errors=no'];
    }
}
