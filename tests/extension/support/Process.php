<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * What Linux says of a process in /proc.
 */
final class Process
{
    /** @return list<int> Pids of the children of its first thread. */
    public static function children(int $pid): array
    {
        $children = trim((string) @file_get_contents("/proc/{$pid}/task/{$pid}/children"));

        return array_map('intval', $children === '' ? [] : explode(' ', $children));
    }

    /** How many threads it has; 0 when it is gone. */
    public static function threads(int $pid): int
    {
        return count(glob("/proc/{$pid}/task/*") ?: []);
    }

    /** Its resident memory in KiB. */
    public static function resident(int $pid): int
    {
        return preg_match('/^VmRSS:\s+(\d+) kB$/m', (string) @file_get_contents("/proc/{$pid}/status"), $match) === 1
            ? (int) $match[1]
            : throw new \RuntimeException("/proc/{$pid}/status tells no resident memory.");
    }

    /** Whether it has ended and nobody has asked how. */
    public static function isZombie(int $pid): bool
    {
        return preg_match('/^State:\s+Z/m', (string) @file_get_contents("/proc/{$pid}/status")) === 1;
    }

    /** @return list<int> Pids of the processes that have the unix socket of this path open for listening. */
    public static function listeningAt(string $path): array
    {
        $sockets = [];
        foreach (file('/proc/net/unix', FILE_IGNORE_NEW_LINES) as $line) {
            [, , , , , , $inode, $name] = preg_split('/\s+/', $line, 8) + array_fill(0, 8, '');
            if ($name === $path) {
                $sockets[] = "socket:[{$inode}]";
            }
        }
        $pids = [];
        foreach (glob('/proc/[0-9]*/fd/*') ?: [] as $file) {
            if (in_array(@readlink($file), $sockets, true)) {
                $pids[] = (int) explode('/', $file)[2];
            }
        }

        return array_values(array_unique($pids));
    }
}
