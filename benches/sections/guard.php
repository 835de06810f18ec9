<?php

declare(strict_types=1);

// Which tests hold the counts.

use RunCloud\Bench\Support\Page;

return static function (Page $page): void {
    $page->add('## What tests hold');
    $page->add(<<<'TEXT'
        Times are not asserted: a machine is busy at times. Counts are, since whatever makes them grow makes something slow:

        | count | held by |
        |---|---|
        | instructions to start PHP, for an empty request; bytes of the library | `StartUpTest` |
        | a worker's own memory, idle; memory after thousands of calls | `IdleWorkerTest`, `MemoryTest` |
        | requests of each operation, also after each fault | `tests/operations`, [the matrix of faults](fault-matrix.md) |
        | requests, statements and jobs of mappings through the plugin; what several processes use of the rate limit | `ManyHostsTest`, `LimitsTest` |
        | requests of the inventory and of a plan among thousands of domains | `InventoryTest`, `LargeWebAppTest` |
        | rows that a statement reads with 100,000 of them, statements and memory of the plan, pages of lists | `StoreSizeTest`, `ScreensTest`, `RestTest` |
        | rows that a slice of the walk reads when one site has all records | `WalkSizeTest` |
        | queries and files of a visitor's page | `RunnerWithoutExtensionTest` |
        TEXT);
};
