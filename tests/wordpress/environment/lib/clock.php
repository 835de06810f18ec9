<?php
/** Visits WordPress's cron every so many seconds, until it does not answer any more: "clock.php PORT HOST SECONDS". */

list( , $port, $host, $seconds ) = $argv;

$context = stream_context_create(
	array(
		'http' => array(
			'header'  => "Host: $host\r\nConnection: close",
			'timeout' => 120,
		),
	)
);
do {
	sleep( (int) $seconds );
} while ( false !== @file_get_contents( "http://127.0.0.1:$port/wp-cron.php?doing_wp_cron", false, $context ) );
