<?php
/**
 * How long to wait before the next try.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Doubles from one try to the next, up to a limit, with a random part so that many hosts do not come back at the same moment.
 */
final class Back_Off {

	/** Seconds after which a step that never worked counts as failed. */
	const GIVE_UP_AFTER = DAY_IN_SECONDS;

	/** How many tries that makes, about, for what has no time of its own: an hour's doubling, then one an hour. */
	const TRIES_OF_A_DAY = 36;

	/**
	 * Seconds to wait: between half and all of the doubled time.
	 *
	 * @param int $attempts Tries so far, at least 1.
	 * @param int $first    Seconds after the first try.
	 * @param int $limit    Seconds at most.
	 */
	public static function seconds( int $attempts, int $first, int $limit ): int {
		$full = min( $limit, $first * 2 ** min( 20, max( 0, $attempts - 1 ) ) );
		return wp_rand( intdiv( $full, 2 ), $full );
	}

	/**
	 * Seconds until a failed call is made again: what the panel asked for, else 30 seconds doubling; an hour at most, so that
	 * an absurd date does not use up the day in one try.
	 *
	 * @param Outcome $outcome  How the call ended.
	 * @param int     $attempts Tries so far, at least 1.
	 */
	public static function after( Outcome $outcome, int $attempts ): int {
		return null !== $outcome->retry_after
			? (int) ceil( min( HOUR_IN_SECONDS, max( 1.0, $outcome->retry_after ) ) )
			: self::seconds( $attempts, 30, HOUR_IN_SECONDS );
	}
}
