<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A DNS record that the owner of a domain must set, as the panel sees it.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). Only the extension makes one.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617115
 */
final class DnsRecord
{
    /** Type of the record, such as "A" or "CNAME". */
    public readonly string $type;

    /** Host name that the record is for. */
    public readonly string $hostname;

    /** What the record holds: an address for "A", a host name for "CNAME". */
    public readonly string $content;

    private function __construct()
    {
    }
}
