<?php

declare(strict_types=1);

// The same calls by PHP's cURL: with one handle, which keeps its connection, or with a fresh one for each request.

function request(string $method, string $path, ?array $body = null): mixed
{
    static $kept = null;
    $handle = getenv('FRESH') ? curl_init() : $kept ??= curl_init();
    curl_reset($handle);
    curl_setopt_array($handle, [
        CURLOPT_URL => getenv('PANEL') . "/v3/{$path}",
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_CAINFO => getenv('BUNDLE'),
        CURLOPT_TIMEOUT => 30,
        CURLOPT_HTTPHEADER => ['Authorization: Bearer test-token', 'Accept: application/json', 'Content-Type: application/json'],
    ] + ($body === null ? [] : [CURLOPT_POSTFIELDS => json_encode($body)]));
    $answer = curl_exec($handle);
    $status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
    if ($answer === false || $status >= 300) {
        throw new RuntimeException("{$method} {$path}: {$status} " . curl_error($handle) . $answer);
    }

    return json_decode($answer, true, 512, JSON_THROW_ON_ERROR);
}

require __DIR__ . '/calls.php';
