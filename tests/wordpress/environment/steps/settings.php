<?php
/** Last step of the layout, with Ultimate Multisite fully loaded: its settings. */

require __DIR__ . '/start.php';
require $argv[1] . '/wp-load.php';

if ( ! WP_Ultimo()->is_loaded() ) {
	throw new RuntimeException( 'Ultimate Multisite did not load.' );
}
// Its early loader reads the raw setting, which counts as off until it was saved once.
wu_save_setting( 'enable_domain_mapping', true );
wu_save_setting( 'auto_create_www_subdomain', 'never' );
update_network_option( null, 'wu_host_integrations_enabled', array( 'runcloud' => true ) );

// The real queue spends its first minutes on moving over what an older one may have left, and does not keep all of its promises until then.
if ( class_exists( 'ActionScheduler_DataController' ) ) {
	ActionScheduler_DataController::mark_migration_complete();
}

define( 'STEP_DONE', true );
