<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Panel;

/**
 * One row of the matrix: what goes wrong between here and the panel, for as long as it stands.
 */
final class Fault
{
    /** What the panel says in its refusals: nothing that may be repeated as it stands. */
    private const SAID = "Said by the panel:\r\n\e[31mtest-token\0";

    /**
     * @param array<string, mixed>  $order    A fault of the simulator.
     * @param array<string, mixed>  $state    Content of the panel while it stands.
     * @param array<string, string> $switches Switches of the panel while it stands.
     * @param string                $address  Another address of the panel.
     * @param array<string, string> $limits   Settings of the extension, where the fault runs into one: only that one is short then.
     * @param string                $killedOn The action of the plugin on which its process is killed.
     */
    private function __construct(
        public readonly string $name,
        private readonly array $order = [],
        private readonly array $state = [],
        private readonly array $switches = [],
        public readonly string $address = '',
        public readonly array $limits = [],
        public readonly string $killedOn = ''
    ) {
    }

    /** Whether it can meet some requests and not others. */
    public function canBeChoosy(): bool
    {
        return $this->order !== [];
    }

    /**
     * Lets it stand.
     *
     * @param array<string, mixed> $terms Which requests it meets, as the simulator takes them: match, times, after.
     */
    public function arrange(Panel $panel, array $terms): void
    {
        if ($this->order !== []) {
            $order = $this->order + $terms;
            $order['match'] = (object) (($this->order['match'] ?? []) + ($terms['match'] ?? []));
            $panel->simulator->fault($order['kind'], $order);
        }
        if ($this->state !== []) {
            $panel->simulator->switch($this->switches);
            $panel->simulator->setState($this->state);
        }
    }

    /** Lets the panel be well again. */
    public function lift(Panel $panel): void
    {
        $panel->simulator->clearFaults();
        if ($this->state !== []) {
            $panel->simulator->setState(array_map(static fn () => null, $this->state));
        }
    }

    /** Folder of ini files with the other address; "" when the panel is where it always is. */
    public function ini(): string
    {
        if ($this->address === '') {
            return '';
        }
        $folder = Environment::get()->path('ini-of-faults/' . strtr($this->name, ' ', '-'));
        if (!is_dir($folder)) {
            mkdir($folder, 0777, true);
        }
        file_put_contents("{$folder}/address.ini", "runcloud.base_url={$this->address}\n");

        return $folder;
    }

    /** @return list<self> In the order of the rows. */
    public static function all(Panel $panel): array
    {
        $status = static fn (int $status): self => new self(
            (string) $status,
            ['kind' => 'status', 'status' => $status, 'body' => ['message' => self::SAID]]
        );
        $redirect = static fn (int $status): self => new self(
            (string) $status,
            ['kind' => 'redirect', 'status' => $status, 'location' => "{$panel->simulator->panel}/v3/ping"]
        );
        $wait = static fn (string $name, int $status, int|string $seconds): self => new self(
            $name,
            ['kind' => 'status', 'status' => $status, 'retry_after' => $seconds]
        );
        $late = static fn (string $name, array $order): self => new self($name, $order, limits: ['timeout' => '0.6', 'deadline' => '1.5']);
        $quota = static fn (string $status): self => new self(
            "quota spent, {$status}",
            state: ['monthly_quota' => 0],
            switches: ['quota_spent' => $status]
        );
        $elsewhere = static fn (string $name, string $address): self => new self($name, address: $address);
        $nowhere = static fn (string $name, string $address): self => new self(
            $name,
            address: $address,
            limits: ['connect_timeout' => '0.1']
        );
        $traps = $panel->simulator->traps;

        return [
            $redirect(301),
            $redirect(302),
            ...array_map($status, [400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 502, 503, 504]),
            new self('500 after the work', ['kind' => 'processed_status', 'status' => 500]),
            new self('408 after the work', ['kind' => 'processed_status', 'status' => 408]),
            $wait('429, wait 100 s', 429, 100),
            $wait('429, wait until a date', 429, 'date:+100'),
            $wait('503, wait 100 s', 503, 100),
            $wait('429, wait 30 years', 429, 999_999_999),
            $wait('503, wait 30 years', 503, 999_999_999),
            $wait('429, wait nonsense', 429, '-1 fortnight'),
            $quota('429'),
            $quota('403'),
            new self('dropped before the work', ['kind' => 'drop_before']),
            new self('dropped after the work', ['kind' => 'drop_after']),
            new self('stale connection', ['kind' => 'drop_before', 'match' => ['reused' => true]]),
            $late('slow', ['kind' => 'slow', 'ms' => 900]),
            $late('trickle', ['kind' => 'trickle', 'ms' => 500]),
            new self('truncated', ['kind' => 'truncated']),
            new self('HTML, 502', ['kind' => 'html', 'status' => 502]),
            new self('HTML, 200', ['kind' => 'html', 'status' => 200]),
            new self('wrong content type', ['kind' => 'wrong_type']),
            new self('huge body', ['kind' => 'huge', 'bytes' => 5_000_000]),
            new self('deep JSON', ['kind' => 'deep_json']),
            new self('invalid UTF-8', ['kind' => 'invalid_utf8']),
            new self('wrong types', ['kind' => 'wrong_types']),
            new self('empty body', ['kind' => 'empty']),
            $elsewhere('certificate of another host', $traps['wrong_host']),
            $elsewhere('expired certificate', $traps['expired']),
            $elsewhere('refused port', 'https://127.0.0.1:1/api'),
            $elsewhere('unknown host', 'https://nowhere.invalid/api'),
            $nowhere('no connection', $traps['black_hole']),
            $nowhere('silent peer', $traps['silent']),
            new self('killed before the call', killedOn: 'domain_sync_before_call'),
            new self('killed after the call', killedOn: 'domain_sync_after_call'),
        ];
    }
}
