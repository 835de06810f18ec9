<?php

declare(strict_types=1);

// WordPress in a process of the command line, as a cron job of the system or an import script starts it.
$_SERVER = [
    'HTTP_HOST' => getenv('TEST_HOST'),
    'SERVER_NAME' => getenv('TEST_HOST'),
    'REQUEST_URI' => '/',
    'REQUEST_METHOD' => 'GET',
    'SERVER_PROTOCOL' => 'HTTP/1.1',
    'REMOTE_ADDR' => '127.0.0.1',
] + $_SERVER;

require getenv('TEST_SITE') . '/wp-load.php';
