<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A small world on loopback to look at: name servers, web servers, certificates. It lasts as long as this object.
 */
final class SmallWorld
{
    /** @var resource */
    private $process;
    /** @var array<int, resource> */
    private array $pipes = [];
    private string $authority;
    /** @var array{dns: int, http: int, https: int} */
    private array $ports;

    /** @param array<string, mixed> $plan As small_world::Plan has it. */
    public function __construct(array $plan)
    {
        $program = getenv('RUNCLOUD_SMALL_WORLD') ?: dirname(__DIR__, 3) . '/target/debug/small-world';
        $this->process = proc_open([$program], [['pipe', 'r'], ['pipe', 'w']], $this->pipes);
        fwrite($this->pipes[0], json_encode($plan, JSON_THROW_ON_ERROR) . "\n");
        $about = json_decode((string) fgets($this->pipes[1]), true) ?? throw new \RuntimeException("{$program} did not start.");
        $this->ports = $about['ports'];
        $this->authority = (string) tempnam(sys_get_temp_dir(), 'world');
        file_put_contents($this->authority, $about['authority']);
    }

    public function __destruct()
    {
        unlink($this->authority);
        fclose($this->pipes[0]);
        stream_get_contents($this->pipes[1]);
        proc_close($this->process);
    }

    /** The value of runcloud.inspect_world with which it is looked at. */
    public function setting(): string
    {
        $allowed = ['127.0.0.1', '127.0.0.2', '127.0.1.1', '127.0.1.2', '127.0.1.3', '127.0.1.4'];

        return "resolvers=127.0.0.53:{$this->ports['dns']} allowed=" . implode(',', $allowed) . " dns={$this->ports['dns']} "
            . "http={$this->ports['http']} https={$this->ports['https']} roots={$this->authority}";
    }

    /** The file with the authority that is trusted in it. */
    public function authority(): string
    {
        return $this->authority;
    }

    /**
     * From now on the world is like this. Ports and authority stay.
     *
     * @param array<string, mixed> $plan As small_world::Plan has it.
     */
    public function change(array $plan): void
    {
        $this->tell(json_encode($plan, JSON_THROW_ON_ERROR));
    }

    /** @return list<string> What its servers have seen. */
    public function seen(): array
    {
        return $this->tell('');
    }

    /** @return list<string> */
    private function tell(string $line): array
    {
        fwrite($this->pipes[0], "{$line}\n");

        return json_decode((string) fgets($this->pipes[1]), true, 512, JSON_THROW_ON_ERROR);
    }

    /** What a process that looks at it prints. */
    public function run(string $code): PhpResult
    {
        return Php::run($code, ['runcloud.inspect_world' => $this->setting()]);
    }
}
