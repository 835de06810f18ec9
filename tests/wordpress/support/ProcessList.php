<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * What the system shows of the processes that run at this moment, as "ps" and its like read it.
 */
final class ProcessList
{
    /** @var array<int, string> By process id. */
    private array $shown = [];

    /** Of every process whose files may be read, but for this one and the simulator: both know the markers by design. */
    public static function now(int $simulator): self
    {
        $list = new self();
        foreach (glob('/proc/[0-9]*', GLOB_ONLYDIR) as $folder) {
            $id = (int) basename($folder);
            if ($id === getmypid() || $id === $simulator) {
                continue;
            }
            // A process may end while it is looked at.
            $list->shown[$id] = '';
            foreach (glob("{$folder}/{cmdline,comm,environ,status,task/*/comm}", GLOB_BRACE) as $file) {
                $list->shown[$id] .= strtr((string) @file_get_contents($file), "\0", "\n") . "\n";
            }
            foreach (glob("{$folder}/fd/*") as $link) {
                $list->shown[$id] .= @readlink($link) . "\n";
            }
        }

        return $list;
    }

    /** What is shown of one process, or of all of them. */
    public function text(?int $id = null): string
    {
        return $id === null ? implode("\n", $this->shown) : $this->shown[$id] ?? '';
    }
}
