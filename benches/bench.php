<?php

declare(strict_types=1);

// Called by benches/run while the environment is up: bench.php RESULTS PART...

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Results;

require __DIR__ . '/support/autoload.php';

[, $file] = $argv;
$bench = new Bench(new Results($file), getenv('QUICK') === '1');
foreach (array_slice($argv, 2) as $part) {
    $started = hrtime(true);
    (require __DIR__ . "/parts/{$part}.php")($bench);
    fprintf(STDERR, "%-10s %4d s\n", $part, (hrtime(true) - $started) / 1e9);
}
