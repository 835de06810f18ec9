<?php
/**
 * Plugin Name: Test clock
 * Description: Lets time pass: moves every time that is written down back instead. For tests only.
 */

/**
 * Makes what is due later due by that much sooner: rows, looks, queued jobs, blocks, and the traces of dead processes.
 *
 * @param int $seconds Seconds.
 */
function test_clock_let_time_pass( $seconds ) {
	global $wpdb;
	static $columns = null;
	$columns ??= $wpdb->get_results(
		"SELECT TABLE_NAME AS t, GROUP_CONCAT( COLUMN_NAME ) AS c FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE = 'datetime'
		AND TABLE_NAME IN ('wp_domain_sync_domains', 'wp_domain_sync_events', 'wp_actionscheduler_actions', 'wp_actionscheduler_claims') GROUP BY TABLE_NAME"
	);
	foreach ( $columns as $table ) {
		$set = array_map( static fn( $column ) => "$column = IF( $column > '1970-01-02', $column - INTERVAL $seconds SECOND, $column )", explode( ',', $table->c ) );
		$wpdb->query( "UPDATE $table->t SET " . implode( ', ', $set ) );
	}
	// The real queue has the time of an action a second time, within its serialized schedule, and tells that one when it is asked.
	$earlier = static fn( $time ) => (string) ( $time[0] - $seconds );
	foreach ( $wpdb->get_results( "SELECT action_id, schedule FROM wp_actionscheduler_actions WHERE status = 'pending' AND schedule LIKE '%\\_timestamp\"%'" ) as $action ) {
		$schedule = preg_replace_callback( '/(?<=_timestamp";i:)\d+/', $earlier, $action->schedule );
		$wpdb->update( 'wp_actionscheduler_actions', array( 'schedule' => $schedule ), array( 'action_id' => $action->action_id ) );
	}
	$back = static function ( $value ) use ( &$back, $seconds ) {
		return is_array( $value ) ? array_map( $back, $value ) : ( is_int( $value ) && $value > 1000000000 ? $value - $seconds : $value );
	};
	// Past the caches, as the plugin has them.
	foreach ( array( 'domain_sync_walk', 'domain_sync_inventory', 'domain_sync_review', 'domain_sync_web_app', 'domain_sync_nonce', 'domain_sync_renewal_windows', 'domain_sync_handover', 'domain_sync_mail', 'domain_sync_tables_lost_at', 'domain_sync_limits', 'domain_sync_connection' ) as $option ) {
		$value = $wpdb->get_var( $wpdb->prepare( "SELECT meta_value FROM $wpdb->sitemeta WHERE meta_key = %s", $option ) );
		$json  = is_array( json_decode( (string) $value, true ) );
		if ( is_numeric( $value ) ) {
			$moved = $value - $seconds;
		} elseif ( $json ) {
			$moved = json_encode( $back( json_decode( $value, true ) ) );
		} elseif ( is_serialized( $value ) ) {
			$moved = serialize( $back( unserialize( $value ) ) );
		} else {
			continue;
		}
		$wpdb->update( $wpdb->sitemeta, array( 'meta_value' => $moved ), array( 'meta_key' => $option ) );
		wp_cache_delete( get_main_network_id() . ":$option", 'site-options' );
	}
}
