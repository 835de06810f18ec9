<?php
/**
 * The wishes of the network, one row per host, and every change of their states.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Each change is one UPDATE that names what it expects to find, so it happens whole or not at all, whoever else is at work:
 *
 * - a wish is written where nobody wrote another since it was read (same generation, same claim);
 * - a job claims a row before it acts, and only one job can;
 * - a job's answer is written where its claim still stands and no newer wish came in; a newer wish stays as it is, and waits.
 *
 * A claim runs out, so a job that died leaves a row that is due again.
 */
final class Wishes {

	/** Seconds a job may take before it counts as dead: two calls with the extension's default deadline of 60, and room. */
	const CLAIM_SECONDS = 180;

	/**
	 * Reads through the reader.
	 *
	 * @param Wish_Reader $reader Reads rows.
	 */
	public function __construct( private readonly Wish_Reader $reader ) {}

	/**
	 * Writes that the network wants a host. Nothing changes if it is wanted already.
	 *
	 * @param string $host    Host name, normalised.
	 * @param int    $site_id The site it belongs to.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 * @param bool   $reopen  Whether a wish that had failed is to be tried again.
	 *
	 * @return Wish|null The wish, if there is something to be done for it.
	 */
	public function want( string $host, int $site_id, bool $by_hand, bool $reopen ): ?Wish {
		for ( $try = 0; $try < 5; $try++ ) {
			$wish = $this->reader->find( $host );
			if ( null === $wish ) {
				$written = $this->insert( $host, $site_id, $by_hand );
			} elseif ( $wish->wants_host() && ! ( $reopen && Wish::FAILED === $wish->state ) ) {
				if ( $wish->site_id !== $site_id || $wish->by_hand !== $by_hand ) {
					Rows::change( 'UPDATE %i SET site_id = %d, by_hand = %d WHERE id = %d', $site_id, (int) $by_hand, $wish->id );
				}
				return null;
			} else {
				// A removal that no job has begun leaves RunCloud as it was: nothing is to be sent.
				$still_there = ! $wish->wants_host() && $wish->is_known_to_be_there() && ! $wish->is_claimed();
				$written     = $this->rewrite( $wish, Wish::PRESENT, $still_there ? Wish::MAPPED : Wish::WAITING, $site_id, $by_hand );
			}
			if ( $written ) {
				return $this->reader->find( $host );
			}
		}
		throw new \RuntimeException( "The wish for $host could not be written." );
	}

	/**
	 * Writes that the network does not want a host any more. If RunCloud was never asked for it, the wish simply goes.
	 *
	 * @param string $host   Host name, normalised.
	 * @param bool   $reopen Whether a removal that had failed is to be tried again.
	 *
	 * @return Wish|null The wish, if there is something to be done for it.
	 */
	public function unwant( string $host, bool $reopen ): ?Wish {
		for ( $try = 0; $try < 5; $try++ ) {
			$wish = $this->reader->find( $host );
			if ( null === $wish || ( ! $wish->wants_host() && ! ( $reopen && Wish::FAILED === $wish->state ) ) ) {
				return null;
			}
			if ( '' === $wish->told && ! $wish->is_claimed() ) {
				if ( Rows::change( "DELETE FROM %i WHERE id = %d AND generation = %d AND claim = %s AND told = ''", $wish->id, $wish->generation, $wish->claim ) ) {
					return null;
				}
			} elseif ( $this->rewrite( $wish, Wish::ABSENT, Wish::WAITING, $wish->site_id, false ) ) {
				return $this->reader->find( $host );
			}
		}
		throw new \RuntimeException( "The wish to remove $host could not be written." );
	}

