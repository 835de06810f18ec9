<?php
/**
 * Plugin Name: Test guards
 * Description: No request and no mail of WordPress's own leaves this machine; requests meant for RunCloud are written down, the plugin's own to this
 *              network, and mails. For tests only.
 */

add_filter(
	'pre_http_request',
	static function ( $answer, $arguments, $url ) {
		$address = json_decode( file_get_contents( dirname( ABSPATH ) . '/environment.json' ), true );
		if ( 'domain_sync_run' === ( $arguments['body']['action'] ?? '' ) && str_starts_with( $url, "http://{$address['network_domain']}/" ) ) {
			// The plugin asks another PHP of its own network. It is sent as WordPress does, to where the network's address would lead.
			file_put_contents( dirname( ABSPATH ) . '/handovers.log', json_encode( array( 'url' => $url ) + array_intersect_key( $arguments, array_flip( array( 'blocking', 'body' ) ) ) ) . "\n", FILE_APPEND );
			return get_network_option( null, 'test_handovers_are_lost' )
				? new WP_Error( 'http_request_failed', 'A wall is in the way.' )
				: wp_remote_post( str_replace( "http://{$address['network_domain']}/", "http://127.0.0.1:{$address['port']}/", $url ), array( 'headers' => array( 'Host' => $address['network_domain'] ) ) + $arguments );
		}
		if ( str_starts_with( $url, "http://127.0.0.1:{$address['port']}/" ) && 'domain_sync_run' === ( $arguments['body']['action'] ?? '' ) ) {
			return $answer;
		}
		$host = (string) wp_parse_url( $url, PHP_URL_HOST );
		if ( '' !== ( $address['internet'] ?? '' ) && str_ends_with( $host, '.example' ) ) {
			// The Internet is the small world here.
			return $answer;
		}
		// The host only: WordPress tells wordpress.org the names of all of PHP's extensions.
		if ( str_contains( $host, 'runcloud' ) ) {
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

add_filter(
	'pre_wp_mail',
	static function ( $sent, $mail ) {
		file_put_contents( dirname( ABSPATH ) . '/mails.log', json_encode( array( 'locale' => get_locale() ) + $mail ) . "\n", FILE_APPEND | LOCK_EX );
		return $sent ?? true;
	},
	99,
	2
);
