<?php
/**
 * Whether this is still the network on which the plugin was switched on.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * A copy of a network (staging) has the rows and the credentials of the real one. What happens on it must not reach the real web
 * application, so a network whose main domain is another one than before sends nothing until the plugin is switched on anew.
 */
final class Network_Identity {

	/**
	 * This is the network from now on.
	 */
	public static function remember(): void {
		update_network_option( null, Schema::OPTION_NETWORK, self::mark() );
	}

	/**
	 * Whether it is the one that was remembered.
	 */
	public static function is_known(): bool {
		return in_array( get_network_option( null, Schema::OPTION_NETWORK, '' ), array( '', self::mark() ), true );
	}

	/**
	 * What to do when it is another one, as a sentence for the admin.
	 */
	public static function advice(): string {
		return __( 'The main domain of this network is another one than when Domain Sync for RunCloud was activated. It may be a copy, so nothing is sent to RunCloud. If it is the real network, deactivate the plugin and activate it again.', 'domain-sync-for-runcloud' );
	}

	/**
	 * Not the domain in plain words, which a search and replace over the copied database would change as well.
	 */
	private static function mark(): string {
		return md5( (string) get_network()?->domain );
	}
}
