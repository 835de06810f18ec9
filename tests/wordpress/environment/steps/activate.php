<?php
/** Third step: Ultimate Multisite (the double or a real copy) on for the whole network. */

require __DIR__ . '/start.php';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$result = activate_plugin( 'ultimate-multisite/ultimate-multisite.php', '', true );
if ( is_wp_error( $result ) ) {
	throw new RuntimeException( $result->get_error_message() );
}

define( 'STEP_DONE', true );
