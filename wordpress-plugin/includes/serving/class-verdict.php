<?php
/**
 * Judges what was seen of a host.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Pure: a look, the row and the time give two conditions, their reasons, and the time of the next look. What could not be looked at is
 * no failure: it has a reason of its own. What proves that all is well counts in any case; what speaks against a host counts only when
 * the network's own main host passes the same kind of look.
 */
final class Verdict {

	/** A renewal that has not come when this share of a certificate's life is left is late: Let's Encrypt's clients renew at a third. */
	const LATE_SHARE = 0.25;

	/** Seconds that a server may need to serve a new host, and RunCloud to carry an order out. */
	const SERVED_WITHIN  = 3600;
	const ORDERED_WITHIN = 600;

	/** Seconds by which Let's Encrypt dates a certificate back, for clocks that are behind. */
	const BACKDATED = 3600;

	/** Seconds that RunCloud has for a certificate that it looks after by itself. */
	const AUTOMATIC_WITHIN = 86400;

	/** The cron's tick. */
	const TICK = 60;

	/** What only the planner knows about a certificate; a look that finds none leaves it as it is. */
	private const OF_PLANNER = array( Reason::Order_Waits, Reason::Order_Failed, Reason::Budget_Spent, Reason::First_Certificate, Reason::Shared_Waits, Reason::Shared_Blocked, Reason::Names_Limit );

	/** Why a redirection is not followed, and why its target cannot be asked. */
	private const LOST    = array( 'bad-scheme', 'bad-port', 'bad-host', 'bad-location', 'location-too-long', 'user-name-in-url', 'redirect-loop', 'too-many-redirects' );
	private const NOWHERE = array( 'no-address', 'dns', 'not-public' );

	/** The domain's condition. */
	public readonly Reason $domain;

	/**
	 * Its arguments.
	 *
	 * @var array<string, mixed>
	 */
	public readonly array $domain_details;

	/** The certificate's condition. */
	public readonly Reason $certificate;

	/**
	 * Its arguments.
	 *
	 * @var array<string, mixed>
	 */
	public readonly array $certificate_details;

	/** Since when DNS is right, as a Unix time; 0 when it is not. */
	public readonly int $dns_since;

	/** When to look again, as a Unix time. */
	public readonly int $look_at;

	/**
	 * The certificate that counts, as the observation has it.
	 *
	 * @var array<string, mixed>
	 */
	public readonly array $served;

	/**
	 * The one that this server shows for the host, whoever stands before it.
	 *
	 * @var array<string, mixed>
	 */
	public readonly array $here;

	/**
	 * See of().
	 *
	 * @param Observation $seen What was seen of the host.
	 * @param Domain       $row   The row.
	 * @param list<string> $blind Kinds of look that prove nothing against a host.
	 * @param int          $now   Unix time.
	 * @param int          $renew_by When the issuer wants the certificate renewed at the latest, where that is early; else 0.
	 */
	private function __construct( private readonly Observation $seen, private readonly Domain $row, private readonly array $blind, private readonly int $now, private readonly int $renew_by ) {
		list( $this->domain, $details )                        = $this->of_domain();
		list( $this->certificate, $this->certificate_details ) = $this->of_certificate();

		// One is enough to know the provider where somebody has to change something.
		$name_servers         = Status::Ready === $this->domain->status() ? array() : $seen->values( 'ZONE' );
		$this->domain_details = $details + ( $name_servers ? array( 'name_server' => min( $name_servers ) ) : array() );

		$this->dns_since = match ( $this->domain->status() ) {
			Status::Ready   => 0 !== $row->dns_since ? $row->dns_since : $now,
			Status::Unknown => $row->dns_since,
			// The server's own troubles say nothing against DNS.
			default         => in_array( $this->domain, array( Reason::Not_Served_Yet, Reason::Port_Closed, Reason::Redirects_Away ), true ) ? $row->dns_since : 0,
		};
		$this->look_at = $this->next_look();
	}

