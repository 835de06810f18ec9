<?php
/**
 * Which hosts stand in the way of the one certificate of basic mode.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * That certificate is for all domains of the web application, also for those that others made, that wait for a decision or whose site is
 * switched off, which nobody looks at otherwise. They are looked at here: only while an order of it is due, and what was found is kept for a day.
 */
final class Neighbours {

	/** Seconds for which what was found is kept: of a host that is here, and of one that is not. */
	private const FRESH = 86400;
	private const AGAIN = 240;

	/** The most domains that one certificate can be for; with more nothing is ordered. */
	const MOST = 100;

	/** Reasons that say that Let's Encrypt would not reach this server. What nobody looked at yet says nothing. */
	private const NOT_HERE = array(
		Reason::Not_Served_Yet, Reason::Ready_To_Switch, Reason::Dns_None, Reason::Dns_Elsewhere, Reason::Dns_Some_Elsewhere, Reason::Dns_Aaaa_Elsewhere,
		Reason::Dns_Failed, Reason::Dns_Lame, Reason::Dns_Bogus, Reason::Dns_Cname_Conflict, Reason::Dns_Left, Reason::Www_Missing, Reason::Www_Elsewhere,
		Reason::Port_Closed, Reason::Redirects_Away, Reason::Another_Server,
	);

	/**
	 * Looks at those that nobody looks at, if an order of the certificate is due.
	 *
	 * @param Web_App $web_app What is known of the web application.
	 * @param int     $until   When to be through, as a Unix time.
	 */
	public static function look( Web_App $web_app, int $until ): void {
		$now      = time();
		$deadline = min( Looks::DEADLINE, $until - $now );
		if ( ! in_array( $web_app->ssl_mode(), array( 'basic', '' ), true ) || $deadline < 1 || ! Remotes::is_order_due( Web_App::id() ) ) {
			return;
		}
		$rows = Remotes::shared( Web_App::id() );
		if ( count( $rows ) > self::MOST ) {
			return;
		}
		$known = $web_app->neighbours();
		$found = array();
		$stale = array();
		foreach ( array_filter( $rows, array( self::class, 'is_one' ) ) as $row ) {
			$kept = $known[ $row->host ] ?? null;
			if ( null !== $kept && $kept['at'] > $now - ( '' === $kept['reason'] ? self::FRESH : self::AGAIN ) ) {
				$found[ $row->host ] = $kept;
			} else {
				// As it is served, whatever the network wants.
				$stale[] = new Domain( ...array_replace( get_object_vars( $row ), array( 'www' => $row->remote_www, 'dns_since' => 0, 'domain_reason' => null ) ) );
			}
		}
		if ( ! $stale ) {
			return;
		}
		$looked = Probe::look( $stale, $web_app->addresses() ?? array(), (float) $deadline );
		foreach ( $stale as $row ) {
			$verdict     = Verdict::of( $looked['seen'][ $row->host ], $row, $looked['main'], $now );
			$points_here = Hooks::ask( static fn() => apply_filters( 'domain_sync_dns_points_here', null, $row->host, $web_app->addresses() ?? array() ), null, 'domain_sync_dns_points_here' );
			$is_not_here = null === $points_here ? self::is_not_here( $verdict->domain, $verdict->domain_details ) : ! $points_here;
			// RunCloud redirects this one itself.
			$is_not_here = $is_not_here && ! ( 'redirect' === $row->remote_type && Reason::Redirects_Away === $verdict->domain );
			$kept        = $known[ $row->host ] ?? null;
			// That it could not be looked at replaces nothing that is known.
			$found[ $row->host ] = null === $points_here && Status::Unknown === $verdict->domain->status() && null !== $kept ? $kept : array(
				'reason' => $is_not_here ? $verdict->domain->value : '',
				'name'   => (string) ( $verdict->domain_details['host'] ?? $row->host ),
				'since'  => $is_not_here && null !== $kept && '' !== $kept['reason'] ? $kept['since'] : $now,
				'at'     => $now,
			);
		}
		$web_app->keep_neighbours( $found );
	}

	/**
	 * Names that would spoil an order. One that was there and not here when the last certificate came stands in nobody's way: RunCloud left it out.
	 *
	 * @param list<Domain>                                                                     $rows  All domains of the web application.
	 * @param array<string, array{reason: string, name: string, since: int, at: int}> $known What was found of those that nobody looks at otherwise.
	 *
	 * @return list<string> The longest in the way first.
	 */
	public static function in_the_way( array $rows, array $known ): array {
		$since = array();
		$from  = 0;
		foreach ( $rows as $row ) {
			if ( self::is_one( $row ) ) {
				$kept = $known[ $row->host ] ?? null;
				if ( null !== $kept && '' !== $kept['reason'] ) {
					$since[ $kept['name'] ] = $kept['since'];
				}
			} elseif ( Domain::PRESENT === $row->remote_state && self::is_not_here( $row->domain_reason, $row->domain_details ) && ! $row->may_be_ordered() ) {
				$since[ (string) ( $row->domain_details['host'] ?? $row->host ) ] = $row->domain_since;
			}
			if ( Reason::Served === $row->domain_reason && Reason::Covers === $row->certificate_reason ) {
				$from = max( $from, $row->certificate_from );
			}
		}
		asort( $since );
		// Let's Encrypt dates a certificate an hour back, so this leaves out rather too few.
		return array_map( 'strval', array_keys( array_filter( $since, static fn( int $time ): bool => $time >= $from ) ) );
	}

	/**
	 * Whether a domain is one that nobody looks at otherwise. Wildcards are not proved by HTTP, and the network's own main domain is looked at always.
	 *
	 * @param Domain $row A domain that RunCloud has.
	 */
	private static function is_one( Domain $row ): bool {
		return ( ! $row->is_wanted() || '' !== $row->hold || $row->suspended ) && ! str_starts_with( $row->host, '*.' ) && ( 'primary' !== $row->remote_type || $row->remote_www );
	}

	/**
	 * Whether a reason says that Let's Encrypt would not reach this server.
	 *
	 * @param Reason|null          $reason  The reason.
	 * @param array<string, mixed> $details Its arguments.
	 */
	private static function is_not_here( ?Reason $reason, array $details ): bool {
		return in_array( $reason, self::NOT_HERE, true ) && ! ( Reason::Ready_To_Switch === $reason && ! empty( $details['challenge'] ) );
	}
}
