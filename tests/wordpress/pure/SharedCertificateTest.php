<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Shared_Certificate;
use Domain_Sync_For_RunCloud\Store\Domain;
use PHPUnit\Framework\TestCase;

/**
 * What the one certificate of basic mode turns out to be: which order brought it, and whether for the names that it had.
 */
final class SharedCertificateTest extends TestCase
{
    private const T = 1_800_000_000;
    private const HOUR = 3600;
    private const OLD = ['network.example'];
    private const ALL = ['network.example', Rows::HOST];

    /** @return array<string, array{array<string, mixed>, array{string, list<string>, int, int}, array<string, mixed>, 3?: int}> What was known; serial, names, beginning and last order; what is other then; when the host was ordered for. */
    public static function sights(): array
    {
        $known = self::known();
        $begin = self::T - self::HOUR + 5;
        $all = ['serial' => 'c3', 'set' => self::set(self::ALL)];
        $once = ['serial' => 'b2', 'from' => $begin, 'order' => self::T, 'kept' => 1] + $known;
        $again = self::T + 700;

        return [
            'the same once more' => [$known, ['a1', self::OLD, self::T - 30 * 86400, self::T], []],
            'an older one, which a process shows that is about to end' => [$once, ['a1', self::OLD, self::T - 30 * 86400, self::T], []],
            'ordered, for all names' => [$known, ['c3', self::ALL, $begin, self::T], ['from' => $begin, 'order' => self::T] + $all, self::T],
            'ordered, for the old names, and this host was to be among them' => [$known, ['b2', self::OLD, $begin, self::T], ['serial' => 'b2', 'from' => $begin, 'order' => self::T, 'kept' => 1], self::T - 20],
            'the same, seen once more' => [$once, ['b2', self::OLD, $begin, self::T], [], self::T],
            'ordered, for the old names, and this host came later' => [$known, ['b2', self::OLD, $begin, self::T], ['serial' => 'b2', 'from' => $begin, 'order' => self::T, 'is_same' => true]],
            'once more for the old names' => [$once, ['c3', self::OLD, $begin + 700, $again], ['serial' => 'c3', 'from' => $begin + 700, 'order' => $again, 'kept' => 2], $again],
            'then for other names' => [$once, ['c3', self::ALL, $begin + 700, $again], ['from' => $begin + 700, 'order' => $again, 'kept' => 0] + $all, $again],
            'ordered a minute after the order before' => [$once, ['c3', self::ALL, $begin + 60, self::T + 60], ['from' => $begin + 60, 'order' => self::T + 60, 'kept' => 0] + $all],
            'a second one after one order' => [$once, ['c3', self::ALL, $begin + 300, self::T], ['from' => $begin + 300, 'order' => 0] + $all],
            'one that the admin made' => [$once, ['c3', self::ALL, self::T + 5 * self::HOUR, self::T], ['from' => self::T + 5 * self::HOUR, 'order' => 0] + $all],
            'one that RunCloud renewed' => [$known, ['c3', self::OLD, $begin, 0], ['serial' => 'c3', 'from' => $begin]],
        ];
    }

    /**
     * @dataProvider sights
     * @param array<string, mixed>                  $known
     * @param array{string, list<string>, int, int} $seen
     * @param array<string, mixed>                  $other
     */
    public function testACertificateThatIsSeen(array $known, array $seen, array $other, int $rowOrderedAt = 0): void
    {
        [$serial, $names, $from, $orderedAt] = $seen;
        $row = Rows::reachable(ordered_at: $rowOrderedAt);
        $next = Shared_Certificate::after($known, ['serial' => $serial, 'names' => $names, 'from' => $from], $row, $orderedAt);
        self::assertEquals($other + $known, $next);
    }

    public function testTheFirstThatIsSeenIsComparedWithNone(): void
    {
        self::assertSame(
            ['serial' => 'a1', 'set' => self::set(self::OLD), 'from' => self::T - self::HOUR, 'order' => self::T, 'is_same' => false, 'kept' => 0],
            Shared_Certificate::after(null, ['serial' => 'A1', 'names' => self::OLD, 'from' => self::T - self::HOUR], Rows::reachable(ordered_at: self::T), self::T)
        );
    }

    /** @return array<string, array{array<string, mixed>|null, array<string, mixed>, string, bool}> What was known, what is known, names of the last order, whether it counts beside the order. */
    public static function counted(): array
    {
        $known = self::known();
        $next = ['serial' => 'b2', 'order' => self::T] + $known;

        return [
            'brought by an order for these names' => [$known, $next, $next['set'], false],
            'brought by an order for other names' => [$known, $next, 'others', true],
            'not ordered here' => [$known, ['order' => 0] + $next, $next['set'], true],
            'the same' => [$known, $known, 'others', false],
            'the first that is seen' => [null, ['order' => 0] + $next, 'others', false],
            'the first that is seen, brought by an order for other names' => [null, $next, 'others', true],
        ];
    }

    /**
     * @dataProvider counted
     * @param array<string, mixed>|null $known
     * @param array<string, mixed>      $next
     */
    public function testACertificateCountsForTheNamesThatItIsFor(?array $known, array $next, string $set, bool $counts): void
    {
        self::assertSame($counts, Shared_Certificate::counts($known, $next, $set));
    }

    /** @return array<string, mixed> */
    private static function known(): array
    {
        return ['serial' => 'a1', 'set' => self::set(self::OLD), 'from' => self::T - 30 * 86400, 'order' => 0, 'is_same' => false, 'kept' => 0];
    }

    /** @param list<string> $names */
    private static function set(array $names): string
    {
        return Domain::set_of($names);
    }
}
