<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A small FastCGI client: asks a PHP-FPM pool to run a script, as a web server would.
 *
 *     $answer = (new FastCgi('/run/php/pool.sock'))->run('/srv/index.php', ['host' => 'shop.example']);
 *     echo $answer->status, $answer->body;
 *
 * Every request has its own connection to the pool. Use start() to have several in flight.
 */
final class FastCgi
{
    private const VERSION = 1;
    private const BEGIN_REQUEST = 1;
    private const PARAMS = 4;
    private const STDIN = 5;
    private const RESPONDER = 1;
    private const LARGEST_RECORD = 65535;

    /**
     * @param string $socket  Path of the pool's unix socket.
     * @param float  $timeout Seconds that the pool may stay silent before a request fails.
     */
    public function __construct(private readonly string $socket, private readonly float $timeout = 30.0)
    {
    }

    /**
     * Runs a script with GET and waits for its answer.
     *
     * @param string                $script Absolute path of the script.
     * @param array<string, scalar> $query  Becomes $_GET.
     *
     * @throws \RuntimeException When the pool does not answer, or drops the connection.
     */
    public function run(string $script, array $query = []): FastCgiAnswer
    {
        return $this->start($script, $query)->wait();
    }

    /**
     * Sends the request and returns at once.
     *
     * @param string                $script     Absolute path of the script.
     * @param array<string, scalar> $query      Becomes $_GET.
     * @param array<string, string> $parameters FastCGI parameters beside the usual ones, such as HTTP_USER_AGENT.
     *
     * @throws \RuntimeException When the pool does not take the connection.
     */
    public function start(string $script, array $query = [], array $parameters = []): FastCgiCall
    {
        $connection = @stream_socket_client('unix://' . $this->socket, $code, $message, $this->timeout);
        if ($connection === false) {
            throw new \RuntimeException("The PHP-FPM pool at {$this->socket} does not answer: {$message}.");
        }
        stream_set_timeout($connection, (int) $this->timeout, (int) (fmod($this->timeout, 1) * 1e6));
        $request = $this->record(self::BEGIN_REQUEST, pack('nCx5', self::RESPONDER, 0))
            . $this->stream(self::PARAMS, $this->parameters($script, http_build_query($query), $parameters))
            . $this->stream(self::STDIN, '');
        fwrite($connection, $request);

        return new FastCgiCall($connection);
    }

    /** @param array<string, string> $more */
    private function parameters(string $script, string $query, array $more): string
    {
        $pairs = $more + [
            'GATEWAY_INTERFACE' => 'CGI/1.1',
            'QUERY_STRING' => $query,
            'REMOTE_ADDR' => '127.0.0.1',
            'REQUEST_METHOD' => 'GET',
            'REQUEST_URI' => '/' . basename($script) . '?' . $query,
            'SCRIPT_FILENAME' => $script,
            'SCRIPT_NAME' => '/' . basename($script),
            'SERVER_PROTOCOL' => 'HTTP/1.1',
        ];
        $encoded = '';
        foreach ($pairs as $name => $value) {
            $encoded .= $this->length($name) . $this->length($value) . $name . $value;
        }

        return $encoded;
    }

    /** A length takes one byte, or four with the highest bit set. */
    private function length(string $text): string
    {
        $length = strlen($text);

        return $length < 128 ? chr($length) : pack('N', $length | 0x80000000);
    }

    /** A stream ends with an empty record. */
    private function stream(int $type, string $content): string
    {
        $records = '';
        foreach ($content === '' ? [] : str_split($content, self::LARGEST_RECORD) as $part) {
            $records .= $this->record($type, $part);
        }

        return $records . $this->record($type, '');
    }

    private function record(int $type, string $content): string
    {
        return pack('CCnnCx', self::VERSION, $type, 1, strlen($content), 0) . $content;
    }
}
