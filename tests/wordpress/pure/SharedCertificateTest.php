<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Shared_Certificate;
use PHPUnit\Framework\TestCase;

/**
 * What the one certificate of basic mode turns out to be: which order brought it, and whether for the names that it had.
 */
final class SharedCertificateTest extends TestCase
{
    private const T = 1_800_000_000;
    private const HOUR = 3600;
    private const KNOWN = ['serial' => 'a1', 'set' => 'old', 'from' => self::T - 30 * 86400, 'order' => 0, 'is_same' => false, 'kept' => 0];

    /** @return array<string, array{array<string, mixed>, array{string, string, int, int}, array<string, mixed>}> What was known; serial, names, beginning and last order; what is other then. */
    public static function sights(): array
    {
        $once = ['serial' => 'b2', 'from' => self::T - self::HOUR, 'order' => self::T, 'kept' => 1] + self::KNOWN;

        return [
            'the same once more' => [self::KNOWN, ['a1', 'old', self::T - 30 * 86400, self::T], []],
            'an older one, which a process shows that is about to end' => [$once, ['a1', 'old', self::T - 30 * 86400, self::T], []],
            'ordered, for all names' => [self::KNOWN, ['b2', 'all', self::T - self::HOUR + 5, self::T], ['serial' => 'b2', 'set' => 'all', 'from' => self::T - self::HOUR + 5, 'order' => self::T]],
            'ordered, for the old names' => [self::KNOWN, ['b2', 'old', self::T - self::HOUR + 5, self::T], ['serial' => 'b2', 'from' => self::T - self::HOUR + 5, 'order' => self::T, 'is_same' => true]],
            'once more for the old names' => [$once, ['c3', 'old', self::T - self::HOUR + 705, self::T + 700], ['serial' => 'c3', 'from' => self::T - self::HOUR + 705, 'order' => self::T + 700, 'is_same' => true]],
            'then for other names' => [$once, ['c3', 'all', self::T - self::HOUR + 705, self::T + 700], ['serial' => 'c3', 'set' => 'all', 'from' => self::T - self::HOUR + 705, 'order' => self::T + 700, 'kept' => 0]],
            'ordered a minute after the order before' => [$once, ['c3', 'all', self::T - self::HOUR + 61, self::T + 60], ['serial' => 'c3', 'set' => 'all', 'from' => self::T - self::HOUR + 61, 'order' => self::T + 60, 'kept' => 0]],
            'a second one after one order' => [$once, ['c3', 'all', self::T - self::HOUR + 300, self::T], ['serial' => 'c3', 'set' => 'all', 'from' => self::T - self::HOUR + 300, 'order' => 0]],
            'one that the admin made' => [$once, ['c3', 'all', self::T + 5 * self::HOUR, self::T], ['serial' => 'c3', 'set' => 'all', 'from' => self::T + 5 * self::HOUR, 'order' => 0]],
            'one that RunCloud renewed' => [self::KNOWN, ['c3', 'old', self::T - self::HOUR, 0], ['serial' => 'c3', 'from' => self::T - self::HOUR]],
        ];
    }

    /**
     * @dataProvider sights
     * @param array<string, mixed>            $known
     * @param array{string, string, int, int} $seen
     * @param array<string, mixed>            $other
     */
    public function testACertificateThatIsSeen(array $known, array $seen, array $other): void
    {
        self::assertEquals($other + $known, Shared_Certificate::after($known, ...$seen));
    }

    public function testTheFirstThatIsSeenIsComparedWithNone(): void
    {
        self::assertSame(
            ['serial' => 'a1', 'set' => 'old', 'from' => self::T - self::HOUR, 'order' => self::T, 'is_same' => false, 'kept' => 0],
            Shared_Certificate::after(null, 'a1', 'old', self::T - self::HOUR, self::T)
        );
    }
}
