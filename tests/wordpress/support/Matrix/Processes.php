<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

use RunCloud\Test\WordPress\Support\Prefork;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Runs the plugin in processes of WordPress, with settings of the extension and perhaps another address of the panel.
 */
final class Processes
{
    private const BEGINNING = 'foreach ($settings as $name => $value) {
            ini_set("runcloud.$name", $value);
        }
        $requests = 0;
        add_action("domain_sync_after_call", function ($call, $report) use (&$requests) { $requests += $report["requests"]; }, 10, 2);';

    /** @var array<string, Prefork> By folder of ini files. */
    private array $loaded = [];

    /**
     * Runs PHP that leaves its answer in $answer.
     *
     * @param array<string, string> $settings Of the extension.
     * @param string                $ini      Folder of ini files, or "".
     * @param string                $killedOn Action on which the process is killed, or "".
     *
     * @return array{int, mixed} Number of requests, and the answer.
     *
     * @throws ProcessDied When it died before it answered.
     */
    public function run(string $code, array $settings, string $ini = '', string $killedOn = ''): array
    {
        $this->loaded[$ini] ??= new Prefork($ini);
        $process = $this->loaded[$ini]->start(
            self::BEGINNING . "{$code} return [\$requests, \$answer];",
            ['settings' => $settings],
            ['user' => WordPress::ADMIN] + ($killedOn === '' ? [] : ['kill_on' => $killedOn])
        );

        return $process->answer();
    }
}
