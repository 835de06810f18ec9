<?php

declare(strict_types=1);

// A name server on port 53 of a loopback address. Prints a line when it listens. Arguments: that address, a file with what it
// says, a file for the names that it was asked for. What it says is JSON, read for each question: "code", the response code (0: the
// addresses; -1: nothing at all), and "addresses", IPv4 addresses by name.

[, $address, $says, $asked] = $argv;
$socket = @stream_socket_server("udp://{$address}:53", $code, $error, STREAM_SERVER_BIND);
if ($socket === false) {
    exit("{$error}\n");
}
echo "listening\n";

while (true) {
    $question = stream_socket_recvfrom($socket, 4096, 0, $peer);
    [$labels, $place] = [[], 12];
    while (($length = ord($question[$place])) > 0) {
        $labels[] = substr($question, $place + 1, $length);
        $place += 1 + $length;
    }
    $name = strtolower(implode('.', $labels));
    ['type' => $type] = unpack('ntype', $question, $place + 1);
    file_put_contents($asked, "{$name}\n", FILE_APPEND);
    ['code' => $code, 'addresses' => $addresses] = json_decode(file_get_contents($says), true);
    if ($code < 0) {
        continue;
    }
    // A name that is listed exists, if only with an A record.
    if ($code === 0 && !isset($addresses[$name])) {
        $code = 3;
    }
    $answer = $code === 0 && $type === 1
        ? "\xc0\x0c" . pack('nnNn', 1, 1, 60, 4) . inet_pton($addresses[$name])
        : '';
    $header = substr($question, 0, 2) . pack('nnnnn', 0x8180 | $code, 1, $answer === '' ? 0 : 1, 0, 0);
    stream_socket_sendto($socket, $header . substr($question, 12, $place + 5 - 12) . $answer, 0, $peer);
}
