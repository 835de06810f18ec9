<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Admin\Possible;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use PHPUnit\Framework\TestCase;

/**
 * Which buttons a row gets on the screens.
 */
final class PossibleTest extends TestCase
{
    private const SERVED = [
        'source' => ['record'], 'owner' => 'ours', 'web_app' => 2001, 'remote_id' => 5, 'remote_type' => 'alias', 'remote_state' => 'present',
        'domain_status' => Status::Ready, 'domain_reason' => Reason::Served, 'certificate_status' => Status::Ready, 'certificate_reason' => Reason::Covers, 'dns_since' => 9,
    ];
    private const LEAVING = ['source' => [], 'domain_status' => Status::Pending, 'dns_since' => 0] + self::SERVED;

    /** @return array<string, array{array<string, mixed>, list<string>}> */
    public static function rows(): array
    {
        $failed = ['domain_status' => Status::Action, 'domain_reason' => Reason::Refused, 'failing_since' => 9, 'dns_since' => 0] + self::SERVED;
        $held = ['source' => ['record'], 'domain_status' => Status::Action, 'domain_reason' => Reason::Existing, 'hold' => 'existing'];

        return [
            'served' => [self::SERVED, ['check', 'redeploy']],
            'served, and RunCloud looks after certificates' => [['certificate_reason' => Reason::Automatic] + self::SERVED, ['check']],
            'DNS is not right' => [['domain_status' => Status::Pending, 'domain_reason' => Reason::Dns_None, 'dns_since' => 0] + self::SERVED, ['check']],
            'its certificate failed' => [['certificate_status' => Status::Action, 'certificate_reason' => Reason::Order_Failed] + self::SERVED, ['check', 'retry', 'redeploy']],
            'others made it' => [['owner' => 'others'] + self::SERVED, ['adopt', 'check', 'redeploy']],
            'the primary domain' => [['owner' => 'others', 'remote_type' => 'primary'] + self::SERVED, ['check', 'redeploy']],
            'the primary domain, wanted by code' => [['source' => ['code'], 'owner' => 'others', 'remote_type' => 'primary'] + self::SERVED, ['check', 'redeploy']],
            'code wants it' => [['source' => ['code']] + self::SERVED, ['check', 'redeploy', 'remove']],
            'its site is switched off' => [['suspended' => true] + self::SERVED, []],
            'in the web application before' => [['web_app' => 1999] + self::SERVED, []],
            'refused' => [$failed, ['check', 'retry']],
            'not at RunCloud, tried later' => [['source' => ['record'], 'due_at' => time() + 86400], ['retry']],
            'not at RunCloud, due' => [['source' => ['record'], 'due_at' => time() - 86400], []],
            'waits for the admin' => [$held, ['approve', 'decline']],
            'declined' => [['hold' => 'declined'] + $held, ['approve']],
            'declined, and not wanted' => [['hold' => 'declined', 'domain_reason' => Reason::Declined] + self::LEAVING, ['remove']],
            'vanished with many' => [['hold' => 'mass-removal', 'domain_reason' => Reason::Mass_Removal] + self::LEAVING, ['decline', 'remove']],
            'removed later' => [['domain_reason' => Reason::Removal_Delayed, 'due_at' => time() + 86400] + self::LEAVING, ['undo', 'remove']],
            'removed in a minute' => [['domain_reason' => Reason::Removal_Waits] + self::LEAVING, ['undo']],
            'RunCloud was asked to remove it' => [['domain_reason' => Reason::Removal_Waits, 'asked' => 'remove'] + self::LEAVING, []],
            'others made it, nobody wants it' => [['domain_reason' => Reason::Not_Ours, 'owner' => 'others', 'domain_status' => Status::Ready] + self::LEAVING, []],
            'gone' => [['remote_state' => 'absent', 'owner' => '', 'domain_reason' => Reason::Removed, 'domain_status' => Status::Ready] + self::LEAVING, []],
        ];
    }

    /**
     * @dataProvider rows
     * @param array<string, mixed> $row
     * @param list<string>         $expected
     */
    public function testARowGetsTheButtonsThatCanDoSomething(array $row, array $expected): void
    {
        self::assertSame($expected, Possible::about(new Domain(1, 'shop.example', ...$row), 2001));
    }

    public function testEachButtonHasAWordAndSaysWhatItDoes(): void
    {
        $all = [...Possible::BULK, Possible::APPROVE, Possible::DECLINE];
        self::assertCount(8, array_unique(array_map(Possible::label(...), $all)));
        self::assertCount(8, array_unique(array_map(Possible::help(...), $all)));
    }
}
