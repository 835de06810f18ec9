<?php
/**
 * Looks at what is served for the hosts whose time has come, and writes down what that means.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Um\Stage;

/**
 * Costs no request to RunCloud, and needs no lease. Many hosts are looked at in one call, which ends in time whatever hangs.
 */
final class Looks {

	/** Hosts of one call, and seconds that it may take. */
	const HOSTS    = 500;
	const DEADLINE = 8;

	/** Seconds that must be left for a question to an issuer. */
	const QUESTION = 4;

	/** Seconds that a host waits for its DNS before RunCloud is asked which addresses it should have. */
	const PATIENCE = 600;

	/** Seconds after which hosts are looked at again when this process dies. */
	const AGAIN = 300;

	/**
	 * Takes hosts that are to be looked at, and looks.
	 *
	 * @param Web_App $web_app Addresses that DNS should have.
	 * @param int     $until   When to be through, as a Unix time.
	 *
	 * @return array{count: int, waiting: Domain|null} How many hosts were looked at; one that has waited for its DNS for a while.
	 */
	public static function take( Web_App $web_app, int $until ): array {
		$now      = time();
		// At most half of what is left: hosts that hang must not keep the others' steps from their turn.
		$deadline = min( self::DEADLINE, intdiv( $until - $now + 1, 2 ) );
		if ( $deadline < 1 ) {
			return array(
				'count'   => 0,
				'waiting' => null,
			);
		}
		$rows      = Domain_List::take_looks( self::HOSTS, self::AGAIN );
		$addresses = $web_app->addresses() ?? array();
		$to_look   = array();
		$count     = count( $rows );
		$unproven  = array_filter( $rows, static fn( Domain $row ): bool => Domain::HOLD_OWNERSHIP === $row->hold && $row->is_wanted() );
		$rows      = array_values( array_diff_key( $rows, $unproven ) );
		Ownership::look( array_values( $unproven ), $rows ? $deadline / 2 : (float) $deadline );
		foreach ( $rows as $row ) {
			/**
			 * Filters whether a host's DNS points to the web application, before anybody looks.
			 *
			 * @since 0.1.0
			 *
			 * @param bool|null    $points_here Null to have it looked at.
			 * @param string       $host        Host name.
			 * @param list<string> $addresses   Addresses that RunCloud would have its records hold; none when they are not known.
			 */
			$points_here = Hooks::ask( static fn() => apply_filters( 'domain_sync_dns_points_here', null, $row->host, $addresses ), null, 'domain_sync_dns_points_here' );
			if ( null === $points_here ) {
				$to_look[] = $row;
			} elseif ( ! $row->is_wanted() ) {
				self::write_removed( $row, (bool) $points_here, $now );
			} else {
				self::write( $row, self::by_filter( $row, (bool) $points_here, $now ), $web_app );
			}
		}
		if ( $to_look ) {
			$looked = Probe::look( $to_look, $addresses, (float) max( 1, min( $deadline, $until - time() ) ) );
			Renewal_Window::begin();
			if ( '' !== $looked['error'] ) {
				Log::warning( "Not everything could be looked at: {$looked['error']}" );
			}
			foreach ( $to_look as $row ) {
				if ( ! $row->is_wanted() ) {
					$seen = $looked['seen'][ $row->host ];
					self::write_removed( $row, $seen->nonce || $seen->addresses( 'A', true ) || $seen->addresses( 'AAAA', true ), time() );
					continue;
				}
				$verdict = Verdict::of( $looked['seen'][ $row->host ], $row, $looked['main'], time() );
				$by      = self::renew_by( $row, $verdict, $until );
				self::write( $row, 0 === $by ? $verdict : Verdict::of( $looked['seen'][ $row->host ], $row, $looked['main'], time(), $by ), $web_app );
			}
		}
		$waiting = array_filter( $rows, static fn( Domain $row ): bool => $row->is_wanted() && 0 === $row->dns_since && 0 !== $row->domain_since && $now - $row->domain_since > self::PATIENCE );
		return array(
			'count'   => $count,
			'waiting' => array_values( $waiting )[0] ?? null,
		);
	}

