<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

/**
 * What the plugin's history holds of orders, certificates and failed validations, as the plugin reads it.
 */
final class Past
{
    /** The longest time that the plugin asks about. */
    private const KEPT = 12 * 7 * 86400;

    /** @var list<array{at: int, kind: string, host: string, scopes: list<string>, set: string}> The oldest first. */
    private array $lines = [];

    public int $added = 0;

    private int $lastOrder = 0;

    /** @var array<int, array{scopes: array<string, list<int>>, sets: array<string, list<int>>, failed: array<string, list<int>>}> By the time since when; it is so until a line is added. */
    private array $counted = [];

    /** @param list<string> $scopes Registrable domains. */
    public function add(int $at, string $kind, string $host, array $scopes, string $set): void
    {
        $isLast = $this->lines === [] || end($this->lines)['at'] <= $at;
        $this->lines[] = ['at' => $at, 'kind' => $kind, 'host' => $host, 'scopes' => $scopes, 'set' => $set];
        if (!$isLast) {
            usort($this->lines, static fn (array $one, array $other): int => $one['at'] <=> $other['at']);
        }
        while ($this->lines[0]['at'] <= $at - self::KEPT) {
            array_shift($this->lines);
        }
        $this->lastOrder = $kind === 'order' ? $at : $this->lastOrder;
        $this->counted = [];
        $this->added++;
    }

    /** When the last order of the last hours left, or 0. */
    public function lastOrder(int $now): int
    {
        return $this->lastOrder >= $now - 3 * 3600 ? $this->lastOrder : 0;
    }

    /** @return list<int> When anything was ordered or issued in the last hours. */
    public function orders(int $now): array
    {
        $orders = [];
        for ($n = count($this->lines) - 1; $n >= 0 && $this->lines[$n]['at'] > $now - 3 * 3600; $n--) {
            ['at' => $at, 'set' => $set, 'kind' => $kind] = $this->lines[$n];
            if ($kind !== 'failed') {
                $orders["{$set} {$at}"] = $at;
            }
        }

        return array_reverse(array_values($orders));
    }

    /** @return array{scopes: array<string, list<int>>, sets: array<string, list<int>>, failed: array<string, list<int>>} Times by registrable domain, by names, by host. */
    public function since(int $since): array
    {
        if (isset($this->counted[$since])) {
            return $this->counted[$since];
        }
        $scopes = $sets = $failed = [];
        foreach ($this->lines as $line) {
            if ($line['at'] < $since) {
                continue;
            }
            if ($line['kind'] === 'failed') {
                $failed[$line['host']][$line['at']] = $line['at'];
                continue;
            }
            foreach ($line['scopes'] as $scope) {
                $scopes[$scope]["{$line['set']} {$line['at']}"] = $line['at'];
            }
            $sets[$line['set']][$line['at']] = $line['at'];
        }
        $lists = static fn (array $of): array => array_map(array_values(...), $of);

        return $this->counted[$since] = ['scopes' => $lists($scopes), 'sets' => $lists($sets), 'failed' => $lists($failed)];
    }
}
