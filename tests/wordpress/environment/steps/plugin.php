<?php
/** Our plugin on for the whole network, as the network's admin does it. */

require __DIR__ . '/start.php';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$result = activate_plugin( 'domain-sync-for-runcloud/domain-sync-for-runcloud.php', '', true );
if ( is_wp_error( $result ) ) {
	throw new RuntimeException( $result->get_error_message() );
}

define( 'STEP_DONE', true );