	/**
	 * Judges.
	 *
	 * @param Observation      $seen What was seen of the host.
	 * @param Domain           $row  The row as it was when the host was looked at.
	 * @param Observation|null $main What was seen of the network's main host in the same batch. Where not even that passes (no way out, a
	 *                               dead resolver, no way back to oneself, a wrong clock) nothing is proved against a host.
	 * @param int              $now  Unix time.
	 * @param int              $renew_by When the issuer wants the certificate that is served renewed at the latest, where that is early; else 0.
	 */
	public static function of( Observation $seen, Domain $row, ?Observation $main, int $now, int $renew_by = 0 ): self {
		return new self( $seen, $row, null === $main ? array() : $main->fails_in(), $now, $renew_by );
	}

	/**
	 * Whether a certificate that a browser trusts is served that is newer than the one before; of the first one that is seen, whether it is so new that
	 * Let's Encrypt counts it still.
	 */
	public function has_new_certificate(): bool {
		$from = (int) ( $this->served['from'] ?? 0 );
		return Observation::TRUSTED === ( $this->served['verdict'] ?? '' ) && '' !== (string) ( $this->served['serial'] ?? '' )
			&& strtolower( (string) $this->served['serial'] ) !== $this->row->certificate_serial
			&& $from > $this->row->certificate_from && ( '' !== $this->row->certificate_serial || $from > $this->now - 7 * 86400 );
	}

	/** When the certificate that is served begins, as a Unix time; what is known of it where nobody saw one. */
	public function served_from(): int {
		return 0 === (int) ( $this->served['from'] ?? 0 ) ? $this->row->certificate_from : (int) $this->served['from'];
	}

	/** When it ends. The details of a reason that the planner gave have another time there: until when it waits. */
	public function served_until(): int {
		return 0 === (int) ( $this->served['until'] ?? 0 ) ? $this->row->certificate_until : (int) $this->served['until'];
	}

	/** When the certificate that is served was issued, as a Unix time: Let's Encrypt dates it an hour back. */
	public function issued_at(): int {
		return min( $this->now, (int) ( $this->served['from'] ?? 0 ) + self::BACKDATED );
	}

	/**
	 * Whether the certificate that is served is what an order brought, which has not brought another one before.
	 *
	 * @param int $ordered_at When it was ordered, as a Unix time; 0 when it was not.
	 */
	public function was_ordered_at( int $ordered_at ): bool {
		return self::is_of_order( (int) ( $this->served['from'] ?? 0 ), $ordered_at ) && ! self::is_of_order( $this->row->certificate_from, $ordered_at );
	}

	/**
	 * Whether a certificate begins when one would that an order brought: dated back by an hour or less, ten minutes after the order at most.
	 *
	 * @param int $from       When it begins, as a Unix time; 0 when there is none.
	 * @param int $ordered_at When was ordered, as a Unix time; 0 when nothing was.
	 */
	public static function is_of_order( int $from, int $ordered_at ): bool {
		return 0 !== $ordered_at && 0 !== $from && $from >= $ordered_at - self::BACKDATED - 60 && $from <= $ordered_at + self::ORDERED_WITHIN;
	}

	/**
	 * The domain's condition, "www." included where it is to be served.
	 *
	 * @return array{Reason, array<string, mixed>}
	 */
	private function of_domain(): array {
		list( $reason, $details ) = $this->of_name( $this->seen );
		$is_move = Reason::Move_Prepared === $reason;
		if ( ( Status::Ready !== $reason->status() && ! $is_move ) || ! $this->row->www || null === $this->seen->www ) {
			return array( $reason, $details );
		}
		list( $of_www, $www_details ) = $this->of_name( $this->seen->www );

		$www_details += array( 'domain' => $this->seen->host );
		return match ( $of_www ) {
			Reason::Served, Reason::Proxied                                       => array( $reason, $details ),
			Reason::Dns_None                                                      => array( Reason::Www_Missing, $www_details ),
			Reason::Dns_Elsewhere, Reason::Ready_To_Switch, Reason::Move_Prepared => match ( true ) {
				! $is_move                        => array( Reason::Www_Elsewhere, $www_details ),
				Reason::Dns_Elsewhere === $of_www => array( $of_www, $details ),
				default                           => array( $reason, $details ),
			},
			Reason::Dns_Left                                                      => array( $this->seen->www->has_address() ? Reason::Www_Elsewhere : Reason::Www_Missing, $www_details ),
			default                                                               => array( $of_www, $www_details ),
		};
	}

