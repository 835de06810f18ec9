<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A server that RunCloud manages.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). Only the extension makes one.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617081
 */
final class Server
{
    /** The panel's id. */
    public readonly int $id;

    /** Name of the server. */
    public readonly string $name;

    /** The server's IPv4 address as the panel knows it. Client::dnsRecords() is the better source for DNS. */
    public readonly ?string $ipAddress;

    /** Whether the panel sees the server online. */
    public readonly ?bool $online;

    private function __construct()
    {
    }
}
