<?php
/**
 * Takes over in Ultimate Multisite 2.4.10 and before.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Credentials;
use Domain_Sync_For_RunCloud\Plugin;

/**
 * Each provider is a singleton that binds itself when Ultimate Multisite loads it. Ours takes the built-in one's place right after.
 */
final class Legacy_Take_Over {

	const BUILT_IN = 'WP_Ultimo\Integrations\Host_Providers\Runcloud_Host_Provider';

	/**
	 * Takes nothing over yet.
	 *
	 * @param Plugin $plugin Whose events are bound instead.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/**
	 * Waits until the built-in providers are there. Later versions fire the action too, but have no such class.
	 */
	public function bind(): void {
		add_action( 'wp_ultimo_host_providers_load', array( $this, 'take_over' ) );
	}

	/**
	 * Unbinds the built-in provider, puts ours in its place, and binds our handlers if the integration is on and set up.
	 */
	public function take_over(): void {
		if ( ! class_exists( self::BUILT_IN ) ) {
			return;
		}
		$built_in = ( self::BUILT_IN )::get_instance();
		foreach ( array( 'domain', 'subdomain' ) as $what ) {
			remove_action( "wu_add_$what", array( $built_in, "on_add_$what" ), 10 );
			remove_action( "wu_remove_$what", array( $built_in, "on_remove_$what" ), 10 );
		}
		remove_filter( 'wu_domain_manager_get_integrations', array( $built_in, 'self_register' ) );
		remove_action( 'init', array( $built_in, 'add_to_integration_list' ) );
		remove_action( 'init', array( $built_in, 'alert_provider_not_setup' ) );

		// What it says to those with a key and secret, before anybody can stop it: that they cannot be used any more.
		add_filter( 'wu_admin_notices', static fn( $notices ) => array_diff_key( (array) $notices, array( 'should-enable-runcloudv3-integration' => true ) ) );

		// Its instance is then the one that the built-in class gives as well.
		$ours = Runcloud_Provider::get_instance();
		if ( $ours->is_enabled() && Credentials::read()->is_complete() ) {
			$this->plugin->events()->bind();
		}
	}
}
