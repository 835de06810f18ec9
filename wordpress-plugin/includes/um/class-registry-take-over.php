<?php
/**
 * Takes over in Ultimate Multisite 2.4.11 and later.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Plugin;

/**
 * There is a registry of integrations, where what is registered last under an id counts. The integration and its capability to map
 * domains are replaced before Ultimate Multisite binds any of them; it binds ours then, if the integration is on and set up.
 */
final class Registry_Take_Over {

	/**
	 * Takes nothing over yet.
	 *
	 * @param Plugin $plugin Whose events are bound instead.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/**
	 * Waits for the registry. Our classes extend Ultimate Multisite's, which are not there before: plugins load by the alphabet.
	 */
	public function bind(): void {
		add_action(
			'wu_register_integrations',
			static function ( $registry ): void {
				if ( class_exists( 'WP_Ultimo\Integrations\Providers\RunCloud\RunCloud_Integration' ) ) {
					$registry->register( new Runcloud_Integration() );
				}
			}
		);
		add_action(
			'wu_register_capabilities',
			function ( $registry ): void {
				if ( $registry->get( Ultimate_Multisite::INTEGRATION ) instanceof Runcloud_Integration ) {
					$registry->add_capability( Ultimate_Multisite::INTEGRATION, new Domain_Mapping( $this->plugin->events() ) );
				}
			}
		);
	}
}
