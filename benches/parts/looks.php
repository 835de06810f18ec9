<?php

declare(strict_types=1);

// (h) What many hosts serve, looked at in a small world in which every answer takes 40 ms: by inspect_hosts(), by PHP's own functions one host
// after the other, by cURL's multi handle. The world has a network of its own, with the ports that these know (53, 80, 443).

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Contender;
use RunCloud\Bench\Support\OwnNetwork;

return static function (Bench $bench): void {
    $network = new OwnNetwork(40);
    $before = $network->command();
    $extension = Contender::extension($bench->simulator->panel, ['runcloud.inspect_world' => $network->setting()], $before);
    $loop = Contender::looks('php-functions', $before);
    $multi = Contender::looks('curl-multi', $before);
    $number = 0;
    $sizes = $bench->isQuick ? [1, 10, 100] : [1, 100, 1000, 10000];
    foreach ($sizes as $size) {
        // The loop takes a quarter of a second a host; what it takes for a thousand is known from a hundred.
        $contenders = ['extension' => $extension, 'curl-multi' => $multi] + ($size <= 100 ? ['php-functions' => $loop] : []);
        $memory = [];
        $look = static function (Contender $contender, string $name) use ($size, &$number, &$memory): float {
            // Nobody has seen these before, so no resolver and no world has anything ready.
            $hosts = array_map(static fn (int $n): string => "look{$n}.example", range($number + 1, $number + $size));
            $number += $size;
            $answer = $contender->call('look', $hosts);
            if ($answer['value'] !== $size) {
                throw new RuntimeException("{$name} saw {$answer['value']} of {$size} hosts.");
            }
            $memory[$name] = max($memory[$name] ?? 0, $answer['resident']);

            return $answer['ms'];
        };
        $work = [];
        foreach ($contenders as $name => $contender) {
            $work[$name] = static fn (): float => $look($contender, $name);
        }
        $rounds = [1 => 20, 10 => 5, 100 => 2, 1000 => 2, 10000 => 1][$size];
        $bench->keepTimes("h.{$size}", $bench->inTurns($bench->isQuick ? 1 : $rounds, $work), array_diff(array_keys($contenders), ['extension']));
        foreach ($memory as $name => $kib) {
            $bench->results->one("h.{$size}.{$name}.resident", 'MiB', $kib / 1024);
        }
    }
};
