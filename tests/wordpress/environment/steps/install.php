<?php
/** First step: a single site with an administrator. */

require __DIR__ . '/start.php';
define( 'WP_INSTALLING', true );
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'The network', 'admin', 'admin@' . getenv( 'NETWORK_DOMAIN' ), true, '', 'password' );

define( 'STEP_DONE', true );
