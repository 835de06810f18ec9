<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Neighbours;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use PHPUnit\Framework\TestCase;

/**
 * Which hosts stand in the way of the one certificate of basic mode.
 */
final class NeighboursTest extends TestCase
{
    private const NOW = Rows::NOW;

    /** @return array<string, array{list<Domain>, array<string, array<string, mixed>>, list<string>}> Domains, what was found of those that nobody looks at, names. */
    public static function webApps(): array
    {
        $right = Rows::reachable(host: 'right.example');
        $none = static fn (mixed ...$more): Domain => Rows::present(...$more + ['host' => 'none.example', 'domain_reason' => Reason::Dns_None, 'domain_since' => self::NOW - 500]);
        $covered = static fn (int $from): Domain => Rows::reachable(host: 'old.example', certificate_status: Status::Ready, certificate_reason: Reason::Covers, certificate_from: $from);
        $others = static fn (mixed ...$more): Domain => Rows::present(...$more + ['host' => 'others.example', 'source' => [], 'owner' => 'others', 'domain_reason' => Reason::Not_Ours, 'domain_status' => Status::Ready]);
        $kept = static fn (string $reason, string $name = 'others.example'): array => ['others.example' => ['reason' => $reason, 'name' => $name, 'since' => self::NOW - 90, 'at' => self::NOW]];

        return [
            'nobody' => [[$right, $covered(self::NOW)], [], []],
            'one without DNS' => [[$right, $none()], [], ['none.example']],
            'its www has none' => [[$right, $none(domain_reason: Reason::Www_Missing, domain_status: Status::Action, domain_details: ['host' => 'www.none.example'])], [], ['www.none.example']],
            'the longest in the way comes first' => [[$none(), $none(host: 'first.example', domain_since: self::NOW - 900)], [], ['first.example', 'none.example']],
            'nobody has looked yet' => [[$none(domain_reason: Reason::Mapped)], [], []],
            'nobody could look' => [[$none(domain_reason: Reason::Not_Looked, domain_status: Status::Unknown)], [], []],
            'one behind a proxy' => [[Rows::reachable(domain_reason: Reason::Proxied)], [], []],
            'RunCloud does not serve one yet' => [[$none(domain_reason: Reason::Not_Served_Yet)], [], ['none.example']],
            'a move that is prepared' => [[$none(domain_reason: Reason::Move_Prepared)], [], []],
            'a certificate is here, and the host is not' => [[$none(domain_reason: Reason::Ready_To_Switch)], [], ['none.example']],
            'the same, and Let\'s Encrypt is sent on' => [[$none(domain_reason: Reason::Ready_To_Switch, domain_details: ['challenge' => true])], [], []],
            'it did not stop the last certificate' => [[$none(), $covered(self::NOW - 400)], [], []],
            'it came after the last certificate' => [[$none(), $covered(self::NOW - 600)], [], ['none.example']],
            'somebody else\'s, of which nothing is known' => [[$others()], [], []],
            'somebody else\'s, here' => [[$others()], $kept(''), []],
            'somebody else\'s, not here' => [[$others()], $kept('dns-none', 'www.others.example'), ['www.others.example']],
            'somebody else\'s, not here, and it did not stop the last certificate' => [[$others(), $covered(self::NOW)], $kept('dns-none'), []],
            'one on hold' => [[$others(source: [Domain::RECORD], hold: 'existing', domain_reason: Reason::Existing)], $kept('dns-none'), ['others.example']],
            'one whose site is switched off' => [[$others(source: [Domain::RECORD], suspended: true, domain_reason: Reason::Suspended)], $kept('dns-none'), ['others.example']],
            'a wildcard is not proved by HTTP' => [[$others(host: '*.others.example')], ['*.others.example' => $kept('dns-none')['others.example']], []],
            'the primary is the network\'s own' => [[$others(remote_type: 'primary')], $kept('dns-none'), []],
        ];
    }

    /**
     * @dataProvider webApps
     * @param list<Domain>                        $rows
     * @param array<string, array<string, mixed>> $known
     * @param list<string>                        $names
     */
    public function testWhoStandsInTheWayIsNamed(array $rows, array $known, array $names): void
    {
        self::assertSame($names, Neighbours::in_the_way($rows, $known));
    }
}
