<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\Support\FpmTestCase;
use RunCloud\Test\Support\Load;
use RunCloud\Test\Support\PhpFpm;
use RunCloud\Test\Support\Process;
use RunCloud\Test\Support\Soak;
use RunCloud\Test\Support\TemporaryDirectory;

/**
 * Workers come and go under load. No call that could have worked fails, no worker crashes, nothing is left behind.
 */
final class LoadTest extends FpmTestCase
{
    /** Of a worker that has made a call: PHP's own, and the HTTP client's. */
    private const THREADS = 2;
    private const WORKERS = ['pm.max_children' => '4'];

    private ?TemporaryDirectory $directory = null;

    /** @dataProvider preparations */
    public function testWorkersOfOneRequestLoseNothing(string $preparation): void
    {
        $this->start(['pm.max_requests' => '1'] + self::WORKERS, $this->preparation($preparation));
        $load = $this->load();

        foreach (Soak::rounds(40, 0.1) as $ignored) {
            $load->turn();
        }
        $load->finish();

        $this->assertNothingLostOrDoubled($load);
        self::assertSame([0, 0], [$load->dropped, $load->refused]);
        self::assertCount(count($load->created), $load->workers, 'every call had a worker of its own');
        $this->assertPrepared($preparation, $load);
        Soak::report("Workers of one request, {$preparation}: {$load}.");
    }

    /** @dataProvider preparations */
    public function testReloadsLoseNothing(string $preparation): void
    {
        $fpm = $this->start(self::WORKERS, $this->preparation($preparation));
        $load = $this->load();

        $reloads = 0;
        foreach (Soak::rounds(3, 0.07) as $ignored) {
            $fpm->reload(fn () => $this->turns($load, 0.7));
            $reloads++;
        }
        $load->finish();

        $this->assertNothingLostOrDoubled($load);
        self::assertSame([0, 0], [$load->dropped, $load->refused]);
        $this->assertPrepared($preparation, $load);
        $this->assertNoThreadIsLeft($fpm);
        Soak::report("Reloads, {$preparation}: {$reloads} reloads, {$load}.");
    }

    /** @return iterable<string, array{string}> */
    public static function preparations(): iterable
    {
        foreach (['without opcache', 'with opcache', 'with a call at preload'] as $preparation) {
            yield $preparation => [$preparation];
        }
    }

    public function testRestartsCutOffOnlyWhatIsInFlight(): void
    {
        $width = 4;
        $fpm = $this->start(self::WORKERS);
        $load = $this->load($width);

        $restarts = 0;
        foreach (Soak::rounds(3, 0.1) as $ignored) {
            $this->turns($load, 0.7);
            $fpm->restart();
            $restarts++;
        }
        $load->finish();

        $this->assertNothingLostOrDoubled($load);
        self::assertLessThanOrEqual($restarts * $width, $load->dropped);
        self::assertSame(0, $load->refused);
        $this->assertNoThreadIsLeft($fpm);
        Soak::report("Restarts: {$restarts} restarts, {$load}.");
    }

    public function testWorkersKilledInMidCallHarmNoOther(): void
    {
        $fpm = $this->start(self::WORKERS);
        $this->simulator()->fault('slow', ['ms' => 20, 'probability' => 0.5]);
        $load = $this->load(8);

        $kills = 0;
        foreach (Soak::rounds(10, 0.1) as $ignored) {
            $workers = $fpm->workers();
            $kills += $workers !== [] && posix_kill($workers[array_rand($workers)], SIGKILL) ? 1 : 0;
            $this->turns($load, 0.05);
        }
        $load->finish();

        $this->assertNothingLostOrDoubled($load);
        self::assertLessThanOrEqual($kills, $load->dropped, 'a kill costs one call at most');
        self::assertSame(0, $load->refused);
        $this->assertNoThreadIsLeft($fpm);
        $this->expectKills($kills);
        Soak::report("Workers killed: {$kills} kills, {$load}.");
    }

    public function testWorkersThatFpmEndsForBeingTooSlowHarmNoOther(): void
    {
        $fpm = $this->start(['request_terminate_timeout' => '2s'] + self::WORKERS);
        $load = $this->load();

        $slow = 0;
        foreach (Soak::rounds(1, 0.1) as $ignored) {
            $this->simulator()->fault('slow', ['ms' => 20000, 'times' => 2]);
            $slow += 2;
            $load->until('the slow calls to be ended', fn () => $load->dropped === $slow);
        }
        $load->finish();

        $this->assertNothingLostOrDoubled($load);
        self::assertSame([$slow, 0], [$load->dropped, $load->refused]);
        $this->assertNoThreadIsLeft($fpm);
        $this->expectKills($slow);
        Soak::report("Workers ended by request_terminate_timeout: {$slow}, {$load}.");
    }

    public function testANameLookUpHasNoThreadOfItsOwn(): void
    {
        $panel = str_replace('127.0.0.1', 'localhost', $this->simulator()->panel);
        $fpm = $this->start(self::WORKERS, ['runcloud.base_url' => $panel]);
        $load = $this->load();
        for ($turn = 1; $turn <= 40; $turn++) {
            $load->turn();
        }
        $load->finish();

        $this->assertNothingLostOrDoubled($load);
        self::assertLessThanOrEqual(self::THREADS, max(array_map([Process::class, 'threads'], $fpm->workers())));
        Soak::report("Name look-ups: {$load}; no thread of theirs.");
    }

    /** Some calls in the bounded form, as many as fit into so many seconds in the full one. */
    private function turns(Load $load, float $seconds): void
    {
        $end = microtime(true) + $seconds;
        for ($turn = 1; Soak::isOn() ? microtime(true) < $end : $turn <= 12; $turn++) {
            $load->turn();
        }
    }

    /** @return array<string, string> Lines of php.ini. */
    private function preparation(string $name): array
    {
        $opcache = ['zend_extension' => 'opcache', 'opcache.enable' => '1', 'opcache.jit' => 'tracing', 'opcache.jit_buffer_size' => '8M'];
        $this->directory = new TemporaryDirectory();

        return match ($name) {
            'without opcache' => ['opcache.enable' => '0'],
            'with opcache' => $opcache,
            'with a call at preload' => $opcache + [
                'opcache.preload_user' => posix_getpwuid(posix_geteuid())['name'],
                'opcache.preload' => $this->directory->write('preload.php', '<?php
                    runcloud_add_domain("preload.example", client: new RunCloud\Client(1001, 2001, "test-token"));'),
            ],
        };
    }

    /** That the workers had what the preparation promises. */
    private function assertPrepared(string $preparation, Load $load): void
    {
        self::assertSame([$preparation !== 'without opcache' => count($load->created)], $load->opcache, 'answers with opcache, and without');
        self::assertSame(
            $preparation === 'with a call at preload',
            in_array('preload.example', array_column($this->simulator()->state()['domains'], 'name'), true),
            'the domain that the preload script adds'
        );
    }

    private function assertNoThreadIsLeft(PhpFpm $fpm): void
    {
        foreach ($fpm->workers() as $pid) {
            Deadline::poll("worker {$pid} to be idle", fn () => Process::threads($pid) <= self::THREADS);
        }
    }
}
