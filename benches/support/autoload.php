<?php

declare(strict_types=1);

// The benchmarks use what the tests have for the same: the simulator, PHP-FPM, the network, the small world.
require_once __DIR__ . '/../../tests/wordpress/support/autoload.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'RunCloud\\Bench\\Support\\';
    if (str_starts_with($class, $prefix)) {
        require __DIR__ . '/' . substr($class, strlen($prefix)) . '.php';
    }
});
