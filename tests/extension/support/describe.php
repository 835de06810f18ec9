<?php

declare(strict_types=1);

// Prints the description of what this PHP has: of the extension, or of the stubs when their folder is given.

require __DIR__ . '/Description.php';

if (isset($argv[1])) {
    spl_autoload_register(static fn (string $class) => require $argv[1] . '/' . strtr($class, '\\', '/') . '.php');
    foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("{$argv[1]}/RunCloud")) as $file) {
        if ($file->getExtension() === 'php') {
            class_exists(strtr(substr($file->getPathname(), strlen($argv[1]) + 1, -4), '/', '\\'));
        }
    }
    foreach (glob("{$argv[1]}/*.php") as $file) {
        require $file;
    }
}
echo json_encode(RunCloud\Test\Support\Description::ofThisProcess(), JSON_THROW_ON_ERROR);
