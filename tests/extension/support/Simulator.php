<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * The control plane of a running panel simulator.
 */
final class Simulator
{
    /**
     * @param string                $panel   Base URL for the extension (https).
     * @param string                $control URL of the control plane (http on loopback).
     * @param string                $ca      Path of the CA certificate that signed the panel's.
     * @param string                $version Version of the simulator.
     * @param string                $http    The panel without TLS.
     * @param array<string, string> $traps   Panels that are not as they should be, by what is wrong: "wrong_host" or "expired"
     *                                       (the certificate), "silent" (connects, no more), "black_hole" (not even that).
     */
    private function __construct(
        public readonly string $panel,
        public readonly string $control,
        public readonly string $ca,
        public readonly string $version,
        public readonly string $http,
        public readonly array $traps
    ) {
    }

    /**
     * Reads the ready file that the simulator wrote.
     *
     * @throws \RuntimeException When it cannot be read.
     */
    public static function fromReadyFile(string $path): self
    {
        $ready = json_decode((string) @file_get_contents($path), true);
        if (!isset($ready['panel'], $ready['control'], $ready['ca'], $ready['version'])) {
            throw new \RuntimeException("'{$path}' is not the ready file of a simulator.");
        }

        $traps = [];
        foreach (['wrong_host', 'expired', 'silent', 'black_hole'] as $trap) {
            $traps[$trap] = $ready["panel_{$trap}"];
        }

        return new self(
            $ready['panel'],
            $ready['control'],
            $ready['ca'],
            $ready['version'],
            $ready['panel_http'],
            $traps
        );
    }

    /** @return array<string, mixed> Version, seed and uptime. */
    public function about(): array
    {
        return $this->call('GET', '/');
    }

    /** Back to the start: default content, switches, no faults, no history, nothing happening by chance. */
    public function reset(): void
    {
        $this->call('POST', '/reset', ['calm' => true]);
    }

    /** @return list<array<string, mixed>> Every request since the last reset or clearHistory(), in order of arrival. */
    public function history(): array
    {
        return $this->call('GET', '/history');
    }

    public function clearHistory(): void
    {
        $this->call('DELETE', '/history');
    }

    /** @return array<string, mixed> What the panel holds. */
    public function state(): array
    {
        return $this->call('GET', '/state');
    }

    /** @param array<string, mixed> $keys Replaces these keys of the state. */
    public function setState(array $keys): void
    {
        $this->call('PUT', '/state', $keys);
    }

    /** @param array<string, string> $switches How the panel behaves where its documentation is silent. */
    public function switch(array $switches): void
    {
        $this->call('PATCH', '/switches', $switches);
    }

    /** @param array<string, int|float> $knobs What happens by chance, and when the panel closes idle connections. */
    public function chaos(array $knobs): void
    {
        $this->call('PATCH', '/chaos', $knobs);
    }

    /**
     * Makes something go wrong.
     *
     * @param string               $kind    Kind of fault, such as "status" or "drop_after".
     * @param array<string, mixed> $details Of that kind, and "match", "times" and "skip".
     *
     * @return int Id of the fault.
     */
    public function fault(string $kind, array $details = []): int
    {
        return $this->call('POST', '/faults', ['kind' => $kind] + $details)['id'];
    }

    /** Nothing goes wrong any more. */
    public function clearFaults(): void
    {
        $this->call('DELETE', '/faults');
    }

    private function call(string $method, string $path, ?array $body = null): mixed
    {
        $options = ['method' => $method, 'ignore_errors' => true, 'timeout' => 20];
        if ($body !== null) {
            $options['header'] = 'Content-Type: application/json';
            $options['content'] = json_encode($body === [] ? new \stdClass() : $body, JSON_THROW_ON_ERROR);
        }
        $answer = @file_get_contents($this->control . $path, false, stream_context_create(['http' => $options]));
        if ($answer === false) {
            throw new \RuntimeException("The simulator's control plane at {$this->control} does not answer.");
        }
        if (preg_match('~^HTTP/\S+ 2~', $http_response_header[0]) !== 1) {
            throw new \RuntimeException("{$method} {$path}: {$http_response_header[0]}: {$answer}");
        }

        return json_decode($answer, true);
    }
}
