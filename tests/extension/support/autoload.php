<?php

declare(strict_types=1);

// Loads the support classes by name; everything here is usable outside PHPUnit too, except ExtensionTestCase.
spl_autoload_register(static function (string $class): void {
    $prefix = 'RunCloud\\Test\\Support\\';
    if (str_starts_with($class, $prefix)) {
        require __DIR__ . '/' . substr($class, strlen($prefix)) . '.php';
    }
});
