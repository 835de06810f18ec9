<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * The plugin's commands as somebody types them: with the real WP-CLI where WP_CLI_DIR names one, else with the double.
 */
final class WpCli
{
    private function __construct(public readonly int $code, public readonly string $output, public readonly string $errors)
    {
    }

    /** @param string ...$words What stands behind "wp domain-sync". */
    public static function run(string ...$words): self
    {
        return self::type(['domain-sync', ...$words]);
    }

    /**
     * @param list<string> $words     What stands behind "wp".
     * @param string       $answer    What is typed then.
     * @param bool         $extension Whether PHP has the extension.
     */
    public static function type(array $words, string $answer = '', bool $extension = true): self
    {
        $process = self::start($words, $extension, $pipes);
        fwrite($pipes[0], $answer);
        fclose($pipes[0]);
        [$output, $errors] = [stream_get_contents($pipes[1]), stream_get_contents($pipes[2])];

        return new self(proc_close($process), $output, $errors);
    }

    /**
     * @param list<string> $words     What stands behind "wp".
     * @param bool         $extension Whether PHP has the extension.
     * @param mixed        $pipes     As for proc_open().
     *
     * @return resource As from proc_open().
     */
    public static function start(array $words, bool $extension, mixed &$pipes)
    {
        $environment = Environment::get();
        $folder = (string) getenv('WP_CLI_DIR');
        $folder = $folder !== '' ? $folder : dirname(__DIR__) . '/wp-cli-double';

        return proc_open(
            [PHP_BINARY, "{$folder}/php/boot-fs.php", "--path={$environment->site()}", '--allow-root', ...$words],
            [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']],
            $pipes,
            '/',
            [
                'PATH' => getenv('PATH'),
                'HOME' => $environment->path(),
                'PHP_INI_SCAN_DIR' => ':' . $environment->ini($extension),
            ]
        );
    }

    /** @return list<array<string, mixed>>|array<string, mixed> The output as JSON. */
    public function json(): array
    {
        return json_decode($this->output, true, 512, JSON_THROW_ON_ERROR);
    }

    /** @return list<string> Lines of the output. */
    public function lines(): array
    {
        return array_values(array_filter(explode("\n", $this->output), static fn (string $line): bool => $line !== ''));
    }
}
