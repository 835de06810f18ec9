<?php
/**
 * A time of silence for all jobs.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * When the panel says that it has had enough requests, every job would get the same answer. So all of them wait, in every process.
 */
final class Pause {

	/** Seconds to wait when the panel does not say how long. Its limit counts by the minute. */
	const DEFAULT_SECONDS = 60;

	/**
	 * Seconds of a pause at most. A date that is wrong, or a month's quota that is spent, must not stop everything for weeks unseen:
	 * one call an hour finds out.
	 */
	const LONGEST_SECONDS = HOUR_IN_SECONDS;

	/**
	 * When the pause ends, as a Unix time; 0 when there is none.
	 *
	 * Read past the object cache: another process may have begun the pause while this one was running.
	 */
	public function ends_at(): int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- see above.
		$until = (int) $wpdb->get_var(
			$wpdb->prepare( "SELECT meta_value FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s ORDER BY meta_id LIMIT 1", get_current_network_id(), Schema::OPTION_PAUSE )
		);
		return $until > time() ? $until : 0;
	}

	/**
	 * Begins a pause, or makes a shorter one longer.
	 *
	 * @param float|null $seconds How long, as the panel asked; null when it did not say.
	 *
	 * @return int When the pause ends, as a Unix time.
	 */
	public function begin( ?float $seconds ): int {
		$seconds = (int) ceil( min( self::LONGEST_SECONDS, max( 1.0, $seconds ?? self::DEFAULT_SECONDS ) ) );
		$until   = max( $this->ends_at(), time() + $seconds );
		update_network_option( null, Schema::OPTION_PAUSE, $until );
		return $until;
	}

	/**
	 * Ends a pause: the panel is known to answer again.
	 */
	public function end(): void {
		update_network_option( null, Schema::OPTION_PAUSE, 0 );
	}
}
