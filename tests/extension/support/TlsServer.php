<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A server of OpenSSL's, which speaks versions of TLS that the simulator does not. It answers a ping as the panel does.
 */
final class TlsServer
{
    /** The base URL of its panel. */
    public readonly string $url;
    public readonly int $port;
    /** Its certificate, which is its own authority. */
    public readonly string $certificate;
    /** The key of its certificate. */
    public readonly string $key;
    private readonly TemporaryDirectory $directory;
    /** @var resource */
    private $process;

    /**
     * Starts it and waits until it listens.
     *
     * @param string ...$options Of "openssl s_server", such as "-tls1_2" for nothing else.
     */
    public function __construct(string ...$options)
    {
        $this->directory = new TemporaryDirectory();
        $this->makeCertificate();
        $this->start(...$options);
    }

    /**
     * One with another certificate.
     *
     * @param array{name?: string, key?: string, from?: string, until?: string} $certificate Its name as a certificate has it, such as
     *     "DNS:panel.example"; the kind of its key; the begin and end of its time as "YYYYMMDDHHMMSSZ".
     * @param string                                                         ...$options     As above.
     */
    public static function with(array $certificate, string ...$options): self
    {
        $server = (new \ReflectionClass(self::class))->newInstanceWithoutConstructor();
        $server->directory = new TemporaryDirectory();
        $server->makeCertificate(...$certificate);
        $server->start(...$options);

        return $server;
    }

    private function makeCertificate(
        string $name = 'IP:127.0.0.1',
        string $key = 'rsa:2048',
        ?string $from = null,
        ?string $until = null
    ): void {
        $root = $this->directory->path;
        [$this->certificate, $this->key] = ["{$root}/certificate.pem", "{$root}/key.pem"];
        $this->openssl(
            ...['req', '-newkey', ...explode(' ', $key), '-nodes', '-subj', '/CN=TLS server'],
            ...['-keyout', $this->key, '-out', "{$root}/request.pem"]
        );
        // "openssl ca" is the one that knows dates.
        $this->directory->write('index.txt', '');
        $this->directory->write('ca.conf', "[ca]\ndefault_ca=own\n[own]\ndatabase={$root}/index.txt\nnew_certs_dir={$root}\n"
            . "rand_serial=yes\ndefault_md=sha256\npolicy=any\nx509_extensions=leaf\n[any]\ncommonName=supplied\n"
            . "[leaf]\nsubjectAltName={$name}\nbasicConstraints=critical,CA:FALSE\n");
        $this->openssl(
            ...['ca', '-batch', '-notext', '-selfsign', '-config', "{$root}/ca.conf", '-keyfile', $this->key],
            ...['-in', "{$root}/request.pem", '-out', $this->certificate],
            ...['-startdate', $from ?? gmdate('YmdHis\Z', time() - 86400), '-enddate', $until ?? gmdate('YmdHis\Z', time() + 86400)]
        );
    }

    private function start(string ...$options): void
    {
        $root = $this->directory->path;
        mkdir("{$root}/api/v3", 0700, true);
        $this->directory->write('api/v3/ping', "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"message\":\"pong\"}");

        // A port of the system's choice, which it says in its first lines. -HTTP: its files are whole answers.
        $this->process = proc_open(
            ['openssl', 's_server', '-accept', '127.0.0.1:0', '-cert', $this->certificate, '-key', $this->key, '-HTTP',
                ...$options],
            [['file', '/dev/null', 'r'], ['pipe', 'w'], ['file', "{$root}/errors", 'w']],
            $pipes,
            $root
        );
        do {
            $line = fgets($pipes[1]);
        } while ($line !== false && preg_match('/^ACCEPT \S+:(\d+)$/', trim($line), $match) !== 1);
        if ($line === false) {
            throw new \RuntimeException('openssl s_server did not start: ' . file_get_contents("{$root}/errors"));
        }
        $this->port = (int) $match[1];
        $this->url = "https://127.0.0.1:{$this->port}/api";
    }

    /** Whether somebody got as far as to ask for a page. */
    public function wasAsked(): bool
    {
        return str_contains((string) file_get_contents("{$this->directory->path}/errors"), 'FILE:');
    }

    public function __destruct()
    {
        proc_terminate($this->process, SIGKILL);
        proc_close($this->process);
    }

    private function openssl(string ...$arguments): void
    {
        $process = proc_open(['openssl', ...$arguments], [1 => ['file', '/dev/null', 'w'], 2 => ['pipe', 'w']], $pipes);
        $errors = stream_get_contents($pipes[2]);
        if (proc_close($process) !== 0) {
            throw new \RuntimeException("openssl {$arguments[0]} failed: {$errors}");
        }
    }
}
