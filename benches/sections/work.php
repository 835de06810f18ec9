<?php

declare(strict_types=1);

// (c), (d) and the extension's part of (f).

use RunCloud\Bench\Support\Page;
use RunCloud\Bench\Support\Plot;

return static function (Page $page, array &$plots): void {
    $numbers = [10, 1000, 10000, 100000];
    $kinds = ['remove-by-id' => 'removal by id', 'remove-by-name' => 'by name, added last', 'lost-answer' => 'addition, answer lost',
        'remove-in-the-middle' => 'by name, in the middle'];
    $page->add('## Among many domains');
    $page->add('`benches/run search`. Milliseconds on loopback, and requests. A domain that was added lately stands at an end of the list, and is found there; one in the '
        . 'middle costs a request for each 40 domains, which is why the plugin keeps ids.');
    $columns = [];
    $plots['search'] = new Plot('Removing, and finding what a lost answer left', 'domains', 'ms');
    foreach ($kinds as $kind => $name) {
        $columns += ["c.%d.{$kind}" => "{$name}, ms", "c.%d.{$kind}.requests" => 'requests'];
        $plots['search']->line($name, $page->by($numbers, "c.%d.{$kind}"));
    }
    $page->growth('domains', $numbers, $columns);
    $page->plot('Removing among ever more domains', 'search', $plots['search']);

    $page->add('## The list by page');
    $page->add('`benches/run lists`. On loopback; 40 domains a page. "In pages" is what a job takes that reads one page after the other, as the plugin does.');
    $numbers = [1000, 10000, 100000];
    $page->growth('domains', $numbers, ['d.%d.first-page' => 'first page, ms', 'd.%d.last-page' => 'last page, ms', 'd.%d.all' => 'all at once, ms',
        'd.%d.all.requests' => 'requests', 'd.%d.all.php' => 'MiB of PHP', 'd.%d.pages.php' => 'MiB in pages']);
    $plots['lists'] = new Plot('The list of domains', 'domains', 'ms');
    foreach (['first-page' => 'first page', 'last-page' => 'last page', 'all' => 'all of it'] as $key => $name) {
        $plots['lists']->line($name, $page->by($numbers, "d.%d.{$key}"));
    }
    $page->plot('The list of ever more domains', 'lists', $plots['lists']);

    $page->add('## Where nobody calls it');
    $page->add('`benches/run unused`. Instructions are counted by valgrind: no other process changes them. A request is an empty one to a worker of PHP-FPM.');
    $page->figures('the extension', ['f.file' => 'bytes of the library', 'f.start.without' => 'instructions to start PHP, without', 'f.start.with' => 'with',
        'f.request.without' => 'instructions for a request, without', 'f.request.with' => 'with', 'f.memory.without' => 'a worker\'s own memory, without',
        'f.memory.with' => 'with', 'f.memory.used' => 'after it has called RunCloud']);
};
