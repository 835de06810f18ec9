<?php

/**
 * Maps a domain to the first site, as Ultimate Multisite does when a customer asks for it: php map.php DOMAIN.
 */

$_SERVER = [
    'HTTP_HOST' => 'network.example',
    'SERVER_NAME' => 'network.example',
    'REQUEST_URI' => '/',
    'REQUEST_METHOD' => 'GET',
    'SERVER_PROTOCOL' => 'HTTP/1.1',
    'REMOTE_ADDR' => '127.0.0.1',
] + $_SERVER;
require '/home/runcloud/webapps/network/wp-load.php';

$domain = wu_create_domain([
    'domain' => $argv[1],
    'blog_id' => 1,
    'active' => true,
    'primary_domain' => false,
    'secure' => false,
    'stage' => 'checking-dns',
]);
echo "Ultimate Multisite has mapped {$argv[1]}, number {$domain->get_id()}.\n";
