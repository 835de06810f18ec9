<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Facts;

/**
 * Rows and facts as the tests need them.
 */
final class Rows
{
    public const NOW = 1_800_000_000;
    public const HOST = 'shop.example';
    public const WEB_APP = 2001;

    /** A host that the network has wanted for an hour, and that nobody has done anything about. */
    public static function wanted(mixed ...$more): Domain
    {
        return self::row($more + ['site_id' => 2, 'customer_id' => 7, 'source' => [Domain::RECORD], 'domain_reason' => Reason::Waiting]);
    }

    /** The same, served by RunCloud, and made by us. */
    public static function present(mixed ...$more): Domain
    {
        return self::wanted(...$more + self::THERE);
    }

    /** The same with right DNS and no certificate yet. */
    public static function reachable(mixed ...$more): Domain
    {
        return self::present(...$more + [
            'domain_status' => Status::Ready, 'domain_reason' => Reason::Served, 'dns_since' => self::NOW - 3000,
            'certificate_reason' => Reason::No_Certificate, 'certificate_since' => self::NOW - 3000,
        ]);
    }

    /** A host that RunCloud serves and nobody wants any more, since an hour. */
    public static function dropped(mixed ...$more): Domain
    {
        return self::row($more + self::THERE + ['domain_reason' => Reason::Removal_Waits]);
    }

    /** Facts of a network in advanced mode with its web application. */
    public static function facts(mixed ...$more): Facts
    {
        return new Facts(...$more + ['web_app' => self::WEB_APP, 'ssl_mode' => 'advanced']);
    }

    private const THERE = [
        'web_app' => self::WEB_APP, 'remote_id' => 5001, 'remote_type' => 'alias', 'remote_state' => Domain::PRESENT, 'owner' => Domain::OURS,
    ];

    /** @param array<string, mixed> $values */
    private static function row(array $values): Domain
    {
        return new Domain(...$values + ['id' => 1, 'host' => self::HOST, 'desired_since' => self::NOW - 3600, 'domain_since' => self::NOW - 3600]);
    }
}
