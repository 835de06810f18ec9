<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A DNS record that the owner of a domain must set, according to the panel.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). The extension makes it; your tests can make one
 * with __set_state().
 *
 * @link https://runcloud.io/docs/api/v3/api-8617115
 */
final readonly class DnsRecord
{
    /** Type of the record, such as "A" or "CNAME". */
    public string $type;

    /** Host name of the record. */
    public string $hostname;

    /** Value of the record: an address for "A", a host name for "CNAME". */
    public string $content;

    private function __construct()
    {
    }

    /**
     * Makes one from the values of its properties, as var_export() writes them, and for tests of your code. An enum may be given by its
     * value; what may be null may be left out.
     *
     * @param array<string, mixed> $data Values by the name of the property.
     *
     * @throws \TypeError A value is missing or of another type.
     */
    public static function __set_state(array $data): DnsRecord
    {
    }
}
