<?php

declare(strict_types=1);

// (e), (g), and a visitor's page.

use RunCloud\Bench\Support\Page;
use RunCloud\Bench\Support\Plot;

return static function (Page $page, array &$plots): void {
    $page->add('## Mappings through the plugin');
    $page->add('`benches/run thousand`. From Ultimate Multisite\'s event to the order, basic mode, DNS right, a turn of the queue in each minute, no rate limit. "Own" is '
        . 'what a mapping takes in the queue without the calls to RunCloud: plugin, WordPress and database.');
    $numbers = [10, 100, 1000];
    $page->growth('mappings', $numbers, ['e.%d.requests' => 'requests each', 'e.%d.event.statements' => 'statements of the event', 'e.%d.event' => 'ms of the event',
        'e.%d.statements' => 'statements in the queue, each', 'e.%d.own' => 'own ms, each', 'e.%d.wall' => 's in all', 'e.%d.jobs' => 'jobs',
        'e.%d.minutes' => 'minutes', 'e.%d.memory' => 'MiB']);
    $plots['mappings'] = new Plot('What one mapping takes among ever more of them', 'mappings', '');
    foreach (['event' => 'ms of the event', 'own' => 'own ms in the queue', 'statements' => 'statements in the queue', 'requests' => 'requests'] as $key => $name) {
        $plots['mappings']->line($name, $page->by($numbers, "e.%d.{$key}"));
    }
    $page->plot('What one of ever more mappings takes', 'mappings', $plots['mappings']);
    $page->add('`benches/run crowd`. The same by 16 processes at once, under 60 requests a minute.');
    $page->figures('16 processes', ['e.crowd.mappings' => 'mappings done', 'e.crowd.doubled' => 'done twice', 'e.crowd.minutes' => 'minutes',
        'e.crowd.share' => 'of the limit used', 'e.crowd.refused' => 'refused (429)']);

    $page->add('## With many rows');
    $page->add('`benches/run rows`. Time in the database and statements, all of them: Action Scheduler\'s and WordPress\'s too. "Quiet" is the question before each turn '
        . 'of the queue; a "wake-up" is a turn that has a row to settle; the walk comes once an hour, in slices of three seconds. Screens are whole requests of '
        . 'wp-admin, through nginx; their statements are the plugin\'s.');
    $numbers = [1000, 10000, 100000];
    $page->growth('rows', $numbers, ['g.%d.quiet.database' => 'quiet, ms', 'g.%d.quiet.statements' => 'statements', 'g.%d.wake.database' => 'wake-up, ms',
        'g.%d.wake.statements' => 'statements', 'g.%d.plan.ms' => 'plan, ms', 'g.%d.plan.statements' => 'statements', 'g.%d.plan.memory' => 'MiB',
        'g.%d.walk.ms' => 'walk, ms', 'g.%d.walk.statements' => 'statements']);
    $screens = ['first' => 'first page', 'last' => 'last page', 'one' => 'one domain', 'plan' => 'plan', 'dashboard' => 'dashboard'];
    $columns = [];
    $plots['rows'] = new Plot('With ever more rows', 'rows', 'ms');
    $plots['screens'] = new Plot('Screens of the Network Admin', 'rows', 'ms');
    foreach ($screens as $key => $name) {
        $columns += ["g.%d.screen.{$key}" => "{$name}, ms"] + ($key === 'dashboard' ? [] : ["g.%d.screen.{$key}.statements" => 'statements']);
        $plots['screens']->line($name, $page->by($numbers, "g.%d.screen.{$key}"));
    }
    $page->growth('rows', $numbers, $columns);
    foreach (['quiet.database' => 'quiet turn, database', 'wake.database' => 'wake-up, database', 'plan.ms' => 'plan', 'walk.ms' => 'walk'] as $key => $name) {
        $plots['rows']->line($name, $page->by($numbers, "g.%d.{$key}"));
    }
    $page->plot('Turns of the queue, the plan and the walk with ever more rows', 'rows', $plots['rows']);
    $page->plot('Screens with ever more rows', 'screens', $plots['screens']);

    $page->add('## A visitor\'s page');
    $page->add('`benches/run visitor`. Through nginx and PHP-FPM with opcache, the plugin off and on in turns.');
    $page->figures('page', ['f.visitor.off' => 'plugin off', 'f.visitor.on' => 'plugin on', 'f.visitor.more' => 'more, in the same round',
        'f.visitor.off.queries' => 'queries, off', 'f.visitor.on.queries' => 'queries, on', 'f.visitor.own.queries' => 'queries of the plugin', 'f.visitor.files' => 'files of the plugin']);
};
