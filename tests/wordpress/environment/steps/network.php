<?php
/** Second step: the single site becomes a network of subdomains. */

require __DIR__ . '/start.php';
define( 'WP_INSTALLING_NETWORK', true );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/network.php';

foreach ( $wpdb->tables( 'ms_global' ) as $table => $prefixed ) {
	$wpdb->$table = $prefixed;
}
install_network();
$result = populate_network( 1, getenv( 'NETWORK_DOMAIN' ), 'admin@' . getenv( 'NETWORK_DOMAIN' ), 'The network', '/', true );

// Nobody answers DNS for the test network; WordPress only warns of that.
if ( is_wp_error( $result ) && 'no_wildcard_dns' !== $result->get_error_code() ) {
	throw new RuntimeException( $result->get_error_message() );
}

define( 'STEP_DONE', true );
