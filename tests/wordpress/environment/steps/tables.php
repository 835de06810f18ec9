<?php
/** Fourth step, in the first request that has Ultimate Multisite: its tables, and the mark that its own wizard sets at the end. */

require __DIR__ . '/start.php';
require $argv[1] . '/wp-load.php';

WP_Ultimo\Installers\Core_Installer::get_instance()->_install_database_tables();
update_network_option( null, 'wu_setup_finished', time() );

define( 'STEP_DONE', true );
