<?php

declare(strict_types=1);

namespace RunCloud\Bench\Support;

use RunCloud\Test\Support\Php;
use RunCloud\Test\WordPress\Support\Environment;

/**
 * A process of PHP that does what it is asked for and times it itself, without its own start. Its file in contenders/ says what it can do.
 */
final class Contender
{
    /** @var resource */
    private $process;

    /** @var array<int, resource> */
    private array $pipes = [];

    /**
     * @param list<string>          $command     What runs PHP.
     * @param string                $name        File in contenders/, without its suffix.
     * @param array<string, string> $environment Variables that it gets.
     */
    private function __construct(array $command, private readonly string $name, array $environment)
    {
        $errors = ['file', dirname(__DIR__, 2) . '/build/bench/contenders.log', 'a'];
        $command = [...$command, __DIR__ . '/loop.php', $name];
        $this->process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], $errors], $this->pipes, null, $environment + getenv());
        // It says when it is ready, so that nothing of its start is timed.
        $this->answer();
    }

    public function __destruct()
    {
        array_map('fclose', $this->pipes);
        proc_close($this->process);
    }

    /**
     * PHP with the extension and nothing else.
     *
     * @param array<string, string> $ini    More settings.
     * @param list<string>          $before A command that runs PHP.
     */
    public static function extension(string $panel, array $ini = [], array $before = []): self
    {
        $settings = $ini + ['runcloud.base_url' => $panel, 'runcloud.ca_file' => self::authority(), 'runcloud.deadline' => '600'];

        return new self([...$before, ...Php::command($settings, true, [])], 'extension', []);
    }

    /** PHP with cURL. Fresh: with a new handle, and so a new connection, for each request. */
    public static function curl(string $panel, bool $isFresh): self
    {
        return new self(self::plain(['curl']), 'curl', ['PANEL' => $panel, 'FRESH' => $isFresh ? '1' : '', 'BUNDLE' => self::bundle()]);
    }

    /** A loaded WordPress that calls RunCloud as Ultimate Multisite's own provider does. */
    public static function wordpress(string $panel): self
    {
        $environment = Environment::get();
        $variables = ['PANEL' => $panel, 'BUNDLE' => self::bundle(), 'TEST_SITE' => $environment->site(),
            'TEST_HOST' => $environment->networkDomain(), 'PHP_INI_SCAN_DIR' => ":{$environment->ini()}"];

        return new self([PHP_BINARY], 'wordpress', $variables);
    }

    /**
     * PHP that looks at hosts without the extension.
     *
     * @param list<string> $before A command that runs PHP.
     */
    public static function looks(string $name, array $before): self
    {
        return new self([...$before, ...self::plain(['curl'])], $name, []);
    }

    /** Milliseconds that it took. */
    public function time(string $function, mixed ...$arguments): float
    {
        return $this->call($function, ...$arguments)['ms'];
    }

    /**
     * Has a function called.
     *
     * @return array{ms: float, value: mixed, peak: int, resident: int} Milliseconds; what it returned; the most bytes of PHP's memory
     *                                                                   that it took; KiB that the process holds then.
     */
    public function call(string $function, mixed ...$arguments): array
    {
        fwrite($this->pipes[0], json_encode([$function, $arguments], JSON_THROW_ON_ERROR) . "\n");

        return $this->answer();
    }

    /** @return array<string, mixed> */
    private function answer(): array
    {
        $line = fgets($this->pipes[1]);
        $answer = json_decode((string) $line, true);
        if (!is_array($answer) || isset($answer['error'])) {
            throw new \RuntimeException("The contender {$this->name} failed: " . ($answer['error'] ?? "it said: {$line}"));
        }

        return $answer;
    }

    /**
     * @param list<string> $extensions
     *
     * @return list<string>
     */
    private static function plain(array $extensions): array
    {
        $command = [PHP_BINARY, '-n'];
        foreach ($extensions as $extension) {
            array_push($command, '-d', "extension={$extension}");
        }

        return $command;
    }

    private static function authority(): string
    {
        return Environment::get()->path('simulator.json') === '' ? '' : json_decode(
            (string) file_get_contents(Environment::get()->path('simulator.json')),
            true
        )['ca'];
    }

    /** The system's authorities and the simulator's in one file: the extension trusts both, so the others read as many. */
    private static function bundle(): string
    {
        $file = dirname(__DIR__, 2) . '/build/bench/authorities.pem';
        file_put_contents($file, file_get_contents('/etc/ssl/certs/ca-certificates.crt') . file_get_contents(self::authority()));

        return $file;
    }
}
