<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A proxy that connects to wherever it is told to.
 */
final class ConnectProxy
{
    public readonly int $port;
    private readonly TemporaryDirectory $directory;
    /** @var resource */
    private $process;

    /**
     * Starts it and waits until it listens.
     *
     * @param string $tls A PEM file with a certificate and its key, for a proxy that is itself spoken to in TLS.
     */
    public function __construct(string $tls = '')
    {
        $this->directory = new TemporaryDirectory();
        $this->process = proc_open(
            [PHP_BINARY, '-n', __DIR__ . '/connect-proxy.php', $this->log(), ...($tls === '' ? [] : [$tls])],
            [['file', '/dev/null', 'r'], ['pipe', 'w']],
            $pipes
        );
        $this->port = (int) fgets($pipes[1]);
    }

    /** @return list<string> The tunnels that it was asked for, such as "CONNECT 127.0.0.1:443 HTTP/1.1". */
    public function tunnels(): array
    {
        return array_filter(explode("\n", (string) @file_get_contents($this->log())));
    }

    public function __destruct()
    {
        proc_terminate($this->process, SIGKILL);
        proc_close($this->process);
    }

    private function log(): string
    {
        return "{$this->directory->path}/requests";
    }
}
