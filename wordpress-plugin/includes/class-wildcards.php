<?php
/**
 * Whether a wildcard of the web application serves a host already.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * With "*.network.example" on the web application a new sub-site needs no domain of its own. Asked when the first sub-site shows
 * up, and seldom again: yes is kept for a week, no for a day.
 */
final class Wildcards {

	/**
	 * Asks nothing yet.
	 *
	 * @param Ultimate_Multisite $um       The network.
	 * @param Runcloud           $runcloud The panel.
	 * @param Web_App_Memory     $memory   What was learnt before.
	 */
	public function __construct(
		private readonly Ultimate_Multisite $um,
		private readonly Runcloud $runcloud,
		private readonly Web_App_Memory $memory
	) {}

	/**
	 * Whether the host is served by a wildcard.
	 *
	 * @param string $host Host name.
	 *
	 * @return Outcome bool
	 */
	public function cover( string $host ): Outcome {
		$base = $this->um->base_of( $host );
		// A wildcard stands for one label only.
		$outcome = null !== $base && ! str_contains( substr( $host, 0, -strlen( ".$base" ) ), '.' )
			? $this->known( $base )
			: Outcome::done( false, 0, 0 );
		if ( ! $outcome->ok ) {
			return $outcome;
		}
		/**
		 * Filters whether a wildcard serves a host, so that it gets no domain of its own at RunCloud.
		 *
		 * @param bool   $covered What the web application's domains say.
		 * @param string $host    Host name.
		 */
		$covered = (bool) apply_filters( 'domain_sync_wildcard_covers', $outcome->value, $host );
		return Outcome::done( $covered, $outcome->requests, $outcome->milliseconds );
	}

	/**
	 * Whether the web application has a wildcard for a base domain, from memory or from the panel.
	 *
	 * @param string $base Host name.
	 *
	 * @return Outcome bool
	 */
	private function known( string $base ): Outcome {
		$fact  = "wildcard of $base";
		$known = true === $this->memory->recall( $fact, WEEK_IN_SECONDS ) ? true : $this->memory->recall( $fact, DAY_IN_SECONDS );
		if ( null !== $known ) {
			return Outcome::done( $known, 0, 0 );
		}
		$own = $this->runcloud->find( $base );
		if ( ! $own->ok ) {
			return $own;
		}
		$star = null;
		if ( empty( $own->value['wildcard'] ) ) {
			$star = $this->runcloud->find( "*.$base" );
			if ( ! $star->ok ) {
				return $star;
			}
		}
		$found = ! empty( $own->value['wildcard'] ) || null !== $star?->value;
		$this->memory->keep( $fact, $found );
		return Outcome::done( $found, $own->requests + (int) $star?->requests, $own->milliseconds + (int) $star?->milliseconds );
	}
}
