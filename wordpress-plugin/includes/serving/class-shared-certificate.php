<?php
/**
 * What the one certificate of basic mode turns out to be, order by order.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\History;

/**
 * Nobody documents whether RunCloud redeploys it for the names of the moment or for those that it had, so that is seen. Let's Encrypt counts a
 * certificate by the names that it is for, and not by those that were asked for.
 */
final class Shared_Certificate {

	/** Seconds between the time of a row's order and the time at which the order was noted for all. */
	private const CALL = 60;

	/**
	 * A host was looked at: notes which certificate is served. Each is counted once, for the names that it is for.
	 *
	 * @param Domain  $row     The row as it was when the host was looked at.
	 * @param Verdict $verdict What was found.
	 * @param Web_App $web_app What is known of the web application.
	 */
	public static function see( Domain $row, Verdict $verdict, Web_App $web_app ): void {
		$shown  = $verdict->here;
		$serial = strtolower( (string) ( $shown['serial'] ?? '' ) );
		// Before the first order nobody knows the mode, and what is served then is what the order is compared with.
		if ( ! in_array( $web_app->ssl_mode(), array( 'basic', '' ), true ) || '' === $serial || ! in_array( $shown['verdict'] ?? '', array( Observation::TRUSTED, Observation::OTHER_NAME ), true ) ) {
			return;
		}
		$known = $web_app->shared_certificate();
		$next  = self::after( $known, $serial, Domain::set_of( $shown['names'] ), (int) $shown['from'], $web_app->ordered_at() );
		$is_in = 0 !== $next['order'] && $row->ordered_at >= $next['order'] - self::CALL;
		if ( $next['is_same'] && $is_in && array() !== Observation::not_covered( $shown, $row->names() ) ) {
			$next['is_same'] = false;
			++$next['kept'];
			Log::warning( "$row->host: RunCloud issued the shared certificate again, for the same names as before" );
		}
		if ( $next === $known ) {
			return;
		}
		if ( null !== $known && 'basic' === $web_app->ssl_mode() && $serial !== $known['serial'] && ( 0 === $next['order'] || $web_app->order_set() !== $next['set'] ) ) {
			History::add( '', History::ISSUED, array(), 0, array( 'order_set' => $next['set'], 'at' => min( time(), $next['from'] + Verdict::BACKDATED ) ) );
		}
		$web_app->keep_shared_certificate( $next );
	}

	/**
	 * What is known after a certificate was seen.
	 *
	 * @param array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int}|null $known      What was known.
	 * @param string                                                                                   $serial     Its serial number.
	 * @param string                                                                                   $set        Hash of its names.
	 * @param int                                                                                      $from       When it begins, as a Unix time.
	 * @param int                                                                                      $ordered_at The last order, as a Unix time; 0 when there was none.
	 *
	 * @return array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int} order: the one that brought it, or 0; is_same:
	 *         whether it is for the same names as the one before though it was ordered; kept: how many orders in a row were such.
	 */
	public static function after( ?array $known, string $serial, string $set, int $from, int $ordered_at ): array {
		if ( null !== $known && ( $serial === $known['serial'] || $from <= $known['from'] ) ) {
			return $known;
		}
		$is_ordered = Verdict::is_of_order( $from, $ordered_at ) && ( $known['order'] ?? 0 ) !== $ordered_at;
		$is_same    = $is_ordered && null !== $known && $set === $known['set'];
		return array(
			'serial'  => $serial,
			'set'     => $set,
			'from'    => $from,
			'order'   => $is_ordered ? $ordered_at : 0,
			'is_same' => $is_same,
			// One that somebody made in the dashboard says nothing about the next order.
			'kept'    => $is_ordered && ! $is_same ? 0 : $known['kept'] ?? 0,
		);
	}

	/**
	 * Whether a certificate is one that an order of ours brought.
	 *
	 * @param Verdict $verdict What was found.
	 * @param Web_App $web_app What is known of the web application.
	 */
	public static function was_ordered( Verdict $verdict, Web_App $web_app ): bool {
		$known = 'basic' === $web_app->ssl_mode() ? $web_app->shared_certificate() : null;
		return null !== $known && 0 !== $known['order'] && strtolower( (string) ( $verdict->served['serial'] ?? '' ) ) === $known['serial'];
	}
}