	/**
	 * What a filter said of DNS, as if it had been looked at. What TLS shows nobody knows then; the certificate is ordered until RunCloud takes the order.
	 *
	 * @param Domain $row         The row.
	 * @param bool   $points_here What the filter said.
	 * @param int    $now         Unix time.
	 */
	private static function by_filter( Domain $row, bool $points_here, int $now ): Verdict {
		$none = array( 'outcome' => Observation::NONE );
		$dns  = array_fill_keys( array( 'A', 'AAAA', 'CNAME', 'NS', 'CAA' ), $none );
		// Of an order that was not answered it is not known whether it was taken.
		$is_open = 0 === $row->ordered_at || 0 !== $row->unfinished || $row->has_failed_order();
		$tls     = $is_open ? array( 'verdict' => Observation::NONE ) : array();
		return Verdict::of( new Observation( $row->host, dns: $dns, nonce: $points_here, tls: $tls ), $row, null, $now );
	}

	/**
	 * Writes down whether the DNS of a host that was removed still points here: once a day, as long as it is remembered who had it.
	 *
	 * @param Domain $row         The row.
	 * @param bool   $points_here Whether.
	 * @param int    $now         Unix time.
	 */
	private static function write_removed( Domain $row, bool $points_here, int $now ): void {
		Domain_List::look_again( $row, $now + Domains::LEFT_LOOK, $points_here ? Reason::Removed_Dns_Here : Reason::Removed );
	}

	/**
	 * Writes a verdict down, and tells who wants to know.
	 *
	 * @param Domain  $row     The row as it was when the host was looked at.
	 * @param Verdict $verdict The verdict.
	 * @param Web_App $web_app What is known of the shared certificate.
	 */
	private static function write( Domain $row, Verdict $verdict, Web_App $web_app ): void {
		// That nobody could look says nothing against what is known.
		$is_blind    = Status::Unknown === $verdict->domain->status() && Status::Ready === $row->domain_status;
		$domain      = $is_blind && null !== $row->domain_reason ? $row->domain_reason : $verdict->domain;
		$was_ordered = 0 !== $row->ordered_at;
		$is_dark     = Status::Unknown === $verdict->certificate->status() && ! $was_ordered && Status::Pending === $row->certificate_status;
		$certificate = match ( true ) {
			! $is_dark                             => $verdict->certificate,
			null !== $row->certificate_reason      => $row->certificate_reason,
			default                                => Reason::No_Certificate,
		};
		$dns_since   = $is_blind ? $row->dns_since : $verdict->dns_since;
		$is_here     = Reason::Move_Prepared === $domain || ( 0 !== $dns_since && Status::Ready === $domain->status() );
		$needs_order = $is_here && ( Status::Pending === $certificate->status() || Reason::Renewal_Late === $certificate ) && Reason::Order_Under_Way !== $certificate;
		$written     = Domain_List::write_look(
			$row,
			$domain,
			$is_blind ? $row->domain_details : $verdict->domain_details,
			$certificate,
			array(
				'certificate_details' => $is_dark ? $row->certificate_details + array( 'host' => $row->host ) : $verdict->certificate_details,
				'from'                => $verdict->served_from(),
				'until'               => $verdict->served_until(),
				'serial'              => self::serial( $verdict ) ?? $row->certificate_serial,
				'dns_since'           => $dns_since,
				'look_at'             => $verdict->look_at,
				// A failed order has its own time, within the hour, and so has what the planner said of this very condition, as long as DNS has not become right anew.
				'due_at'              => $needs_order && ( 0 === $row->due_at || ( ( 0 === $row->failing_since || $row->due_at > time() + HOUR_IN_SECONDS ) && ( $certificate !== $row->certificate_reason || $dns_since !== $row->dns_since ) ) ) ? time() : 0,
			)
		);
		if ( ! $written ) {
			return;
		}
		if ( Status::Ready === $row->domain_status && in_array( $domain, array( Reason::Not_Served_Yet, Reason::Another_Server ), true ) ) {
			// Its DNS is right and this network does not answer for it any more: RunCloud may have lost it.
			Remotes::mark_unknown( array( $row->host ) );
		}
		Shared_Certificate::see( $row, $verdict, $web_app );
		self::count( $row, $verdict, $web_app );
		self::tell( $row, $domain, $certificate, $verdict );
	}

