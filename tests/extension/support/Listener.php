<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * Somebody who listens on a port and keeps what arrives: a decoy, or a panel that answers as no panel should.
 *
 *     $decoy = new Listener();
 *     ... // something that must not send anything to http://127.0.0.1:{$decoy->port}
 *     assert($decoy->received() === '');
 */
final class Listener
{
    public readonly int $port;
    private readonly TemporaryDirectory $directory;
    /** @var resource */
    private $process;

    /**
     * Starts it and waits until it listens.
     *
     * @param string $answer  Sent to every request as it stands; "{authorization}" becomes that header of the request.
     * @param string $address Where it listens; "0.0.0.0" is everywhere.
     */
    public function __construct(string $answer = '', string $address = '127.0.0.1')
    {
        $this->directory = new TemporaryDirectory();
        $this->process = proc_open(
            [PHP_BINARY, '-n', __DIR__ . '/listen.php', $address, $this->file(), $answer],
            [['file', '/dev/null', 'r'], ['pipe', 'w']],
            $pipes
        );
        $this->port = (int) fgets($pipes[1]);
        if ($this->port === 0) {
            throw new \RuntimeException("Nobody can listen at {$address}.");
        }
    }

    /** Every byte that has arrived. */
    public function received(): string
    {
        return (string) @file_get_contents($this->file());
    }

    public function __destruct()
    {
        proc_terminate($this->process, SIGKILL);
        proc_close($this->process);
    }

    private function file(): string
    {
        return "{$this->directory->path}/received";
    }
}
