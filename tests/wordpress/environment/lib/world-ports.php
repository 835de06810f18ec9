<?php
/**
 * Prints two ports that nobody has at any address of this machine. They are below those that the system gives to outgoing connections,
 * since the world comes and goes, and must find them free each time.
 */

$ports = array();
for ( $try = 0; $try < 200 && count( $ports ) < 2; $try++ ) {
	$port = random_int( 20000, 32000 );
	$tcp  = @stream_socket_server( "tcp://0.0.0.0:$port" );
	$udp  = @stream_socket_server( "udp://0.0.0.0:$port", $code, $message, STREAM_SERVER_BIND );
	if ( $tcp && $udp && ! in_array( $port, $ports, true ) ) {
		$ports[] = $port;
	}
}
if ( 2 !== count( $ports ) ) {
	exit( 1 );
}
echo implode( ' ', $ports ), "\n";
