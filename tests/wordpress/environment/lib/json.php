<?php
/**
 * JSON files for shell scripts: "json.php get FILE KEY" prints a value, "json.php put FILE KEY=VALUE..." writes a file of such pairs.
 */

list( , $verb, $file ) = $argv;

if ( 'get' === $verb ) {
	echo json_decode( file_get_contents( $file ), true, 512, JSON_THROW_ON_ERROR )[ $argv[3] ];
	exit;
}
$pairs = array();
foreach ( array_slice( $argv, 3 ) as $pair ) {
	list( $key, $value ) = explode( '=', $pair, 2 );
	$pairs[ $key ]       = $value;
}
// By rename, so that nobody reads half a file.
file_put_contents( "$file.new", json_encode( $pairs, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES ) . "\n" );
rename( "$file.new", $file );
