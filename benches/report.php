<?php

declare(strict_types=1);

// Writes docs/performance.md and its plots from what the last two runs have measured (docs/performance/first.jsonl and second.jsonl).
//
//   php -n benches/report.php [FOLDER]     FOLDER has these files, and gets the page instead of docs

use RunCloud\Bench\Support\Page;
use RunCloud\Bench\Support\Plot;
use RunCloud\Bench\Support\Results;

require __DIR__ . '/support/Results.php';
require __DIR__ . '/support/Page.php';
require __DIR__ . '/support/Plot.php';

$kept = $argv[1] ?? dirname(__DIR__) . '/docs/performance';
$page = new Page(Results::read("{$kept}/first.jsonl"), Results::read("{$kept}/second.jsonl"));
$plots = [];
foreach (['start', 'reach', 'calls', 'work', 'plugin', 'served', 'guard'] as $section) {
    (require __DIR__ . "/sections/{$section}.php")($page, $plots);
}
foreach (array_filter($plots, static fn (Plot $plot): bool => !$plot->isEmpty()) as $name => $plot) {
    file_put_contents("{$kept}/{$name}.svg", $plot->svg());
}
$file = isset($argv[1]) ? "{$kept}/performance.md" : dirname($kept) . '/performance.md';
file_put_contents($file, $page->text());
fwrite(STDERR, "Written: {$file}\n");
