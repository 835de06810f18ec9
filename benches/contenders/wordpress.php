<?php

declare(strict_types=1);

// The same calls in the way of Ultimate Multisite's own provider: by wp_remote_request(), in a WordPress that is loaded.

$_SERVER = ['HTTP_HOST' => getenv('TEST_HOST'), 'SERVER_NAME' => getenv('TEST_HOST'), 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET',
    'SERVER_PROTOCOL' => 'HTTP/1.1', 'REMOTE_ADDR' => '127.0.0.1'] + $_SERVER;
require getenv('TEST_SITE') . '/wp-load.php';
// The tests' own guard lets no request of WordPress through.
remove_all_filters('pre_http_request');

function request(string $method, string $path, ?array $body = null): mixed
{
    $answer = wp_remote_request(getenv('PANEL') . "/v3/{$path}", [
        'method' => $method,
        'timeout' => 100,
        'redirection' => 5,
        'sslcertificates' => getenv('BUNDLE'),
        'headers' => ['Authorization' => 'Bearer test-token', 'Accept' => 'application/json', 'Content-Type' => 'application/json'],
        'body' => $body === null ? null : wp_json_encode($body),
    ]);
    if (is_wp_error($answer) || wp_remote_retrieve_response_code($answer) >= 300) {
        throw new RuntimeException("{$method} {$path}: " . (is_wp_error($answer) ? $answer->get_error_message() : wp_remote_retrieve_body($answer)));
    }

    return json_decode(wp_remote_retrieve_body($answer), true, 512, JSON_THROW_ON_ERROR);
}

require __DIR__ . '/calls.php';
