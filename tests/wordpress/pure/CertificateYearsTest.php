<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use PHPUnit\Framework\TestCase;

/**
 * Ten thousand weeks of hosts: none of Let's Encrypt's limits is hit by an order of ours, and nobody waits without need. SEED=n repeats one.
 */
final class CertificateYearsTest extends TestCase
{
    /** @return array<string, array{int, int, string, int, bool, 5?: string, 6?: bool}> Hosts, weeks, mode, days of a certificate's life, below one registrable domain, later mode, kept names. */
    public static function networks(): array
    {
        return [
            'advanced, certificates of 90 days' => [40, 50, 'advanced', 90, false],
            'advanced, certificates of 45 days' => [30, 50, 'advanced', 45, false],
            'advanced, certificates of six days' => [15, 50, 'advanced', 6, false],
            'advanced, all below one registrable domain' => [45, 50, 'advanced', 45, true],
            'basic, certificates of 90 days' => [20, 50, 'basic', 90, false],
            'basic, certificates of 45 days' => [20, 50, 'basic', 45, true],
            'basic, and redeployed for the names that it had' => [7, 25, 'basic', 90, false, '', true],
            'basic, then advanced' => [30, 50, 'basic', 64, false, 'advanced'],
        ];
    }

    /** @dataProvider networks */
    public function testNoLimitIsHitAndNobodyWaitsWithoutNeed(int $hosts, int $weeks, string $mode, int $days, bool $isOneScope, string $later = '', bool $keepsNames = false): void
    {
        $seed = (int) (getenv('SEED') ?: random_int(1, 1 << 30));
        mt_srand($seed);
        $years = new Years($hosts, $mode, $days * 86400, $isOneScope, $later, $keepsNames);
        $years->pass($weeks);
        self::assertSame([], array_slice($years->authority->hits, 0, 5), "SEED={$seed}");
        self::assertSame([], array_slice($years->idle, 0, 5), "SEED={$seed}");
        self::assertGreaterThan(5, $years->authority->issued, "SEED={$seed}");
        self::assertGreaterThan(0, $years->authority->failed, "SEED={$seed}: too calm to show anything");
        // A quarter waits for less: after a day without DNS there is a look each hour.
        sort($years->waits);
        self::assertLessThan($mode === 'advanced' ? 400 : PHP_INT_MAX, $years->waits[intdiv(count($years->waits), 4)] ?? 0, "SEED={$seed}");
        self::assertGreaterThan($years->ready - 4, $years->covered, "SEED={$seed}: whose DNS is right has a certificate");
    }

    /** @return array<string, array{int}> */
    public static function seeds(): array
    {
        return [
            'a certificate that came by itself ends the wait after orders that brought none' => [513690429],
            'what was used up four weeks ago does not make anybody wait longer than was said' => [626275392],
        ];
    }

    /** @dataProvider seeds */
    public function testWhatWasFoundByChanceIsMended(int $seed): void
    {
        mt_srand($seed);
        $years = new Years(15, 'advanced', 6 * 86400, false);
        $years->pass(50);
        self::assertSame([], $years->authority->hits);
        self::assertSame([], array_slice($years->idle, 0, 5));
    }
}
