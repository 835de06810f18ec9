<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * The network from outside (requests through nginx and php-fpm) and from inside (PHP run within it).
 */
final class WordPress
{
    public const ADMIN = 1;

    /**
     * Runs PHP within WordPress, in a process of its own.
     *
     * @param string               $code      PHP without the opening tag; what it returns comes back (as JSON carries it).
     * @param array<string, mixed> $arguments Variables for the code.
     * @param array<string, mixed> $more      "user" (id), "kill_before_query" (n), "kill_on" (name of an action), "host",
     *                                        "headers" (lines), "extension" (false: without), "ini" (on the command
     *                                        line: a folder of ini files that are read last).
     *
     * @throws ProcessDied       When the process died before it answered.
     * @throws \RuntimeException When the code threw.
     */
    public static function run(string $code, array $arguments = [], Kind $kind = Kind::FrontEnd, array $more = []): mixed
    {
        if ($kind === Kind::Cli) {
            return self::start($code, $arguments, $more)->answer();
        }
        $errand = Errand::write(Environment::get()->path('errands'), $code, $arguments, $more);
        [$status, $body] = self::request($kind->value, ["X-Test-Errand: {$errand->id}", ...$more['headers'] ?? []], $more['host'] ?? null);
        if ($kind === Kind::Cron && $status === 200) {
            $errand->awaitAnswer();
        }

        return $errand->answer("HTTP {$status}: " . substr($body, 0, 2000));
    }

    /** Starts PHP within WordPress on the command line and does not wait for it. Parameters as for run(). */
    public static function start(string $code, array $arguments = [], array $more = []): Process
    {
        $environment = Environment::get();
        $errand = Errand::write($environment->path('errands'), $code, $arguments, $more);

        return new Process($errand, $more['host'] ?? $environment->networkDomain(), $more['extension'] ?? true, $more['ini'] ?? '');
    }

    /**
     * A request through nginx.
     *
     * @param string       $path    Path and query.
     * @param list<string> $headers Header lines.
     * @param ?string      $host    The main site's when null.
     * @param ?string      $form    Body of a form to post.
     *
     * @return array{int, string, list<string>} Status, body and header lines.
     */
    public static function request(string $path, array $headers = [], ?string $host = null, ?string $form = null): array
    {
        $environment = Environment::get();
        array_unshift($headers, 'Host: ' . ($host ?? $environment->networkDomain()), 'Connection: close');
        $options = ['ignore_errors' => true, 'timeout' => 120, 'follow_location' => 0, 'protocol_version' => 1.1];
        if ($form !== null) {
            $headers[] = 'Content-Type: application/x-www-form-urlencoded';
            $options += ['method' => 'POST', 'content' => $form];
        }
        $options['header'] = $headers;
        $body = file_get_contents("http://127.0.0.1:{$environment->port()}{$path}", false, stream_context_create(['http' => $options]));
        preg_match('~^HTTP/\S+ (\d+)~', $http_response_header[0] ?? '', $status);

        return [(int) ($status[1] ?? 0), (string) $body, $http_response_header ?? []];
    }
}
