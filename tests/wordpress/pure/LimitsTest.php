<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Sync\Facts;
use Domain_Sync_For_RunCloud\Sync\Step;
use PHPUnit\Framework\TestCase;

/**
 * Let's Encrypt's limits, and how long a step that failed waits.
 */
final class LimitsTest extends TestCase
{
    private const NOW = Rows::NOW;

    /** @return array<string, array{Facts, int, 2?: int}> Facts, in how many seconds the next order may leave, since when DNS is right. */
    public static function budgets(): array
    {
        $set = Rows::facts()->order_set(Rows::reachable());
        // Five at once when counting begins, which does not know that there were five, and since then each as soon as one had come back.
        $since = Facts::counted_since(self::NOW);
        $busy = [...array_fill(0, 5, $since + 3600), ...range($since + 3600 + 122401, self::NOW - 123000, 122401)];
        $of = static fn (array $ages): array => array_map(static fn (int $age): int => self::NOW - $age, $ages);

        return [
            'nothing was ordered' => [Rows::facts(), 0],
            'four for the same names' => [Rows::facts(orders_of_set: [$set => $of([400, 300, 200, 100])]), 0],
            'five for the same names' => [Rows::facts(orders_of_set: [$set => $of([400, 300, 200, 100, 0])]), 122600],
            'the oldest has come back' => [Rows::facts(orders_of_set: [$set => $of([123100, 300, 200, 100, 0])]), 0],
            'a bucket and no week: ten within it' => [Rows::facts(orders_of_set: [$set => $of([...array_fill(0, 5, 612000), ...array_fill(0, 5, 0)])]), 123000],
            'more than the limit, of which Let\'s Encrypt turned one away' => [Rows::facts(orders_of_set: [$set => $of(array_fill(0, 6, 0))]), 122400 + 600],
            'as many as ever come back, and five before' => [Rows::facts(orders_of_set: [$set => $busy]), 0],
            'other names' => [Rows::facts(orders_of_set: ['other' => $of(array_fill(0, 9, 0))]), 0],
            'forty-nine for the registrable domain' => [Rows::facts(orders_of_scope: ['shop.example' => $of(array_fill(0, 49, 0))]), 0],
            'fifty for the registrable domain' => [Rows::facts(orders_of_scope: ['shop.example' => $of(array_fill(0, 50, 0))]), 12696],
            'its registrable domain is a shorter name' => [Rows::facts(scopes: [Rows::HOST => 'example'], orders_of_scope: ['example' => $of(array_fill(0, 50, 0))]), 12696],
            'three hundred of all' => [Rows::facts(orders: $of(array_fill(0, 300, 0))), 636],
            'three failed validations since DNS is right' => [Rows::facts(failed_validations: [Rows::HOST => $of(array_fill(0, 3, 60))]), 0],
            'four failed validations since DNS is right' => [Rows::facts(failed_validations: [Rows::HOST => $of(array_fill(0, 4, 60))]), 1260],
            'four failed before DNS was right: what was kept for that is used' => [Rows::facts(failed_validations: [Rows::HOST => $of(array_fill(0, 4, 60))]), 0, self::NOW - 30],
            'five failed before DNS was right: Let\'s Encrypt has none left' => [Rows::facts(failed_validations: [Rows::HOST => $of(array_fill(0, 5, 60))]), 1260, self::NOW - 30],
            'of another host' => [Rows::facts(failed_validations: ['other.example' => $of(array_fill(0, 5, 60))]), 0],
        ];
    }

    /** @dataProvider budgets */
    public function testAnOrderLeavesWhenLetsEncryptPermitsIt(Facts $facts, int $seconds, int $dnsSince = self::NOW - 3000): void
    {
        self::assertSame($seconds, $facts->order_at(Rows::reachable(dns_since: $dnsSince), self::NOW) - self::NOW);
    }

    public function testWhereOneIsToBeLeftTheOrderWaitsUntilThereAreTwo(): void
    {
        $set = Rows::facts()->order_set(Rows::reachable());
        foreach ([[], [0], [0, 0], [0, 0, 0]] as $ages) {
            $facts = Rows::facts(orders_of_set: [$set => array_map(static fn (int $age): int => self::NOW - $age, $ages)]);
            self::assertSame(self::NOW, $facts->order_at(Rows::reachable(), self::NOW, 1));
        }
        $facts = Rows::facts(orders_of_set: [$set => array_fill(0, 4, self::NOW - 60)]);
        self::assertSame(self::NOW, $facts->order_at(Rows::reachable(), self::NOW));
        $at = $facts->order_at(Rows::reachable(), self::NOW, 1);
        self::assertSame(self::NOW - 60 + 600 + 122400, $at);
        self::assertSame($at, $facts->order_at(Rows::reachable(), $at, 1), 'What was promised is so');
    }