	/**
	 * Takes a wish up, if something is to be done and no other job has it.
	 *
	 * @param int $id The row's id.
	 *
	 * @return Wish|null The wish as this job has it.
	 */
	public function claim( int $id ): ?Wish {
		$claim   = self::new_claim();
		$claimed = Rows::change(
			"UPDATE %i SET claim = %s, claimed_until = %s, attempts = attempts + 1, state = IF( state = 'mapped', state, 'working' ), updated_at = %s WHERE id = %d AND " . Wish_Reader::DUE,
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
	 * @param Wish $wish The claimed wish.
	 * @param bool $www  Whether "www." is asked for as well.
	 */
	public function telling( Wish $wish, bool $www ): void {
		$told = Rows::change(
			'UPDATE %i SET told = %s, told_at = COALESCE( told_at, %s ), www = %d, updated_at = %s WHERE id = %d AND claim = %s',
			$wish->wanted,
			Rows::now(),
			(int) $www,
			Rows::now(),
			$wish->id,
			$wish->claim
		);
		// Nothing changed can also mean that the very same was written a moment ago.
		if ( ! $told && ( $this->reader->get( $wish->id )->claim ?? '' ) !== $wish->claim ) {
			throw new \RuntimeException( "Another job took over {$wish->host}." );
		}
	}

	/**
	 * Notes what RunCloud has, whatever became of the wish meanwhile. Who made a domain is never forgotten while it stands.
	 *
	 * @param Wish $wish      The claimed wish.
	 * @param int  $remote_id The domain's id at RunCloud.
	 * @param bool $owned     Whether it was made for this network by this plugin.
	 */
	public function has_seen_domain( Wish $wish, int $remote_id, bool $owned ): void {
		Rows::change( 'UPDATE %i SET remote_id = %d, owned = GREATEST( owned, %d ), updated_at = %s WHERE id = %d', $remote_id, (int) $owned, Rows::now(), $wish->id );
	}

	/**
	 * RunCloud serves the host.
	 *
	 * @param Wish   $wish        The claimed wish.
	 * @param string $certificate State of its certificate.
	 * @param int    $next_try_at When DNS is looked at, as a Unix time.
	 *
	 * @return bool Whether no newer wish came in meanwhile.
	 */
	public function is_mapped( Wish $wish, string $certificate, int $next_try_at ): bool {
		return Rows::settle(
			$wish,
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
	 * @param Wish $wish The claimed wish.
	 */
	public function is_covered( Wish $wish ): bool {
		return Rows::settle( $wish, "state = 'covered', attempts = 0, last_error = '', certificate = 'none'" );
	}

	/**
	 * Nothing is left to be done for a host that is not wanted: the row goes. A newer wish stays, and starts from nothing.
	 *
	 * @param Wish $wish The claimed wish.
	 */
	public function is_gone( Wish $wish ): bool {
		if ( Rows::change( 'DELETE FROM %i WHERE id = %d AND claim = %s AND generation = %d', $wish->id, $wish->claim, $wish->generation ) ) {
			return true;
		}
		Rows::change( "UPDATE %i SET claim = '', claimed_until = NULL, told = '', told_at = NULL, remote_id = 0, owned = 0, certificate_id = 0 WHERE id = %d AND claim = %s", $wish->id, $wish->claim );
		return false;
	}

	/**
	 * It did not work yet.
	 *
	 * @param Wish   $wish    The claimed wish.
	 * @param int    $seconds Seconds until the next try.
	 * @param string $error   Why.
	 */
	public function try_again_in( Wish $wish, int $seconds, string $error ): bool {
		return Rows::settle( $wish, "state = IF( state = 'mapped', state, 'retrying' ), next_try_at = %s, last_error = %s", Rows::now( $seconds ), $error );
	}

	/**
	 * It will not work until somebody does something.
	 *
	 * @param Wish   $wish       The claimed wish.
	 * @param string $error      Why, and what to do.
	 * @param bool   $never_told Whether it is certain that RunCloud has nothing of this wish.
	 */
	public function has_failed( Wish $wish, string $error, bool $never_told ): bool {
		return Rows::settle(
			$wish,
			"state = 'failed', last_error = %s, told = IF( %d, '', told ), told_at = IF( %d, NULL, told_at )",
			$error,
			(int) $never_told,
			(int) $never_told
		);
	}

	/**
	 * DNS does not point here yet.
	 *
	 * @param Wish $wish    The claimed wish.
	 * @param int  $seconds Seconds until it is looked at again.
	 */
	public function look_at_dns_in( Wish $wish, int $seconds ): bool {
		return Rows::settle( $wish, 'next_try_at = %s', Rows::now( $seconds ) );
	}

	/**
	 * Has failed wishes tried again.
	 *
	 * @param int $since Unix time; what failed before stays as it is.
	 *
	 * @return int How many.
	 */
	public function try_failed_again( int $since ): int {
		return Rows::change(
			"UPDATE %i SET state = 'waiting', generation = generation + 1, attempts = 0, wished_at = %s, next_try_at = %s, updated_at = %s WHERE state = 'failed' AND updated_at >= %s",
			Rows::now(),
			Rows::now(),
			Rows::now(),
			Rows::at( $since )
		);
	}

	/**
	 * A first wish for a host. Fails without harm when another process was faster.
	 *
	 * @param string $host    Host name.
	 * @param int    $site_id The site it belongs to.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 */
	private function insert( string $host, int $site_id, bool $by_hand ): int {
		return Rows::change(
			"INSERT IGNORE INTO %i (host, site_id, by_hand, last_error, certificate_error, next_try_at, wished_at, updated_at) VALUES (%s, %d, %d, '', '', %s, %s, %s)",
			$host,
			$site_id,
			(int) $by_hand,
			Rows::now(),
			Rows::now(),
			Rows::now()
		);
	}

	/**
	 * A new wish for a host that has a row, if nobody changed that row since it was read.
	 *
	 * @param Wish   $wish    The row as it was read.
	 * @param string $wanted  Wish::PRESENT or Wish::ABSENT.
	 * @param string $state   Its state.
	 * @param int    $site_id The site it belongs to.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 */
	private function rewrite( Wish $wish, string $wanted, string $state, int $site_id, bool $by_hand ): int {
		return Rows::change(
			"UPDATE %i SET wanted = %s, state = %s, site_id = %d, by_hand = %d, generation = generation + 1, attempts = 0, last_error = '', wished_at = %s, next_try_at = %s, updated_at = %s WHERE id = %d AND generation = %d AND claim = %s",
			$wanted,
			$state,
			$site_id,
			(int) $by_hand,
			Rows::now(),
			Rows::now(),
			Rows::now(),
			$wish->id,
			$wish->generation,
			$wish->claim
		);
	}
}