	/**
	 * The condition of one name.
	 *
	 * @param Observation $seen What was seen of it.
	 *
	 * @return array{Reason, array<string, mixed>}
	 */
	private function of_name( Observation $seen ): array {
		$ours    = array( ...$seen->addresses( 'A', true ), ...$seen->addresses( 'AAAA', true ) );
		$others  = $seen->addresses( 'A', false );
		$found   = array( ...$others, ...$seen->addresses( 'AAAA', false ) );
		$details = compact( 'found' ) + array( 'host' => $seen->host, 'expected' => $seen->expected, 'cname' => $seen->values( 'CNAME' ) );
		$is_known = array() !== $seen->expected;
		// Who checks DNSSEC, as Let's Encrypt does, does not find what we found.
		$is_bogus = ! $seen->has_address() && Observation::BOGUS === $seen->obstacle();
		if ( $seen->nonce && ! $is_bogus && ( array() === $ours || array() === $found || ! $is_known ) ) {
			return array( $is_known && array() === $ours && $found ? Reason::Proxied : Reason::Served, array() );
		}
		if ( ! $seen->has_address() ) {
			return $this->without_address( $seen, $details );
		}
		$is_prepared = Reason::Covers === $this->of_tls( $seen->tls_here )[0];
		return match ( true ) {
			$is_known && array() === $ours && $this->had_dns() => array( Reason::Dns_Left, $details ),
			$is_known && array() === $ours                     => array( $is_prepared ? Reason::Ready_To_Switch : $this->elsewhere( $seen ), $details + array( 'challenge' => true === $seen->challenge ) ),
			$seen->has_cname_conflict()                        => array( Reason::Dns_Cname_Conflict, $details ),
			$is_known && array() !== $others                   => array( Reason::Dns_Some_Elsewhere, $details ),
			$is_known && array() !== $found                    => array( Reason::Dns_Aaaa_Elsewhere, $details ),
			default                                            => $this->without_nonce( $seen ),
		};
	}

	/**
	 * A name whose DNS leads elsewhere: what its old server does with what Let's Encrypt asks for.
	 *
	 * @param Observation $seen What was seen of it.
	 */
	private function elsewhere( Observation $seen ): Reason {
		// Where there was no time to ask it stays as it was.
		return ( $seen->challenge ?? Reason::Move_Prepared === $this->row->domain_reason ) ? Reason::Move_Prepared : Reason::Dns_Elsewhere;
	}

	/**
	 * A name for which DNS gave no address.
	 *
	 * @param Observation          $seen    What was seen of it.
	 * @param array<string, mixed> $details Arguments for the reason.
	 *
	 * @return array{Reason, array<string, mixed>}
	 */
	private function without_address( Observation $seen, array $details ): array {
		if ( in_array( 'dns', $this->blind, true ) ) {
			return array( Reason::Network_Unreachable, array( 'kind' => 'DNS' ) );
		}
		return match ( $seen->obstacle() ) {
			Observation::BOGUS   => array( Reason::Dns_Bogus, $details ),
			Observation::REFUSED => array( Reason::Dns_Lame, $details ),
			Observation::FAILED  => array( Reason::Dns_Failed, $details ),
			Observation::LATE    => array( Reason::Not_Looked, array( 'host' => $seen->host, 'kind' => 'DNS' ) ),
			default              => array( $seen->has_cname_conflict() ? Reason::Dns_Cname_Conflict : ( $this->had_dns() ? Reason::Dns_Left : Reason::Dns_None ), $details ),
		};
	}

