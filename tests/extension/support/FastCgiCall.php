<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A FastCGI request that is on its way.
 */
final class FastCgiCall
{
    private const END_REQUEST = 3;
    private const STDOUT = 6;
    private const STDERR = 7;

    /** @param resource $connection */
    public function __construct(private $connection)
    {
    }

    /**
     * Waits for the end of the request.
     *
     * @throws \RuntimeException When the worker dies, or stays silent for too long.
     */
    public function wait(): FastCgiAnswer
    {
        $output = '';
        $errors = '';
        do {
            ['type' => $type, 'length' => $length, 'padding' => $padding]
                = unpack('Cversion/Ctype/nid/nlength/Cpadding/x', $this->read(8));
            $content = $this->read($length);
            $this->read($padding);
            $output .= $type === self::STDOUT ? $content : '';
            $errors .= $type === self::STDERR ? $content : '';
        } while ($type !== self::END_REQUEST);
        fclose($this->connection);

        return FastCgiAnswer::parse($output, $errors);
    }

    private function read(int $length): string
    {
        $bytes = $length === 0 ? '' : (string) stream_get_contents($this->connection, $length);
        if (strlen($bytes) === $length) {
            return $bytes;
        }
        $silent = stream_get_meta_data($this->connection)['timed_out'];
        fclose($this->connection);
        throw new \RuntimeException($silent ? 'PHP-FPM stayed silent for too long.' : 'PHP-FPM dropped the connection.');
    }
}
