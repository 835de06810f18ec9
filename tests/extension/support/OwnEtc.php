<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A PHP process that sees other files than the rest of the system, such as a resolv.conf of its own. It takes a mount namespace,
 * which only root may make.
 */
final class OwnEtc
{
    private const MOUNT = 'while [ "$1" != -- ]; do mount --bind "$1" "$2"; shift 2; done; shift; exec "$@"';

    /** Why there can be none here; null: there can. */
    public static function obstacle(): ?string
    {
        exec('unshare --mount mount --bind /etc/hostname /etc/hosts 2>&1', $output, $status);

        return $status === 0 ? null : 'A mount namespace cannot be made: ' . implode(' ', $output);
    }

    /**
     * Runs code and waits for its end, as Php::run() does.
     *
     * @param array<string, string> $mounts What is seen in place of these paths.
     * @param string                $code   PHP without the opening tag.
     * @param array<string, string> $ini    Settings beside the panel's address and CA file.
     * @param list<string>          $before A command that runs PHP.
     */
    public static function run(array $mounts, string $code, array $ini = [], array $before = []): PhpResult
    {
        $command = ['unshare', '--mount', 'sh', '-ec', self::MOUNT, 'sh'];
        foreach ($mounts as $path => $source) {
            array_push($command, $source, $path);
        }

        return Php::wait([...$command, '--', ...$before, ...Php::command($ini, true, ['-r', $code])]);
    }
}
