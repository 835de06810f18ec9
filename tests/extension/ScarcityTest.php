<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConnectionException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\NameServer;
use RunCloud\Test\Support\OwnEtc;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\TemporaryDirectory;
use RunCloud\Test\Support\TlsServer;

/**
 * When the process has run out of what the system gives: said as what it is, and over when it is over.
 */
final class ScarcityTest extends ExtensionTestCase
{
    private const PING = '
        $ping = function (): array {
            try { (new RunCloud\Client(1001, 2001, "test-token"))->ping(); return ["ok", ""]; }
            catch (RunCloud\Exception\ExceptionInterface $e) { return [$e::class, $e->getMessage()]; }
        };
        function use_up(): array { $files = []; while ($file = @fopen("/dev/null", "r")) { $files[] = $file; } return $files; }';
    private const NO_DESCRIPTORS = 'can open no more files or connections';
    /** As many as a first call may need, and some more. */
    private const MOST = 14;

    public function testNoDescriptorsLeftForAFirstCallAreSaidAndLaterItWorks(): void
    {
        foreach (range(0, self::MOST) as $left) {
            $said = $this->withFewDescriptors(
                '$files = use_up(); array_splice($files, 0, ' . $left . '); $said = [$ping()]; $files = null; $said[] = $ping();
                echo json_encode($said);'
            );

            $this->assertSaidOrDone($said[0], "{$left} left");
            self::assertSame('ok', $said[1][0], "{$left} left: {$said[1][1]}");
        }
        self::assertSame('ok', $said[0][0], 'at last there are enough');
    }

    public function testNoDescriptorsLeftForAFurtherConnectionAreSaid(): void
    {
        $this->simulator()->chaos(['close' => 1.0]);

        $said = $this->withFewDescriptors('$said = [$ping()]; $files = use_up(); $said[] = $ping(); echo json_encode($said);');

        self::assertSame('ok', $said[0][0]);
        self::assertSame(ConnectionException::class, $said[1][0]);
        self::assertStringContainsString(self::NO_DESCRIPTORS, $said[1][1]);
    }

    public function testNoDescriptorsLeftToAskANameServerAreSaid(): void
    {
        if (($obstacle = OwnEtc::obstacle()) !== null) {
            self::markTestSkipped($obstacle);
        }
        $panel = TlsServer::with(['name' => 'DNS:panel.example']);
        $server = new NameServer(['panel.example' => '127.0.0.1']);
        $directory = new TemporaryDirectory();
        $mounts = ['/etc/resolv.conf' => $directory->write('resolv.conf', "nameserver {$server->address}\n")];
        foreach (range(0, self::MOST) as $left) {
            $said = $this->withFewDescriptors(
                '$files = use_up(); array_splice($files, 0, ' . $left . '); echo json_encode([$ping()]);',
                ['runcloud.base_url' => "https://panel.example:{$panel->port}/api", 'runcloud.ca_file' => $panel->certificate],
                $mounts
            );
            $this->assertSaidOrDone($said[0], "{$left} left");
        }
        self::assertSame('ok', $said[0][0], 'at last there are enough');
    }

    public function testNoThreadLeftIsSaid(): void
    {
        // Limits on processes do not hold for root, and are for all processes of a user together: this one has no other.
        exec('setpriv --reuid=54321 --regid=54321 --clear-groups true 2>&1', $output, $status);
        if ($status !== 0) {
            self::markTestSkipped('Nobody else can be become: ' . implode(' ', $output));
        }
        $directory = new TemporaryDirectory();
        copy(Php::extension(), "{$directory->path}/runcloud.so");
        chmod($directory->path, 0755);
        $command = Php::command(
            ['extension' => "{$directory->path}/runcloud.so"],
            false,
            ['-r', self::PING . 'echo json_encode($ping());']
        );

        $said = Php::wait(['prlimit', '--nproc=1', 'setpriv', '--reuid=54321', '--regid=54321', '--clear-groups', ...$command])->json();

        self::assertSame(ConnectionException::class, $said[0], $said[1]);
        $this->assertSentence($said[1]);
        self::assertStringContainsString('no further thread', $said[1]);
    }

    /** @param array{string, string} $said */
    private function assertSaidOrDone(array $said, string $when): void
    {
        if ($said[0] !== 'ok') {
            self::assertSame(ConnectionException::class, $said[0], "{$when}: {$said[1]}");
            $this->assertSentence($said[1]);
            self::assertStringContainsString(self::NO_DESCRIPTORS, $said[1], $when);
        }
    }

    /**
     * Runs code that prints JSON in a process that may open 64 files.
     *
     * @param array<string, string> $ini
     * @param array<string, string> $mounts
     */
    private function withFewDescriptors(string $code, array $ini = [], array $mounts = []): mixed
    {
        $limit = ['sh', '-c', 'ulimit -n 64; exec "$@"', 'sh'];
        $ini += ['runcloud.max_retries' => '0', 'runcloud.timeout' => '10'];

        return $mounts === []
            ? Php::wait([...$limit, ...Php::command($ini, true, ['-r', self::PING . $code])])->json()
            : OwnEtc::run($mounts, self::PING . $code, $ini, $limit)->json();
    }
}
