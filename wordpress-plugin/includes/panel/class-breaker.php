<?php
/**
 * Which calls to RunCloud are held back, and for how long.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Store\Reason;

/**
 * Pure: what becomes of the record of Limits after a call.
 *
 * What meets every call alike (no connection, a refused token, too many requests) blocks all calls at once; what may be about one kind
 * of call only (errors of the panel, a right that is missing) blocks that operation after three failures in a row. A failure that is
 * about one domain blocks nothing. Each time has its own longest duration, so that no wrong date stops everything unseen.
 */
final class Breaker {

	/** The scope of a block that holds for every operation. Others are the operations themselves. */
	const ALL = 'all';

	/** How long each reason blocks: seconds the first time, doubling from one time to the next up to the most. */
	private const SECONDS = array(
		'panel-unreachable' => array( 30, 900 ),
		'panel-down'        => array( 30, 900 ),
		'unauthorized'      => array( 300, 21600 ),
		'web-app-not-found' => array( 300, 21600 ),
		'forbidden'         => array( 300, 21600 ),
		'requests-blocked'  => array( 300, 21600 ),
	);

	/** How long what RunCloud has a time for blocks: seconds when it did not say, at least, and at most. These do not double. */
	private const ASKED = array(
		'rate-limited' => array( 60, 1, 3600 ),
		'quota-spent'  => array( 3600, 3600, 21600 ),
	);

	/** Failures in a row that block an operation. */
	private const SOFT_FAILURES = 3;

	/**
	 * The record after a call.
	 *
	 * @param array<string, mixed> $record    The record.
	 * @param string               $operation What was called.
	 * @param Result               $result    How it ended.
	 * @param int                  $now       Unix time.
	 *
	 * @return array<string, mixed>
	 */
	public static function after( array $record, string $operation, Result $result, int $now ): array {
		return $result->is_ok ? self::worked( $record, $operation ) : self::failed( $record, $operation, $result, $now );
	}

	/**
	 * The blocks of a record, without those that a ping ended. A time that no block can have (the clock was ahead) is over.
	 *
	 * @param array<string, mixed> $record The record.
	 * @param int                  $now    Unix time.
	 *
	 * @return array<string, array{reason: string, until: int, step: int, since: int}>
	 */
	public static function blocks( array $record, int $now ): array {
		$blocks = array_filter( $record['blocks'], static fn( array $block ): bool => 0 !== $block['until'] );
		return array_map(
			static fn( array $block ): array => $block['until'] > $now + self::longest( $block['reason'] ) ? array_replace( $block, array( 'until' => $now ) ) : $block,
			$blocks
		);
	}

	/**
	 * The record when the month's requests are spent by our own count. What is sent when the block ends finds out whether RunCloud grants more.
	 *
	 * @param array<string, mixed> $record The record.
	 * @param int                  $now    Unix time.
	 *
	 * @return array<string, mixed>
	 */
	public static function quota_spent( array $record, int $now ): array {
		$reason = Reason::Quota_Spent->value;
		$block  = $record['blocks'][ self::ALL ] ?? null;
		if ( null === $block || $reason !== $block['reason'] || $block['until'] <= $now ) {
			$record['blocks'][ self::ALL ] = array(
				'reason' => $reason,
				'until'  => $now + self::ASKED[ $reason ][2],
				'step'   => 0,
				'since'  => $now,
			);
		}
		return $record;
	}

	/**
	 * Whether a block of this reason ends with a ping. Where RunCloud said how long, it just ends.
	 *
	 * @param string $reason Code of the reason.
	 */
	public static function wants_ping( string $reason ): bool {
		return isset( self::SECONDS[ $reason ] );
	}

