<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * A process of the command line that runs an errand, perhaps beside others.
 */
final class Process
{
    /** @var resource */
    private $process;

    /** @var resource */
    private $output;

    public function __construct(private readonly Errand $errand, string $host, bool $extension, string $ini = '')
    {
        $this->output = tmpfile();
        $this->process = self::open($errand->id, $host, $extension, [['file', '/dev/null', 'r'], $this->output, $this->output], $pipes, $ini);
    }

    /**
     * Loads WordPress on the command line.
     *
     * @param string       $errand      Number of the errand, or Errand::MANY.
     * @param string       $host        The site.
     * @param bool         $extension   Whether PHP has the extension.
     * @param array<mixed> $descriptors As for proc_open().
     * @param mixed        $pipes       As for proc_open().
     * @param string       $ini         Folder of ini files that are read last, or "".
     *
     * @return resource As from proc_open().
     */
    public static function open(string $errand, string $host, bool $extension, array $descriptors, mixed &$pipes, string $ini = '')
    {
        $environment = Environment::get();

        return proc_open(
            [PHP_BINARY, __DIR__ . '/cli.php'],
            $descriptors,
            $pipes,
            null,
            [
                'PATH' => getenv('PATH'),
                'PHP_INI_SCAN_DIR' => rtrim(":{$environment->ini($extension)}:{$ini}", ':'),
                'TEST_ERRAND' => $errand,
                'TEST_HOST' => $host,
                'TEST_SITE' => $environment->site(),
            ]
        );
    }

    /**
     * Waits for the end, and gives the answer.
     *
     * @throws ProcessDied When the process died before it answered.
     */
    public function answer(): mixed
    {
        $status = proc_close($this->process);
        rewind($this->output);

        return $this->errand->answer("exit {$status}, output: " . stream_get_contents($this->output));
    }
}
