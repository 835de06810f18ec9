<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use PHPUnit\Framework\TestCase;

/**
 * What a customer reads of a reason: what they can do, and nothing of the panel, the server or others.
 */
final class CustomerTextsTest extends TestCase
{
    private const ALLOWED = ['host', 'expected', 'found', 'issuers', 'until'];
    private const STATES = ['ready', 'working', 'unknown', 'yours', 'admins'];

    /** Every argument that any reason has, as a word that would be noticed. */
    private const ARGUMENTS = [
        'message', 'status', 'target', 'blocker', 'issuer', 'record', 'environment', 'count', 'names', 'most', 'scope', 'kind', 'wildcard', 'missing', 'from',
        'code', 'domain', 'name_server', 'old', 'new', 'base', 'site', 'customer', 'web_app', 'server', 'number', 'cname',
    ];

    /** @return iterable<string, array{Reason, bool}> */
    public static function reasons(): iterable
    {
        foreach (Reason::cases() as $reason) {
            yield "{$reason->value}, domain" => [$reason, false];
            yield "{$reason->value}, certificate" => [$reason, true];
        }
    }

    /** @dataProvider reasons */
    public function testItSaysNothingOfThePanelTheServerOrOthers(Reason $reason, bool $isCertificate): void
    {
        $text = implode(' ', $reason->for_customer(array_fill_keys(self::ARGUMENTS, 'LEAK') + ['host' => 'shop.example'], $isCertificate));
        self::assertStringNotContainsString('LEAK', $text);
        self::assertDoesNotMatchRegularExpression('/runcloud|web app|panel|token|server\b(?<!name server)|dashboard|plugin/i', str_replace('name servers', '', $text));
    }

    /** @dataProvider reasons */
    public function testItHasAStateALabelAndASentence(Reason $reason, bool $isCertificate): void
    {
        $text = $reason->for_customer(['host' => 'shop.example', 'found' => ['192.0.2.1'], 'issuers' => ['ca.example'], 'until' => 1_800_000_000], $isCertificate);
        self::assertContains($text['state'], self::STATES);
        self::assertMatchesRegularExpression('/^\S[^.]*$/', $text['label']);
        self::assertMatchesRegularExpression('/^\S.*\.$/', $text['sentence']);
        self::assertStringNotContainsString('(not known)', implode(' ', $text));
        if (in_array($text['state'], ['yours', 'admins'], true)) {
            self::assertNotSame('', $text['next_step']);
        }
    }

    public function testItsPlaceholdersAreAnAllowList(): void
    {
        $code = file_get_contents((getenv('RUNCLOUD_PLUGIN') ?: __DIR__ . '/../../../wordpress-plugin') . '/includes/store/texts-customer.php');
        preg_match_all('/__\( \'.*?\{([a-z_]+)\}.*?\', \'domain-sync/', $code, $found);
        self::assertSame([], array_diff($found[1], self::ALLOWED));
    }

    /** Only a text of its own says that a customer has to act: a new reason says that the admins have to. */
    public function testWhatOnlyTheAdminsCanEndIsLeftToThem(): void
    {
        foreach ([Reason::Refused, Reason::Unauthorized, Reason::Web_App_Not_Found, Reason::Other_App, Reason::Crashed, Reason::Mass_Removal] as $reason) {
            self::assertSame(Status::Action, $reason->status());
            self::assertSame('admins', $reason->for_customer([])['state'], $reason->value);
        }
        self::assertSame('admins', Reason::Order_Failed->for_customer([], true)['state']);
    }
}