	/**
	 * A name whose DNS is right, or cannot be compared, and that did not bring our nonce back.
	 *
	 * @param Observation $seen What was seen of it.
	 *
	 * @return array{Reason, array<string, mixed>}
	 */
	private function without_nonce( Observation $seen ): array {
		if ( in_array( 'http', $this->blind, true ) ) {
			return array( Reason::Network_Unreachable, array( 'kind' => 'HTTP' ) );
		}
		$last    = $seen->last_hop();
		$error   = null === $last ? Observation::LATE : (string) ( $last['error'] ?? '' );
		$target  = $seen->ends_at();
		$is_tls  = str_starts_with( $last['url'] ?? '', 'https:' );
		$details = array(
			'host'     => $seen->host,
			'found'    => array( ...$seen->values( 'A' ), ...$seen->values( 'AAAA' ) ),
			'status'   => (int) ( $last['status'] ?? 0 ),
			'target'   => ( $is_tls ? 'https://' : '' ) . $target,
			'expected' => $seen->expected,
		);
		$is_away = ! in_array( $target, array( '', $seen->host, "www.{$seen->host}", preg_replace( '/^www\./', '', $seen->host ) ), true );
		// A redirection that nobody can follow, or one to where nobody answers.
		$is_lost = '' !== $error && ( $is_tls || in_array( $error, self::LOST, true ) || ( count( $seen->http ) > 1 && in_array( $error, self::NOWHERE, true ) ) );
		$is_new  = $this->now - max( $this->row->desired_since, $this->row->dns_since ) < self::SERVED_WITHIN;
		return match ( true ) {
			Observation::LATE === $error           => array( Reason::Not_Looked, array( 'host' => $seen->host, 'kind' => 'HTTP' ) ),
			$is_away, $is_lost                     => array( Reason::Redirects_Away, $details ),
			'not-public' === $error                => array( Reason::Dns_Elsewhere, $details ),
			'' !== $error                          => array( Reason::Port_Closed, $details ),
			array() !== $seen->expected && $is_new => array( Reason::Not_Served_Yet, $details ),
			default                                => array( Reason::Another_Server, $details ),
		};
	}

	/**
	 * The certificate's condition.
	 *
	 * @return array{Reason, array<string, mixed>}
	 */
	private function of_certificate(): array {
		$here = $this->seen->tls_here;
		$tls  = match ( true ) {
			// A proxy shows visitors its own certificate; ours must be good enough for the proxy.
			Reason::Proxied === $this->domain           => Observation::TRUSTED === ( $this->seen->tls['verdict'] ?? '' ) && $here ? $here : $this->seen->tls,
			Status::Ready === $this->domain->status()   => $this->seen->tls,
			Status::Unknown === $this->domain->status() => $here ? $here : $this->seen->tls,
			// Visitors come to another server; what it shows says nothing about ours.
			default                                     => $here ? $here : array( 'verdict' => Observation::NONE ),
		};
		$this->served = $tls;
		$this->here   = Reason::Served === $this->domain ? $this->seen->tls : $here;
		list( $reason, $details ) = $this->of_tls( $tls );
		if ( Reason::Covers === $reason || Reason::Renewal_Late === $reason ) {
			$is_under_way = Reason::Renewal_Late === $reason && $this->row->ordered_at + self::ORDERED_WITHIN > $this->now;
			return array( $is_under_way ? Reason::Order_Under_Way : $reason, $details );
		}
		$missing = array( 'host' => $this->seen->host ) + $details;
		$issuers = $this->seen->issuers_without_lets_encrypt();
		if ( array() === $issuers && $this->row->www && null !== $this->seen->www ) {
			$issuers = $this->seen->www->issuers_without_lets_encrypt();
			$missing = ( array() === $issuers ? array() : array( 'host' => $this->seen->www->host ) ) + $missing;
		}
		return match ( true ) {
			$this->is_caa_to_blame()                                                      => array( Reason::Caa_Failed, $missing ),
			$this->is_certificate_settled() && array() === $issuers                       => array( $this->row->certificate_reason, $this->row->certificate_details ),
			in_array( 'tls', $this->blind, true )                                         => array( Reason::Network_Unreachable, array( 'kind' => 'TLS' ) ),
			Status::Unknown === $this->domain->status() && Reason::Not_Looked !== $reason => array( $this->domain, array( 'host' => $this->seen->host, 'kind' => 'TLS' ) ),
			Reason::Not_Looked === $reason                                                => array( $reason, $missing ),
			array() !== $issuers                                                          => array( Reason::Caa_Forbids, array( 'issuers' => $issuers ) + $missing ),
			$this->row->ordered_at + self::ORDERED_WITHIN > $this->now                    => array( Reason::Order_Under_Way, $missing ),
			! $this->may_be_ordered()                                                     => array( Reason::Waits_For_Dns, $missing ),
			default                                                                       => array( $reason, $missing ),
		};
	}

