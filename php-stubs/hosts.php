<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * The one form of a host's name: ASCII, lower case, without a full stop at the end; a wildcard keeps its "*.".
 *
 * Two texts that name the same host have the same form, so that it can be compared and kept:
 *
 *     RunCloud\normalize_host('*.Bücher.Example.');   // "*.xn--bcher-kva.example"
 *
 * @param string $host A host name, in Unicode or ASCII.
 *
 * @return string The normal form, at most 253 bytes.
 *
 * @throws Exception\InvalidDomainException It cannot be a host; the message says why.
 */
function normalize_host(string $host): string
{
}

/**
 * The domain that somebody has registered: the public suffix that the host ends in, and one label more.
 *
 *     RunCloud\registrable_domain('www.shop.example.com.bd');   // "example.com.bd"
 *     RunCloud\registrable_domain('shop.github.io');            // "shop.github.io"
 *     RunCloud\registrable_domain('com.bd');                    // null
 *
 * By the Public Suffix List, its private part included, since Let's Encrypt counts its limits by both. The list is that of the
 * extension's release.
 *
 * @param string $host A host name, in Unicode or ASCII; a wildcard's "*." does not matter.
 *
 * @return string|null The domain in its normal form; null for a public suffix itself, for a top-level domain that the list does not
 *                     have, and for what cannot be a host.
 */
function registrable_domain(string $host): ?string
{
}

/**
 * Looks at what a visitor of these hosts is served: DNS, plain HTTP and TLS, for all of them at once.
 *
 *     foreach (RunCloud\inspect_hosts($hosts, ['/.well-known/probe'], ['203.0.113.7']) as $seen) {
 *         echo $seen->host, ': ', $seen->a->outcome, ', ', $seen->http[0]->status, ', ', $seen->tls[0]->verdict ?? 'no address', "\n";
 *     }
 *
 * The DNS is asked at the zone's own name servers, since a resolver keeps "no such name" for up to an hour. Where they do not
 * answer the system's resolver is asked, and beside them where it says that a zone is signed. Plain HTTP is asked for as Let's
 * Encrypt would do it: redirects are followed to http and https on the ports 80 and 443, five at most, and certificates are not
 * judged on the way. A wildcard is looked at by a name below it.
 *
 * Only public addresses and $serverAddresses are connected to, and only those that were checked. Nothing that concerns a host is
 * thrown. What there was no time for is "too-late". After the call no thread and no connection is left.
 *
 * @param array<string> $hosts           Host names in any form. What cannot be one is answered in its place; what names the same
 *                                       host is looked at once.
 * @param list<string>  $probePaths      Paths that plain HTTP is asked for, such as "/.well-known/probe"; at most 8.
 * @param list<string>  $serverAddresses Addresses of this server, at which TLS is looked at too; at most 8. They may be any, and
 *                                       whatever leads to them is connected to.
 * @param string|null   $txtPrefix       Labels below which texts are read, such as "_acme-challenge".
 * @param float         $deadline        Seconds for everything, from 0.1 to 600.
 * @param int           $concurrency     How many hosts are looked at at once, from 1 to 256; slow ones do not count after a while.
 *                                       Fewer where the process may not open so many sockets.
 *
 * @return list<HostInspection> One for each host, in the order given.
 *
 * @throws Exception\ConfigurationException A setting cannot be used, or the process has no file descriptor left.
 * @throws \ValueError                      An argument but the hosts cannot be used.
 */
function inspect_hosts(
    array $hosts,
    array $probePaths = [],
    array $serverAddresses = [],
    ?string $txtPrefix = null,
    float $deadline = 15.0,
    int $concurrency = 64
): array {
}

/**
 * Reads the texts (TXT records) of many names at once, as a proof that somebody has a host.
 *
 *     $answer = RunCloud\lookup_txt(['_domain-sync.shop.example'])['_domain-sync.shop.example'];
 *     $isProved = $answer->outcome === 'found' && in_array($token, $answer->records, true);
 *
 * The questions are asked as by inspect_hosts(): at the zone's own name servers, so that a record counts as soon as they have it,
 * whatever a resolver remembers; at the system's resolver where they do not answer, and beside them where it says that the zone is
 * signed. $answer->source says which answered. Aliases (CNAME) are followed, so a name may be delegated as _acme-challenge is.
 *
 * Only "found" proves anything: a "bogus" answer has its records too. Where the zone is not signed, a proof is as good as the way
 * to its name servers. Nothing that concerns a name is thrown. What there was no time for is "too-late". After the call no thread
 * and no connection is left.
 *
 * @param array<string> $names    Names in any form: a host as for normalize_host(), without "*.", or labels in front of one, up to the
 *                                last that begins with an underscore, of ASCII letters, digits, hyphens and underscores. What cannot
 *                                be one is "none" with the detail "not-a-host". What names the same is asked once.
 * @param float         $deadline Seconds for everything, from 0.1 to 600.
 *
 * @return array<DnsAnswer> The answers by the names as they were given, in that order; what is no string has the key "". $records are
 *                          the texts, each one's strings joined; what is not UTF-8 in them is replaced by U+FFFD. $name is the normal
 *                          form of the name, "" where it has none.
 *
 * @throws Exception\ConfigurationException A setting cannot be used, or the process has no file descriptor left.
 * @throws \ValueError                      The deadline is out of its range.
 */
function lookup_txt(array $names, float $deadline = 5.0): array
{
}
