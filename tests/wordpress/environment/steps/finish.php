<?php
/** Last step, with Ultimate Multisite fully loaded: its settings, and our plugin on. */

require __DIR__ . '/start.php';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

if ( ! WP_Ultimo()->is_loaded() ) {
	throw new RuntimeException( 'Ultimate Multisite did not load.' );
}
// Its early loader reads the raw setting, which counts as off until it was saved once.
wu_save_setting( 'enable_domain_mapping', true );
wu_save_setting( 'auto_create_www_subdomain', 'never' );
update_network_option( null, 'wu_host_integrations_enabled', array( 'runcloud' => true ) );

if ( is_file( WP_PLUGIN_DIR . '/domain-sync-for-runcloud/domain-sync-for-runcloud.php' ) ) {
	$result = activate_plugin( 'domain-sync-for-runcloud/domain-sync-for-runcloud.php', '', true );
	if ( is_wp_error( $result ) ) {
		throw new RuntimeException( $result->get_error_message() );
	}
}

define( 'STEP_DONE', true );
