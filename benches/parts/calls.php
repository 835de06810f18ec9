<?php

declare(strict_types=1);

// (a) One small call: by the extension, by cURL with a handle that is kept and with fresh ones, by wp_remote_request() in a loaded WordPress.
// Cold: the first call of a process. Idle: a later one, after the panel has closed the connection. Warm: a connection is there.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Contender;

return static function (Bench $bench): void {
    $others = ['curl', 'wordpress'];
    foreach (Bench::ROUND_TRIPS as $roundTrip) {
        [$panel, $distance] = $bench->panel($roundTrip);
        $start = [
            'extension' => static fn (): Contender => Contender::extension($panel),
            'curl' => static fn (): Contender => Contender::curl($panel, false),
            'curl-fresh' => static fn (): Contender => Contender::curl($panel, true),
            'wordpress' => static fn (): Contender => Contender::wordpress($panel),
        ];
        $cold = static fn (callable $begin): callable => static fn (): float => $begin()->time('ping');
        // A fresh handle is as cold in a new process as one that is kept later.
        $all = array_diff_key($start, ['curl-fresh' => 1]);
        $bench->keepTimes("a.{$roundTrip}.cold", $bench->inTurns($bench->rounds(20, 3), array_map($cold, $all)), $others);

        $workers = array_map(static fn (callable $begin): Contender => $begin(), $start);
        $warm = static function (Contender $worker): callable {
            $worker->time('ping');

            return static fn (): float => $worker->time('ping');
        };
        $rounds = $bench->rounds($roundTrip === 0 ? 300 : 50, 5);
        $bench->keepTimes("a.{$roundTrip}.warm", $bench->inTurns($rounds, array_map($warm, $workers)), $others);

        $idle = static fn (Contender $worker): callable => static function () use ($worker, $bench): float {
            $worker->time('ping');
            $bench->hangUp();

            return $worker->time('ping');
        };
        $all = array_diff_key($workers, ['curl-fresh' => 1]);
        $bench->keepTimes("a.{$roundTrip}.idle", $bench->inTurns($bench->rounds(20, 3), array_map($idle, $all)), $others);
        $bench->resetPanel();
        unset($workers, $all, $distance);
    }
};
