<?php

declare(strict_types=1);

// A proxy that opens tunnels (CONNECT) until it is ended. Prints its port. Arguments: a file for the first line of each request, and
// for TLS to the proxy itself a PEM file with certificate and key.

[, $log] = $argv;
$tls = $argv[2] ?? '';
$context = stream_context_create($tls === '' ? [] : ['ssl' => ['local_cert' => $tls]]);
$server = stream_socket_server('tcp://127.0.0.1:0', $code, $error, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $context);
$name = stream_socket_get_name($server, false);
echo substr($name, strrpos($name, ':') + 1), "\n";

/** @var array<int, array{resource, resource}> $tunnels Each end with its other end. */
$tunnels = [];
while (true) {
    $readable = [$server, ...array_column($tunnels, 0)];
    $none = null;
    stream_select($readable, $none, $none, null);
    foreach ($readable as $end) {
        if ($end === $server) {
            $client = stream_socket_accept($server, 5);
            if ($client === false || ($tls !== '' && !@stream_socket_enable_crypto($client, true, STREAM_CRYPTO_METHOD_TLS_SERVER))) {
                continue;
            }
            $request = '';
            while (!str_contains($request, "\r\n\r\n") && ($bytes = (string) fread($client, 8192)) !== '') {
                $request .= $bytes;
            }
            file_put_contents($log, strtok($request, "\r") . "\n", FILE_APPEND);
            $panel = stream_socket_client('tcp://' . explode(' ', $request)[1]);
            fwrite($client, "HTTP/1.1 200 Connection established\r\n\r\n");
            stream_set_blocking($client, false);
            stream_set_blocking($panel, false);
            $tunnels[(int) $client] = [$client, $panel];
            $tunnels[(int) $panel] = [$panel, $client];
            continue;
        }
        $other = $tunnels[(int) $end][1];
        $bytes = (string) fread($end, 65536);
        if ($bytes === '' && feof($end)) {
            unset($tunnels[(int) $end], $tunnels[(int) $other]);
            fclose($end);
            fclose($other);
            break;
        }
        stream_set_blocking($other, true);
        fwrite($other, $bytes);
        stream_set_blocking($other, false);
    }
}
