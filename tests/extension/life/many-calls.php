<?php

declare(strict_types=1);

// What one worker runs again and again in the test of memory: "calls" calls that succeed, or that fail with "failing". Answers in
// JSON how many did, and what memory the worker has afterwards.

use RunCloud\Client;
use RunCloud\Redirection;

require dirname(__DIR__) . '/support/Process.php';

$client = new Client(1001, 2001, 'test-token');
$stranger = new Client(1001, 9999, 'test-token');
$nobody = new Client(1001, 2001, 'wrong-token');
$succeeding = [
    static fn () => $client->ping(),
    static fn () => $client->domains(),
    static fn () => $client->findDomain('network.example')->name,
    static fn () => $client->addDomain('network.example', redirection: Redirection::NonWww), // is there already
    static fn () => $client->removeDomain('gone.example'),
    static fn () => $client->redeploySsl(),
    static fn () => $client->redeploySsl(certificateId: 4001),
    static fn () => $client->dnsRecords('network.example', 3001),
    static fn () => [$client->sslMode(), $client->requestCount(), $client->rateLimitRemaining()],
    static fn () => [$client->server(), $client->webApp()],
    static fn () => Client::discover('/home/runcloud/webapps/network', 'test-token'),
    static fn () => unserialize(serialize(runcloud_redeploy_ssl(client: $client))),
];
$failing = [
    static fn () => $client->server(), // the test makes it fail in many ways
    static fn () => $nobody->domains(),
    static fn () => $stranger->findDomain('shop.example'),
    static fn () => $client->removeDomain('network.example'), // the primary domain
    static fn () => $client->removeDomain('other.example', 3001),
    static fn () => $client->addDomain('no domain'),
    static fn () => $client->addDomain(['no', 'text']),
    static fn () => $client->removeDomain('shop.example', 0),
    static fn () => new Client(0, 1, 'token'),
    static fn () => Client::fromConstants('NOT_DEFINED_'),
];

$calls = isset($_GET['failing']) ? $failing : $succeeding;
$done = 0;
for ($i = 0; $i < (int) $_GET['calls']; $i++) {
    try {
        $calls[$i % count($calls)]();
        $done += isset($_GET['failing']) ? 0 : 1;
    } catch (Throwable $e) {
        if (!isset($_GET['failing'])) {
            throw $e;
        }
        $done += $e->getMessage() !== '' && (string) $e !== '' ? 1 : 0;
        unset($e);
    }
}
header('Content-Type: application/json');
echo json_encode([
    'done' => $done,
    'resident' => RunCloud\Test\Support\Process::resident(getmypid()),
    'php' => memory_get_usage(),
    'pid' => getmypid(),
], JSON_THROW_ON_ERROR);
