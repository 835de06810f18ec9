<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * How a PHP process ended.
 */
final class PhpResult
{
    public function __construct(
        public readonly int $status,
        public readonly string $output,
        public readonly string $errors
    ) {
    }

    /**
     * The output read as JSON.
     *
     * @throws \RuntimeException When it is something else; the message shows both outputs.
     */
    public function json(): mixed
    {
        try {
            return json_decode($this->output, true, flags: JSON_THROW_ON_ERROR);
        } catch (\JsonException $e) {
            throw new \RuntimeException("Exit {$this->status}, not JSON: {$this->output}{$this->errors}", 0, $e);
        }
    }
}
