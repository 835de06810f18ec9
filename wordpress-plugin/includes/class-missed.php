<?php
/**
 * Finds the hosts of which no event came.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * A process may die after the network has written or deleted a domain record or a site, and before any event of it was handled. So every
 * sweep compares the table with the network. What is older than the plugin is left out: nobody asked for it yet.
 */
final class Missed {

	/** New hosts that one sweep looks at. */
	const BATCH = 200;

	/**
	 * More hosts than this are not missed. If that many are missing the database is another one, such as an old backup.
	 */
	const MOST_GONE = 10;

	/**
	 * Looks at nothing yet.
	 *
	 * @param Ultimate_Multisite $um    The network.
	 * @param Hosts              $hosts Turns a look into a desired state.
	 * @param Log                $log   The log.
	 */
	public function __construct(
		private readonly Ultimate_Multisite $um,
		private readonly Hosts $hosts,
		private readonly Log $log
	) {}

	/**
	 * Remembers what there is when the plugin comes.
	 */
	public static function begin(): void {
		update_network_option( null, Schema::OPTION_BEFORE, Ultimate_Multisite::newest() );
	}

	/**
	 * Looks at what is new, and at what is gone. A row that is written already stays as it is.
	 */
	public function look(): void {
		$before = get_network_option( null, Schema::OPTION_BEFORE );
		if ( ! is_array( $before ) ) {
			self::begin();
			return;
		}
		try {
			foreach ( $this->um->not_desired( Schema::table(), $before, self::BATCH ) as $host ) {
				$this->hosts->look( $host, false );
			}
			$this->look_at_the_gone();
		} catch ( \Throwable $e ) {
			$this->log->error( 'Whether a change of the network was missed is left for the next sweep: ' . $e->getMessage() );
		}
	}

	/**
	 * Looks at hosts that were renamed, moved or removed, and at the others of their sites: one of these may be the new name.
	 */
	private function look_at_the_gone(): void {
		$gone = $this->um->not_here( Schema::table(), self::MOST_GONE + 1 );
		if ( count( $gone ) > self::MOST_GONE ) {
			$this->log->warning( 'More than ' . self::MOST_GONE . ' mapped hosts are missing from the network at once, as after restoring a backup. They were left at RunCloud; unmap them there if they are to go.' );
			return;
		}
		foreach ( $gone as $host => $site_id ) {
			$this->hosts->look( $host, false );
			foreach ( $this->um->hosts_of( $site_id ) as $other ) {
				$this->hosts->look( $other, false );
			}
		}
	}
}
