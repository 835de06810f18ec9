<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * A process of the command line that lives long: it does one errand after the other, and remembers what WordPress remembers in a process.
 */
final class Worker
{
    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private array $pipes = [];

    /** @var resource */
    private $output;

    private ?Errand $errand = null;

    /** @param bool $extension Whether PHP has the extension. */
    public function __construct(bool $extension = true)
    {
        $this->output = tmpfile();
        $output = ['file', $this->outputFile(), 'a'];
        $descriptors = [['pipe', 'r'], $output, $output, ['pipe', 'w']];
        $this->process = Process::open(Errand::STAY, Environment::get()->networkDomain(), $extension, $descriptors, $this->pipes);
    }

    public function __destruct()
    {
        array_map('fclose', $this->pipes);
        proc_close($this->process);
    }

    /** Runs PHP in the process. Parameters as for WordPress::run(). */
    public function run(string $code, array $arguments = []): mixed
    {
        $this->start($code, $arguments);

        return $this->answer();
    }

    /** Has PHP run in the process and does not wait for it. */
    public function start(string $code, array $arguments = []): void
    {
        $this->errand = Errand::write(Environment::get()->path('errands'), $code, $arguments, []);
        fwrite($this->pipes[0], "{$this->errand->id}\n");
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

    private function outputFile(): string
    {
        return stream_get_meta_data($this->output)['uri'];
    }
}
