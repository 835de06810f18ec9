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
		$shown = $verdict->here;
		// What a covered host has shown before is no news.
		$is_old = strtolower( (string) ( $shown['serial'] ?? '' ) ) === $row->certificate_serial && array() === Observation::not_covered( $shown, $row->names() );
		if ( $is_old || ! self::is_certificate( $shown ) ) {
			return;
		}
		// Before the first order nobody knows the mode, and what is served then is what the order is compared with.
		$mode = $web_app->ssl_mode();
		if ( ! in_array( $mode, array( 'basic', '' ), true ) ) {
			return;
		}
		$known = $web_app->shared_certificate();
		$next  = self::after( $known, $shown, $row, $web_app->ordered_at() );
		if ( $next === $known ) {
			return;
		}
		if ( $next['kept'] > ( $known['kept'] ?? 0 ) ) {
			Log::warning( "$row->host: RunCloud issued the shared certificate again, for the same names as before" );
		}
		if ( 'basic' === $mode && self::counts( $known, $next, $web_app->order_set() ) ) {
			History::add( '', History::ISSUED, array(), 0, array( 'order_set' => $next['set'], 'at' => min( time(), $next['from'] + Verdict::BACKDATED ) ) );
		}
		$web_app->keep_shared_certificate( $next );
	}

	/**
	 * What is known after a certificate was seen.
	 *
	 * @param array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int}|null $known      What was known.
	 * @param array<string, mixed>                                                                     $shown      The certificate, as the observation has it.
	 * @param Domain                                                                                   $row        The row of the host for which it was shown.
	 * @param int                                                                                      $ordered_at The last order, as a Unix time; 0 when there was none.
	 *
	 * @return array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int} order: the one that brought it, or 0; is_same:
	 *         whether it is for the same names as the one before though it was ordered; kept: how many orders in a row were such, without a host
	 *         that they were for.
	 */
	public static function after( ?array $known, array $shown, Domain $row, int $ordered_at ): array {
		$serial = strtolower( (string) $shown['serial'] );
		$from   = (int) $shown['from'];
		$next   = $known;
		if ( null === $known || ( $serial !== $known['serial'] && $from > $known['from'] ) ) {
			$set        = Domain::set_of( $shown['names'] );
			$is_ordered = Verdict::is_of_order( $from, $ordered_at ) && ( $known['order'] ?? 0 ) !== $ordered_at;
			$is_same    = $is_ordered && null !== $known && $set === $known['set'];
			$next       = array(
				'serial'  => $serial,
				'set'     => $set,
				'from'    => $from,
				'order'   => $is_ordered ? $ordered_at : 0,
				'is_same' => $is_same,
				// One that somebody made in the dashboard says nothing about the next order.
				'kept'    => $is_ordered && ! $is_same ? 0 : $known['kept'] ?? 0,
			);
		}
		$is_in = $serial === $next['serial'] && $row->ordered_at >= $next['order'] - self::CALL;
		if ( $next['is_same'] && $is_in && array() !== Observation::not_covered( $shown, $row->names() ) ) {
			// Once for each order, whoever sees it first.
			$next['is_same'] = false;
			++$next['kept'];
		}
		return $next;
	}

	/**
	 * Whether a certificate that is seen for the first time counts for Let's Encrypt's limits, beside the order that brought it.
	 *
	 * @param array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int}|null $known What was known.
	 * @param array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int}      $next  What is known now.
	 * @param string                                                                                   $set   Hash of the names that the last order counts for.
	 */
	public static function counts( ?array $known, array $next, string $set ): bool {
		if ( $next['serial'] === ( $known['serial'] ?? '' ) ) {
			return false;
		}
		// Of the first one that is seen nobody knows how old it is, unless an order brought it.
		return 0 === $next['order'] ? null !== $known : $next['set'] !== $set;
	}

	/**
	 * Whether what was shown is a certificate of a good issuer, for whatever names.
	 *
	 * @param array<string, mixed> $shown As the observation has it.
	 */
	private static function is_certificate( array $shown ): bool {
		return '' !== (string) ( $shown['serial'] ?? '' ) && in_array( $shown['verdict'] ?? '', array( Observation::TRUSTED, Observation::OTHER_NAME ), true );
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