	/**
	 * A call worked: its operation is free, and so are all, unless it was only a ping. After that what follows is tried, and the next
	 * time that everything is blocked it doubles on.
	 *
	 * @param array<string, mixed> $record    The record.
	 * @param string               $operation What was called.
	 *
	 * @return array<string, mixed>
	 */
	private static function worked( array $record, string $operation ): array {
		unset( $record['failures'][ $operation ], $record['blocks'][ $operation ] );
		if ( 'ping' !== $operation ) {
			unset( $record['blocks'][ self::ALL ] );
		} elseif ( isset( $record['blocks'][ self::ALL ] ) ) {
			$record['blocks'][ self::ALL ]['until'] = 0;
		}
		return $record;
	}

	/**
	 * A call failed.
	 *
	 * @param array<string, mixed> $record    The record.
	 * @param string               $operation What was called.
	 * @param Result               $result    How it ended.
	 * @param int                  $now       Unix time.
	 *
	 * @return array<string, mixed>
	 */
	private static function failed( array $record, string $operation, Result $result, int $now ): array {
		$reason = $result->reason;
		if ( ! isset( self::SECONDS[ $reason->value ] ) && ! isset( self::ASKED[ $reason->value ] ) ) {
			return $record;
		}
		$is_soft = in_array( $reason, array( Reason::Panel_Down, Reason::Forbidden ), true )
			|| ( Reason::Web_App_Not_Found === $reason && 'not-found' === ( $result->details['code'] ?? 'not-found' ) );
		$all     = $record['blocks'][ self::ALL ] ?? null;
		// A ping that asks whether all may go on again answers no, however it fails.
		if ( ! $is_soft || ( 'ping' === $operation && null !== $all ) ) {
			$record['blocks'][ self::ALL ] = self::block( $all, $result, $now );
			return $record;
		}
		// What blocks is known from the third on; more is not counted, so that a record does not change for nothing.
		$record['failures'][ $operation ] = min( self::SOFT_FAILURES, 1 + ( $record['failures'][ $operation ] ?? 0 ) );
		if ( $record['failures'][ $operation ] >= self::SOFT_FAILURES ) {
			$record['blocks'][ $operation ] = self::block( $record['blocks'][ $operation ] ?? null, $result, $now );
		}
		return $record;
	}

	/**
	 * The block that follows from a failure. While one holds, a failure (of a call that was under way) does not double it.
	 *
	 * @param array{reason: string, until: int, step: int, since: int}|null $block  The block so far.
	 * @param Result                                                        $result How the call ended.
	 * @param int                                                           $now    Unix time.
	 *
	 * @return array{reason: string, until: int, step: int, since: int}
	 */
	private static function block( ?array $block, Result $result, int $now ): array {
		$reason  = $result->reason->value;
		$is_same = null !== $block && $block['reason'] === $reason;
		$holds   = null !== $block && $block['until'] > $now;
		$step    = 0;
		if ( isset( self::ASKED[ $reason ] ) ) {
			list( $default, $least, $most ) = self::ASKED[ $reason ];

			$seconds = min( $most, max( $least, 0 === $result->retry_after ? $default : $result->retry_after ) );
		} else {
			list( $first, $most ) = self::SECONDS[ $reason ];

			$step    = $is_same ? min( 20, $block['step'] + ( $holds ? 0 : 1 ) ) : 0;
			$seconds = min( $most, $first * 2 ** $step );
			if ( $is_same && $holds ) {
				return array_replace( $block, array( 'until' => min( $block['until'], $now + $most ) ) );
			}
		}
		if ( $holds && $block['until'] >= $now + $seconds && $block['until'] <= $now + self::longest( $block['reason'] ) ) {
			return $block;
		}
		return array(
			'reason' => $reason,
			'until'  => $now + $seconds,
			'step'   => $step,
			'since'  => $is_same && 0 !== $block['until'] ? $block['since'] : $now,
		);
	}

	/**
	 * Seconds that a reason blocks at most.
	 *
	 * @param string $reason Code of the reason.
	 */
	private static function longest( string $reason ): int {
		return self::SECONDS[ $reason ][1] ?? self::ASKED[ $reason ][2] ?? 0;
	}
}
