<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * What a script answered through FastCGI.
 */
final class FastCgiAnswer
{
    /**
     * @param int                   $status  HTTP status.
     * @param array<string, string> $headers By lower-case name.
     * @param string                $body    Output of the script.
     * @param string                $errors  What the script wrote to the web server's error log.
     */
    private function __construct(
        public readonly int $status,
        public readonly array $headers,
        public readonly string $body,
        public readonly string $errors
    ) {
    }

    /** Takes the output apart into headers and body. */
    public static function parse(string $output, string $errors): self
    {
        [$head, $body] = explode("\r\n\r\n", $output, 2) + ['', ''];
        $headers = [];
        foreach (array_filter(explode("\r\n", $head)) as $line) {
            [$name, $value] = explode(':', $line, 2) + ['', ''];
            $headers[strtolower($name)] = trim($value);
        }

        return new self((int) ($headers['status'] ?? 200), $headers, $body, $errors);
    }

    /**
     * The body read as JSON.
     *
     * @throws \RuntimeException When it is something else; the message shows it.
     */
    public function json(): mixed
    {
        try {
            return json_decode($this->body, true, flags: JSON_THROW_ON_ERROR);
        } catch (\JsonException $e) {
            throw new \RuntimeException("Answer {$this->status} is not JSON: {$this->body}{$this->errors}", 0, $e);
        }
    }
}
