<?php

declare(strict_types=1);

// Writes down on what a run was made: machine.php RESULTS

use RunCloud\Bench\Support\Results;

require __DIR__ . '/autoload.php';

$results = new Results($argv[1]);
preg_match_all('/^model name\s*: (.+)$/m', (string) file_get_contents('/proc/cpuinfo'), $processors);
preg_match('/^MemTotal:\s+(\d+)/m', (string) file_get_contents('/proc/meminfo'), $memory);
$first = static fn (string $command): string => strtok((string) shell_exec($command), "\n") ?: 'unknown';
$results->one('machine.when', '', gmdate('Y-m-d H:i') . ' UTC');
$results->one('machine.processors', '', count($processors[1]) . ' × ' . ($processors[1][0] ?? 'unknown'));
$results->one('machine.memory', '', round(($memory[1] ?? 0) / 2 ** 20) . ' GiB');
$results->one('machine.system', '', $first('. /etc/os-release; echo "$PRETTY_NAME"') . ', Linux ' . php_uname('r'));
$results->one('machine.php', '', 'PHP ' . PHP_VERSION);
preg_match('/[\d.]+-MariaDB/', $first('mariadb --version'), $mariadb);
$results->one('machine.mariadb', '', $mariadb[0] ?? 'unknown');
$results->one('machine.load', '', implode(' ', array_map(static fn (float $load): string => sprintf('%.2f', $load), sys_getloadavg())));
