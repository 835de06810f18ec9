<?php
/**
 * The domains of the network, one row for each host, and every change of their states.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Each change is one UPDATE that names what it expects to find, so it happens whole or not at all, whoever else is at work:
 *
 * - the desired state is written where nobody wrote another since it was read (same generation, same claim);
 * - a job claims a row before it acts, and only one job can;
 * - a job's answer is written where its claim still stands and the desired state did not change; a newer one stays as it is, and waits.
 *
 * A claim runs out, so a job that died leaves a row that is due again.
 */
final class Domains {

	/** Seconds a job may take before it counts as dead: two calls with the extension's default deadline of 60, and room. */
	const CLAIM_SECONDS = 180;

	/**
	 * Reads through the reader.
	 *
	 * @param Domain_Reader $reader Reads rows.
	 */
	public function __construct( private readonly Domain_Reader $reader ) {}

	/**
	 * Writes that the network wants a host. Nothing changes if it is wanted already.
	 *
	 * @param string $host    Host name, normalised.
	 * @param int    $site_id The site it belongs to.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 * @param bool   $reopen  Whether what had failed is to be tried again.
	 *
	 * @return Domain|null The row, if there is something to be done for it.
	 */
	public function want( string $host, int $site_id, bool $by_hand, bool $reopen ): ?Domain {
		for ( $try = 0; $try < 5; $try++ ) {
			$domain = $this->reader->find( $host );
			if ( null === $domain ) {
				$written = $this->insert( $host, $site_id, $by_hand );
			} elseif ( $domain->wants_host() && ! ( $reopen && Domain::FAILED === $domain->state ) ) {
				if ( $domain->site_id !== $site_id || $domain->by_hand !== $by_hand ) {
					Rows::change( 'UPDATE %i SET site_id = %d, by_hand = %d WHERE id = %d', $site_id, (int) $by_hand, $domain->id );
				}
				return null;
			} else {
				// A removal that no job has begun leaves RunCloud as it was: nothing is to be sent.
				$still_there = ! $domain->wants_host() && $domain->is_known_to_be_there() && ! $domain->is_claimed();
				$written     = $this->rewrite( $domain, Domain::PRESENT, $still_there ? Domain::MAPPED : Domain::WAITING, $site_id, $by_hand );
			}
			if ( $written ) {
				return $this->reader->find( $host );
			}
		}
		throw new \RuntimeException( "The desired state of $host could not be written." );
	}

	/**
	 * Writes that the network does not want a host any more. If RunCloud was never asked for it, the row simply goes.
	 *
	 * @param string $host   Host name, normalised.
	 * @param bool   $reopen Whether a removal that had failed is to be tried again.
	 *
	 * @return Domain|null The row, if there is something to be done for it.
	 */
	public function unwant( string $host, bool $reopen ): ?Domain {
		for ( $try = 0; $try < 5; $try++ ) {
			$domain = $this->reader->find( $host );
			if ( null === $domain || ( ! $domain->wants_host() && ! ( $reopen && Domain::FAILED === $domain->state ) ) ) {
				return null;
			}
			if ( '' === $domain->asked && ! $domain->is_claimed() ) {
				if ( Rows::change( "DELETE FROM %i WHERE id = %d AND generation = %d AND claim = %s AND asked = ''", $domain->id, $domain->generation, $domain->claim ) ) {
					return null;
				}
			} elseif ( $this->rewrite( $domain, Domain::ABSENT, Domain::WAITING, $domain->site_id, false ) ) {
				return $this->reader->find( $host );
			}
		}
		throw new \RuntimeException( "The removal of $host could not be written." );
	}

	/**
	 * Takes a row up, if something is to be done and no other job has it.
	 *
	 * @param int $id The row's id.
	 *
	 * @return Domain|null The row as this job has it.
	 */
	public function claim( int $id ): ?Domain {
		$claim   = self::new_claim();
		$claimed = Rows::change(
			"UPDATE %i SET claim = %s, claimed_until = %s, attempts = attempts + 1, state = IF( state = 'mapped', state, 'working' ), updated_at = %s WHERE id = %d AND " . Domain_Reader::DUE,
			$claim,
			Rows::now( self::CLAIM_SECONDS ),
			Rows::now(),
			$id,
			Rows::now(),
			Rows::now()
		);
		return $claimed ? $this->reader->held( $id, $claim ) : null;
	}

	/**
	 * A mark that no other job has. Not from WordPress's own generator, which repeats itself where some plugin seeds PHP's.
	 */
	public static function new_claim(): string {
		return bin2hex( random_bytes( 16 ) );
	}

	/**
	 * Notes what RunCloud is about to be asked, before the request leaves: a job that dies cannot forget it then.
	 *
	 * @param Domain $domain The claimed row.
	 * @param bool   $www    Whether "www." is asked for as well.
	 */
	public function note_asked( Domain $domain, bool $www ): void {
		$asked = Rows::change(
			'UPDATE %i SET asked = %s, asked_at = COALESCE( asked_at, %s ), www = %d, updated_at = %s WHERE id = %d AND claim = %s',
			$domain->desired,
			Rows::now(),
			(int) $www,
			Rows::now(),
			$domain->id,
			$domain->claim
		);
		// Nothing changed can also mean that the very same was written a moment ago.
		if ( ! $asked && ( $this->reader->get( $domain->id )->claim ?? '' ) !== $domain->claim ) {
			throw new \RuntimeException( "Another job took over {$domain->host}." );
		}
	}

