<?php

declare(strict_types=1);

// (f) What the extension costs where nobody calls it: instructions by valgrind, memory of a worker of PHP-FPM, bytes of the library.

use RunCloud\Bench\Support\Bench;
use RunCloud\Test\Support\Instructions;
use RunCloud\Test\Support\Php;
use RunCloud\Test\Support\WorkerMemory;

return static function (Bench $bench): void {
    $results = $bench->results;
    $results->one('f.file', 'bytes', filesize(Php::extension()));
    $extension = ['extension' => Php::extension()];
    if (Instructions::canBeCounted()) {
        $results->one('f.start.without', 'instructions', Instructions::ofStart());
        $results->one('f.start.with', 'instructions', Instructions::ofStartWithExtension());
        $results->one('f.request.without', 'instructions', Instructions::ofRequest([]));
        $results->one('f.request.with', 'instructions', Instructions::ofRequest($extension));
    }
    $nothing = dirname(__DIR__, 2) . '/tests/extension/life/nothing.php';
    $memory = ['without' => [], 'with' => [], 'used' => []];
    for ($round = 0; $round < $bench->rounds(5, 1); $round++) {
        $memory['without'][] = WorkerMemory::ownKib([], $nothing);
        $memory['with'][] = WorkerMemory::ownKib($extension, $nothing);
        $panel = ['runcloud.base_url' => $bench->simulator->panel, 'runcloud.ca_file' => $bench->simulator->ca];
        $memory['used'][] = WorkerMemory::ownKib($extension + $panel, dirname(__DIR__) . '/support/one-call.php');
    }
    foreach ($memory as $what => $kib) {
        $results->spread("f.memory.{$what}", 'KiB', $kib);
    }
};
