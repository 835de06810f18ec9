<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * Instructions that PHP takes, counted by valgrind: a cost that no other process on the machine changes.
 */
final class Instructions
{
    /** Between these two numbers of requests of a worker lies what is counted: neither its start nor its first request. */
    private const REQUESTS = [20, 120];

    public static function canBeCounted(): bool
    {
        return trim((string) shell_exec('command -v valgrind')) !== '';
    }

    /**
     * To start PHP and to end it, without the extension.
     *
     * @param list<string> $arguments PHP's.
     */
    public static function ofStart(array $arguments = []): int
    {
        return self::ofCommand($arguments);
    }

    /**
     * The same with the extension.
     *
     * @param list<string> $arguments PHP's.
     */
    public static function ofStartWithExtension(array $arguments = []): int
    {
        // By the length of the path glibc's malloc tidies up once or not, which costs more than everything else.
        $folder = sys_get_temp_dir() . '/' . bin2hex(random_bytes(2));
        $counts = [];
        foreach (['', str_repeat('x', 24), str_repeat('x', 48)] as $longer) {
            mkdir($folder . $longer);
            copy(Php::extension(), "{$folder}{$longer}/r.so");
            $counts[] = self::ofCommand([...$arguments, '-d', "extension={$folder}{$longer}/r.so"]);
            unlink("{$folder}{$longer}/r.so");
            rmdir($folder . $longer);
        }

        return min($counts);
    }

    /**
     * For one request to a worker of PHP-FPM that has served some, of a script that does nothing.
     *
     * @param array<string, string> $ini Lines of php.ini.
     */
    public static function ofRequest(array $ini): float
    {
        [$few, $many] = array_map(static fn (int $requests): int => self::ofWorker($ini, $requests), self::REQUESTS);

        return ($many - $few) / (self::REQUESTS[1] - self::REQUESTS[0]);
    }

    /** @param list<string> $arguments */
    private static function ofCommand(array $arguments): int
    {
        $command = [...self::valgrind('/dev/null'), PHP_BINARY, '-n', ...$arguments, '-r', ''];
        $process = proc_open($command, [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['pipe', 'w']], $pipes, '/', [
            'PATH' => (string) getenv('PATH'),
        ]); // a small environment, since PHP reads it as well
        $said = (string) stream_get_contents($pipes[2]);
        proc_close($process);

        return preg_match('/Collected : (\d+)/', $said, $match) === 1 ? (int) $match[1] : throw new \RuntimeException($said);
    }

    /**
     * A worker that ends by itself after so many requests, from its fork to its end.
     *
     * @param array<string, string> $ini
     */
    private static function ofWorker(array $ini, int $requests): int
    {
        $folder = new TemporaryDirectory();
        $pool = ['pm' => 'static', 'pm.max_children' => '1', 'pm.max_requests' => (string) $requests];
        $fpm = new PhpFpm($ini, $pool, null, self::valgrind("{$folder->path}/%p"));
        Deadline::poll('a worker', static fn (): bool => $fpm->workers() !== []);
        $worker = $fpm->workers()[0];
        for ($i = 0; $i < $requests; $i++) {
            $fpm->client()->run(dirname(__DIR__) . '/life/nothing.php');
        }
        $count = static fn (): int => preg_match('/^totals: (\d+)/m', (string) @file_get_contents("{$folder->path}/{$worker}"), $match)
            ? (int) $match[1] : 0;
        Deadline::poll('the count of a worker', static fn (): bool => $count() > 0);
        $fpm->stop();

        return $count();
    }

    /** @return list<string> */
    private static function valgrind(string $file): array
    {
        // A "rep stosb", with which glibc clears memory, is one instruction; valgrind counts each of its bytes.
        $without = 'GLIBC_TUNABLES=glibc.cpu.x86_rep_stosb_threshold=1000000000';

        return ['env', $without, 'valgrind', '--tool=callgrind', "--callgrind-out-file={$file}"];
    }
}