	/**
	 * Notes what RunCloud has, whatever became of the desired state meanwhile. Who made a domain is never forgotten while it stands.
	 *
	 * @param Domain $domain    The claimed row.
	 * @param int    $remote_id The domain's id at RunCloud.
	 * @param bool   $owned     Whether it was made for this network by this plugin.
	 */
	public function has_seen_domain( Domain $domain, int $remote_id, bool $owned ): void {
		Rows::change( 'UPDATE %i SET remote_id = %d, owned = GREATEST( owned, %d ), updated_at = %s WHERE id = %d', $remote_id, (int) $owned, Rows::now(), $domain->id );
	}

	/**
	 * RunCloud serves the host.
	 *
	 * @param Domain $domain      The claimed row.
	 * @param string $certificate State of its certificate.
	 * @param int    $next_try_at When DNS is looked at, as a Unix time.
	 *
	 * @return bool Whether the desired state is still the same.
	 */
	public function is_mapped( Domain $domain, string $certificate, int $next_try_at ): bool {
		return Rows::settle(
			$domain,
			"state = 'mapped', attempts = 0, last_error = '', mapped_at = COALESCE( mapped_at, %s ), certificate = IF( resolves_at IS NOT NULL AND %s = 'waiting-for-dns', 'due', %s ), certificate_error = '', next_try_at = IF( resolves_at IS NULL, %s, %s )",
			Rows::now(),
			$certificate,
			$certificate,
			Rows::at( $next_try_at ),
			Rows::now()
		);
	}

	/**
	 * A wildcard serves the host.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public function is_covered( Domain $domain ): bool {
		return Rows::settle( $domain, "state = 'covered', attempts = 0, last_error = '', certificate = 'none'" );
	}

	/**
	 * Nothing is left to be done for a host that is not wanted: the row goes. A newer desired state stays, and starts from nothing.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public function is_gone( Domain $domain ): bool {
		if ( Rows::change( 'DELETE FROM %i WHERE id = %d AND claim = %s AND generation = %d', $domain->id, $domain->claim, $domain->generation ) ) {
			return true;
		}
		Rows::change( "UPDATE %i SET claim = '', claimed_until = NULL, asked = '', asked_at = NULL, remote_id = 0, owned = 0, certificate_id = 0 WHERE id = %d AND claim = %s", $domain->id, $domain->claim );
		return false;
	}

	/**
	 * It did not work yet.
	 *
	 * @param Domain $domain  The claimed row.
	 * @param int    $seconds Seconds until the next try.
	 * @param string $error   Why.
	 */
	public function try_again_in( Domain $domain, int $seconds, string $error ): bool {
		return Rows::settle( $domain, "state = IF( state = 'mapped', state, 'retrying' ), next_try_at = %s, last_error = %s", Rows::now( $seconds ), $error );
	}

	/**
	 * It will not work until somebody does something.
	 *
	 * @param Domain $domain      The claimed row.
	 * @param string $error       Why, and what to do.
	 * @param bool   $never_asked Whether it is certain that RunCloud has nothing of this host.
	 */
	public function has_failed( Domain $domain, string $error, bool $never_asked ): bool {
		return Rows::settle(
			$domain,
			"state = 'failed', last_error = %s, asked = IF( %d, '', asked ), asked_at = IF( %d, NULL, asked_at )",
			$error,
			(int) $never_asked,
			(int) $never_asked
		);
	}

	/**
	 * DNS does not point here yet.
	 *
	 * @param Domain $domain  The claimed row.
	 * @param int    $seconds Seconds until it is looked at again.
	 */
	public function look_at_dns_in( Domain $domain, int $seconds ): bool {
		return Rows::settle( $domain, 'next_try_at = %s', Rows::now( $seconds ) );
	}

	/**
	 * Has failed steps tried again.
	 *
	 * @param int $since Unix time; what failed before stays as it is.
	 *
	 * @return int How many.
	 */
	public function try_failed_again( int $since ): int {
		return Rows::change(
			"UPDATE %i SET state = 'waiting', generation = generation + 1, attempts = 0, desired_since = %s, next_try_at = %s, updated_at = %s WHERE state = 'failed' AND updated_at >= %s",
			Rows::now(),
			Rows::now(),
			Rows::now(),
			Rows::at( $since )
		);
	}

	/**
	 * A first row for a host. Fails without harm when another process was faster.
	 *
	 * @param string $host    Host name.
	 * @param int    $site_id The site it belongs to.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 */
	private function insert( string $host, int $site_id, bool $by_hand ): int {
		return Rows::change(
			"INSERT IGNORE INTO %i (host, site_id, by_hand, last_error, certificate_error, next_try_at, desired_since, updated_at) VALUES (%s, %d, %d, '', '', %s, %s, %s)",
			$host,
			$site_id,
			(int) $by_hand,
			Rows::now(),
			Rows::now(),
			Rows::now()
		);
	}

	/**
	 * A new desired state for a host that has a row, if nobody changed that row since it was read.
	 *
	 * @param Domain $domain  The row as it was read.
	 * @param string $desired Domain::PRESENT or Domain::ABSENT.
	 * @param string $state   Its state.
	 * @param int    $site_id The site it belongs to.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 */
	private function rewrite( Domain $domain, string $desired, string $state, int $site_id, bool $by_hand ): int {
		return Rows::change(
			"UPDATE %i SET desired = %s, state = %s, site_id = %d, by_hand = %d, generation = generation + 1, attempts = 0, last_error = '', desired_since = %s, next_try_at = %s, updated_at = %s WHERE id = %d AND generation = %d AND claim = %s",
			$desired,
			$state,
			$site_id,
			(int) $by_hand,
			Rows::now(),
			Rows::now(),
			Rows::now(),
			$domain->id,
			$domain->generation,
			$domain->claim
		);
	}
}
