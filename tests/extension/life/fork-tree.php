<?php

declare(strict_types=1);

// Grows families of processes that all call; the argument says how many. Ends with 1 and a word of why when a member failed, or
// when a thread was left in the first process.

$client = new RunCloud\Client(1001, 2001, 'test-token');
$call = static fn () => $client->ping();
$nothing = static fn () => null;

/** Forks; the child does the work and exits. */
$child = static function (callable $work): int {
    $pid = pcntl_fork();
    if ($pid !== 0) {
        return $pid;
    }
    try {
        $work();
        exit(0);
    } catch (Throwable $e) {
        fwrite(STDERR, (string) $e);
        exit(3);
    }
};
$wait = static function (int ...$pids): void {
    foreach ($pids as $pid) {
        pcntl_waitpid($pid, $status);
        if ($status !== 0) {
            fwrite(STDERR, "A child ended with the status {$status}.\n");
            exit(1);
        }
    }
};

$wait($child($call), $child($nothing)); // before first use
for ($family = 1; $family <= (int) $argv[1]; $family++) {
    $children = [
        $child($call),
        $child($nothing), // exits without a call, with a client that is not its own
        $child(static function () use ($child, $wait, $call, $nothing): void {
            $early = $child($call);
            $call();
            $wait($early, $child($call), $child($nothing));
            $call();
        }),
        $child(static function () use ($call): void {
            $call();
            pcntl_exec('/bin/true'); // another program takes over, without any shut-down
        }),
    ];
    $call();
    $wait(...$children);
    $call();
}
$threads = count(glob('/proc/self/task/*'));
if ($threads !== 2) {
    fwrite(STDERR, "The process has {$threads} threads.\n");
    exit(1);
}
echo 'done';
