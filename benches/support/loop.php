<?php

declare(strict_types=1);

// A contender: loads its file, then calls one of its functions for each line of JSON, [name, arguments], and says how long that took.

require __DIR__ . '/../contenders/' . $argv[1] . '.php';

echo "{\"ms\":0}\n";
while (($line = fgets(STDIN)) !== false) {
    [$function, $arguments] = json_decode($line, true, 512, JSON_THROW_ON_ERROR);
    memory_reset_peak_usage();
    $before = memory_get_usage();
    try {
        $started = hrtime(true);
        $value = $function(...$arguments);
        $answer = ['ms' => (hrtime(true) - $started) / 1e6, 'value' => $value, 'peak' => memory_get_peak_usage() - $before];
        preg_match('/^VmRSS:\s+(\d+)/m', (string) file_get_contents('/proc/self/status'), $resident);
        $answer['resident'] = (int) $resident[1];
    } catch (Throwable $error) {
        $answer = ['error' => get_class($error) . ': ' . $error->getMessage()];
    }
    echo json_encode($answer, JSON_PARTIAL_OUTPUT_ON_ERROR), "\n";
    flush();
}
