<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A PHP process of its own with the extension loaded, for what must not happen in the test's process.
 */
final class Php
{
    private const LONGEST_SECONDS = 60;

    /**
     * Runs code and waits for its end; a process that takes longer than a minute is ended, with status 124.
     *
     * @param string                $code      PHP without the opening tag.
     * @param array<string, string|list<string>> $ini Settings beside the panel's address and CA file.
     * @param bool                  $extension Whether the extension is loaded.
     * @param list<string>          $arguments Before the code, such as "--ri runcloud" in place of it.
     */
    public static function run(string $code, array $ini = [], bool $extension = true, array $arguments = []): PhpResult
    {
        return self::wait(self::command($ini, $extension, $arguments === [] ? ['-r', $code] : $arguments));
    }

    /**
     * Runs a command and waits for its end.
     *
     * @param list<string> $command
     */
    public static function wait(array $command): PhpResult
    {
        array_unshift($command, 'timeout', '--kill-after=5', (string) self::LONGEST_SECONDS);
        $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], $errors = tmpfile()], $pipes);
        $output = stream_get_contents($pipes[1]);
        fclose($pipes[1]);
        $status = proc_close($process);
        rewind($errors);

        return new PhpResult($status, $output, stream_get_contents($errors));
    }

    /**
     * The command of such a process.
     *
     * @param array<string, string|list<string>> $ini Settings beside the panel's address and CA file.
     * @param bool                  $extension Whether the extension is loaded.
     * @param list<string>          $arguments What PHP is to do.
     *
     * @return list<string>
     */
    public static function command(array $ini, bool $extension, array $arguments): array
    {
        $settings = $ini + ['display_errors' => 'stderr', 'error_reporting' => (string) E_ALL, 'html_errors' => '0'];
        if ($extension) {
            $settings = ['extension' => [...(array) ($ini['extension'] ?? []), self::extension()]] + $settings + [
                'runcloud.base_url' => (string) ini_get('runcloud.base_url'),
                'runcloud.ca_file' => (string) ini_get('runcloud.ca_file'),
            ];
        }
        $command = [PHP_BINARY, '-n'];
        foreach ($settings as $name => $values) {
            foreach ((array) $values as $value) {
                array_push($command, '-d', "{$name}=\"{$value}\"");
            }
        }

        return [...$command, ...$arguments];
    }

    /** Absolute path of the extension under test. */
    public static function extension(): string
    {
        return (string) getenv('RUNCLOUD_EXTENSION');
    }
}
