<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Facts;
use Domain_Sync_For_RunCloud\Sync\Planner;
use Domain_Sync_For_RunCloud\Sync\Step;
use PHPUnit\Framework\TestCase;

/**
 * Orders that brought nothing: when they are repeated, and what is left for whoever presses "Try again".
 */
final class RepeatedOrderTest extends TestCase
{
    private const NOW = Rows::NOW;
    private const HOUR = 3600;
    private const DAY = 86400;

    /** When a token of five comes back. */
    private const TOKEN = 122400;

    /** @return array<string, array{Domain, list<int>, ?int, 3?: ?Reason}> Row, ages of its orders in seconds, in how many seconds the next is due (null: it is ordered now), and what is said until then. */
    public static function rows(): array
    {
        $late = static fn (int $left, int $life, array $more = []): Domain => self::row($left, $life, $more + ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Renewal_Late]);
        $ended = static fn (int $ago, int $life, array $more = []): Domain => self::row(-$ago, $life, $more + ['certificate_status' => Status::Pending, 'certificate_reason' => Reason::Expired]);
        $failed = ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Order_Failed];
        $lost = ['certificate_reason' => Reason::Panel_Down];

        return [
            // A renewal is late.
            'not ordered yet' => [$late(36 * self::HOUR, 6), [], null],
            'ordered a minute ago, and the run was killed: it stays late' => [$late(36 * self::HOUR, 6, ['ordered_at' => self::NOW - 60, 'asked' => 'order']), [60], 540, null],
            'ordered once' => [$late(36 * self::HOUR, 6), [700], null],
            'ordered twice' => [$late(36 * self::HOUR, 6), [1400, 700], 12 * self::HOUR - 700, Reason::Renewal_Late],
            'twice, and a third of the time has passed' => [$late(24 * self::HOUR, 6), [43900, 43200], null],
            'then once and not twice' => [$late(24 * self::HOUR, 6), [43900, 43200, 700], 8 * self::HOUR - 700, Reason::Renewal_Late],
            'orders that brought the certificate that is served are no repetition' => [$late(36 * self::HOUR, 6), [108 * self::HOUR + 700, 108 * self::HOUR - 4000], null],
            'four: the last that Let\'s Encrypt permits is left' => [$late(self::HOUR, 6), [23000, 22900, 22800, 22700], self::TOKEN + 600 - 23000, Reason::Renewal_Late],
            'somebody presses, and has it' => [$late(self::HOUR, 6, ['ordered_at' => 0]), [23000, 22900, 22800, 22700], null],
            'the issuer wanted it renewed a day ago, with months left' => [$late(60 * self::DAY, 90, ['certificate_details' => ['renew_by' => self::NOW - self::DAY]]), [1400, 700], 8 * self::HOUR - 700, Reason::Renewal_Late],
            // It has ended.
            'ended, and ordered twice while it was late' => [$ended(self::HOUR, 6), [37 * self::HOUR, 36 * self::HOUR], null],
            'ended a moment ago, and ordered before that' => [$ended(60, 90), [1400, 700], 6 * self::HOUR - 700, Reason::Order_Failed],
            'ended three days ago: a third of that' => [$ended(3 * self::DAY, 90), [1400, 700], self::DAY - 700, Reason::Order_Failed],
            'ended months ago: a week' => [$ended(90 * self::DAY, 90), [1400, 700], 7 * self::DAY - 700, Reason::Order_Failed],
            'ended, and that is known since the last order' => [self::row(-self::HOUR, 6, $failed), [37 * self::HOUR, 36 * self::HOUR, 7 * self::HOUR], null],
            'ended, four: the last is left' => [$ended(self::HOUR, 6), [23000, 22900, 22800, 22700], self::TOKEN + 600 - 23000, Reason::Order_Failed],
            'ended, four, and somebody presses' => [$ended(self::HOUR, 6, ['ordered_at' => 0]), [23000, 22900, 22800, 22700], null],
            'ended, and DNS was away and came back' => [$ended(self::HOUR, 6, ['dns_since' => self::NOW - 60]), [1400, 700], null],
            // Never answered: whether RunCloud took it nobody knows.
            'three that were never answered' => [Rows::reachable(...$lost, ordered_at: self::NOW - 700), [2100, 1400, 700], null],
            'four that were never answered: the last is left' => [Rows::reachable(...$lost, ordered_at: self::NOW - 700), [2800, 2100, 1400, 700], self::TOKEN + 600 - 2800, null],
            'four that were never answered, and somebody presses' => [Rows::reachable(...$lost, ordered_at: 0), [2800, 2100, 1400, 700], null],
        ];
    }

    /**
     * @dataProvider rows
     * @param list<int> $ages
     */
    public function testWhenAnOrderThatBroughtNothingIsRepeated(Domain $row, array $ages, ?int $seconds, ?Reason $reason = null): void
    {
        $step = Planner::next($row, self::ordered(array_map(static fn (int $age): int => self::NOW - $age, $ages)), self::NOW);
        self::assertSame($seconds === null ? Step::ORDER : Step::NONE, $step->action);
        self::assertSame($seconds ?? 0, $step->due_at - self::NOW);
        self::assertSame($seconds === null ? Reason::Order_Under_Way : $reason, $step->reason);
    }

    /** @return array<string, array{int, int, int, int}> Days of life; orders that are made before the end, and in the week after it; hours between the last of them and the end at most. */
    public static function lives(): array
    {
        return ['of six days' => [6, 5, 4, 3], 'of 45 days' => [45, 10, 4, 12], 'of 90 days' => [90, 12, 4, 6]];
    }

    /** @dataProvider lives */
    public function testARenewalThatNeverComesIsOrderedUntilTheEndAndAfterItAndOneOrderIsAlwaysLeft(int $days, int $before, int $after, int $hours): void
    {
        $life = $days * self::DAY;
        $from = self::NOW - intdiv($life * 3, 4);
        $until = $from + $life;
        // RunCloud renewed what was before, with a third of its life left, and this one would have been next.
        $orders = [$from + self::HOUR];
        $made = [];
        $row = self::row($until - self::NOW, $days, ['ordered_at' => 0, 'certificate_status' => Status::Action, 'certificate_reason' => Reason::Renewal_Late]);
        for ($now = self::NOW; $now < $until + 7 * self::DAY; $now = max($now + 60, $step->due_at)) {
            if ($now >= $until && $row->certificate_reason === Reason::Renewal_Late) {
                $row = self::with($row, ['certificate_status' => Status::Pending, 'certificate_reason' => Reason::Expired]);
            }
            $step = Planner::next($row, self::ordered($orders), $now);
            if ($step->action === Step::ORDER) {
                $orders[] = $made[] = $now;
                $row = self::with($row, ['ordered_at' => $now]);
            } elseif ($step->reason === Reason::Order_Failed) {
                $row = self::with($row, ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Order_Failed]);
            }
            self::assertSame($now + 600, self::ordered($orders)->order_at($row, $now + 600), 'Whoever presses "Try again" need not wait.');
            if ($now < $until && $step->due_at > $until) {
                // A look finds that it has ended.
                $step = Step::wait(null, $until);
            }
        }
        $early = array_filter($made, static fn (int $at): bool => $at < $until);
        self::assertGreaterThanOrEqual($before, count($early));
        self::assertGreaterThanOrEqual($after, count($made) - count($early));
        self::assertLessThanOrEqual($hours * self::HOUR, $until - max($early));
        self::assertSame(600, $made[1] - $made[0], 'The second comes when the first has had its time.');
        foreach (array_slice($made, 2) as $n => $at) {
            self::assertGreaterThanOrEqual(6 * self::HOUR, $at - $made[$n + 1]);
        }
    }

    public function testWhenACertificateEndsIsSeenAndNeverUntilWhenThePlannerWaits(): void
    {
        $failed = ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Order_Failed, 'certificate_details' => ['until' => self::NOW + 7 * self::DAY]];
        $expired = Looks::tls(['verdict' => 'expired', 'from' => self::NOW - 90 * self::DAY, 'until' => self::NOW - 60]);
        $verdict = Looks::verdict(['tls' => $expired], $failed + ['certificate_from' => 1, 'certificate_until' => 2]);
        self::assertSame([Reason::Order_Failed, $failed['certificate_details']], [$verdict->certificate, $verdict->certificate_details]);
        self::assertSame([self::NOW - 90 * self::DAY, self::NOW - 60], [$verdict->served_from(), $verdict->served_until()]);
        foreach ([[], ['verdict' => 'none'], ['verdict' => 'late', 'from' => 0, 'until' => 0]] as $nothing) {
            $verdict = Looks::verdict(['tls' => $nothing], $failed + ['certificate_from' => 1, 'certificate_until' => 2]);
            self::assertSame([1, 2], [$verdict->served_from(), $verdict->served_until()], 'What is known stays where nothing was seen.');
        }
    }

    /** @param array<string, mixed> $more */
    private static function row(int $left, int $days, array $more): Domain
    {
        return Rows::reachable(...$more + [
            'dns_since' => self::NOW - 400 * self::DAY, 'ordered_at' => self::NOW - 700,
            'certificate_from' => self::NOW + $left - $days * self::DAY, 'certificate_until' => self::NOW + $left, 'certificate_serial' => '3b',
        ]);
    }

    /** @param array<string, mixed> $more */
    private static function with(Domain $row, array $more): Domain
    {
        return new Domain(...array_replace(get_object_vars($row), $more));
    }

    /** @param list<int> $times */
    private static function ordered(array $times): Facts
    {
        sort($times);

        return Rows::facts(orders_of_set: [Rows::facts()->order_set(Rows::reachable()) => $times]);
    }
}
