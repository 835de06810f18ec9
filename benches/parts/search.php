<?php

declare(strict_types=1);

// (c) A removal, and an addition whose answer was lost, among ever more domains; on loopback.

use RunCloud\Bench\Support\Bench;
use RunCloud\Bench\Support\Contender;

return static function (Bench $bench): void {
    $extension = Contender::extension($bench->simulator->panel);
    foreach ($bench->isQuick ? [10, 1000] : [10, 1000, 10000, 100000] as $number) {
        $bench->fillPanel($number);
        $middle = 'their' . intdiv($number, 2) . '.example';
        $samples = [];
        $requests = [];
        $keep = static function (string $what, array $answer) use (&$samples, &$requests, $bench): void {
            $samples[$what][] = $answer['ms'];
            $requests[$what] = $bench->countRequests();
        };
        for ($round = 0; $round < $bench->rounds(10, 2); $round++) {
            // What was added last, by its id; and by its name, which stands at an end of the list.
            foreach (['by-id' => true, 'by-name' => false] as $how => $byId) {
                $added = $extension->call('add', "{$how}-{$round}.example");
                $bench->countRequests();
                $keep("remove-{$how}", $extension->call('remove', "{$how}-{$round}.example", $byId ? $added['value'] : null));
            }
            $bench->simulator->fault('drop_after', ['match' => ['method' => 'POST'], 'times' => 1]);
            $keep('lost-answer', $extension->call('add', "lost-{$round}.example"));
            $bench->simulator->clearFaults();
        }
        // In the middle of the list: every page up to there has to be read.
        $keep('remove-in-the-middle', $extension->call('remove', $middle, null));
        foreach ($samples as $what => $times) {
            $bench->results->spread("c.{$number}.{$what}", 'ms', $times);
            $bench->results->one("c.{$number}.{$what}.requests", 'requests', $requests[$what]);
        }
    }
    $bench->resetPanel();
};
