<?php
/**
 * One call to RunCloud that somebody waits for.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Panel\Limits;
use WP_CLI;

/**
 * Takes the lease that runs take, so that one process calls RunCloud at a time, and gives it back.
 */
final class Turn {

	/** Seconds to wait for the lease: a run that was killed loses it within them. */
	private const PATIENCE = Limits::LEASE + 15;

	/**
	 * Does something while this process has the lease. Ends the command where it does not get it.
	 *
	 * @template T
	 *
	 * @param callable(): T $call What.
	 *
	 * @return T
	 */
	public static function take( callable $call ): mixed {
		$owner = bin2hex( random_bytes( 8 ) );
		$until = time() + self::PATIENCE;
		while ( ! Limits::take_lease( $owner ) ) {
			if ( time() >= $until ) {
				WP_CLI::error( __( 'Another process calls RunCloud, and only one does at a time; try again in a minute.', 'domain-sync-for-runcloud' ) );
			}
			sleep( 1 );
		}
		try {
			return $call();
		} finally {
			Limits::end_lease( $owner );
		}
	}
}
