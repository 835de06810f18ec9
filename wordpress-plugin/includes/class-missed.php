<?php
/**
 * Finds the hosts of which nobody told.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * A process may die after the network has written a domain record or a site, and before any event of it was heard. So every sweep looks
 * once at each record and each site that is newer than the last one it looked at.
 */
final class Missed {

	/** Hosts that one sweep looks at. */
	const BATCH = 200;

	/**
	 * Looks at nothing yet.
	 *
	 * @param Ultimate_Multisite $um    The network.
	 * @param Hosts              $hosts Turns a look into a wish.
	 */
	public function __construct(
		private readonly Ultimate_Multisite $um,
		private readonly Hosts $hosts
	) {}

	/**
	 * Remembers what there is when the plugin comes: that is older than the plugin, and nobody asked for it yet.
	 */
	public static function begin(): void {
		update_network_option( null, Schema::OPTION_SEEN, Ultimate_Multisite::newest() );
	}

	/**
	 * Looks at what is new. A wish that is written already stays as it is.
	 */
	public function look(): void {
		$seen = get_network_option( null, Schema::OPTION_SEEN );
		if ( ! is_array( $seen ) ) {
			self::begin();
			return;
		}
		foreach ( $seen as $kind => $id ) {
			foreach ( $this->um->newer_than( $kind, (int) $id, self::BATCH ) as $newer => $host ) {
				$this->hosts->look( $host, false );
				$seen[ $kind ] = $newer;
			}
		}
		update_network_option( null, Schema::OPTION_SEEN, $seen );
	}
}
