<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * A process in which WordPress is loaded once, and which forks for each errand: a new process for a fraction of the time, so that thousands of
 * sequences can be tried. It does one errand at a time; several of these work side by side.
 */
final class Prefork
{
    /** What is loaded is renewed now and then, since parts of it remember when that was. */
    private const SECONDS_TO_LIVE = 20;

    /** @var ?resource */
    private $process = null;

    /** @var array<int, resource> */
    private array $pipes = [];

    /** @var ?resource */
    private $output = null;

    private float $end = 0;

    private ?Errand $errand = null;

    /** @param string $ini Folder of ini files that are read last, or "". */
    public function __construct(private readonly string $ini = '')
    {
    }

    public function __destruct()
    {
        $this->stop();
    }

    /** Starts PHP within WordPress and does not wait for it. Parameters as for WordPress::run(). */
    public function start(string $code, array $arguments = [], array $more = []): self
    {
        if ($this->process === null || microtime(true) > $this->end) {
            $this->stop();
            $this->load();
        }
        $this->errand = Errand::write(Environment::get()->path('errands'), $code, $arguments, $more);
        fwrite($this->pipes[0], "{$this->errand->id}\n");

        return $this;
    }

    /**
     * Waits for the end, and gives the answer.
     *
     * @throws ProcessDied When the process died before it answered.
     */
    public function answer(): mixed
    {
        $end = trim((string) fgets($this->pipes[3]));

        return $this->errand->answer("end '{$end}', output: " . file_get_contents($this->outputFile()));
    }

    private function load(): void
    {
        $this->output = tmpfile();
        $output = ['file', $this->outputFile(), 'a'];
        $descriptors = [['pipe', 'r'], $output, $output, ['pipe', 'w']];
        $this->process = Process::open(Errand::MANY, Environment::get()->networkDomain(), true, $descriptors, $this->pipes, $this->ini);
        $this->end = microtime(true) + self::SECONDS_TO_LIVE;
    }

    private function outputFile(): string
    {
        return stream_get_meta_data($this->output)['uri'];
    }

    private function stop(): void
    {
        if ($this->process !== null) {
            array_map('fclose', $this->pipes);
            proc_close($this->process);
            $this->process = null;
        }
    }
}
