<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Verdict;
use Domain_Sync_For_RunCloud\Store\Reason;
use PHPUnit\Framework\TestCase;

/**
 * When a host is looked at again.
 */
final class NextLookTest extends TestCase
{
    private const NOW = Rows::NOW;
    private const DAY = 86400;

    /** @return array<string, array{array<string, mixed>, array<string, mixed>, int}> What was seen, the row, seconds until the next look. */
    public static function looks(): array
    {
        $none = ['dns' => ['A' => ['outcome' => 'none'], 'AAAA' => ['outcome' => 'none']], 'nonce' => false, 'tls' => ['verdict' => 'none']];
        $waits = static fn (int $seconds): array => ['domain_reason' => Reason::Dns_None, 'domain_since' => self::NOW - $seconds, 'dns_since' => 0];
        $ordered = static fn (int $seconds): array => ['ordered_at' => self::NOW - $seconds, 'asked' => 'order'];
        $bare = ['tls' => ['verdict' => 'none']];

        return [
            'something new' => [$none, [], 60],
            'for a minute' => [$none, $waits(60), 60],
            'for an hour less a second' => [$none, $waits(3599), 60],
            'for an hour' => [$none, $waits(3600), 300],
            'for a day' => [$none, $waits(self::DAY), 3600],
            'for a year' => [$none, $waits(365 * self::DAY), 3600],
            'the clock was ahead' => [$none, $waits(-5000), 60],
            'could not be looked at' => [['dns' => [], 'nonce' => false], [], 60],
            'no certificate, for hours' => [$bare, ['certificate_reason' => Reason::No_Certificate, 'certificate_since' => self::NOW - 7200], 300],
            'the same, and it is ordered again before that' => [$bare, ['certificate_reason' => Reason::No_Certificate, 'certificate_since' => self::NOW - 7200, 'due_at' => self::NOW + 121], 121],
            'the same, and it is ordered again after that' => [$bare, ['certificate_reason' => Reason::No_Certificate, 'certificate_since' => self::NOW - 7200, 'due_at' => self::NOW + 301], 300],
            'the same, and it is due' => [$bare, ['certificate_reason' => Reason::No_Certificate, 'certificate_since' => self::NOW - 7200, 'due_at' => self::NOW - 1], 300],
            'ordered now' => [$bare, $ordered(0), 10],
            'ordered 10 seconds ago' => [$bare, $ordered(10), 10],
            'ordered 30 seconds ago' => [$bare, $ordered(30), 10],
            'ordered 45 seconds ago' => [$bare, $ordered(45), 35],
            'ordered 320 seconds ago: the last look is when its time is over' => [$bare, $ordered(320), 280],
        ];
    }

    /**
     * @dataProvider looks
     * @param array<string, mixed> $seen
     * @param array<string, mixed> $row
     */
    public function testTheNextLook(array $seen, array $row, int $seconds): void
    {
        self::assertSame($seconds, Looks::verdict($seen, $row)->look_at - self::NOW);
    }

    public function testALookIsDueAtATickAndNeverInThePast(): void
    {
        for ($second = 0; $second < 120; $second++) {
            $look = Verdict::of(Looks::seen(['dns' => [], 'nonce' => false]), Rows::present(), null, self::NOW + $second)->look_at;
            self::assertSame(0, $look % 60);
            self::assertGreaterThan(self::NOW + $second, $look);
            self::assertLessThanOrEqual(self::NOW + $second + 60, $look);
        }
    }

    /** @return array<string, array{int, int, int}> Days of life, seconds until the renewal is late, and until the next look at most. */
    public static function lives(): array
    {
        return [
            'six days, and it is late in ten hours' => [6, 36000, 36600],
            'six days, and it is late in a second' => [6, 1, 660],
            'six days, and it is late in two days' => [6, 2 * self::DAY, self::DAY],
            'ninety days, and it is late in an hour' => [90, 3600, 4200],
        ];
    }

    /** @dataProvider lives */
    public function testARenewalThatIsLateIsSeenWithinMinutes(int $days, int $late, int $most): void
    {
        $until = self::NOW + $late - 1 + intdiv($days * self::DAY, 4);
        $seen = ['tls' => Looks::tls(['from' => $until - $days * self::DAY, 'until' => $until])];
        for ($n = 0; $n < 50; $n++) {
            $row = Rows::present(host: "shop{$n}.example");
            $look = Verdict::of(Looks::seen(['host' => $row->host, 'tls' => ['names' => [$row->host]] + $seen['tls']]), $row, null, self::NOW)->look_at;
            self::assertLessThanOrEqual(self::NOW + $most, $look);
            self::assertSame(0, $look % 60);
            $reason = Verdict::of(Looks::seen(['host' => $row->host, 'tls' => ['names' => [$row->host]] + $seen['tls']]), $row, null, $look)->certificate;
            self::assertSame($late > self::DAY ? Reason::Covers : Reason::Renewal_Late, $reason);
        }
    }

    public function testWhatTheIssuerWantsRenewedBeforeTheDayIsOverIsLookedAtThen(): void
    {
        $verdict = Verdict::of(Looks::seen([]), Rows::present(), null, self::NOW, self::NOW + 7200);
        self::assertSame(Reason::Covers, $verdict->certificate);
        self::assertGreaterThan(self::NOW + 7200, $verdict->look_at);
        self::assertLessThanOrEqual(self::NOW + 7800, $verdict->look_at);
    }

    public function testWhatIsWellIsLookedAtOnceADay(): void
    {
        $look = Looks::verdict([], [])->look_at - self::NOW;
        self::assertGreaterThan(self::DAY - 7300, $look);
        self::assertLessThanOrEqual(self::DAY, $look);
    }
}
