<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use PHPUnit\Framework\TestCase;

/**
 * The one list of reasons.
 */
final class ReasonTest extends TestCase
{
    /** What the screens, the command line and the docs name; a code that is renamed breaks all of them, and the rows that hold it. */
    private const PROMISED = [
        'deleted-at-runcloud', 'crashed', 'site-suspended', 'mass-removal', 'existing', 'other-app', 'ownership', 'declined', 'differs',
        'wildcard-covered', 'wildcard-gone', 'web-app-changed', 'quota-spent', 'rate-limited', 'forbidden', 'no-host', 'base-domain',
        'other-network', 'copy', 'environment', 'extension-missing', 'removal-delayed', 'policy-add-only', 'policy-paused',
        'dns-none', 'dns-some-elsewhere', 'dns-aaaa-elsewhere', 'dns-failed', 'dns-bogus', 'dns-lame', 'dns-cname-conflict', 'dns-left',
        'www-missing', 'caa-forbids', 'port-80-closed', 'redirects-away', 'another-server', 'proxied', 'certificate-other-name',
        'certificate-expired', 'certificate-not-yet-valid', 'certificate-self-signed', 'certificate-staging', 'certificate-missing',
        'order-under-way', 'order-failed', 'budget-spent', 'first-certificate', 'names-limit', 'renewal-late', 'not-looked',
        'network-unreachable', 'ready-to-switch', 'move-prepared',
    ];

    public function testEveryReasonThatIsPromisedIsThere(): void
    {
        self::assertSame([], array_diff(self::PROMISED, array_column(Reason::cases(), 'value')));
    }

    /** @return iterable<string, array{Reason}> */
    public static function reasons(): iterable
    {
        foreach (Reason::cases() as $reason) {
            yield $reason->value => [$reason];
        }
    }

    /** @dataProvider reasons */
    public function testAReasonHasACodeThatFitsAndThreeTexts(Reason $reason): void
    {
        self::assertMatchesRegularExpression('/^[a-z0-9-]{1,32}$/', $reason->value);
        self::assertNotSame('', $reason->label());
        foreach ([$reason->sentence(), $reason->next_step()] as $text) {
            self::assertMatchesRegularExpression('/^\S.*[.)]$/', $text);
            self::assertStringNotContainsString('{', $text);
        }
    }

    public function testWhereSomebodyMustActItIsSaidWhat(): void
    {
        foreach (Reason::cases() as $reason) {
            if ($reason->status() === Status::Action) {
                self::assertStringStartsNotWith('Nothing', $reason->next_step(), $reason->value);
            }
        }
    }

    public function testASentenceHoldsItsDetails(): void
    {
        $details = ['host' => 'shop.example', 'found' => ['192.0.2.1', '192.0.2.2'], 'expected' => ['203.0.113.7']];
        self::assertSame('DNS sends shop.example to 192.0.2.1, 192.0.2.2, which is not this server.', Reason::Dns_Elsewhere->sentence($details));
        self::assertSame('Set the address records (A, for IPv6 AAAA) of shop.example to 203.0.113.7.', Reason::Dns_Elsewhere->next_step($details));
    }

    public function testATimeIsReadable(): void
    {
        self::assertStringContainsString('2026-11-25 10:00 UTC', Reason::Rate_Limited->sentence(['until' => gmmktime(10, 0, 0, 11, 25, 2026)]));
    }

    /** A name in braces that comes from outside is not filled in a second time. */
    public function testDetailsAreTakenAsTheyAre(): void
    {
        self::assertSame('RunCloud refused the domain: {host}', Reason::Refused->sentence(['message' => '{host}', 'host' => 'x.example']));
    }

    public function testWhatIsMissingOrNoTextIsSaidToBeUnknown(): void
    {
        self::assertSame('DNS has no address for (not known).', Reason::Dns_None->sentence(['host' => ['a' => ['b']]]));
    }
}
