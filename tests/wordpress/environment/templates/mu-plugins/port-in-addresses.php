<?php
/**
 * Plugin Name: Port in addresses
 * Description: Lets a browser walk through the network on the port it came in on.
 */

if ( ! defined( 'ENVIRONMENT_URL_PORT' ) ) {
	return;
}

$with_port = static function ( $url ) {
	return preg_replace( '~^(https?://[^/:]+)(?=/|$)~', '$1:' . ENVIRONMENT_URL_PORT, $url );
};
foreach ( array( 'option_home', 'option_siteurl', 'network_site_url', 'network_home_url', 'network_admin_url', 'wp_redirect' ) as $filter ) {
	add_filter( $filter, $with_port );
}
add_filter( 'redirect_canonical', '__return_false' );
