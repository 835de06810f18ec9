<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A test of the extension in a real PHP-FPM, which afterwards must not have seen a worker crash.
 */
abstract class FpmTestCase extends ExtensionTestCase
{
    private ?PhpFpm $fpm = null;
    /** How many workers the test itself makes end by a signal. */
    private int $kills = 0;

    protected function tearDown(): void
    {
        parent::tearDown();
        if ($this->fpm !== null) {
            $fpm = $this->fpm;
            $this->fpm = null;
            Deadline::poll('no worker to be a zombie', static fn () => !array_filter($fpm->workers(), [Process::class, 'isZombie']));
            $log = $fpm->stop();
            self::assertSame([], $fpm->processes(), 'no process is left');
            $this->assertNoCrash($log);
        }
    }

    private function assertNoCrash(string $log): void
    {
        preg_match_all('/exited on signal (\d+)/', $log, $signals);
        self::assertSame([], array_diff($signals[1], [(string) SIGKILL, (string) SIGTERM]), $log);
        self::assertCount($this->kills, $signals[1], $log);
        preg_match_all('/exited with code ([1-9]\d*)/', $log, $codes);
        self::assertSame([], $codes[1], $log);
        foreach (['SIGSEGV', 'SIGABRT', 'core dumped', 'internal error at'] as $sign) {
            self::assertStringNotContainsString($sign, $log);
        }
    }

    /**
     * Starts PHP-FPM with the extension loaded through php.ini, as an operator does.
     *
     * @param array<string, string> $pool Lines of the pool.
     * @param array<string, string> $ini  Lines of php.ini.
     */
    protected function start(array $pool = [], array $ini = []): PhpFpm
    {
        return $this->startBare(['extension' => Php::extension()] + $ini + $this->panel(), $pool);
    }

    /**
     * Starts PHP-FPM without the extension in php.ini.
     *
     * @param array<string, string>      $ini   Lines of php.ini.
     * @param array<string, string>      $pool  Lines of the pool.
     * @param array<string, string>|null $other Lines of a second pool.
     */
    protected function startBare(array $ini, array $pool, ?array $other = null): PhpFpm
    {
        return $this->fpm = new PhpFpm($ini + ['display_errors' => '0', 'log_errors' => '1'], $pool, $other);
    }

    /** @return array<string, string> The settings that lead to the panel. */
    protected function panel(): array
    {
        return ['runcloud.base_url' => $this->simulator()->panel, 'runcloud.ca_file' => $this->simulator()->ca];
    }

    /** @param array<string, scalar> $query */
    protected function call(string $do, array $query = []): FastCgiCall
    {
        return $this->fpm->client()->start(__DIR__ . '/fpm-script.php', ['do' => $do] + $query);
    }

    /**
     * Calls and returns the answer's JSON.
     *
     * @param array<string, scalar> $query
     *
     * @return array{pid: int, result: mixed}
     */
    protected function answer(string $do, array $query = []): array
    {
        return $this->call($do, $query)->wait()->json();
    }

    /** Calls that add domains, so many at a time. */
    protected function load(int $width = 4): Load
    {
        return new Load(fn (string $domain) => $this->call('add', ['domain' => $domain]), $width);
    }

    /** The panel has every domain that a worker says it has created, and none twice. */
    protected function assertNothingLostOrDoubled(Load $load): void
    {
        self::assertSame([], $load->wrong);
        $names = $this->names();
        self::assertSame(array_unique($names), $names);
        self::assertSame([], array_diff($load->created, $names));
    }

    /** Waits until so many requests have reached the panel. */
    protected function waitForRequests(int $count): void
    {
        Deadline::poll("{$count} requests at the panel", fn () => count($this->simulator()->history()) >= $count);
    }

    protected function expectKills(int $kills): void
    {
        $this->kills = $kills;
    }
}
