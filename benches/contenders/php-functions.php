<?php

declare(strict_types=1);

// A look at hosts as plugins do it with PHP's own functions: one after the other.

function look(array $hosts): int
{
    $seen = 0;
    foreach ($hosts as $host) {
        $addresses = dns_get_record($host, DNS_A);
        $page = @file_get_contents("http://{$host}/probe", false, stream_context_create(['http' => ['timeout' => 5, 'ignore_errors' => true]]));
        $context = stream_context_create(['ssl' => ['capture_peer_cert' => true, 'verify_peer' => false, 'verify_peer_name' => false]]);
        $tls = @stream_socket_client("ssl://{$host}:443", $code, $message, 5, STREAM_CLIENT_CONNECT, $context);
        $certificate = $tls === false ? null : openssl_x509_parse(stream_context_get_params($tls)['options']['ssl']['peer_certificate']);
        $seen += (int) ($addresses !== [] && $page !== false && isset($certificate['validTo_time_t']));
    }

    return $seen;
}
