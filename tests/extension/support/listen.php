<?php

declare(strict_types=1);

// Listens on a port of the system's choice, which it prints, keeps every byte that arrives in a file and gives the same answer to
// every request. Arguments: address, that file, answer. In the answer "{name}" stands for that header of the request.

[, $address, $file, $answer] = $argv;
$server = stream_socket_server("tcp://{$address}:0");
$name = stream_socket_get_name($server, false);
echo substr($name, strrpos($name, ':') + 1), "\n";

while (true) {
    $connection = @stream_socket_accept($server, 3600);
    if ($connection === false) {
        continue;
    }
    stream_set_timeout($connection, 1);
    $request = '';
    while (!str_contains($request, "\r\n\r\n") && ($bytes = (string) fread($connection, 8192)) !== '') {
        $request .= $bytes;
        file_put_contents($file, $bytes, FILE_APPEND);
    }
    preg_match_all('/^([a-z-]+): (.*)\r$/mi', $request, $headers);
    $values = array_combine(array_map(static fn ($name) => '{' . strtolower($name) . '}', $headers[1]), $headers[2]);
    @fwrite($connection, strtr($answer, $values));
    fclose($connection);
}