	/**
	 * What one certificate is worth.
	 *
	 * @param array<string, mixed> $tls What was seen of it.
	 *
	 * @return array{Reason, array<string, mixed>}
	 */
	private function of_tls( array $tls ): array {
		$from    = (int) ( $tls['from'] ?? 0 );
		$until   = (int) ( $tls['until'] ?? 0 );
		$missing = Observation::not_covered( $tls, $this->row->names() );
		$details = compact( 'from', 'until', 'missing' ) + array( 'issuer' => (string) ( $tls['issuer'] ?? '' ) ) + ( 0 === $this->renew_by ? array() : array( 'renew_by' => $this->renew_by ) );
		return match ( $tls['verdict'] ?? Observation::LATE ) {
			Observation::TRUSTED        => array(
				match ( true ) {
					array() !== $missing                     => Reason::Other_Name,
					$this->late_at( $details ) <= $this->now => Reason::Renewal_Late,
					default                                  => Reason::Covers,
				},
				$details,
			),
			Observation::EXPIRED        => array( Reason::Expired, $details ),
			Observation::NOT_YET_VALID  => array( Reason::Not_Yet_Valid, $details ),
			Observation::SELF_SIGNED    => array( Reason::Self_Signed, $details ),
			Observation::OTHER_NAME     => array( Reason::Other_Name, array( 'missing' => $missing ? $missing : $this->row->names() ) + $details ),
			Observation::UNKNOWN_ISSUER => array( Reason::Unknown_Issuer, $details ),
			Observation::STAGING        => array( Reason::Staging, $details ),
			Observation::NONE           => array( Reason::No_Certificate, array() ),
			default                     => array( Reason::Not_Looked, array( 'kind' => 'TLS' ) ),
		};
	}

	/**
	 * From when on the renewal of a certificate is late, as a Unix time.
	 *
	 * @param array{from: int, until: int, renew_by?: int} $details See of_tls().
	 */
	private function late_at( array $details ): int {
		$by_share = 0 === $details['until'] ? PHP_INT_MAX : 1 + (int) floor( $details['until'] - ( $details['until'] - $details['from'] ) * self::LATE_SHARE );
		return min( $by_share, $details['renew_by'] ?? PHP_INT_MAX );
	}

