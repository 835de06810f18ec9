<?php
/**
 * Host names as people write them.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

/**
 * Pure. PHP's own functions for this are of an extension that not every PHP has loaded: a host that one PHP finds in the network's tables must
 * not be missing from them for another, which would then remove it.
 */
final class Unicode {

	/** Punycode's numbers (RFC 3492, section 5). */
	private const BASE         = 36;
	private const LEAST        = 1;
	private const MOST         = 26;
	private const SKEW         = 38;
	private const DAMP         = 700;
	private const INITIAL_BIAS = 72;
	private const INITIAL_CODE = 128;

	/**
	 * A host name with its letters outside ASCII.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function of( string $host ): string {
		return implode( '.', array_map( static fn( string $label ): string => str_starts_with( $label, 'xn--' ) ? self::decoded( $label ) : $label, explode( '.', $host ) ) );
	}

	/**
	 * A label with its letters outside ASCII; what is no Punycode stays as it is.
	 *
	 * @param string $label Begins with "xn--".
	 */
	private static function decoded( string $label ): string {
		$coded   = substr( $label, 4 );
		$end     = strrpos( $coded, '-' );
		$letters = false === $end || 0 === $end ? array() : str_split( substr( $coded, 0, $end ) );
		$coded   = false === $end ? $coded : substr( $coded, $end + 1 );
		$length  = strlen( $coded );
		$code    = self::INITIAL_CODE;
		$bias    = self::INITIAL_BIAS;
		$at      = 0;
		for ( $read = 0; $read < $length; ) {
			$before = $at;
			$weight = 1;
			for ( $k = self::BASE;; $k += self::BASE ) {
				$digit = $read < $length ? strpos( 'abcdefghijklmnopqrstuvwxyz0123456789', $coded[ $read++ ] ) : false;
				if ( false === $digit || $at > 0x10ffff * 64 ) {
					return $label;
				}
				$at       += $digit * $weight;
				$threshold = max( self::LEAST, min( self::MOST, $k - $bias ) );
				if ( $digit < $threshold ) {
					break;
				}
				$weight *= self::BASE - $threshold;
			}
			$count = count( $letters ) + 1;
			$bias  = self::bias( $at - $before, $count, 0 === $before );
			$code += intdiv( $at, $count );
			$at   %= $count;
			array_splice( $letters, $at++, 0, array( html_entity_decode( "&#$code;", ENT_QUOTES, 'UTF-8' ) ) );
		}
		return implode( '', $letters );
	}

	/**
	 * The next bias (RFC 3492, section 6.1).
	 *
	 * @param int  $delta    What was just read.
	 * @param int  $count    Letters so far.
	 * @param bool $is_first Whether it was the first.
	 */
	private static function bias( int $delta, int $count, bool $is_first ): int {
		$delta  = intdiv( $delta, $is_first ? self::DAMP : 2 );
		$delta += intdiv( $delta, $count );
		for ( $k = 0; $delta > intdiv( ( self::BASE - self::LEAST ) * self::MOST, 2 ); $k += self::BASE ) {
			$delta = intdiv( $delta, self::BASE - self::LEAST );
		}
		return $k + intdiv( ( self::BASE - self::LEAST + 1 ) * $delta, $delta + self::SKEW );
	}
}
