<?php

declare(strict_types=1);

require __DIR__ . '/support/autoload.php';

use RunCloud\Test\Support\Simulator;

(static function (): void {
    $stop = static function (string $why): never {
        fwrite(STDERR, "{$why}\nStart the tests with tests/extension/run, which starts the simulator too.\n");
        exit(1);
    };
    if (!extension_loaded('runcloud')) {
        $stop('The extension runcloud is not loaded.');
    }
    try {
        $simulator = Simulator::fromReadyFile((string) getenv('RUNCLOUD_READY_FILE'));
        $version = $simulator->about()['version'];
    } catch (RuntimeException $e) {
        $stop($e->getMessage());
    }
    if ($version !== phpversion('runcloud')) {
        $stop("The simulator has the version {$version}, the extension " . phpversion('runcloud') . ': build both anew.');
    }
})();
