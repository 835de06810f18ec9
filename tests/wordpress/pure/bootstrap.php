<?php

declare(strict_types=1);

// The plugin's pure classes, and nothing of WordPress: a class that asks for more fails here.
spl_autoload_register(static function (string $name): void {
    $prefix = 'Domain_Sync_For_RunCloud\\';
    if (!str_starts_with($name, $prefix)) {
        return;
    }
    $parts = explode('\\', strtolower(str_replace('_', '-', substr($name, strlen($prefix)))));
    $file = 'class-' . array_pop($parts) . '.php';
    $plugin = getenv('RUNCLOUD_PLUGIN') ?: __DIR__ . '/../../../wordpress-plugin';
    require implode('/', ["{$plugin}/includes", ...$parts, $file]);
});

/** Texts are made when they are read; here they stay as they are written. */
function __(string $text, string $domain): string
{
    return $domain === 'domain-sync-for-runcloud' ? $text : throw new LogicException("The text domain is '{$domain}'.");
}

require __DIR__ . '/Rows.php';
require __DIR__ . '/Looks.php';
require __DIR__ . '/LetsEncrypt.php';
require __DIR__ . '/Past.php';
require __DIR__ . '/Years.php';
require __DIR__ . '/Rights.php';
require __DIR__ . '/SmallNetwork.php';
