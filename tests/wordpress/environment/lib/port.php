<?php
/** Prints a port of 127.0.0.1 that nobody listens on; with a port as argument, succeeds when somebody listens there. */

if ( isset( $argv[1] ) ) {
	exit( @fsockopen( '127.0.0.1', (int) $argv[1] ) ? 0 : 1 );
}
$socket = stream_socket_server( 'tcp://127.0.0.1:0' );
echo substr( strrchr( stream_socket_get_name( $socket, false ), ':' ), 1 );
