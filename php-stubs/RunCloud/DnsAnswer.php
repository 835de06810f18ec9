<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What the DNS says to one question.
 *
 * An ordinary value: readable, comparable, serializable. Only the extension makes one.
 */
final readonly class DnsAnswer
{
    /**
     * "found", "none" (no such name or no such record), "refused", "failed", "bogus" (the resolver fails, but answers with checking of
     * DNSSEC disabled) or "too-late".
     */
    public string $outcome;

    /**
     * More about it: "no-such-name", "no-such-record"; "refused"; "server-failure", "error-code", "lame" (the server does not know
     * the zone), "malformed", "unreachable", "no-server-address", "server-not-public", "alias-loop", "too-many-referrals",
     * "too-many-questions", "no-resolver", "no-socket"; "dnssec"; "silence", "deadline"; "not-a-host"; "internal-error". Null
     * where it was found.
     */
    public ?string $detail;

    /**
     * @var list<string> The records as in a zone file, names without the last full stop: "192.0.2.1", "shop.example.com",
     * 0 issue "letsencrypt.org". Texts are bytes, those of lookup_txt() UTF-8. At most 32, each of at most 1,024 bytes.
     */
    public array $records;

    /** The name that was asked for. For CAA the one that has the records, which may be a parent. */
    public string $name;

    /** @var list<string> The names that aliases (CNAME) led to, in order; at most eight are followed. */
    public array $aliases;

    /** "zone" (a name server of the zone itself) or "resolver" (the system's, where those did not answer); null: nobody. */
    public ?string $source;

    private function __construct()
    {
    }
}
