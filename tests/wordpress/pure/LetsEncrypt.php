<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

/**
 * Let's Encrypt's limits as its documentation has them, by the generic cell rate algorithm: each bucket is the time at which it
 * would be full again. Nothing of the plugin's is used here.
 */
final class LetsEncrypt
{
    /** How many at once, and in how many seconds all of them come back. */
    private const LIMITS = [
        'orders of the account' => [300, 3 * 3600],
        'certificates of the registered domain' => [50, 7 * 86400],
        'certificates of the same names' => [5, 7 * 86400],
        'failed validations of the host' => [5, 3600],
    ];

    /** @var list<string> Orders of ours that were turned away, and why. */
    public array $hits = [];

    public int $issued = 0;

    public int $failed = 0;

    /** @var array<string, array<string, float>> When a bucket is full again, by limit and by what it is of. */
    private array $fullAt = [];

    /**
     * An order. A name that it cannot validate fails all of it.
     *
     * @param list<string>          $names
     * @param array<string, string> $scopes Registered domains by name.
     * @param list<string>          $bad    Names whose validation fails.
     */
    public function order(int $now, array $names, array $scopes, array $bad, bool $isOurs): bool
    {
        $set = implode(' ', $names);
        $ofNames = array_unique(array_map(static fn (string $name): string => $scopes[$name], $names));
        $asked = ['orders of the account' => [''], 'certificates of the same names' => [$set]];
        $asked += ['certificates of the registered domain' => $ofNames, 'failed validations of the host' => $names];
        foreach ($asked as $limit => $keys) {
            foreach ($keys as $key) {
                if (!$this->has($limit, $key, $now)) {
                    if ($isOurs) {
                        $this->hits[] = "{$limit} {$key} at {$now}";
                    }

                    return false;
                }
            }
        }
        $this->take('orders of the account', '', $now);
        if ($bad !== []) {
            foreach ($bad as $name) {
                $this->take('failed validations of the host', $name, $now);
            }
            $this->failed++;

            return false;
        }
        $this->take('certificates of the same names', $set, $now);
        foreach ($ofNames as $scope) {
            $this->take('certificates of the registered domain', $scope, $now);
        }
        $this->issued++;

        return true;
    }

    private function has(string $limit, string $key, int $now): bool
    {
        [$size, $seconds] = self::LIMITS[$limit];

        return ($this->fullAt[$limit][$key] ?? 0) - $now <= $seconds - $seconds / $size;
    }

    private function take(string $limit, string $key, int $now): void
    {
        [$size, $seconds] = self::LIMITS[$limit];
        $this->fullAt[$limit][$key] = max($now, $this->fullAt[$limit][$key] ?? 0) + $seconds / $size;
    }
}
