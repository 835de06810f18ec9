<?php
/**
 * What the plugin listens to, and whether it is in charge.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Admin\Connection_Test;
use Domain_Sync_For_RunCloud\Admin\Notices;
use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Sync\Handover;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Stage;
use Domain_Sync_For_RunCloud\Um\Take_Over;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Binds the entry points. A visitor's page loads the few files that do so, and asks the database nothing.
 */
final class Plugin {

	/** The oldest version of the PHP extension that has all that is called. */
	const MINIMUM_EXTENSION = '0.1.0';

	/** Listens, in every kind of request. */
	public static function start(): void {
		Queue::bind();
		Take_Over::bind();
		Stage::bind();
		Handover::bind();
		add_action( 'network_admin_notices', array( Notices::class, 'show' ) );
		add_action( 'admin_post_' . Notices::CONFIRM, array( Notices::class, 'confirm_network' ) );
	}

	/**
	 * Why the PHP extension cannot be used in this process, as a sentence; null when it can.
	 */
	public static function missing_extension(): ?string {
		$version = phpversion( 'runcloud' );
		if ( false === $version ) {
			return __( 'The PHP extension "runcloud" is not loaded.', 'domain-sync-for-runcloud' );
		}
		if ( version_compare( $version, self::MINIMUM_EXTENSION, '<' ) ) {
			/* translators: 1: version of the extension, 2: version that is needed. */
			return sprintf( __( 'The PHP extension "runcloud" is too old: version %1$s is loaded, %2$s or later is needed.', 'domain-sync-for-runcloud' ), $version, self::MINIMUM_EXTENSION );
		}
		return null;
	}

	/** Whether the admin switched the integration on. */
	public static function is_switched_on(): bool {
		return Ultimate_Multisite::is_switched_on();
	}

	/**
	 * Whether this process may act at RunCloud: the extension is here, Ultimate Multisite runs, the integration is set up and switched on, and this
	 * is no copy of the network.
	 */
	public static function is_in_charge(): bool {
		return null === self::missing_extension() && Ultimate_Multisite::is_loaded() && self::is_switched_on() && null === Identity::obstacle() && Credentials::read()->is_complete();
	}

	/**
	 * A real answer to "does it work?", as Ultimate Multisite's wizard asks.
	 *
	 * @return true|\WP_Error
	 */
	public static function test_connection(): bool|\WP_Error {
		return Connection_Test::run();
	}
}
