<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Kinds of process in which WordPress runs.
 */
enum Kind: string
{
    case FrontEnd = '/';
    case Ajax = '/wp-admin/admin-ajax.php';
    case Cron = '/wp-cron.php';
    case Cli = 'cli';
}
