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
            $log = $this->fpm->stop();
            $this->fpm = null;
            self::assertStringNotContainsString('SIGSEGV', $log);
            self::assertStringNotContainsString('SIGABRT', $log);
            self::assertStringNotContainsString('core dumped', $log);
            self::assertSame($this->kills, substr_count($log, 'exited on signal'), $log);
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
        $settings = [
            'runcloud.base_url' => $this->simulator()->panel,
            'runcloud.ca_file' => $this->simulator()->ca,
            'display_errors' => '0',
            'log_errors' => '1',
        ];

        return $this->fpm = new PhpFpm(['extension' => Php::extension()] + $ini + $settings, $pool);
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
