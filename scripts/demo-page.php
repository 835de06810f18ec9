<?php

/**
 * The demo's page: makes one call of the extension, as a page of a site does, and answers with JSON.
 */

declare(strict_types=1);

require __DIR__ . '/wp-config.php'; // the WU_RUNCLOUD_ constants

$domain = $_GET['domain'];
$id = isset($_GET['id']) ? (int) $_GET['id'] : null;
$start = hrtime(true);
try {
    $answer['result'] = match ($_GET['call']) {
        'about' => ['php' => PHP_VERSION, 'pid' => getmypid(), 'version' => phpversion('runcloud')],
        'domains' => RunCloud\Client::fromConstants()->domains(),
        'add' => runcloud_add_domain($domain),
        'redeploy' => runcloud_redeploy_ssl($domain, $id),
        'remove' => runcloud_remove_domain($domain, $id),
    };
} catch (RunCloud\Exception\ExceptionInterface $e) {
    $answer['error'] = $e::class . ': ' . $e->getMessage();
}
$answer['milliseconds'] = (hrtime(true) - $start) / 1e6;
header('Content-Type: application/json');
echo json_encode($answer, JSON_THROW_ON_ERROR);
