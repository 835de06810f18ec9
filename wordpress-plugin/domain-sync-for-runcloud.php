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
 * Network:           true
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $name ): void {
		if ( ! str_starts_with( $name, __NAMESPACE__ . '\\' ) ) {
			return;
		}
		$parts = explode( '\\', strtolower( str_replace( '_', '-', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) ) );
		$file  = 'class-' . array_pop( $parts ) . '.php';
		$path  = __DIR__ . '/includes/' . implode( '/', array( ...$parts, $file ) );
		if ( is_file( $path ) ) {
			require $path;
		}
	}
);

register_activation_hook( __FILE__, array( Plugin::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Plugin::class, 'deactivate' ) );

Plugin::instance()->start();
