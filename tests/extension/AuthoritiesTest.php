<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Test\Support\ExtensionTestCase;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\TemporaryDirectory;
use RunCloud\Test\Support\TlsServer;

/**
 * Whom TLS trusts: files that the operator named, as they are now, and nothing that a script says.
 */
final class AuthoritiesTest extends ExtensionTestCase
{
    private const PING = '
        $ping = function (): string {
            try { (new RunCloud\Client(1001, 2001, "test-token"))->ping(); return "ok"; }
            catch (RunCloud\Exception\ExceptionInterface $e) { return $e::class . ": " . $e->getMessage(); }
        };';

    private TemporaryDirectory $directory;

    protected function setUp(): void
    {
        parent::setUp();
        $this->directory = new TemporaryDirectory();
    }

    /** @dataProvider forms */
    public function testEveryFormOfPemIsReadThatOpensslWrites(string $label, string $before, array $options): void
    {
        $pem = $this->openssl(['x509', '-in', $this->simulator()->ca, ...$options]);
        $pem = $before . str_replace(' CERTIFICATE', " {$label}", str_replace(' TRUSTED CERTIFICATE', ' CERTIFICATE', $pem));

        self::assertSame('ok', $this->pingWith($pem));
    }

    /** @return iterable<string, array{string, string, list<string>}> */
    public static function forms(): iterable
    {
        yield 'usual' => ['CERTIFICATE', '', []];
        yield 'byte-order mark' => ['CERTIFICATE', "\u{feff}", []];
        yield 'with its text' => ['CERTIFICATE', '', ['-text']];
        yield 'X509 CERTIFICATE' => ['X509 CERTIFICATE', '', []];
        yield 'TRUSTED CERTIFICATE' => ['TRUSTED CERTIFICATE', '', ['-trustout']];
        yield 'trusted for servers' => ['TRUSTED CERTIFICATE', '', ['-trustout', '-addtrust', 'serverAuth', '-setalias', 'panel']];
        yield 'not trusted for clients' => ['TRUSTED CERTIFICATE', '', ['-trustout', '-addreject', 'clientAuth']];
    }

    public function testAnAuthorityThatItsFileRejectsIsNotTrusted(): void
    {
        $good = $this->otherAuthority();
        foreach ([['-addreject', 'serverAuth'], ['-addtrust', 'clientAuth']] as $options) {
            $pem = $this->openssl(['x509', '-in', $this->simulator()->ca, '-trustout', ...$options]);

            self::assertStringContainsString('not trusted', $this->pingWith($good . $pem));
        }
    }

    /** @dataProvider damages */
    public function testADamagedCertificateIsNamedByItsPlace(callable $damage, string $why): void
    {
        $good = file_get_contents($this->simulator()->ca);
        $line = substr_count($good, "\n") + 1;

        $said = $this->pingWith($good . $damage($good));

        self::assertStringStartsWith(ConfigurationException::class, $said);
        self::assertStringContainsString("{$this->directory->path}/ca.pem", $said);
        self::assertStringContainsString("block 2, which begins at line {$line}, {$why}", $said);
        $this->assertNoRequest();
    }

    /** @return iterable<string, array{callable(string): string, string}> */
    public static function damages(): iterable
    {
        yield 'a letter that is none' => [static fn (string $pem) => substr_replace($pem, '!', 100, 1), 'is not base64'];
        yield 'cut off' => [static fn (string $pem) => substr($pem, 0, 200) . "\n", 'has no END line'];
        $lines = static fn (string $pem) => explode("\n", trim($pem));
        yield 'a line is missing' => [
            static fn (string $pem) => implode("\n", array_merge(array_slice($lines($pem), 0, 2), array_slice($lines($pem), 3))),
            'is cut off or is no certificate',
        ];
        yield 'something else' => [
            static fn (string $pem) => "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n",
            'is no X.509 certificate',
        ];
    }

    /** @dataProvider noFiles */
    public function testWhatIsNoFileIsRefusedAtOnce(string $kind, string $what): void
    {
        $path = "{$this->directory->path}/{$kind}";
        match ($kind) {
            'fifo' => posix_mkfifo($path, 0600),
            'folder' => mkdir($path),
            'zero' => symlink('/dev/zero', $path),
            'large' => ftruncate(fopen($path, 'w'), 17 << 20),
        };

        $said = $this->ping(['runcloud.ca_file' => $path]);

        self::assertStringStartsWith(ConfigurationException::class, $said);
        self::assertStringContainsString("\"{$path}\" is {$what}", $said);
        $this->assertNoRequest();
    }

    /** @return iterable<string, array{string, string}> */
    public static function noFiles(): iterable
    {
        yield 'a pipe that nobody writes to' => ['fifo', 'a pipe'];
        yield 'a folder' => ['folder', 'a directory'];
        yield 'a device without an end' => ['zero', 'a device'];
        yield 'an endless file' => ['large', 'larger than 16 MiB'];
    }

    public function testAPathThatDependsOnTheFolderIsRefused(): void
    {
        $said = $this->ping(['runcloud.ca_file' => 'ca.pem'], 'chdir("' . dirname($this->simulator()->ca) . '");');

        self::assertStringStartsWith(ConfigurationException::class, $said);
        self::assertStringContainsString('runcloud.ca_file is "ca.pem"', $said);
    }

