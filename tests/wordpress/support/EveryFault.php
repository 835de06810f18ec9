<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

use RunCloud\Test\Support\Simulator;

/**
 * Every kind of fault that the plugin can meet at the panel, ordered one after the other, and the proof that each of them struck.
 */
final class EveryFault
{
    /** Less than the slow ones take. An order to make a certificate has no time-out but the call's deadline. */
    public const INI_FOR_SLOW = ['runcloud.timeout' => '0.2', 'runcloud.deadline' => '0.5'];

    private const STATUSES = [200, 201, 400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 502, 503, 504];

    /** Beside their kind, what tells faults apart. */
    private const WITH_STATUS = ['status', 'processed_status', 'html', 'redirect'];

    /** @var list<string> */
    private array $ordered = [];

    /** @param string $sent What the panel was sent and says back wherever it can. */
    public function __construct(private readonly Simulator $simulator, private readonly string $sent)
    {
    }

    /** @return list<array{string, array<string, mixed>}> Kinds that end in a time-out, with their details. */
    public static function slow(): array
    {
        return [['latency', ['ms' => 1000]], ['slow', ['ms' => 1000]], ['trickle', ['ms' => 1000, 'chunk' => 1]]];
    }

    /** @return list<array{string, array<string, mixed>}> All other kinds, with their details. */
    public function quick(): array
    {
        $page = "<html><body><h1>Authorization: {$this->sent}</h1></body></html>";
        $faults = [];
        foreach (self::STATUSES as $status) {
            $faults[] = ['status', ['status' => $status, 'body' => $this->words()]];
        }
        foreach ([401, 422, 500] as $status) {
            $faults[] = ['status', ['status' => $status, 'body' => $page]];
        }
        foreach ([301, 302] as $status) {
            $faults[] = ['redirect', ['status' => $status, 'location' => 'https://127.0.0.1:1/' . rawurlencode($this->sent)]];
        }
        $faults[] = ['status', ['status' => 429, 'body' => $this->words(), 'retry_after' => $this->sent]];
        $faults[] = ['processed_status', ['status' => 500, 'body' => $this->words()]];
        $faults[] = ['html', ['status' => 502]];
        $faults[] = ['huge', ['bytes' => 5_000_000]];
        foreach (['drop_before', 'drop_after', 'truncated', 'deep_json', 'invalid_utf8', 'wrong_type', 'wrong_types', 'empty'] as $kind) {
            $faults[] = [$kind, []];
        }

        return $faults;
    }

    /**
     * Orders each of them for one of the coming requests.
     *
     * @param list<array{string, array<string, mixed>}> $faults
     * @param string                                    $method HTTP method of the requests.
     * @param string                                    $path   What their path ends with.
     */
    public function order(array $faults, string $method, string $path = ''): void
    {
        foreach ($faults as [$kind, $details]) {
            $this->simulator->fault($kind, $details + ['times' => 1, 'match' => ['method' => $method, 'path_ends_with' => $path]]);
            $this->ordered[] = self::name($method, $kind, $details['status'] ?? null);
        }
    }

    /** @return list<string> What was ordered. */
    public function ordered(): array
    {
        sort($this->ordered);

        return $this->ordered;
    }

    /** @return list<string> What struck, as the panel's history has it. */
    public function struck(): array
    {
        $struck = [];
        foreach ($this->simulator->history() as ['method' => $method, 'fault' => $kind, 'status' => $status]) {
            if ($kind !== null) {
                $struck[] = self::name($method, $kind, $status);
            }
        }
        sort($struck);

        return $struck;
    }

    private static function name(string $method, string $kind, ?int $status): string
    {
        return "{$method} {$kind}" . (in_array($kind, self::WITH_STATUS, true) ? " {$status}" : '');
    }

    /** @return array<string, mixed> An answer in which every place says back what was sent. */
    private function words(): array
    {
        $key = "-----BEGIN PRIVATE KEY-----\n" . Markers::PANEL[0] . "\n-----END PRIVATE KEY-----\n";

        return [
            'message' => "You sent {$this->sent}.",
            'errors' => ['name' => ["{$this->sent} is wrong", $key], $this->sent => [$this->sent]],
            'data' => [['id' => $this->sent, 'name' => [$this->sent], $this->sent => $this->sent]],
            'id' => [$this->sent],
            'advancedSSL' => $this->sent,
            'privateKey' => $key,
            'pullKey1' => Markers::PANEL[1],
        ];
    }
}
