<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A server that RunCloud manages.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). The extension makes it; your tests can make one
 * with __set_state().
 *
 * @link https://runcloud.io/docs/api/v3/api-8617081
 */
final readonly class Server
{
    /** The panel's id. */
    public int $id;

    /** Name of the server. */
    public string $name;

    /** The server's IPv4 address as the panel knows it. Client::dnsRecords() is the better source for DNS. */
    public ?string $ipAddress;

    /** Whether the panel reaches the server; null if it did not say. */
    public ?bool $online;

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
    public static function __set_state(array $data): Server
    {
    }
}
