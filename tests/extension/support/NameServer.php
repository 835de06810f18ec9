<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A name server that says what a test wants, on a loopback address of its own: resolv.conf can name no port but 53.
 */
final class NameServer
{
    public const SERVER_FAILURE = 2;
    public const REFUSED = 5;
    public const SILENT = -1;

    private static int $count = 0;
    public readonly string $address;
    private readonly TemporaryDirectory $directory;
    /** @var resource */
    private $process;

    /**
     * Starts it and waits until it listens.
     *
     * @param array<string, string> $addresses IPv4 addresses by name; no other name exists.
     * @param int                   $code      The response code in place of an answer; 0 is an answer.
     * @param string|null           $address   Where it listens; null: where nobody else does.
     */
    public function __construct(array $addresses = [], int $code = 0, ?string $address = null)
    {
        $this->directory = new TemporaryDirectory();
        $this->address = $address ?? sprintf('127.%d.%d.%d', 53 + getmypid() % 100, intdiv(getmypid(), 100) % 250, ++self::$count % 250 + 1);
        $this->says($addresses, $code);
        $this->process = proc_open(
            [PHP_BINARY, '-n', __DIR__ . '/name-server.php', $this->address, $this->file('says'), $this->file('asked')],
            [['file', '/dev/null', 'r'], ['pipe', 'w']],
            $pipes
        );
        $line = (string) fgets($pipes[1]);
        if ($line !== "listening\n") {
            throw new \RuntimeException("Nobody can be a name server at {$this->address}: {$line}");
        }
    }

    /** @param array<string, string> $addresses */
    public function says(array $addresses, int $code = 0): void
    {
        $this->directory->write('says', json_encode(['code' => $code, 'addresses' => (object) $addresses], JSON_THROW_ON_ERROR));
    }

    /** @return list<string> The names that it was asked for, each once. */
    public function asked(): array
    {
        $names = explode("\n", trim((string) @file_get_contents($this->file('asked'))));

        return array_values(array_unique(array_filter($names)));
    }

    public function __destruct()
    {
        if (isset($this->process)) {
            proc_terminate($this->process, SIGKILL);
            proc_close($this->process);
        }
    }

    private function file(string $name): string
    {
        return "{$this->directory->path}/{$name}";
    }
}
