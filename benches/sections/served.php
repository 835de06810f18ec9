<?php

declare(strict_types=1);

// (h) and (i): what is served.

use RunCloud\Bench\Support\Page;
use RunCloud\Bench\Support\Plot;

return static function (Page $page, array &$plots): void {
    $page->add('## Looks at many hosts');
    $page->add(<<<'TEXT'
        `benches/run looks`. Milliseconds until all are looked at; every answer takes 40 ms. `inspect_hosts()` finds the zone and asks its own name servers for five kinds of
        records, asks for a page as Let's Encrypt would, and judges the certificate. PHP's own functions (`dns_get_record`, `file_get_contents`, a TLS stream) and
        cURL's multi handle with 64 hosts at once get an address from the resolver, a page and a certificate, and no more. PHP's functions take one host after the other,
        0.3 s each, so more than 100 hosts are not measured with them. The small world that answers shares the machine.
        TEXT);
    $numbers = [1, 10, 100, 1000, 10000];
    $names = ['extension' => '`inspect_hosts()`', 'curl-multi' => 'cURL multi', 'php-functions' => 'PHP\'s functions'];
    $columns = [];
    $plots['looks'] = new Plot('Looks at ever more hosts, 40 ms an answer', 'hosts', 's');
    foreach ($names as $key => $name) {
        $columns["h.%d.{$key}"] = "{$name}, ms";
        $plots['looks']->line(trim($name, '`'), $page->by($numbers, "h.%d.{$key}", 0.001));
    }
    $page->growth('hosts', $numbers, $columns + ['h.%d.extension.resident' => '`inspect_hosts()`, MiB of the process']);
    $page->plot('Looks at ever more hosts', 'looks', $plots['looks']);

    $page->add('## From right DNS to the lock');
    $page->add('`benches/run order`. In shifted time, cron once a minute, DNS becomes right at any second of it while hosts wait since less than an hour. RunCloud is given '
        . 'half a minute to issue a certificate; the lock is seen by the look that finds it.');
    $page->figures('from right DNS', ['i.one.order' => 'to the order, one host waits', 'i.one.order.95' => '95 of 100', 'i.one.lock' => 'to the lock seen', 'i.one.lock.95' => '95 of 100',
        'i.thousand.order' => 'to the order, 1,000 hosts wait', 'i.thousand.order.95' => '95 of 100', 'i.thousand.lock' => 'to the lock seen', 'i.thousand.lock.95' => '95 of 100']);
};
