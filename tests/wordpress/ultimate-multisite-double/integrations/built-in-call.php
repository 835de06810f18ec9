<?php
/** Whenever the built-in provider would have called RunCloud, the call is written down in a network option instead. */

function wu_double_record_built_in_call( string $hook, string $host ): void {
	$calls   = get_network_option( null, 'wu_double_built_in_calls', array() );
	$calls[] = array( $hook, $host );
	update_network_option( null, 'wu_double_built_in_calls', $calls );
}
