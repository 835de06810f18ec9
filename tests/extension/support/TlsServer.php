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
    /** Its certificate, which is its own authority. */
    public readonly string $certificate;
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
        $root = $this->directory->path;
        $this->certificate = "{$root}/certificate.pem";
        $this->openssl(
            ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=TLS server'],
            ...['-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE'],
            ...['-keyout', "{$root}/key.pem", '-out', $this->certificate]
        );
        mkdir("{$root}/api/v3", 0700, true);
        $this->directory->write('api/v3/ping', "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"message\":\"pong\"}");

        // A port of the system's choice, which it says in its first lines. -HTTP: its files are whole answers.
        $this->process = proc_open(
            ['openssl', 's_server', '-accept', '127.0.0.1:0', '-cert', $this->certificate, '-key', "{$root}/key.pem", '-HTTP',
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
        $this->url = "https://127.0.0.1:{$match[1]}/api";
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
