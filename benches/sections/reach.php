<?php

declare(strict_types=1);

// What was to be reached, and whether it was, in both runs.

use RunCloud\Bench\Support\Page;

return static function (Page $page): void {
    $most = static fn (float $bound): array => ["at most {$bound}", static fn (float $value): bool => $value <= $bound];
    $least = static fn (float $bound): array => ["at least {$bound}", static fn (float $value): bool => $value >= $bound];
    $more = static function (string $key) use ($page): array {
        return array_map(static fn (float $with, float $without): float => 100 * ($with / $without - 1), $page->values("{$key}.with"), $page->values("{$key}.without"));
    };
    $loopback = 'a warm call on loopback, of cURL\'s time with a kept handle';
    $warm = 'a complete mapping, warm, 40 ms, of the incumbent\'s time';
    $cold = 'the same cold, certificate\'s id known';
    $unknown = 'the same cold, certificate\'s id not known';
    $floor = <<<'TEXT'
        **Why a mapping takes a little more than its share.** The shares are those of round trips: warm it takes two, cold four, without the certificate's id six, and the incumbent twelve and
        TLS four times. Each round trip is 40 ms, so two of them alone are 0.16 of the incumbent's time. What is above that is the panel's own work and one or two milliseconds here; cURL with a kept
        handle, which takes the same round trips, is no faster than the extension (the table below).
        TEXT;
    // What a profile says of those that were not reached.
    $why = [
        $warm => $floor,
        $cold => $floor,
        $unknown => $floor,
        $loopback => <<<'TEXT'
            **Why the warm call on loopback takes longer than cURL's.** It is some hundredths of a millisecond. A request is handed from PHP's thread to the HTTP client's own, and its answer back: that is
            about half, as a build whose client ran in PHP's thread showed (a ratio of 1.2 in place of 1.4, measured in turns). The rest is what each call looks at anew: the
            settings, and by three `stat` whether the authorities have changed. At a round trip of 40 ms both take the same.
            TEXT,
    ];
    $lines = [
        [$warm, $page->values('b.40.warm.extension/incumbent'), ...$most(0.16)],
        [$cold, $page->values('b.40.cold.extension/incumbent'), ...$most(0.34)],
        [$unknown, $page->values('b.40.cold.extension-unknown/incumbent'), ...$most(0.5)],
        [$loopback, $page->values('a.0.warm.extension/curl'), ...$most(1.0)],
        ['a warm call on loopback, of `wp_remote_request()`\'s time', $page->values('a.0.warm.extension/wordpress'), ...$most(0.1)],
        ['requests for each of a thousand mappings, basic mode', $page->values('e.1000.requests'), ...$most(1.05)],
        ['share of the rate limit that 16 processes use, %', $page->values('e.crowd.share'), ...$least(95)],
        ['refusals (429) meanwhile, of a thousand mappings', $page->values('e.crowd.refused'), ...$most(20)],
        ['queries on a visitor\'s page', $page->values('f.visitor.own.queries'), ...$most(0)],
        ['milliseconds more on a visitor\'s page', $page->values('f.visitor.more'), ...$most(1)],
        ['instructions more to start PHP, %', $more('f.start'), ...$most(5)],
        ['instructions more for an empty request, %', $more('f.request'), ...$most(0.5)],
        ['a wake-up\'s time in the database, 100,000 rows, ms', $page->values('g.100000.wake.database'), ...$most(100)],
        ['right DNS to the order, one host, median, s', $page->values('i.one.order'), ...$most(60)],
        ['95 of 100, s', $page->values('i.one.order.95'), ...$most(180)],
        ['right DNS to the order, 1,000 hosts wait, median, s', $page->values('i.thousand.order'), ...$most(60)],
        ['95 of 100, s', $page->values('i.thousand.order.95'), ...$most(180)],
        ['10,000 hosts looked at, 40 ms, s', array_map(static fn (float $ms): float => $ms / 1000, $page->values('h.10000.extension')), ...$most(90)],
        ['requests to remove one of 10,000 domains, by id', $page->values('c.10000.remove-by-id.requests'), ...$most(2)],
        ['memory for the list of 10,000 domains, in pages, MiB', $page->values('d.10000.pages.php'), ...$most(20)],
    ];
    $table = ['| what | to be reached | measured | |', '|---|---|---|---|'];
    $missed = [];
    foreach ($lines as [$what, $values, $bound, $isReached]) {
        if ($values === []) {
            continue;
        }
        $measured = implode(' / ', array_map(static fn (float $value): string => (string) round($value, abs($value) < 1 ? 4 : 2), $values));
        $isMissed = count(array_filter($values, $isReached)) < count($values);
        $table[] = "| {$what} | {$bound} | {$measured} | " . ($isMissed ? '**not reached**' : 'reached') . ' |';
        if ($isMissed) {
            $missed[] = $what;
        }
    }
    $page->add('## What was to be reached');
    $page->add(count($table) > 2 ? implode("\n", $table) : 'No run has been made yet.');
    foreach (array_unique(array_intersect_key($why, array_flip($missed))) as $reason) {
        $page->add($reason);
    }
};
