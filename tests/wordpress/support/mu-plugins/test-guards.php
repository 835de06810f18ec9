<?php
/**
 * Plugin Name: Test guards
 * Description: No request of WordPress's own leaves this machine; those meant for RunCloud are written down. For tests only.
 */

add_filter(
	'pre_http_request',
	static function ( $answer, $arguments, $url ) {
		if ( str_contains( $url, 'runcloud' ) ) {
			file_put_contents( dirname( ABSPATH ) . '/runcloud-by-wordpress.log', "$url\n", FILE_APPEND );
		}
		return new WP_Error( 'http_request_failed', 'The tests have no network.' );
	},
	10,
	3
);

// Nor does anybody answer DNS for the hosts of the tests; a test says for which hosts it would be right, and to whom.
add_filter(
	'wu_domain_has_correct_dns',
	static function ( $found, $domain ) {
		return $found || in_array( $domain->get_domain(), (array) get_network_option( null, 'test_hosts_with_dns', array() ), true );
	},
	10,
	2
);
add_filter(
	'domain_sync_dns_points_here',
	static fn( $points_here, $host ) => get_network_option( null, 'test_looks' ) ? $points_here : in_array(
		$host,
		array_merge( (array) get_network_option( null, 'test_hosts_with_dns', array() ), (array) get_network_option( null, 'test_hosts_seen_by_plugin', array() ) ),
		true
	),
	10,
	2
);
