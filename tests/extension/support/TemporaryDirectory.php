<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * A directory that goes away with this object.
 */
final class TemporaryDirectory
{
    public readonly string $path;
    private readonly int $owner;

    public function __construct()
    {
        $this->path = sys_get_temp_dir() . '/runcloud-' . bin2hex(random_bytes(6));
        $this->owner = getmypid();
        mkdir($this->path, 0700);
    }

    /** Writes a file into the directory and returns its path. */
    public function write(string $name, string $content): string
    {
        file_put_contents("{$this->path}/{$name}", $content);

        return "{$this->path}/{$name}";
    }

    public function __destruct()
    {
        if ($this->owner !== getmypid()) {
            return; // a forked child
        }
        $inside = new \RecursiveDirectoryIterator($this->path, \FilesystemIterator::SKIP_DOTS);
        foreach (new \RecursiveIteratorIterator($inside, \RecursiveIteratorIterator::CHILD_FIRST) as $file) {
            $file->isDir() ? rmdir($file->getPathname()) : unlink($file->getPathname());
        }
        rmdir($this->path);
    }
}
