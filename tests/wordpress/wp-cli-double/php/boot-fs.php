<?php
/**
 * A double of WP-CLI: reads the command line, loads WordPress, runs one command. For tests only.
 */

define( 'WP_CLI', true );
require __DIR__ . '/class-wp-cli.php';
require __DIR__ . '/utils.php';

WP_CLI::read( array_slice( $argv, 1 ) );

$path = WP_CLI::get_config( 'path' );
$url  = WP_CLI::get_config( 'url' ) ?? json_decode( file_get_contents( dirname( $path ) . '/environment.json' ) )->network_domain;
$_SERVER = array(
	'HTTP_HOST'       => $url,
	'SERVER_NAME'     => $url,
	'REQUEST_URI'     => '/',
	'REQUEST_METHOD'  => 'GET',
	'SERVER_PROTOCOL' => 'HTTP/1.0',
	'REMOTE_ADDR'     => '127.0.0.1',
) + $_SERVER;
require "$path/wp-load.php";

if ( null !== WP_CLI::get_config( 'user' ) ) {
	wp_set_current_user( (int) WP_CLI::get_config( 'user' ) );
}
WP_CLI::run();
