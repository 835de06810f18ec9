<?php

declare(strict_types=1);

// (f) A visitor's page of the network, with the plugin off and on, through nginx and PHP-FPM with opcache.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Plugin;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\WordPress;

return static function (Bench $bench): void {
    $network = Plugin::begin($bench);
    $network->map('shop.customer.example');
    $off = ['X-Bench-Plugin: off'];
    $cost = static function (array $headers): array {
        $id = bin2hex(random_bytes(8));
        WordPress::request('/', ["X-Test-Cost: {$id}", ...$headers]);
        $cost = json_decode(file_get_contents($file = Environment::get()->path("cost-{$id}.json")), true, 512, JSON_THROW_ON_ERROR);
        unlink($file);

        return $cost;
    };
    $cost([]);
    [$without, $with] = [$cost($off), $cost([])];
    if ($without['files'] !== [] || $with['files'] === []) {
        throw new RuntimeException('The plugin was not switched: ' . json_encode([$without, $with]));
    }
    $bench->results->one('f.visitor.off.queries', 'queries', $without['all_queries']);
    $bench->results->one('f.visitor.on.queries', 'queries', $with['all_queries']);
    $bench->results->one('f.visitor.own.queries', 'queries', count($with['queries']));
    $bench->results->one('f.visitor.files', 'files', count($with['files']));

    Environment::get()->setConstants(Environment::CREDENTIALS);
    $get = static fn (array $headers): callable => static function () use ($headers): float {
        $started = hrtime(true);
        [$status] = WordPress::request('/', $headers);
        $taken = (hrtime(true) - $started) / 1e6;

        return $status === 200 ? $taken : throw new RuntimeException("A visitor got {$status}.");
    };
    $bench->inTurns(20, ['off' => $get($off), 'on' => $get([])]);
    $taken = $bench->inTurns($bench->rounds(300, 20), ['off' => $get($off), 'on' => $get([])]);
    foreach ($taken as $which => $times) {
        $bench->results->spread("f.visitor.{$which}", 'ms', $times);
    }
    $bench->results->spread('f.visitor.more', 'ms', array_map(static fn (float $on, float $off): float => $on - $off, $taken['on'], $taken['off']));
};
