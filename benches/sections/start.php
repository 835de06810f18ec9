<?php

declare(strict_types=1);

// What the page is, how the figures were taken, and on what.

use RunCloud\Bench\Support\Page;

return static function (Page $page): void {
    $page->add('# Performance');
    $page->add(<<<'TEXT'
        What the extension and the plugin cost, and how that grows. `make bench` measures all of it in one run and writes this page; the figures stand in
        `docs/performance/second.jsonl`, those of the run before in `first.jsonl`, and both are shown. `make bench QUICK=1` only shows that everything works.
        `benches/run PART` measures one part, and each table names its own.
        TEXT);
    $page->add(<<<'TEXT'
        - **Everything is on one machine.** RunCloud is the [simulator](../tests/simulator/README.md), over TLS. A round trip of 40 ms is made by a forwarder
          (`tests/distance`), which delivers each byte late and lets connecting cost a round trip as well. So the panel's own time is almost nothing here: with
          a real one all calls take longer by the same, and the differences in milliseconds stay.
        - **Side by side.** What is compared takes its turns in the same rounds, in another order each time, so that whatever else the machine does meets all
          alike. Ratios are taken round by round.
        - **With spread.** A figure is the median; in brackets stands what 10 and 90 of 100 samples stay below. Times compare within a run only, and not with
          those of another machine.
        - **The incumbent** is the way in which Ultimate Multisite's own provider calls RunCloud, written anew for this comparison: `wp_remote_request()`
          in a loaded WordPress, a connection for each request. It is given the four requests that a mapping takes for whoever keeps no certificate's id.
        - **Authorities.** The extension trusts the system's and the simulator's; cURL and WordPress read a file with as many.
        TEXT);
    $page->figures('machine', [
        'machine.when' => 'when',
        'machine.processors' => 'processors',
        'machine.memory' => 'memory',
        'machine.system' => 'system',
        'machine.php' => 'PHP',
        'machine.mariadb' => 'MariaDB',
        'machine.load' => 'load at the start (1, 5, 15 minutes)',
    ]);
};
