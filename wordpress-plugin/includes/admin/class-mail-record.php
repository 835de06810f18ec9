<?php
/**
 * What is known of the mails that went.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * Pure: what becomes of the record after a look at what needs somebody, and after a mail.
 *
 * A mail is due when something has needed somebody for long enough that no mail has reported it: one a day at most. What is reported is reported for as long as it
 * lasts. When nothing needs anybody in two looks, and a mail had gone, one says so.
 */
final class Mail_Record {

	/** Mails: something needs somebody; all is well again. */
	const NEEDS = 'needs';
	const WELL  = 'well';

	/** Seconds between two looks, and between two mails of a kind. */
	const EVERY = 3600;
	const DAY   = 86400;

	/** So often it is tried to say that all is well. */
	const TRIES = 5;

	/** Seconds that the clock may go back, and since when at most times that were ahead are mended. */
	private const CLOCK_BACK = 60;
	private const MENDED     = 300;

	/** What is known before the first look: times are Unix times. */
	private const NOTHING = array(
		'checked_at'   => 0,
		// All rows that needed somebody since before then are reported.
		'reported_until'   => 0,
		// What else needs somebody, and when it was first seen; which of it is reported.
		'seen'         => array(),
		'reported'         => array(),
		// Whether a mail has gone since all was well.
		'is_open'      => false,
		// Not before then.
		'needs_at'     => 0,
		'well_at'      => 0,
		// Since when nothing needs anybody.
		'well_since'   => 0,
		// How many mails in a row could not be sent.
		'failed'       => 0,
	);

	/**
	 * A record that has all its parts. What was written while the clock was ahead counts as of now.
	 *
	 * @param mixed $saved As it was read.
	 * @param int   $now   Unix time.
	 *
	 * @return array<string, mixed>
	 */
	public static function whole( mixed $saved, int $now ): array {
		$record = self::NOTHING;
		foreach ( is_array( $saved ) ? array_intersect_key( $saved, self::NOTHING ) : array() as $name => $value ) {
			if ( gettype( $value ) === gettype( $record[ $name ] ) ) {
				$record[ $name ] = $value;
			}
		}
		$record['seen'] = array_map( static fn( mixed $at ): int => min( $now, is_int( $at ) ? $at : $now ), $record['seen'] );
		$record['reported'] = array_values( array_filter( $record['reported'], 'is_string' ) );
		if ( $record['checked_at'] > $now + self::CLOCK_BACK ) {
			$record['checked_at'] = 0;
		}
		// What began while the clock was ahead counts as of when that was mended, a moment ago: whether it was reported is not known, so it is reported.
		$record['reported_until'] = min( $record['reported_until'], max( 0, $now - self::MENDED ) );
		$record['well_since'] = min( $record['well_since'], $now );
		foreach ( array( 'needs_at', 'well_at' ) as $time ) {
			$record[ $time ] = min( $record[ $time ], $now + self::DAY );
		}
		return $record;
	}

	/**
	 * Whether it is time for a look.
	 *
	 * @param array<string, mixed> $record The record.
	 * @param int                  $now    Unix time.
	 */
	public static function is_due( array $record, int $now ): bool {
		return $record['checked_at'] <= $now - self::EVERY || $record['checked_at'] > $now;
	}

	/**
	 * The record after a look, and the mail that is due, which is claimed by it.
	 *
	 * @param array<string, mixed>           $record The record.
	 * @param array{any: bool, is_new: bool} $rows   Whether rows need somebody, and have for long enough without being reported.
	 * @param list<string>                   $others What else needs somebody.
	 * @param int                            $now    Unix time.
	 * @param int                            $after  Seconds that something has to last.
	 *
	 * @return array{array<string, mixed>, string} The record; NEEDS, WELL or "".
	 */
	public static function after_look( array $record, array $rows, array $others, int $now, int $after ): array {
		$record['checked_at'] = $now;

		$record['seen'] = array_intersect_key( $record['seen'], array_flip( $others ) ) + array_fill_keys( $others, $now );
		$record['reported'] = array_values( array_intersect( $record['reported'], $others ) );

		$is_any  = $rows['any'] || $others;
		$is_long = array_filter( $record['seen'], static fn( int $at ): bool => $at <= $now - $after );
		$is_new  = $rows['is_new'] || array_diff( array_keys( $is_long ), $record['reported'] );
		$is_well = ! $is_any && 0 !== $record['well_since'] && $record['well_since'] <= $now - self::EVERY;

		$record['well_since'] = $is_any ? 0 : ( 0 === $record['well_since'] ? $now : $record['well_since'] );
		if ( $is_new && $now >= $record['needs_at'] ) {
			$record['needs_at'] = $now + self::DAY;
			return array( $record, self::NEEDS );
		}
		if ( $is_well && $record['is_open'] && $now >= $record['well_at'] ) {
			$record['well_at'] = $now + self::DAY;
			return array( $record, self::WELL );
		}
		return array( $record, '' );
	}

	/**
	 * The record after a mail that was claimed. One of which nothing is written here was lost with its process, and is said again the next day.
	 *
	 * @param array<string, mixed> $record  The record.
	 * @param string               $mail    NEEDS or WELL.
	 * @param bool                 $is_sent Whether it was sent.
	 * @param int                  $until   What rows began until then is reported by it.
	 * @param list<string>         $others  What else is reported by it.
	 * @param int                  $now     Unix time.
	 *
	 * @return array<string, mixed>
	 */
	public static function after_mail( array $record, string $mail, bool $is_sent, int $until, array $others, int $now ): array {
		if ( ! $is_sent && ( self::NEEDS === $mail || $record['failed'] < self::TRIES - 1 ) ) {
			// An hour, two, four … a day.
			$again = $now + min( self::DAY, self::EVERY * 2 ** min( 5, $record['failed'] ) );
			return array(
				'failed'                                       => $record['failed'] + 1,
				self::NEEDS === $mail ? 'needs_at' : 'well_at' => $again,
			) + $record;
		}
		$reported = self::NEEDS === $mail
			? array(
				'reported_until' => max( $record['reported_until'], $until ),
				'reported'       => array_values( array_unique( array( ...$record['reported'], ...$others ) ) ),
				'is_open'    => true,
			)
			: array(
				'reported_until' => 0,
				'reported'       => array(),
				'is_open'    => false,
			);
		return $reported + array( 'failed' => 0 ) + $record;
	}
}
