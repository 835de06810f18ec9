<?php

declare(strict_types=1);

// Calls by the extension.

function client(): RunCloud\Client
{
    static $client = null;

    return $client ??= new RunCloud\Client(1001, 2001, apiToken: 'test-token');
}

/** One small call. */
function ping(): void
{
    client()->ping();
}

/** A domain and its certificate. With the certificate's id from before two requests, else four. */
function mapping(string $host, ?int $certificate): void
{
    client()->addDomain($host);
    client()->redeploySsl($host, $certificate);
}

/**
 * Many of them in basic mode, where one order serves all.
 *
 * @param list<string> $hosts
 */
function batch(array $hosts, ?int $certificate): void
{
    array_map(static fn (string $host) => client()->addDomain($host), $hosts);
    client()->redeploySsl(null, $certificate);
}

/** Its id. */
function add(string $host): int
{
    return client()->addDomain($host)->id;
}

function remove(string $host, ?int $id): bool
{
    return client()->removeDomain($host, $id);
}

function page(int $number): int
{
    return count(client()->domainsPage($number)->domains);
}

function all(): int
{
    return count(client()->domains());
}

/**
 * @param list<string> $hosts
 *
 * @return int At how many a web page and a certificate were seen.
 */
function look(array $hosts): int
{
    $seen = RunCloud\inspect_hosts($hosts, ['/probe'], ['127.0.0.1'], null, 600.0);

    $isWhole = static fn (RunCloud\HostInspection $host): bool => $host->http[0]->status !== null && isset($host->tls[0]->certificate);

    return count(array_filter($seen, $isWhole));
}
