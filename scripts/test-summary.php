<?php

/**
 * Adds up what the stages of scripts/test counted, prints "N passed, N failed", and exits with 1 when anything failed.
 *
 * A stage without a test runner counts as one. Usage: php test-summary.php DIRECTORY-OF-LOGS
 */

declare(strict_types=1);

if ($argc !== 2 || !is_dir($argv[1])) {
    fwrite(STDERR, "Usage: php test-summary.php DIRECTORY-OF-LOGS\n");
    exit(2);
}
$total = ['passed' => 0, 'failed' => 0, 'skipped' => 0];
foreach (glob("{$argv[1]}/*.status") as $file) {
    $status = trim(file_get_contents($file));
    $counts = $status === 'skipped' ? ['skipped' => 1] : counted(file_get_contents(substr($file, 0, -7) . '.log'));
    if ($status !== 'skipped' && array_sum($counts) === 0) {
        $counts = $status === '0' ? ['passed' => 1] : [];
    }
    if (!in_array($status, ['0', 'skipped'], true) && ($counts['failed'] ?? 0) === 0) {
        $counts['failed'] = 1;
    }
    foreach ($counts as $what => $number) {
        $total[$what] += $number;
    }
}
printf("\n%d passed, %d failed%s\n", $total['passed'], $total['failed'], $total['skipped'] ? ", {$total['skipped']} skipped" : '');
exit($total['failed'] === 0 && $total['passed'] > 0 ? 0 : 1);

/**
 * The numbers in the closing lines of PHPUnit, cargo-nextest and cargo test.
 *
 * @return array{passed: int, failed: int, skipped: int}
 */
function counted(string $log): array
{
    $sum = ['passed' => 0, 'failed' => 0, 'skipped' => 0];
    foreach (explode("\n", preg_replace('/\e\[[0-9;]*m/', '', $log)) as $line) {
        if (preg_match('/^OK \((\d+) tests?, \d+ assertions?\)/', $line, $match)) {
            $sum['passed'] += (int) $match[1];
        } elseif (preg_match('/^Tests: (\d+), Assertions: \d+/', $line, $match)) {
            $failed = number($line, '/(?:Errors|Failures): (\d+)/');
            $skipped = number($line, '/(?:Skipped|Incomplete): (\d+)/');
            $sum['failed'] += $failed;
            $sum['skipped'] += $skipped;
            $sum['passed'] += (int) $match[1] - $failed - $skipped;
        } elseif (preg_match('/^ +Summary \[.*tests? run:|^test result: /', $line)) {
            $sum['passed'] += number($line, '/(\d+) passed/');
            $sum['failed'] += number($line, '/(\d+) (?:failed|timed out)/');
            $sum['skipped'] += number($line, '/(\d+) (?:skipped|ignored)/');
        }
    }

    return $sum;
}

/** The sum of the numbers that the pattern finds. */
function number(string $line, string $pattern): int
{
    preg_match_all($pattern, $line, $matches);

    return array_sum(array_map('intval', $matches[1]));
}