    /** @dataProvider ways */
    public function testACorrectedCaFileIsReadAgain(string $replace): void
    {
        $file = $this->directory->write('ca.pem', $this->otherAuthority());
        $good = $this->directory->write('good.pem', file_get_contents($this->simulator()->ca));

        $said = Php::run(
            self::PING . '$file = "' . $file . '"; $good = "' . $good . '"; $said = [$ping()];' . $replace
            . '$said[] = $ping(); $said[] = $ping(); echo json_encode($said);',
            ['runcloud.ca_file' => $file]
        )->json();

        self::assertStringStartsWith(ConnectionException::class, $said[0]);
        self::assertStringContainsString('not trusted', $said[0]);
        self::assertSame(['ok', 'ok'], [$said[1], $said[2]]);
        self::assertCount(1, array_unique(array_column($this->simulator()->history(), 'connection')));
    }

    /** @return iterable<string, array{string}> */
    public static function ways(): iterable
    {
        yield 'another file of its name' => ['rename($good, $file);'];
        yield 'written anew' => ['file_put_contents($file, file_get_contents($good));'];
    }

    public function testACaFileThatNoLongerTrustsThePanelCountsForTheNextCall(): void
    {
        $file = $this->directory->write('ca.pem', file_get_contents($this->simulator()->ca));
        $this->directory->write('other.pem', $this->otherAuthority());

        $said = Php::run(
            self::PING . '$said = [$ping()]; rename("' . $this->directory->path . '/other.pem", "' . $file . '");
            $said[] = $ping(); echo json_encode($said);',
            ['runcloud.ca_file' => $file]
        )->json();

        self::assertSame('ok', $said[0]);
        self::assertStringContainsString('not trusted', $said[1]);
    }

    public function testACertificateThatIsNotTrustedIsLookedAtAgainWithTheAuthoritiesOfNow(): void
    {
        $file = $this->directory->write('ca.pem', $this->otherAuthority());
        $before = array_map('getenv', ['SSL_CERT_FILE', 'SSL_CERT_DIR']);
        putenv('SSL_CERT_FILE');
        putenv("SSL_CERT_DIR={$this->directory->path}");
        try {
            // The folder is as it was: its file was written to.
            $said = Php::run(
                self::PING . '$said = [$ping()]; file_put_contents("' . $file . '", file_get_contents("' . $this->simulator()->ca . '"));
                $said[] = $ping(); $client = new RunCloud\Client(1001, 2001, "test-token"); $client->ping();
                $said[] = $client->requestCount(); echo json_encode($said);',
                ['runcloud.ca_file' => '']
            )->json();
        } finally {
            putenv($before[0] === false ? 'SSL_CERT_FILE' : "SSL_CERT_FILE={$before[0]}");
            putenv($before[1] === false ? 'SSL_CERT_DIR' : "SSL_CERT_DIR={$before[1]}");
        }

        self::assertStringContainsString('not trusted', $said[0]);
        self::assertSame(['ok', 1], [$said[1], $said[2]]);
    }

    public function testAScriptCannotChooseWhomToTrust(): void
    {
        $ca = $this->simulator()->ca;

        foreach (["SSL_CERT_FILE={$ca}", 'SSL_CERT_DIR=' . dirname($ca)] as $variable) {
            $said = $this->ping(['runcloud.ca_file' => ''], "putenv('{$variable}');");
            self::assertStringContainsString('not trusted', $said);
        }
        $none = $this->directory->write('none.pem', '');
        self::assertSame('ok', $this->ping(['runcloud.ca_file' => $ca], "putenv('SSL_CERT_FILE={$none}');"));
    }

    public function testWhatTheEnvironmentNamedAtTheStartIsNamedWhenItIsOfNoUse(): void
    {
        $none = $this->directory->write('none.pem', '');
        $before = array_map('getenv', ['SSL_CERT_FILE', 'SSL_CERT_DIR']);
        putenv("SSL_CERT_FILE={$none}");
        putenv('SSL_CERT_DIR');
        try {
            $said = $this->ping(['runcloud.ca_file' => '']);
        } finally {
            putenv($before[0] === false ? 'SSL_CERT_FILE' : "SSL_CERT_FILE={$before[0]}");
            putenv($before[1] === false ? 'SSL_CERT_DIR' : "SSL_CERT_DIR={$before[1]}");
        }

        self::assertStringStartsWith(ConfigurationException::class, $said);
        self::assertStringContainsString($none, $said);
        self::assertStringContainsString('SSL_CERT_FILE', $said);
    }

    /** The certificate of an authority that has nothing to do with the panel. */
    private function otherAuthority(): string
    {
        $server = new TlsServer();

        return file_get_contents($server->certificate);
    }

    private function pingWith(string $pem): string
    {
        return $this->ping(['runcloud.ca_file' => $this->directory->write('ca.pem', $pem)]);
    }

    /** @param array<string, string> $ini */
    private function ping(array $ini, string $before = ''): string
    {
        return Php::run(self::PING . $before . 'echo $ping();', $ini + ['runcloud.max_retries' => '0'])->output;
    }

    /** @param list<string> $arguments */
    private function openssl(array $arguments): string
    {
        $process = proc_open(['openssl', ...$arguments], [1 => ['pipe', 'w']], $pipes);
        $output = stream_get_contents($pipes[1]);
        proc_close($process);

        return $output;
    }
}
