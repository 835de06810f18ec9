<?php
/** Third step: Ultimate Multisite (the double or a real copy) on for the whole network, with its tables and its settings saved. */

require __DIR__ . '/start.php';
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$result = activate_plugin( 'ultimate-multisite/ultimate-multisite.php', '', true );
if ( is_wp_error( $result ) ) {
	throw new RuntimeException( $result->get_error_message() );
}
WP_Ultimo\Installers\Core_Installer::get_instance()->_install_database_tables();
update_network_option( null, 'wu_setup_finished', time() );

define( 'STEP_DONE', true );
