<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

/**
 * A network namespace with a small world at the ports of the real one (53, 80, 443), which its resolv.conf names: programs that know no other
 * ports can look at it. It lasts as long as this object, and needs the right to make namespaces.
 */
final class OwnNetwork
{
    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private array $pipes = [];

    private readonly int $pid;

    private readonly string $authority;

    public function __construct(int $delay)
    {
        $work = dirname(__DIR__, 2) . '/build/bench';
        $this->authority = "{$work}/world.pem";
        file_put_contents("{$work}/resolv.conf", "nameserver 127.0.0.53\n");
        $program = dirname(__DIR__, 2) . '/target/release/small-world';
        $script = "ip link set lo up && mount --bind '{$work}/resolv.conf' /etc/resolv.conf && exec '{$program}'";
        $this->process = proc_open(['unshare', '--net', '--mount', 'sh', '-ec', $script], [['pipe', 'r'], ['pipe', 'w']], $this->pipes);
        $ports = ['dns' => 53, 'http' => 80, 'https' => 443];
        fwrite($this->pipes[0], json_encode(['delay_ms' => $delay, 'everything' => '127.0.0.1', 'ports' => $ports]) . "\n");
        $about = json_decode((string) fgets($this->pipes[1]), true)
            ?? throw new \RuntimeException('The small world did not start in a network of its own; only root may make one.');
        file_put_contents($this->authority, $about['authority']);
        $this->pid = proc_get_status($this->process)['pid'];
    }

    public function __destruct()
    {
        array_map('fclose', $this->pipes);
        proc_close($this->process);
    }

    /** @return list<string> What runs a command in this network. */
    public function command(): array
    {
        return ['nsenter', "--target={$this->pid}", '--net', '--mount'];
    }

    /** The value of runcloud.inspect_world. */
    public function setting(): string
    {
        return "resolvers=127.0.0.53:53 allowed=127.0.0.1,127.0.1.1 dns=53 http=80 https=443 roots={$this->authority}";
    }
}