	/**
	 * When the issuer wants a certificate renewed at the latest, where it wants that early; 0 where the share of its life decides.
	 *
	 * @param Domain  $row     The row as it was.
	 * @param Verdict $verdict What is served now.
	 * @param int     $until   When to be through, as a Unix time.
	 */
	private static function renew_by( Domain $row, Verdict $verdict, int $until ): int {
		if ( Status::Ready !== $verdict->domain->status() || Reason::Covers !== $verdict->certificate ) {
			return 0;
		}
		$known = self::serial( $verdict ) === $row->certificate_serial ? (int) ( $row->certificate_details['renew_by'] ?? 0 ) : 0;
		if ( 0 !== $known && $known <= time() ) {
			// It was to be renewed by then, and is the same still.
			return $known;
		}
		return $until - time() > self::QUESTION ? Renewal_Window::early_end( $verdict->served ) : 0;
	}

	/**
	 * The serial number of the certificate that is served, as it can be stored; null when nobody saw one.
	 *
	 * @param Verdict $verdict The verdict.
	 */
	private static function serial( Verdict $verdict ): ?string {
		$serial = substr( (string) preg_replace( '/[^0-9a-f]/', '', strtolower( (string) ( $verdict->served['serial'] ?? '' ) ) ), 0, 64 );
		return '' === $serial ? null : $serial;
	}

	/**
	 * Counts a certificate that appeared without an order of ours: the account is RunCloud's, which renews by itself, and Let's Encrypt counts all.
	 *
	 * @param Domain  $row     The row as it was.
	 * @param Verdict $verdict What is served now.
	 * @param Web_App $web_app Which order brought the shared certificate.
	 */
	private static function count( Domain $row, Verdict $verdict, Web_App $web_app ): void {
		if ( ! $verdict->has_new_certificate() || $verdict->was_ordered_at( $row->ordered_at ) || Shared_Certificate::was_ordered( $verdict, $web_app ) ) {
			return;
		}
		$more = array(
			'scope'     => \RunCloud\registrable_domain( $row->host ) ?? $row->host,
			'order_set' => Domain::set_of( $verdict->served['names'] ),
			'at'        => $verdict->issued_at(),
		);
		History::add( $row->host, History::ISSUED, array_intersect_key( $verdict->certificate_details, array_flip( array( 'from', 'until', 'issuer' ) ) ), 0, $more );
		Log::info( "$row->host: a certificate appeared that was not ordered from here" );
	}

	/**
	 * Tells what changed: the history, the log, other plugins, Ultimate Multisite.
	 *
	 * @param Domain  $row         The row as it was.
	 * @param Reason  $domain      The domain's condition now.
	 * @param Reason  $certificate The certificate's.
	 * @param Verdict $verdict     Arguments of both.
	 */
	private static function tell( Domain $row, Reason $domain, Reason $certificate, Verdict $verdict ): void {
		Hooks::condition_changed( $row, $domain, false );
		Hooks::condition_changed( $row, $certificate, true );
		$became_ready   = Status::Ready === $domain->status() && Status::Ready !== $row->domain_status;
		$became_covered = Reason::Covers === $certificate && Reason::Covers !== $row->certificate_reason;
		if ( $domain !== $row->domain_reason ) {
			History::add( $row->host, $domain->value, $verdict->domain_details );
			Log::info( "$row->host: $domain->value" );
		}
		if ( $became_covered ) {
			History::add( $row->host, $certificate->value, $verdict->certificate_details );
			Log::info( "$row->host: $certificate->value" );
		}
		// Where all is well the look comes once a day, and finds a record as well that Ultimate Multisite gave up since.
		if ( $became_ready || ( Status::Ready === $domain->status() && Reason::Covers === $certificate ) ) {
			Stage::tell( $row->host, Status::Ready === $certificate->status() );
		}
		if ( $became_ready ) {
			Hooks::domain_ready( $row->host );
		}
		if ( $became_covered ) {
			Hooks::certificate_ready( $row->host );
		}
	}
}
