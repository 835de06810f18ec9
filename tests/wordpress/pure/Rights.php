<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Holder;

/**
 * Who was served on which host, and who may be: told by what happened, apart from the plugin's rows. A host with "www." and without are one, since
 * one record serves both.
 */
final class Rights
{
    private const YEAR = 365 * 86400;

    public string $broken = '';

    /** How often somebody began to be served. */
    public int $begun = 0;

    /** @var array<string, array<int, int>> Until when each customer was served. */
    private array $served = [];

    /** @var array<string, int> Who may be served though another was, by record, for as long as it is theirs. */
    private array $allowed = [];

    /** @var array<string, array<int, true>> Who ever mapped it. */
    private array $mapped = [];

    /** @var array<string, int> Who is served, by record; 0 for nobody. */
    private array $present = [];

    public function __construct(private readonly string $base)
    {
    }

    /** A customer proved it, or the admin allowed it. */
    public function allow(string $host, int $customer): void
    {
        $this->allowed[$host] = $customer;
    }

    /** The record is gone, or somebody else's. */
    public function forget(string $host): void
    {
        unset($this->allowed[$host]);
    }

    public function map(string $host, int $customer): void
    {
        $this->mapped[self::pair($host)][$customer] = true;
    }

    /** Who is served on a host; 0 for nobody. */
    public function servedOn(string $host): int
    {
        return $this->present[$host] ?? 0;
    }

    /** Whether somebody else than a customer ever mapped it. */
    public function wasAnothers(string $host, int $customer): bool
    {
        return array_diff_key($this->mapped[self::pair($host)], [$customer => 0, 0 => 0]) !== [];
    }

    /**
     * Notes who is served at this time, and whether anybody begins to be who may not.
     *
     * @param array<string, int> $present Customers by record; 0 for nobody.
     */
    public function tell(array $present, string $policy, int $now): void
    {
        $before = $this->present;
        $this->present = $present;
        foreach ($present as $host => $customer) {
            if ($customer !== 0 && ($before[$host] ?? 0) !== $customer) {
                $this->begin($host, $customer, $policy, $now, 'served it');
            }
        }
        foreach ($present as $host => $customer) {
            $this->served[self::pair($host)][$customer] = $now;
        }
    }

    /** Somebody begins to be served. */
    public function begin(string $host, int $customer, string $policy, int $now, string $how): void
    {
        if ($customer === 0 || str_ends_with($host, '.' . $this->base)) {
            return;
        }
        $this->begun++;
        if ($policy !== 'off' && $this->isTakeover($host, $customer, $now)) {
            $this->broken = "{$customer} had {$host} without proof: the plugin {$how}";
        }
    }

    /** Whether somebody else than a customer was served on it within a year. */
    public function hadAnother(string $host, int $customer, int $now): bool
    {
        return max([0, ...array_diff_key($this->served[self::pair($host)] ?? [], [$customer => 0, 0 => 0])]) > $now - self::YEAR;
    }

    /** @return array<string, mixed> */
    public function told(): array
    {
        return ['served' => $this->served, 'allowed' => $this->allowed];
    }

    /** Whether another customer was served more lately than this one, within a year, and nobody allowed it under either name. */
    private function isTakeover(string $host, int $customer, int $now): bool
    {
        $served = $this->served[self::pair($host)] ?? [];
        $others = array_diff_key($served, [$customer => 0, 0 => 0]);
        $isAllowed = in_array($customer, [$this->allowed[$host] ?? 0, $this->allowed[Holder::sibling_of($host)] ?? 0], true);

        return !$isAllowed && $others !== [] && max($others) > max($served[$customer] ?? 0, $now - self::YEAR);
    }

    private static function pair(string $host): string
    {
        return (string) preg_replace('~^www\.~', '', $host);
    }
}
