<?php
/**
 * When RunCloud may be called, and by whom.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

/**
 * The lease, the pauses, the breaker, the month's requests and the clock: one record of the main network, which
 * Limits_Record reads and changes whole.
 *
 * One process talks to RunCloud at a time: at 60 requests a minute parallel ones win nothing, and one limit is kept because one talks.
 *
 * Lease times go by the database's clock, since processes of several servers share the lease; all others by the caller's.
 */
final class Limits {

	/** Network option of the main network. Never read through a cache. */
	const OPTION = 'domain_sync_limits';

	/**
	 * Seconds that the lease holds. A call takes 20 s at most (runcloud.deadline), so a lease of 45 s, renewed before each call, outlasts
	 * each call, and the run of the next minute finds a killed one's lease gone.
	 */
	const LEASE = 45;

	/** A lease that holds for as long as this still outlasts the next call: nothing needs to be written. */
	private const ENOUGH = 30;

	/** Requests that RunCloud grants each month; 0 when nobody knows. */
	private static int $quota = 0;

	/** Seconds that the clock may go back without being mended, and after which the latest time is noted anew. */
	private const CLOCK_BACK = 60;
	private const CLOCK_NOTE = 30;

	/**
	 * Takes the lease, or renews one's own. Another's is taken only when it has run out.
	 *
	 * @param string $owner Who takes it; different for each process.
	 *
	 * @return bool Whether it is this owner's now.
	 */
	public static function take_lease( string $owner ): bool {
		$is_taken = false;
		$is_saved = Limits_Record::change(
			static function ( array $record, int $now ) use ( $owner, &$is_taken ): array {
				$until    = $record['lease']['until'];
				$is_taken = $owner === $record['lease']['owner'] || $until <= $now;
				if ( $is_taken ) {
					$record['lease'] = array(
						'owner' => $owner,
						'until' => $now + self::LEASE,
					);
				}
				// The database's clock was ahead: from here on the lease lasts no longer than any other.
				$record['lease']['until'] = min( $record['lease']['until'], $now + self::LEASE );
				return $record;
			}
		);
		Limits_Record::keep( $is_taken && $is_saved );
		return $is_taken && $is_saved;
	}

	/**
	 * Renews the lease before a call. Nothing is written while it lasts long enough.
	 *
	 * @param string $owner Who has it.
	 *
	 * @return bool False when another has it by now, or nobody: nothing may be sent then.
	 */
	public static function renew_lease( string $owner ): bool {
		list( $record, $now ) = Limits_Record::read();
		if ( $owner !== $record['lease']['owner'] ) {
			Limits_Record::keep( false );
			return false;
		}
		$left = $record['lease']['until'] - $now;
		return $left >= self::ENOUGH && $left <= self::LEASE ? true : self::take_lease( $owner );
	}

	/**
	 * Gives the lease back.
	 *
	 * @param string $owner Who has it.
	 */
	public static function end_lease( string $owner ): void {
		Limits_Record::change(
			static function ( array $record ) use ( $owner ): array {
				if ( $owner === $record['lease']['owner'] ) {
					$record['lease'] = Limits_Record::EMPTY['lease'];
				}
				return $record;
			}
		);
		Limits_Record::keep( false );
	}

	/**
	 * What is blocked, by scope: Breaker::ALL or an operation. A block whose time is over stands here until a call works, so compare.
	 *
	 * @param int|null $now Unix time; null for PHP's own.
	 *
	 * @return array<string, array{reason: string, until: int, step: int, since: int}> until and since are Unix times.
	 */
	public static function blocks( ?int $now = null ): array {
		return Breaker::blocks( Limits_Record::read()[0], $now ?? time() );
	}

	/**
	 * Notes how a call ended.
	 *
	 * @param string $operation What was called.
	 * @param Result $result    How it ended.
	 * @param int    $now       Unix time.
	 */
	public static function note( string $operation, Result $result, int $now ): void {
		$quota = self::$quota;
		Limits_Record::change(
			static function ( array $record ) use ( $operation, $result, $now, $quota ): array {
				$record = Breaker::after( $record, $operation, $result, $now );
				return $quota > 0 && array_sum( self::of_this_month( $record ) ) >= $quota ? Breaker::quota_spent( $record, $now ) : $record;
			},
			true
		);
	}

	/**
	 * Says how many requests RunCloud grants each month. When our own count has reached them nothing but a rare call is made.
	 *
	 * @param int $quota Their number; 0 when nobody knows.
	 */
	public static function keep_quota( int $quota ): void {
		self::$quota = $quota;
	}

	/**
	 * Whether one ping is to be sent before anything else: all calls were blocked, and the time of that is over.
	 *
	 * @param int $now Unix time.
	 */
	public static function is_half_open( int $now ): bool {
		$block = self::blocks( $now )[ Breaker::ALL ] ?? null;
		return null !== $block && $block['until'] <= $now && Breaker::wants_ping( $block['reason'] );
	}

	/**
	 * Ends all blocks: somebody tested the connection, and it works.
	 */
	public static function end_all(): void {
		Limits_Record::change(
			static function ( array $record ): array {
				$record['blocks']   = array();
				$record['failures'] = array();
				return $record;
			}
		);
	}

	/**
	 * Counts requests, which RunCloud meters by the month.
	 *
	 * @param int    $requests  How many were sent.
	 * @param string $operation What for.
	 */
	public static function count( int $requests, string $operation ): void {
		if ( $requests > 0 ) {
			Limits_Record::change(
				static function ( array $record ) use ( $requests, $operation ): array {
					$kinds           = self::of_this_month( $record );
					$record['month'] = array(
						'name'  => gmdate( 'Y-m' ),
						'kinds' => array( $operation => $requests + ( $kinds[ $operation ] ?? 0 ) ) + $kinds,
					);
					return $record;
				},
				true
			);
		}
	}

	/**
	 * Requests sent this month, in UTC.
	 *
	 * @return array<string, int> By what they were for.
	 */
	public static function spent(): array {
		return self::of_this_month( Limits_Record::read()[0] );
	}

	/**
	 * Sees whether the clock was ahead before. If so, every time of the record ends: the lease, and all blocks.
	 *
	 * @param int $now Unix time.
	 *
	 * @return bool Whether it was; other times that were written then are wrong as well.
	 */
	public static function mend_clock( int $now ): bool {
		$was_ahead = false;
		$is_saved  = Limits_Record::change(
			static function ( array $record ) use ( $now, &$was_ahead ): array {
				$was_ahead = $now < $record['latest'] - self::CLOCK_BACK;
				if ( $was_ahead ) {
					$record['lease']  = Limits_Record::EMPTY['lease'];
					$record['blocks'] = array_map( static fn( array $block ): array => array_replace( $block, array( 'until' => min( $block['until'], $now ) ) ), $record['blocks'] );
				}
				if ( $was_ahead || $now > $record['latest'] + self::CLOCK_NOTE ) {
					$record['latest'] = $now;
				}
				return $record;
			}
		);
		return $was_ahead && $is_saved;
	}

	/**
	 * Requests of this month in a record.
	 *
	 * @param array<string, mixed> $record The record.
	 *
	 * @return array<string, int>
	 */
	private static function of_this_month( array $record ): array {
		return gmdate( 'Y-m' ) === $record['month']['name'] ? $record['month']['kinds'] : array();
	}
}
