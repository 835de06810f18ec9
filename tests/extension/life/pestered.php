<?php

declare(strict_types=1);

// Calls while a child sends signals all the time and alarms go off. The argument says how many calls. Prints as JSON how many
// succeeded, how often handlers ran, and which threads could have run one beside PHP's own.

$client = new RunCloud\Client(1001, 2001, 'test-token');
$handled = ['signals' => 0, 'alarms' => 0, 'calls' => 0];
pcntl_async_signals(true);
foreach ([SIGUSR1, SIGUSR2, SIGHUP, SIGWINCH] as $number => $signal) {
    // Half of them interrupt system calls.
    pcntl_signal($signal, function () use (&$handled): void {
        $handled['signals']++;
    }, $number % 2 === 0);
}
pcntl_signal(SIGALRM, function () use (&$handled, $client): void {
    $handled['alarms']++;
    $client->ping(); // a handler may call as well
    $handled['calls']++;
    pcntl_alarm(1);
}, false);

$parent = getmypid();
$pesterer = pcntl_fork();
if ($pesterer === 0) {
    for ($i = 0; posix_getppid() === $parent; $i++) {
        posix_kill($parent, [SIGUSR1, SIGUSR2, SIGHUP, SIGWINCH][$i % 4]);
        usleep(500);
    }
    posix_kill(getmypid(), SIGKILL);
}

pcntl_alarm(1);
$succeeded = 0;
for ($call = 1; $call <= (int) $argv[1] || $handled['alarms'] === 0; $call++) {
    $client->ping();
    $succeeded++;
}
posix_kill($pesterer, SIGKILL);
pcntl_waitpid($pesterer, $status);

$open = [];
foreach (glob('/proc/self/task/*/status') as $file) {
    $thread = (int) explode('/', $file)[4];
    preg_match('/^SigBlk:\s+([0-9a-f]+)$/m', file_get_contents($file), $match);
    if ($thread !== $parent && (hexdec(substr($match[1], -8)) & 0x3ffbfeff) !== 0x3ffbfeff) {
        $open[] = "{$thread}: {$match[1]}"; // all up to 30 but SIGKILL and SIGSTOP, which nobody can block
    }
}
echo json_encode($handled + ['succeeded' => $succeeded, 'calls to make' => $call - 1, 'open threads' => $open]);
