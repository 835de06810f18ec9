<?php
/**
 * Plugin Name: Test cost
 * Description: Writes down what a request took of the plugin: its files, and the queries that it made or had made. For tests only.
 */

$cost = $_SERVER['HTTP_X_TEST_COST'] ?? '';
if ( ! $cost || ! ctype_xdigit( $cost ) ) {
	return;
}

add_action(
	'shutdown',
	static function () use ( $cost ) {
		global $wpdb;
		$plugin  = realpath( WP_PLUGIN_DIR . '/domain-sync-for-runcloud' ) . '/';
		$files   = array_filter( get_included_files(), static fn( $file ) => str_starts_with( realpath( $file ), $plugin ) );
		$queries = array_filter( $wpdb->queries, static fn( $query ) => str_contains( $query[2], 'Domain_Sync_For_RunCloud' ) );
		$found   = array(
			'files'       => array_values( array_map( static fn( $file ) => substr( realpath( $file ), strlen( $plugin ) ), $files ) ),
			'queries'     => array_values( array_map( static fn( $query ) => "$query[0] ($query[2])", $queries ) ),
			'all_queries' => count( $wpdb->queries ),
		);
		file_put_contents( dirname( ABSPATH ) . "/cost-$cost.json", json_encode( $found ) );
	},
	PHP_INT_MAX
);
