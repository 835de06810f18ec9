<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;

/**
 * A connection belongs to the process that made it. Every scenario has its own process, so that "before first use" is true.
 */
final class ForkTest extends ExtensionTestCase
{
    /** Forks, and exits with 1 when a child did not exit with 0. */
    private const PRELUDE = '
        $client = new RunCloud\Client(1001, 2001, "test-token");
        function child(callable $work): int {
            $pid = pcntl_fork();
            if ($pid === 0) {
                try { $work(); exit(0); } catch (Throwable $e) { fwrite(STDERR, $e); exit(3); }
            }
            return $pid;
        }
        function wait(int ...$pids): void {
            foreach ($pids as $pid) {
                pcntl_waitpid($pid, $status);
                if (!pcntl_wifexited($status) || pcntl_wexitstatus($status) !== 0) {
                    fwrite(STDERR, "child ended with $status\n");
                    exit(1);
                }
            }
        }
    ';

    /** @dataProvider scenarios */
    public function testParentAndChildrenAllCall(string $code, int $requests): void
    {
        $result = Php::run(self::PRELUDE . $code . ' echo "done";', ['runcloud.timeout' => '10', 'runcloud.deadline' => '20']);

        self::assertSame('', $result->errors);
        self::assertSame('done', $result->output);
        self::assertSame(0, $result->status);
        self::assertCount($requests, $this->requests());
    }

    /** @return iterable<string, array{string, int}> */
    public static function scenarios(): iterable
    {
        yield 'fork before first use' => [
            'wait(child(fn () => $client->ping()), child(fn () => $client->ping())); $client->ping();',
            3,
        ];
        yield 'fork after first use, the child calls' => [
            '$client->ping(); wait(child(fn () => $client->ping())); $client->ping();',
            3,
        ];
        yield 'fork after first use, the child calls with a client of its own' => [
            '$client->ping();
            wait(child(fn () => (new RunCloud\Client(1001, 2001, "test-token"))->ping()));
            $client->ping();',
            3,
        ];
        yield 'fork after first use, the child never calls' => [
            '$client->ping(); wait(child(fn () => null)); $client->ping();',
            2,
        ];
        yield 'fork after first use, the child drops the client' => [
            '$client->ping();
            wait(child(function () { global $client; $client = null; gc_collect_cycles(); }));
            $client->ping();',
            2,
        ];
        yield 'the parent calls while the children do' => [
            '$client->ping();
            $pids = array_map(fn () => child(function () use ($client) {
                foreach (range(1, 5) as $i) { $client->ping(); }
            }), range(1, 4));
            foreach (range(1, 5) as $i) { $client->ping(); }
            wait(...$pids);
            $client->ping();',
            27,
        ];
        yield 'grandchildren' => [
            '$client->ping();
            wait(child(function () use ($client) {
                $client->ping();
                wait(child(fn () => $client->ping()));
                $client->ping();
            }));
            $client->ping();',
            5,
        ];
        yield 'a child fails and the parent does not' => [
            '$client->ping();
            wait(child(function () {
                try {
                    (new RunCloud\Client(1001, 2001, "wrong"))->ping();
                    throw new LogicException("nothing was thrown");
                } catch (RunCloud\Exception\AuthenticationException) {
                }
            }));
            $client->ping();',
            3,
        ];
    }

    public function testAChildHasItsOwnConnection(): void
    {
        $result = Php::run(self::PRELUDE . '$client->ping(); wait(child(fn () => $client->ping())); $client->ping();');

        self::assertSame('', $result->errors);
        [$before, $child, $after] = array_column($this->simulator()->history(), 'connection');
        self::assertNotSame($before, $child);
        self::assertSame($before, $after);
    }
}
