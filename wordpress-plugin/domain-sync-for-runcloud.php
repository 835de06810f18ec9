<?php
/**
 * Domain Sync for RunCloud
 *
 * @package           Domain_Sync_For_RunCloud
 * @license           GPL-2.0-or-later
 *
 * @wordpress-plugin
 * Plugin Name:       Domain Sync for RunCloud
 * Description:       A domain mapped in Ultimate Multisite is a domain at RunCloud, with its certificate. None is ever lost.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      8.2
 * Requires Plugins:  ultimate-multisite
 * Author:            The Domain Sync for RunCloud contributors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       domain-sync-for-runcloud
 * Domain Path:       /languages
 * Network:           true
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/autoload.php';
require_once __DIR__ . '/includes/functions.php';

register_activation_hook( __FILE__, array( Lifecycle::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Lifecycle::class, 'deactivate' ) );

Plugin::start();
