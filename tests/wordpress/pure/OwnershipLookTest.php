<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use PHPUnit\Framework\TestCase;

/**
 * When somebody looks for the record that proves a host, and where.
 */
final class OwnershipLookTest extends TestCase
{
    /** @return array<string, array{int, bool, int}> Seconds that a host has waited, whether the extension can look, seconds to the next look. */
    public static function waits(): array
    {
        return [
            'at once' => [0, true, 60],
            'in the first hour' => [3599, true, 60],
            'in the first day' => [3600, true, 300],
            'after it' => [86400, true, 3600],
            'with an extension that cannot look' => [0, false, 3600],
        ];
    }

    /** @dataProvider waits */
    public function testItIsLookedForLessAndLessOften(int $age, bool $isPossible, int $seconds): void
    {
        // At the beginning of a cron's minute.
        $now = Rows::NOW - Rows::NOW % 60;
        $row = Rows::wanted(domain_reason: Reason::Ownership, domain_since: $now - $age, hold: Domain::HOLD_OWNERSHIP);
        self::assertSame($now + $seconds, Ownership::next_look($row, $now, $isPossible));
    }

    public function testTheTimeOfAnotherReasonDoesNotCount(): void
    {
        $now = Rows::NOW - Rows::NOW % 60;
        self::assertSame($now + 60, Ownership::next_look(Rows::wanted(domain_since: $now - 90000), $now));
    }

    public function testTheRecordOfAWildcardIsThatOfItsDomain(): void
    {
        self::assertSame('_domain-sync.shop.example', Ownership::name_of('*.shop.example'));
        self::assertSame('_domain-sync.www.shop.example', Ownership::name_of('www.shop.example'));
    }
}
