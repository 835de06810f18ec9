<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Rows of a network of many hosts.
 */
final class Rows
{
    /** So many hosts, of which few wait for anything, and as many lines of history. */
    public static function fill(int $number = 100000): void
    {
        Environment::get()->sql(
            "INSERT INTO wp_domain_sync_domains (host, site_id, customer_id, source, web_app, remote_id, remote_type, remote_state,
                remote_seen_at, inventory,
                owner, hold, domain_status, domain_reason, domain_since, certificate_status, certificate_reason, certificate_until,
                    desired_since, details,
                due_at, look_at)
            SELECT CONCAT('host', seq, '.example'), 1 + seq DIV 3, seq MOD 500, 'record', 2001, seq, 'alias', 'present', '2026-01-01', 7, 'ours',
                IF(seq MOD 1000 = 3, 'existing', ''), IF(seq MOD 100 = 1, 'pending', 'ready'), IF(seq MOD 100 = 1, 'panel-down', 'served'),
                    '2026-01-01',
                'ready', 'certificate-covers', '2036-01-01' + INTERVAL seq SECOND, '2026-01-01', '',
                IF(seq MOD 500 = 1, '2026-01-01' + INTERVAL seq SECOND, NULL), IF(seq MOD 100 = 2, '2026-01-01', '2036-01-01' + INTERVAL seq SECOND)
            FROM seq_1_to_{$number};
            INSERT INTO wp_domain_sync_events (host, scope, kind, order_set, at)
            SELECT CONCAT('host', seq MOD 20000, '.example'), CONCAT('scope', seq MOD 20000, '.example'), IF(seq MOD 4 = 0, 'order', 'added'),
                CONCAT('set', seq MOD 20000), UTC_TIMESTAMP() - INTERVAL seq * 60 SECOND FROM seq_1_to_{$number};
            ANALYZE TABLE wp_domain_sync_domains, wp_domain_sync_events"
        );
    }
}
