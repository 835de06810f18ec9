<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * What an installation has written down so far.
 */
final class Records
{
    /** A file beside the logs for what a test has WordPress write down. */
    public static function traces(): string
    {
        return Environment::get()->logs() . '/traces.log';
    }

    /** Logs of PHP, php-fpm, nginx, WordPress and Ultimate Multisite, and the traces. */
    public static function logs(): string
    {
        $files = glob(Environment::get()->logs() . '/*.log');

        return (new Network())->log() . implode('', array_map(file_get_contents(...), $files));
    }

    /** Every row of every table. */
    public static function rows(): string
    {
        $environment = Environment::get();
        $text = '';
        foreach ($environment->sql('SHOW TABLES') as $table) {
            $rows = $environment->sql('SELECT * FROM ' . current($table));
            $text .= json_encode($rows, JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_UNESCAPED_SLASHES);
        }

        return $text;
    }
}
