<?php

declare(strict_types=1);

// What a program needs of RunCloud's API for a mapping, over a function request( $method, $path, $body ).

const APP = 'servers/1001/webapps/2001';

function ping(): void
{
    request('GET', 'ping');
}

/** A domain and its certificate in basic mode: two requests where the certificate's id is known, else four. */
function mapping(string $host, ?int $certificate): void
{
    add($host);
    order($certificate);
}

/** @param list<string> $hosts */
function batch(array $hosts, ?int $certificate): void
{
    array_map('add', $hosts);
    order($certificate);
}

function add(string $host): void
{
    request('POST', APP . '/domains', ['name' => $host, 'www' => false, 'redirection' => 'none', 'type' => 'alias']);
}

/** Which mode, which certificate, and then the order. */
function order(?int $certificate): void
{
    if ($certificate === null) {
        request('GET', APP . '/ssl/advanced');
        $certificate = (int) request('GET', APP . '/ssl')['id'];
    }
    request('PUT', APP . "/ssl/{$certificate}");
}
