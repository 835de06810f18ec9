<?php
/**
 * Plugin Name: Ultimate Multisite (test double)
 * Description: Plays the part of Ultimate Multisite that host integrations see. For tests only: it maps domains and queues events, nothing else.
 * Version:     0.0.0
 * Network:     true
 *
 * The constant WU_DOUBLE_INTEGRATIONS chooses what is played: "registry" (2.4.11 and later, the default) or "legacy" (2.4.10 and before).
 */

defined( 'ABSPATH' ) || exit;

define( 'WP_ULTIMO_PLUGIN_FILE', __FILE__ );
define( 'WP_ULTIMO_PLUGIN_DIR', __DIR__ . '/' );
if ( ! defined( 'WU_DOUBLE_INTEGRATIONS' ) ) {
	define( 'WU_DOUBLE_INTEGRATIONS', 'registry' );
}

require_once __DIR__ . '/class-wp-ultimo.php';

function WP_Ultimo() { // phpcs:ignore WordPress.NamingConventions.ValidFunctionName -- the name that others call.
	return WP_Ultimo::get_instance();
}

WP_Ultimo()->init();
