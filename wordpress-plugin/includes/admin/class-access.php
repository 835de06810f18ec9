<?php
/**
 * Who may see the screens and act there.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Hooks;

/**
 * Asked by every screen, every action and every renewal. What cannot be asked is "no".
 */
final class Access {

	/** The capability by default: who may change the settings of the network. */
	const CAPABILITY = 'manage_network_options';

	/** The capability that is needed. */
	public static function capability(): string {
		$asked = Hooks::ask(
			static function (): mixed {
				/**
				 * Filters which capability the screens need. One that admins of single sites have shows them the domains of all.
				 *
				 * @since 0.1.0
				 *
				 * @param string $capability A capability.
				 */
				return apply_filters( 'domain_sync_capability', self::CAPABILITY );
			},
			self::CAPABILITY,
			'domain_sync_capability'
		);
		return is_string( $asked ) && '' !== $asked ? $asked : 'do_not_allow';
	}

	/** Whether who is logged in may. The data are those of the main network, whose admins are asked only. */
	public static function is_allowed(): bool {
		return is_main_network() && current_user_can( self::capability() );
	}

	/**
	 * Ends the request of somebody who may not, or whom another page sent.
	 *
	 * @param string $nonce What the nonce is for.
	 */
	public static function must( string $nonce ): void {
		if ( 'POST' !== Input::method() || ! self::is_allowed() ) {
			wp_die( esc_html__( 'Only an admin of the network can do this.', 'domain-sync-for-runcloud' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $nonce );
	}
}
