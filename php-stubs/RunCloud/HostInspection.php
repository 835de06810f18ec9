<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What was seen of a host: DNS, plain HTTP and TLS, as RunCloud\inspect_hosts() looked at it.
 *
 * Each part has its own outcome, and the failure of one hides none of the others.
 * An ordinary value: readable, comparable, serializable. Only the extension makes one.
 */
final readonly class HostInspection
{
    /** The host as it was given. */
    public string $host;

    /** Its normal form, as RunCloud\normalize_host() has it; null if it cannot be a host. */
    public ?string $name;

    /** Why it was not looked at: "not-a-host", or "internal-error" for a fault of ours; null if it was. */
    public ?string $error;

    /** The zone that the host lies in; null if it was not found. */
    public ?string $zone;

    /** @var list<string> The names of the zone's name servers, at most eight. */
    public array $nameServers;

    /** The addresses in IPv4. */
    public DnsAnswer $a;

    /** The addresses in IPv6. */
    public DnsAnswer $aaaa;

    /** The name that the host is an alias of. */
    public DnsAnswer $cname;

    /** Name servers at the host's own name, as a registered domain and a delegated one have them. */
    public DnsAnswer $ns;

    /**
     * Which authorities may issue certificates (RFC 8659): of the host, or of the nearest parent that has such records, which is
     * then $caa->name. A failure on the way up is the answer, since no authority would issue then.
     */
    public DnsAnswer $caa;

    /** The texts below $txtPrefix; null if none was given. */
    public ?DnsAnswer $txt;

    /** @var list<HttpAnswer> What plain HTTP serves, for each path in the order given. */
    public array $http;

    /** @var list<TlsAnswer> What TLS shows: at two addresses at most of IPv6 and of IPv4 from the DNS, then at $serverAddresses. */
    public array $tls;

    private function __construct()
    {
    }
}
