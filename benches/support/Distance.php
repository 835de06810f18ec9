<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

/**
 * A round trip between here and a port of this machine (tests/distance), for as long as this object lasts.
 */
final class Distance
{
    public readonly int $port;

    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private array $pipes = [];

    public function __construct(int $port, int $milliseconds)
    {
        $program = dirname(__DIR__, 2) . '/target/release/distance';
        $this->process = proc_open([$program, (string) $port, (string) $milliseconds], [['pipe', 'r'], ['pipe', 'w']], $this->pipes);
        $this->port = (int) fgets($this->pipes[1]) ?: throw new \RuntimeException("{$program} did not start; build it with: make build");
    }

    public function __destruct()
    {
        array_map('fclose', $this->pipes);
        proc_close($this->process);
    }
}
