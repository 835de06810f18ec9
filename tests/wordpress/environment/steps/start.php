<?php
/** Makes a command-line process look like a request for the main site. Every step includes this first. */

ini_set( 'display_errors', 'stderr' );

$_SERVER += array(
	'HTTP_HOST'       => getenv( 'NETWORK_DOMAIN' ),
	'SERVER_NAME'     => getenv( 'NETWORK_DOMAIN' ),
	'REQUEST_URI'     => '/',
	'REQUEST_METHOD'  => 'GET',
	'SERVER_PROTOCOL' => 'HTTP/1.1',
	'REMOTE_ADDR'     => '127.0.0.1',
);

// A step that dies half-way must not look like one that worked.
register_shutdown_function(
	static function () {
		if ( ! defined( 'STEP_DONE' ) ) {
			exit( 1 );
		}
	}
);
