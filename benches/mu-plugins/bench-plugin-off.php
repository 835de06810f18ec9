<?php
/**
 * Plugin Name: Bench plugin off
 * Description: With the header X-Bench-Plugin: off a request is served as if Domain Sync for RunCloud were not activated. For benchmarks only.
 */

if ( 'off' === ( $_SERVER['HTTP_X_BENCH_PLUGIN'] ?? '' ) ) {
	add_filter(
		'site_option_active_sitewide_plugins',
		static fn( $plugins ) => array_diff_key( $plugins, array( 'domain-sync-for-runcloud/domain-sync-for-runcloud.php' => 1 ) )
	);
}
