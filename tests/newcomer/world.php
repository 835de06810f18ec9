<?php

/**
 * Plays the Internet: the DNS of every domain points to this server, and visitors get a certificate that covers a domain once the panel
 * was asked for one. php world.php SIMULATOR.json WORLD.json, until it is stopped.
 */

declare(strict_types=1);

use RunCloud\Test\Support\Simulator;
use RunCloud\Test\Support\SmallWorld;

require __DIR__ . '/../extension/support/autoload.php';
putenv('RUNCLOUD_SMALL_WORLD=/programs/small-world');

const HOSTS = ['old.example', 'shop.example'];

$panel = Simulator::fromReadyFile($argv[1]);
$plan = static function (array $covered): array {
    $records = [];
    foreach ([...HOSTS, 'network.example'] as $host) {
        $records["{$host} A"] = ['127.0.0.1'];
    }

    return [
        'zones' => ['example' => ['servers' => ['127.0.1.1']]],
        'records' => $records,
        'certificates' => (object) array_fill_keys(array_diff(HOSTS, $covered), 'self-signed'),
    ];
};
$world = new SmallWorld($plan([]) + ['ports' => ['dns' => 5353, 'http' => 80, 'https' => 8443], 'http_here_is_taken' => true]);
chmod($world->authority(), 0644);
file_put_contents($argv[2], json_encode($world->setting(), JSON_UNESCAPED_SLASHES));
for ($orders = 0;; usleep(200_000)) {
    $history = $panel->history();
    $now = count(array_filter($history, static fn (array $request) => preg_match('~/ssl~', $request['path']) && $request['method'] !== 'GET'));
    if ($now !== $orders) {
        $orders = $now;
        $world->change($plan(array_column($panel->state()['domains'], 'name')));
    }
}
