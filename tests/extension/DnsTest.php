<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\TimeoutException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\NameServer;
use RunCloud\Test\Support\OwnEtc;
use RunCloud\Test\Support\TemporaryDirectory;
use RunCloud\Test\Support\TlsServer;

/**
 * How a host name becomes an address: what /etc/hosts and /etc/resolv.conf say counts, and nobody else is asked.
 */
final class DnsTest extends ExtensionTestCase
{
    private const PING = '
        $ping = function (): string {
            try { (new RunCloud\Client(1001, 2001, "test-token"))->ping(); return "ok"; }
            catch (RunCloud\Exception\ExceptionInterface $e) { return $e::class . ": " . $e->getMessage(); }
        };';
    private const LEFT = '$left = fn () => array_map(fn ($of) => count(scandir("/proc/self/$of")) - 2, ["task", "fd"]);';

    private TemporaryDirectory $directory;
    /** @var list<NameServer> They run until the test is over. */
    private array $servers = [];

    protected function setUp(): void
    {
        parent::setUp();
        if (($obstacle = OwnEtc::obstacle()) !== null) {
            self::markTestSkipped($obstacle);
        }
        $this->directory = new TemporaryDirectory();
    }

    public function testADeadNameServerLeavesNoThreadAndNoDescriptorBehind(): void
    {
        $dead = new NameServer(code: NameServer::SILENT);

        [$before, $after] = $this->inNamespace(
            $this->resolver($dead),
            self::PING . self::LEFT . '$ping(); $before = $left(); foreach (range(1, 40) as $i) { $ping(); }
            echo json_encode([$before, $left()]);',
            ['runcloud.connect_timeout' => '0.02', 'runcloud.max_retries' => '0']
        );

        // What the last call has given up may not be quite gone.
        self::assertLessThanOrEqual($before[0], $after[0], 'threads');
        self::assertLessThanOrEqual($before[1] + 4, $after[1], 'file descriptors');
    }

    /** @dataProvider limits */
    public function testADeadNameServerIsNamed(string $setting): void
    {
        $dead = new NameServer(code: NameServer::SILENT);

        $said = $this->ping($this->resolver($dead), 'panel.example', ["runcloud.{$setting}" => '0.3']);

        self::assertStringStartsWith(TimeoutException::class, $said);
        foreach (['DNS', 'panel.example', "runcloud.{$setting}", '0.3 s'] as $part) {
            self::assertStringContainsString($part, $said);
        }
        if ($setting !== 'deadline') {
            self::assertStringContainsString($dead->address, $said);
            self::assertStringContainsString('/etc/resolv.conf', $said);
        }
        self::assertSame(['panel.example'], $dead->asked());
    }

    /** @return iterable<string, array{string}> */
    public static function limits(): iterable
    {
        foreach (['connect_timeout', 'timeout', 'deadline'] as $setting) {
            yield $setting => [$setting];
        }
    }

    /** @dataProvider refusals */
    public function testWhatANameServerSaysIsRepeated(int $code, string ...$parts): void
    {
        $server = new NameServer(code: $code);

        $said = $this->ping($this->resolver($server), 'panel.example');

        self::assertStringStartsWith(ConnectionException::class, $said);
        foreach (['panel.example', $server->address, ...$parts] as $part) {
            self::assertStringContainsString($part, $said);
        }
    }

    /** @return iterable<string, list<int|string>> */
    public static function refusals(): iterable
    {
        yield 'no such name' => [0, 'DNS has no address', 'runcloud.base_url'];
        yield 'server failure' => [NameServer::SERVER_FAILURE, 'server failure', 'try again later'];
        yield 'refused' => [NameServer::REFUSED, 'refused', 'try again later'];
    }

    public function testAnAddressThatANameServerKnowsIsUsed(): void
    {
        self::assertSame('ok', $this->ping($this->resolver(new NameServer(['panel.example' => '127.0.0.1'])), 'panel.example'));
    }

    public function testTheSearchListIsUsed(): void
    {
        $server = new NameServer(['panel.shop.example' => '127.0.0.1']);
        $mounts = ['/etc/resolv.conf' => $this->file('resolv.conf', "search shop.example\nnameserver {$server->address}\n")];

        self::assertSame('ok', $this->ping($mounts, 'panel', server: TlsServer::with(['name' => 'DNS:panel'])));
    }

    /** @dataProvider uselessServers */
    public function testTheNextNameServerHelpsOut(int $code): void
    {
        $useless = new NameServer(code: $code);
        $good = new NameServer(['panel.example' => '127.0.0.1']);

        self::assertSame('ok', $this->ping($this->resolver($useless, $good), 'panel.example'));
        self::assertSame(['panel.example'], $useless->asked());
    }