	/** Whether the planner, or RunCloud's answer to an order, said how the certificate is, while nothing speaks against DNS. */
	private function is_certificate_settled(): bool {
		$reason = $this->row->certificate_reason;
		if ( null === $reason || ( ! $this->may_be_ordered() && Status::Unknown !== $this->domain->status() ) ) {
			return false;
		}
		if ( Reason::Automatic === $reason ) {
			// RunCloud looks after it, and has a day.
			return $this->row->certificate_since + self::AUTOMATIC_WITHIN > $this->now;
		}
		// An order that is to be tried again (its status is another than its reason's) has not failed any more.
		$is_answer = Reason::Not_Renewable === $reason || $this->row->has_failed_order();
		return in_array( $reason, self::OF_PLANNER, true ) || ( $is_answer && $this->row->certificate_status === $reason->status() );
	}

	/**
	 * Whether orders brought nothing, and CAA records cannot be looked up: Let's Encrypt issues nothing then. Before an order failed that is no
	 * reason not to try.
	 */
	private function is_caa_to_blame(): bool {
		$outcomes = array( $this->seen->outcome( 'CAA' ), $this->row->www && null !== $this->seen->www ? $this->seen->www->outcome( 'CAA' ) : Observation::NONE );
		return in_array( $this->row->certificate_reason, array( Reason::Order_Failed, Reason::Caa_Failed ), true )
			&& ! in_array( 'dns', $this->blind, true )
			&& array() !== array_intersect( $outcomes, array( Observation::FAILED, Observation::REFUSED, Observation::BOGUS ) );
	}

	/** Whether Let's Encrypt would reach this server for the host. */
	private function may_be_ordered(): bool {
		return Status::Ready === $this->domain->status() || Reason::Move_Prepared === $this->domain;
	}

	/** Whether DNS was right before. */
	private function had_dns(): bool {
		return 0 !== $this->row->dns_since || Reason::Dns_Left === $this->row->domain_reason;
	}

	/**
	 * When to look again. While something is awaited: after an order in doubling steps, else each minute in the first hour, each five
	 * minutes in the first day, then hourly; otherwise once a day, and when the renewal is late: of a certificate of six days a day would be too much.
	 */
	private function next_look(): int {
		$waits_for_domain = Status::Ready !== $this->domain->status();
		if ( ! $waits_for_domain && Status::Ready === $this->certificate->status() ) {
			$part     = crc32( $this->row->host );
			$in_a_day = $this->now + 86400 - $part % 7200;
			$late_at  = Reason::Covers === $this->certificate ? min( $in_a_day, $this->late_at( $this->certificate_details ) ) : $in_a_day;
			// Hosts of one certificate do not all come at once.
			return $this->tick( min( $in_a_day, $late_at + self::TICK + $part % 540 ) );
		}
		if ( ! $waits_for_domain && Reason::Order_Under_Way === $this->certificate ) {
			$seconds = 10;
			while ( $this->row->ordered_at + $seconds <= $this->now && $seconds <= self::ORDERED_WITHIN ) {
				$seconds *= 2;
			}
			// Steps below a minute are for the run that ordered; rounded down they would lie in the past.
			return max( $this->now + 1, $this->row->ordered_at + min( $seconds, self::ORDERED_WITHIN ) );
		}
		$is_same = $waits_for_domain ? $this->row->domain_reason === $this->domain : $this->row->certificate_reason === $this->certificate;
		$since   = $waits_for_domain ? $this->row->domain_since : $this->row->certificate_since;
		$age     = $is_same && 0 !== $since ? max( 0, $this->now - $since ) : 0;
		$next    = $this->tick( $this->now + ( $age < 3600 ? self::TICK : ( $age < 86400 ? 300 : 3600 ) ) );
		// What is to be ordered again is looked at in the same run before that: it may have come by itself.
		return ! $waits_for_domain && $this->row->due_at >= $this->now + self::TICK ? min( $next, $this->row->due_at ) : $next;
	}

	/**
	 * A time rounded down to the cron's tick, so that it is due at that tick and not at the next. It is a tick away at least.
	 *
	 * @param int $time Unix time.
	 */
	private function tick( int $time ): int {
		return $time - $time % self::TICK;
	}
}
