<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Runs PHP within WordPress, as WordPress::run() does, and gives what it printed.
 */
final class Overheard
{
    /**
     * @param string               $code      PHP without the opening tag.
     * @param array<string, mixed> $arguments Variables for the code.
     *
     * @return string The page with its headers, or stdout and stderr of the command line.
     *
     * @throws \RuntimeException When the code threw.
     */
    public static function run(string $code, array $arguments, Kind $kind): string
    {
        $environment = Environment::get();
        $errand = Errand::write($environment->path('errands'), $code, $arguments, []);
        if ($kind === Kind::Cli) {
            $output = tmpfile();
            $errors = tmpfile();
            proc_close(Process::open($errand->id, $environment->networkDomain(), true, [['file', '/dev/null', 'r'], $output, $errors], $pipes));
            // The process wrote with the same offset as we read, and PHP does not know.
            rewind($output);
            rewind($errors);
            $printed = stream_get_contents($output) . stream_get_contents($errors);
        } else {
            [, $body, $headers] = WordPress::request($kind->value, ["X-Test-Errand: {$errand->id}"]);
            $printed = implode("\n", $headers) . $body;
        }
        $errand->answer('output: ' . substr($printed, 0, 2000));

        return $printed;
    }
}
