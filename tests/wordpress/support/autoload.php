<?php

declare(strict_types=1);

// The simulator's client is the extension suite's own.
require_once __DIR__ . '/../../extension/support/autoload.php';

spl_autoload_register(static function (string $class): void {
    $prefix = 'RunCloud\\Test\\WordPress\\Support\\';
    if (str_starts_with($class, $prefix)) {
        require __DIR__ . '/' . strtr(substr($class, strlen($prefix)), '\\', '/') . '.php';
    }
});
