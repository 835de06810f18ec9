<?php

declare(strict_types=1);

namespace RunCloud\Test;

use PHPUnit\Framework\TestCase;
use RunCloud\Test\Support\Php;

/**
 * What it costs that the extension is loaded, as a count.
 */
final class StartUpTest extends TestCase
{
    /** Instructions that PHP may take more to start, in hundredths. */
    private const BOUND = 4.7;

    public function testPhpStartsWithAlmostNoMoreInstructions(): void
    {
        if (trim((string) shell_exec('command -v valgrind')) === '') {
            self::markTestSkipped('valgrind is not installed');
        }
        // Some of PHP's own tables may be nearly full, so that any extension has them doubled, which is PHP's cost: so it is in the bare
        // PHP 8.4 of Debian 13, and not where mbstring is loaded as well.
        $bare = $this->instructions([]);
        $more = $this->more([], $bare);
        if (is_file(PHP_EXTENSION_DIR . '/mbstring.so')) {
            $more = min($more, $this->more(['-d', 'extension=mbstring'], $this->instructions(['-d', 'extension=mbstring'])));
        }
        self::assertLessThan(self::BOUND, 100 * $more / $bare, sprintf('%d instructions more than %d', $more, $bare));
    }

    /**
     * Instructions that PHP takes more with the extension.
     *
     * @param list<string> $arguments PHP's.
     * @param int          $without   Instructions without the extension.
     */
    private function more(array $arguments, int $without): int
    {
        // By the length of the path glibc's malloc tidies up once or not, which costs more than everything else.
        $folder = sys_get_temp_dir() . '/' . bin2hex(random_bytes(2));
        $counts = [];
        foreach (['', str_repeat('x', 24), str_repeat('x', 48)] as $longer) {
            mkdir($folder . $longer);
            copy(Php::extension(), "{$folder}{$longer}/r.so");
            $counts[] = $this->instructions([...$arguments, '-d', "extension={$folder}{$longer}/r.so"]);
            unlink("{$folder}{$longer}/r.so");
            rmdir($folder . $longer);
        }

        return min($counts) - $without;
    }

    /** @param list<string> $arguments */
    private function instructions(array $arguments): int
    {
        $command = ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null', PHP_BINARY, '-n', ...$arguments, '-r', ''];
        $process = proc_open($command, [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['pipe', 'w']], $pipes, '/', [
            'PATH' => (string) getenv('PATH'),
        ]); // a small environment, since PHP reads it as well
        $said = (string) stream_get_contents($pipes[2]);
        proc_close($process);
        self::assertSame(1, preg_match('/Collected : (\d+)/', $said, $match), $said);

        return (int) $match[1];
    }
}