    /** @return iterable<string, array{int}> */
    public static function uselessServers(): iterable
    {
        yield 'silent' => [NameServer::SILENT];
        yield 'failing' => [NameServer::SERVER_FAILURE];
        yield 'refusing' => [NameServer::REFUSED];
    }

    public function testNoOtherNameServerIsBelievedWhenTheFirstSaysThatThereIsNoSuchName(): void
    {
        $first = new NameServer();
        $second = new NameServer(['panel.example' => '127.0.0.1']);

        self::assertStringContainsString('has no address', $this->ping($this->resolver($first, $second), 'panel.example'));
        self::assertSame([], $second->asked());
    }

    public function testTheHostsFileWorksWithoutANameServer(): void
    {
        $dead = new NameServer(code: NameServer::SILENT);
        $mounts = $this->resolver($dead) + ['/etc/hosts' => $this->file('hosts', "# panel\n127.0.0.1 other.example Panel.Example # x\n")];

        self::assertSame('ok', $this->ping($mounts, 'panel.example'));
        self::assertSame([], $dead->asked());
    }

    public function testBothFilesAreReadAgainWhenTheyChange(): void
    {
        $server = new NameServer(['panel.example' => '127.0.0.1']);
        $mounts = $this->resolver(new NameServer()) + ['/etc/hosts' => $this->file('hosts', '')];

        $said = $this->inNamespace(
            $mounts,
            self::PING . '$said = [$ping()];
            file_put_contents("/etc/resolv.conf", "nameserver ' . $server->address . '\n"); $said[] = $ping();
            file_put_contents("/etc/resolv.conf", ""); file_put_contents("/etc/hosts", "127.0.0.1 panel.example\n");
            $said[] = $ping(); echo json_encode($said);',
            [],
            'panel.example',
            TlsServer::with(['name' => 'DNS:panel.example'])
        );

        self::assertStringContainsString('has no address', $said[0]);
        self::assertSame(['ok', 'ok'], [$said[1], $said[2]]);
    }

    public function testAnUnreadableResolvConfIsTheErrorAndNobodyElseIsAsked(): void
    {
        posix_mkfifo("{$this->directory->path}/fifo", 0600);
        mkdir("{$this->directory->path}/etc");
        file_put_contents("{$this->directory->path}/etc/hosts", "127.0.0.1 localhost\n");

        foreach (['/etc/resolv.conf' => 'fifo', '/etc' => 'etc'] as $path => $source) {
            $said = $this->ping([$path => "{$this->directory->path}/{$source}"], 'panel.example');

            self::assertStringStartsWith(ConnectionException::class . ': /etc/resolv.conf cannot be read', $said);
        }
    }

    public function testAResolvConfWithoutANameServerMeansThisMachine(): void
    {
        try {
            $here = new NameServer(['panel.example' => '127.0.0.1'], address: '127.0.0.1');
        } catch (\RuntimeException $e) {
            self::markTestSkipped($e->getMessage());
        }

        self::assertSame('ok', $this->ping(['/etc/resolv.conf' => $this->file('resolv.conf', "# nothing\n")], 'panel.example'));
        self::assertSame(['panel.example'], $here->asked());
    }

    /** @return array<string, string> */
    private function resolver(NameServer ...$servers): array
    {
        array_push($this->servers, ...$servers);
        $lines = array_map(static fn (NameServer $server): string => "nameserver {$server->address}\n", $servers);

        return ['/etc/resolv.conf' => $this->file('resolv.conf', implode('', $lines))];
    }

    private function file(string $name, string $content): string
    {
        return $this->directory->write($name, $content);
    }

    /**
     * Pings a panel of this name, and tells how that went.
     *
     * @param array<string, string> $mounts
     * @param array<string, string> $ini
     */
    private function ping(array $mounts, string $host, array $ini = [], ?TlsServer $server = null): string
    {
        return $this->inNamespace(
            $mounts,
            self::PING . 'echo json_encode($ping());',
            $ini + ['runcloud.max_retries' => '0'],
            $host,
            $server ?? TlsServer::with(['name' => "DNS:{$host}"])
        );
    }

    /**
     * Runs code that prints JSON.
     *
     * @param array<string, string> $mounts
     * @param array<string, string> $ini
     */
    private function inNamespace(array $mounts, string $code, array $ini, string $host = 'panel.example', ?TlsServer $server = null): mixed
    {
        $ini += ['runcloud.base_url' => "https://{$host}:" . ($server->port ?? 1) . '/api', 'runcloud.ca_file' => $server->certificate ?? ''];

        return OwnEtc::run($mounts, $code, $ini)->json();
    }
}
