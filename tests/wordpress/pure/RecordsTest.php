<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Admin\Records;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use PHPUnit\Framework\TestCase;

/**
 * Which DNS records somebody has to set, and which are in the way.
 */
final class RecordsTest extends TestCase
{
    private const V4 = '203.0.113.7';
    private const V6 = '2001:db8::7';
    private const OTHER = '198.51.100.4';
    private const OTHER6 = '2001:db8:bad::1';
    private const WWW = 'www.' . Rows::HOST;

    /** @return array<string, array{Reason, array<string, mixed>, list<string>, list<string>}> Reason, details beside the host, addresses, lines. */
    public static function rows(): array
    {
        $none = ['host' => Rows::HOST, 'found' => [], 'expected' => [self::V4]];
        $found = static fn (string ...$found): array => ['found' => $found] + $none;
        $www = static fn (string ...$found): array => ['host' => self::WWW, 'found' => $found] + $none;

        return [
            'nobody has looked' => [Reason::Waiting, [], [self::V4], ['A shop 203.0.113.7 ?', 'A www 203.0.113.7 ?']],
            'no addresses are known' => [Reason::Dns_None, $none, [], []],
            'nothing there' => [Reason::Dns_None, $none, [self::V4], ['A shop 203.0.113.7 wrong', 'A www 203.0.113.7 ?']],
            'elsewhere' => [Reason::Dns_Elsewhere, $found(self::OTHER), [self::V4], ['A shop 203.0.113.7 wrong 198.51.100.4', 'A www 203.0.113.7 ?']],
            'elsewhere, in both families' => [Reason::Dns_Elsewhere, $found(self::OTHER, self::OTHER6), [self::V4], [
                'A shop 203.0.113.7 wrong 198.51.100.4', 'A www 203.0.113.7 ?', 'AAAA shop - wrong 2001:db8:bad::1',
            ]],
            'some elsewhere' => [Reason::Dns_Some_Elsewhere, $found(self::OTHER), [self::V4], [
                'A shop 203.0.113.7 right 203.0.113.7', 'A www 203.0.113.7 ?', 'A shop - wrong 198.51.100.4',
            ]],
            'AAAA elsewhere, none of ours' => [Reason::Dns_Aaaa_Elsewhere, $found(self::OTHER6), [self::V4], [
                'A shop 203.0.113.7 right 203.0.113.7', 'A www 203.0.113.7 ?', 'AAAA shop - wrong 2001:db8:bad::1',
            ]],
            'AAAA elsewhere, and there is one of ours' => [Reason::Dns_Aaaa_Elsewhere, $found(self::OTHER6), [self::V4, self::V6], [
                'A shop 203.0.113.7 right 203.0.113.7', 'AAAA shop 2001:db8::7 wrong 2001:db8:bad::1', 'A www 203.0.113.7 ?', 'AAAA www 2001:db8::7 ?',
            ]],
            'www missing' => [Reason::Www_Missing, $www(), [self::V4], ['A shop 203.0.113.7 right 203.0.113.7', 'A www 203.0.113.7 wrong']],
            'www elsewhere' => [Reason::Www_Elsewhere, $www(self::OTHER), [self::V4], [
                'A shop 203.0.113.7 right 203.0.113.7', 'A www 203.0.113.7 wrong 198.51.100.4',
            ]],
            'DNS is right and the port closed' => [Reason::Port_Closed, ['host' => Rows::HOST, 'expected' => [self::V4]], [self::V4], [
                'A shop 203.0.113.7 right 203.0.113.7', 'A www 203.0.113.7 ?',
            ]],
            'what is no address does not count' => [Reason::Dns_Elsewhere, $found('<script>', self::OTHER), [self::V4], [
                'A shop 203.0.113.7 wrong 198.51.100.4', 'A www 203.0.113.7 ?',
            ]],
            'all is well' => [Reason::Served, [], [self::V4], ['A shop 203.0.113.7 right 203.0.113.7', 'A www 203.0.113.7 right 203.0.113.7']],
        ];
    }

    /**
     * @dataProvider rows
     * @param array<string, mixed> $details
     * @param list<string>         $addresses
     * @param list<string>         $expected
     */
    public function testEachNameHasItsRecordsAndWhatIsInTheWay(Reason $reason, array $details, array $addresses, array $expected): void
    {
        $row = Rows::wanted(www: true, domain_reason: $reason, domain_status: $reason->status(), domain_details: $details);
        $lines = array_map(
            static fn (array $record): string => rtrim(implode(' ', [
                $record['type'],
                $record['name'] === self::WWW ? 'www' : 'shop',
                $record['should_be'] ?: '-',
                $record['is_right'] ? 'right' : ($record['is_known'] ? 'wrong' : '?'),
                ...$record['is_now'],
            ])),
            Records::of($row, $addresses)
        );
        self::assertSame($expected, $lines);
    }

    public function testWhatIsReadyIsRightThoughNobodyNotedWhy(): void
    {
        $row = Rows::wanted(domain_reason: Reason::Proxied, domain_status: Status::Ready);
        self::assertSame([true], array_column(Records::of($row, [self::V4]), 'is_right'));
    }
}
