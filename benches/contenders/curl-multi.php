<?php

declare(strict_types=1);

// A look at hosts by cURL's multi handle, 64 at once: a page in the clear, and a certificate.

function look(array $hosts): int
{
    $multi = curl_multi_init();
    $left = [];
    foreach ($hosts as $host) {
        array_push($left, "http://{$host}/probe", "https://{$host}/");
    }
    $seen = 0;
    $running = [];
    do {
        while ($left !== [] && count($running) < 2 * 64) {
            $handle = curl_init(array_shift($left));
            curl_setopt_array($handle, [CURLOPT_RETURNTRANSFER => true, CURLOPT_CERTINFO => true, CURLOPT_SSL_VERIFYPEER => false,
                CURLOPT_SSL_VERIFYHOST => 0, CURLOPT_TIMEOUT => 5]);
            curl_multi_add_handle($multi, $handle);
            $running[spl_object_id($handle)] = $handle;
        }
        curl_multi_exec($multi, $active);
        while ($done = curl_multi_info_read($multi)) {
            $handle = $done['handle'];
            $isTls = str_starts_with(curl_getinfo($handle, CURLINFO_EFFECTIVE_URL), 'https');
            $seen += (int) ($isTls ? curl_getinfo($handle, CURLINFO_CERTINFO) !== [] : curl_getinfo($handle, CURLINFO_RESPONSE_CODE) > 0);
            curl_multi_remove_handle($multi, $handle);
            unset($running[spl_object_id($handle)]);
        }
        if ($running !== []) {
            curl_multi_select($multi, 0.1);
        }
    } while ($running !== [] || $left !== []);

    return intdiv($seen, 2);
}