    public function testWhatIsSaidOfALaterTimeIsSoThen(): void
    {
        $set = Rows::facts()->order_set(Rows::reachable());
        for ($age = 0; $age < 700; $age++) {
            $facts = Rows::facts(orders_of_set: [$set => array_map(static fn (int $times): int => self::NOW - $times * $age, [9, 7, 4, 1, 0])], orders_of_scope: [Rows::HOST => array_fill(0, 50, self::NOW - 3 * $age)]);
            $at = $facts->order_at(Rows::reachable(), self::NOW);
            self::assertGreaterThan(self::NOW, $at);
            self::assertSame($at, $facts->order_at(Rows::reachable(), $at));
            self::assertGreaterThan($at - 1, $facts->order_at(Rows::reachable(), $at - 1));
        }
    }

    public function testOrdersThatLeaveAsSoonAsTheyMayNeverHitALimitThoughTheHistoryForgets(): void
    {
        $set = Rows::facts()->order_set(Rows::reachable());
        $times = [];
        for ($now = self::NOW; $now < self::NOW + 200 * 86400 && count($times) < 200; $now = max($now + 1, $at)) {
            $known = array_values(array_filter($times, static fn (int $time): bool => $time >= Facts::counted_since($now)));
            $at = Rows::facts(orders_of_set: [$set => $known])->order_at(Rows::reachable(), $now);
            if ($at === $now) {
                $times[] = $now;
                $at = $now + 1;
            }
        }
        self::assertGreaterThan(130, count($times));
        foreach ($times as $i => $time) {
            $refilled = ($time - $times[0]) / 122400;
            self::assertLessThanOrEqual(5 + $refilled, $i + 1);
        }
    }

    /** @return array<string, array{Reason, array<string, int>, int, int, int}> Reason, row, Retry-After, least and most seconds; 0 and 0: never. */
    public static function failures(): array
    {
        $long = ['failing_since' => self::NOW - 90000, 'attempts' => 40];

        return [
            'RunCloud is down' => [Reason::Panel_Down, ['attempts' => 0], 0, 15, 30],
            'the third time' => [Reason::Panel_Down, ['attempts' => 2], 0, 60, 120],
            'the hundredth time' => [Reason::Panel_Down, ['attempts' => 100], 0, 1800, 3600],
            'for more than a day' => [Reason::Panel_Down, $long, 0, 43200, 86400],
            'it asked to wait' => [Reason::Rate_Limited, ['attempts' => 0], 900, 900, 900],
            'it asked to wait for a year' => [Reason::Rate_Limited, ['attempts' => 0], 31536000, 3600, 3600],
            'it refused' => [Reason::Refused, ['attempts' => 0], 0, 0, 0],
            'it refused and asked to wait' => [Reason::Refused, ['attempts' => 0], 60, 0, 0],
            'the token ran out' => [Reason::Unauthorized, ['attempts' => 0], 0, 15, 30],
            'the token ran out long ago' => [Reason::Unauthorized, $long, 0, 43200, 86400],
            'outcomes are lost for a day' => [Reason::Outcome_Unknown, $long, 0, 0, 0],
            'the row is old, the failure is not' => [Reason::Outcome_Unknown, ['desired_since' => self::NOW - 90000, 'attempts' => 0], 0, 15, 30],
        ];
    }

    /**
     * @dataProvider failures
     * @param array<string, int> $row
     */
    public function testAStepThatFailedWaitsByItsReason(Reason $reason, array $row, int $retryAfter, int $least, int $most): void
    {
        $step = Step::after_failure(Rows::wanted(...$row), $reason, [], self::NOW, $retryAfter);
        $wait = $step->due_at === 0 ? 0 : $step->due_at - self::NOW;
        self::assertSame(Step::NONE, $step->action);
        self::assertGreaterThanOrEqual($least, $wait);
        self::assertLessThanOrEqual($most, $wait);
    }

    public function testWhatIsGivenUpSaysWhy(): void
    {
        $step = Step::after_failure(Rows::wanted(failing_since: self::NOW - 86400), Reason::Outcome_Unknown, [], self::NOW);
        self::assertSame(Reason::Gave_Up, $step->reason);
        self::assertStringContainsString('answer did not arrive', $step->reason->sentence($step->details));
    }

    public function testRowsThatFailedTogetherComeBackApart(): void
    {
        $times = [];
        for ($i = 0; $i < 400; $i++) {
            $times[] = Step::after_failure(Rows::wanted(host: "shop{$i}.example", attempts: 8), Reason::Panel_Down, [], self::NOW)->due_at;
        }
        self::assertGreaterThan(300, count(array_unique($times)));
    }
}
