<?php

declare(strict_types=1);

// (b) A complete mapping: the domain, then its certificate in basic mode. Cold in a fresh process, idle in one whose connection the panel has
// closed, warm, and many in a batch with one order for all. The incumbent does not keep the certificate's id: four requests, each with a
// connection of its own.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Contender;

return static function (Bench $bench): void {
    $certificate = 4001;
    foreach (Bench::ROUND_TRIPS as $roundTrip) {
        [$panel, $distance] = $bench->panel($roundTrip);
        $start = [
            'extension' => static fn (): Contender => Contender::extension($panel),
            'curl' => static fn (): Contender => Contender::curl($panel, false),
            'curl-fresh' => static fn (): Contender => Contender::curl($panel, true),
            'incumbent' => static fn (): Contender => Contender::wordpress($panel),
        ];
        $known = static fn (string $name): ?int => $name === 'incumbent' ? null : $certificate;
        $host = static fn (string $name, int $round): string => strtr("{$name}-{$round}", ' ', '-') . '.example';
        $bench->resetPanel();

        $cold = [];
        foreach ($start as $name => $begin) {
            $cold[$name] = static fn (int $round): float => $begin()->time('mapping', $host($name, $round), $known($name));
            if ($known($name) !== null) {
                $cold["{$name}-unknown"] = static fn (int $round): float => $begin()->time('mapping', $host("{$name}-unknown", $round), null);
            }
        }
        $bench->keepTimes("b.{$roundTrip}.cold", $bench->inTurns($bench->rounds(15, 2), $cold), ['incumbent', 'curl']);
        $bench->resetPanel();

        $workers = array_map(static fn (callable $begin): Contender => $begin(), $start);
        $warm = [];
        $batch = [];
        $size = $bench->rounds(10, 3);
        foreach ($workers as $name => $worker) {
            $worker->time('ping');
            $warm[$name] = static fn (int $round): float => $worker->time('mapping', $host("warm-{$name}", $round), $known($name));
            $batch[$name] = static function (int $round) use ($worker, $name, $host, $known, $size): float {
                $hosts = array_map(static fn (int $n): string => $host("batch-{$name}-{$n}", $round), range(1, $size));
                if ($name !== 'incumbent') {
                    return $worker->time('batch', $hosts, $known($name)) / $size;
                }

                return array_sum(array_map(static fn (string $host): float => $worker->time('mapping', $host, null), $hosts)) / $size;
            };
        }
        $rounds = $bench->rounds($roundTrip === 0 ? 100 : 40, 3);
        $bench->keepTimes("b.{$roundTrip}.warm", $bench->inTurns($rounds, $warm), ['incumbent', 'curl']);
        $bench->resetPanel();
        $bench->keepTimes("b.{$roundTrip}.batch", $bench->inTurns($bench->rounds($roundTrip === 0 ? 5 : 4, 1), $batch), ['incumbent', 'curl']);
        $bench->resetPanel();

        $idle = [];
        foreach (['extension', 'curl', 'incumbent'] as $name) {
            $idle[$name] = static function (int $round) use ($workers, $name, $host, $known, $bench): float {
                $workers[$name]->time('ping');
                $bench->hangUp();

                return $workers[$name]->time('mapping', $host("idle-{$name}", $round), $known($name));
            };
        }
        $bench->keepTimes("b.{$roundTrip}.idle", $bench->inTurns($bench->rounds(15, 2), $idle), ['incumbent', 'curl']);
        $bench->resetPanel();

        if ($roundTrip === 0) {
            foreach (['warm' => $certificate, 'cold' => null] as $case => $id) {
                $begin = Contender::extension($panel);
                $begin->time('mapping', "count-{$case}.example", $id);
                $bench->results->one("b.requests.{$case}", 'requests', $bench->countRequests());
            }
            $workers['incumbent']->time('mapping', 'count-incumbent.example', null);
            $bench->results->one('b.requests.incumbent', 'requests', $bench->countRequests());
            $bench->resetPanel();
        }
        unset($workers, $warm, $batch, $idle, $distance);
    }
};
