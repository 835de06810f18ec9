<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Renewal_Window;
use Domain_Sync_For_RunCloud\Serving\Verdict;
use Domain_Sync_For_RunCloud\Store\Reason;
use PHPUnit\Framework\TestCase;

/**
 * The issuer's renewal window (RFC 9773).
 */
final class RenewalWindowTest extends TestCase
{
    private const NOW = Rows::NOW;
    private const DAY = 86400;

    public function testACertificatesNameIsTheOneOfTheStandardsExample(): void
    {
        $id = Renewal_Window::id_of('69885b6b87464041e1b37b847bd0ae2cde01c8d4', '0087654321');
        self::assertSame('aYhba4dGQEHhs3uEe9CuLN4ByNQ.AIdlQyE', $id);
    }

    public function testWhatIsNoNumberHasNoName(): void
    {
        foreach ([['', '0087'], ['69', ''], ['6', '00'], ['zz', '00'], ['69', '0x']] as [$key, $serial]) {
            self::assertSame('', Renewal_Window::id_of($key, $serial));
        }
    }

    public function testTheEndOfTheWindowIsReadAndNonsenseIsNone(): void
    {
        $end = Renewal_Window::end_of('{"suggestedWindow":{"start":"2025-01-02T04:00:00Z","end":"2025-01-03T04:00:00Z"},"explanationURL":"https://x.example"}');
        self::assertSame('2025-01-03 04:00', gmdate('Y-m-d H:i', $end));
        foreach (['', 'x', '[]', '{"suggestedWindow":1}', '{"suggestedWindow":{"start":"2025-01-02T04:00:00Z","end":"2025-01-01T04:00:00Z"}}', '{"suggestedWindow":{"end":"2025-01-02T04:00:00Z"}}', '{"suggestedWindow":{"start":["a"],"end":{}}}'] as $body) {
            self::assertSame(0, Renewal_Window::end_of($body), $body);
        }
    }

    /** @return array<string, array{int, int, int, bool}> Days of life, age in days, days from now to the window's end, is it early. */
    public static function windows(): array
    {
        return [
            'none' => [90, 10, 0, false],
            'as always: a third is left' => [90, 10, 50, false],
            'it is about to be revoked' => [90, 10, 1, true],
            'it was to be renewed yesterday' => [90, 10, -1, true],
            'of six days, at half its life' => [6, 1, 2, true],
        ];
    }

    /** @dataProvider windows */
    public function testAWindowSaysMoreThanTheShareOnlyWhereItIsEarly(int $life, int $age, int $days, bool $isEarly): void
    {
        $from = self::NOW - $age * self::DAY;
        $end = $days === 0 ? 0 : self::NOW + $days * self::DAY;
        self::assertSame($isEarly, Renewal_Window::is_early($end, $from, $from + $life * self::DAY));
    }

    public function testACertificateThatTheIssuerWantedRenewedByNowIsLateHoweverMuchOfItIsLeft(): void
    {
        $verdict = static fn (int $by, array $row = []): Reason => Verdict::of(Looks::seen([]), Rows::present(...$row), null, self::NOW, $by)->certificate;
        self::assertSame(Reason::Covers, $verdict(0));
        self::assertSame(Reason::Covers, $verdict(self::NOW + 1));
        self::assertSame(Reason::Renewal_Late, $verdict(self::NOW));
        self::assertSame(Reason::Order_Under_Way, $verdict(self::NOW, ['ordered_at' => self::NOW - 60]));
    }
}
