<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * What a worker of PHP-FPM holds for itself.
 */
final class WorkerMemory
{
    /**
     * KiB that the only worker shares with nobody after a few requests.
     *
     * @param array<string, string> $ini    Lines of php.ini.
     * @param string                $script What it is asked for.
     */
    public static function ownKib(array $ini, string $script): int
    {
        $fpm = new PhpFpm($ini, ['pm' => 'static', 'pm.max_children' => '1']);
        for ($i = 0; $i < 5; $i++) {
            $fpm->client()->run($script);
        }
        [$worker] = $fpm->workers();
        preg_match_all('/^Private_\w+: +(\d+) kB/m', (string) file_get_contents("/proc/{$worker}/smaps_rollup"), $kib);
        $fpm->stop();

        return array_sum(array_map('intval', $kib[1])) ?: throw new \RuntimeException('The memory of a worker could not be read.');
    }
}
