<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Observation;
use Domain_Sync_For_RunCloud\Serving\Verdict;

/**
 * What can be seen of a host, and the verdict on it.
 */
final class Looks
{
    public const OURS = '203.0.113.7';
    public const OURS_6 = '2001:db8::7';
    public const THEIRS = '192.0.2.1';

    private const NOW = Rows::NOW;
    private const DAY = 86400;

    /**
     * @param array<string, mixed> $seen
     * @param array<string, mixed> $row
     */
    public static function verdict(array $seen, array $row): Verdict
    {
        $row = Rows::present(...$row);

        return Verdict::of(self::seen(['host' => $row->host] + $seen), $row, self::seen(['host' => 'network.example']), self::NOW);
    }

    /** @param array<string, mixed> $more What differs from a host where all is well. */
    public static function seen(array $more): Observation
    {
        return new Observation(...$more + [
            'host' => Rows::HOST, 'expected' => [self::OURS, self::OURS_6], 'dns' => self::dns([self::OURS]), 'nonce' => true,
            'http' => [['url' => 'http://shop.example/probe', 'status' => 200]], 'tls' => self::tls(),
        ]);
    }

    /**
     * @param list<string> $a
     * @param list<string> $aaaa
     *
     * @return array<string, array{outcome: string, values: list<string>}>
     */
    public static function dns(array $a, array $aaaa = []): array
    {
        $of = static fn (array $values): array => ['outcome' => $values === [] ? 'none' : 'found', 'values' => $values];

        return ['A' => $of($a), 'AAAA' => $of($aaaa)];
    }

    /** @return array<string, mixed> */
    public static function conflict(): array
    {
        return ['CNAME' => ['outcome' => 'found', 'values' => ['network.example']], 'NS' => ['outcome' => 'found', 'values' => ['ns.example']]];
    }

    /**
     * @param array<string, mixed> $more
     *
     * @return array<string, mixed>
     */
    public static function tls(array $more = []): array
    {
        return $more + [
            'verdict' => 'trusted', 'names' => [Rows::HOST], 'issuer' => 'R11', 'from' => self::NOW - 10 * self::DAY, 'until' => self::NOW + 80 * self::DAY,
        ];
    }
}
