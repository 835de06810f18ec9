<?php

declare(strict_types=1);

// (d) The list of domains: a page of it, and all of it; on loopback.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Contender;

return static function (Bench $bench): void {
    foreach ($bench->isQuick ? [1000] : [1000, 10000, 100000] as $number) {
        // With the primary domain.
        $bench->fillPanel($number - 1);
        $extension = Contender::extension($bench->simulator->panel);
        $extension->time('ping');
        $pages = (int) ceil($number / 40);
        foreach (['first' => 1, 'last' => $pages] as $which => $page) {
            $times = array_map(static fn (): float => $extension->time('page', $page), range(1, $bench->rounds(30, 5)));
            $bench->results->spread("d.{$number}.{$which}-page", 'ms', $times);
        }
        $bench->countRequests();
        $before = $extension->call('page', 1)['resident'];
        $whole = $extension->call('all');
        $bench->results->one("d.{$number}.all", 'ms', $whole['ms']);
        $bench->results->one("d.{$number}.all.requests", 'requests', $bench->countRequests() - 1);
        $bench->results->one("d.{$number}.all.php", 'MiB', $whole['peak'] / 2 ** 20);
        // In pages, as a job reads it: what the process holds at the end beside what one page takes.
        for ($page = 1; $page <= min($pages, 250); $page++) {
            $one = $extension->call('page', $page);
            $peak = max($peak ?? 0, $one['peak']);
        }
        $bench->results->one("d.{$number}.pages.php", 'MiB', $peak / 2 ** 20);
        $bench->results->one("d.{$number}.all.resident", 'MiB', ($whole['resident'] - $before) / 1024);
    }
    $bench->resetPanel();
};
