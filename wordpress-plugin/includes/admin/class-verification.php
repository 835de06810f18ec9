<?php
/**
 * What is the matter with one host, as of now.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Serving\Observation;
use Domain_Sync_For_RunCloud\Serving\Probe;
use Domain_Sync_For_RunCloud\Serving\Verdict;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The view model of "verify": looks at DNS, plain HTTP and TLS now, and says beside that what RunCloud has, as far as anybody looked. Also for a host that
 * nobody maps yet. Costs no request to RunCloud and writes nothing.
 */
final class Verification {

	/** Seconds for all looks. */
	private const DEADLINE = 15.0;

	/** What ends by itself: nobody has anything to do, and only time is needed. */
	private const BY_ITSELF = array(
		Reason::Waiting, Reason::Mapped, Reason::Adopted, Reason::Removal_Waits, Reason::Removal_Delayed, Reason::Outcome_Unknown, Reason::Rate_Limited, Reason::Panel_Down,
		Reason::Unreachable, Reason::Differs, Reason::Deleted, Reason::Wildcard_Gone, Reason::Not_Served_Yet, Reason::Move_Prepared, Reason::Waits_For_Dns, Reason::No_Certificate, Reason::Other_Name,
		Reason::Self_Signed, Reason::Expired, Reason::Order_Waits, Reason::Order_Under_Way, Reason::Budget_Spent, Reason::Shared_Waits,
	);

	/**
	 * Looks, and says what that means.
	 *
	 * @param string $host Host name as the extension writes it.
	 *
	 * @return array<string, mixed>
	 */
	public static function of( string $host ): array {
		return self::of_many( array( $host ) )[ $host ];
	}

	/**
	 * The same for many hosts, which are looked at together.
	 *
	 * @param list<string> $hosts Host names as the extension writes them, Domain_List::PIECE at most.
	 *
	 * @return array<string, array<string, mixed>> By host.
	 */
	public static function of_many( array $hosts ): array {
		$known     = Domain_List::find_many( $hosts );
		$lines     = $known && Ultimate_Multisite::is_loaded() ? Plan::lines_among( $known ) : array();
		$rows      = array_map( static fn( string $host ): Domain => $known[ $host ] ?? new Domain( id: 0, host: $host ), array_values( $hosts ) );
		$addresses = ( new Web_App() )->addresses() ?? array();
		$looked    = Probe::look( $rows, $addresses, self::DEADLINE );
		$all       = array();
		foreach ( $rows as $row ) {
			$seen    = $looked['seen'][ $row->host ];
			$verdict = Verdict::of( $seen, $row, $looked['main'], time() );
			$says    = self::findings( $row, $verdict );

			$all[ $row->host ] = array(
				'host'           => $row->host,
				'unicode'        => Unicode::of( $row->host ),
				'is_right'       => ! array_filter( $says, static fn( array $one ): bool => Status::Ready->value !== $one['status'] ),
				'needs_somebody' => (bool) array_filter( array_column( $says, 'to_fix' ) ),
				'resolves_to'    => array( ...$seen->values( 'A' ), ...$seen->values( 'AAAA' ) ),
				'should_be'      => $addresses,
				'findings'       => $says,
				'next_command'   => self::next_command( $row, $says ),
				'dns'            => $seen->dns,
				'http'           => self::http( $seen ),
				'tls'            => self::tls( $seen->tls ),
				'tls_here'       => self::tls( $seen->tls_here ),
				'www'            => null === $seen->www ? null : array(
					'dns'  => $seen->www->dns,
					'http' => self::http( $seen->www ),
					'tls'  => self::tls( $seen->www->tls ),
				),
				'panel'          => self::panel( $row ),
				'plan'           => Domain_View::planned( $lines[ $row->host ] ?? null ),
				'error'          => $looked['error'],
			);
		}
		return $all;
	}

	/**
	 * What RunCloud, DNS with HTTP, and TLS say, in this order.
	 *
	 * @param Domain  $row     The row.
	 * @param Verdict $verdict What the look means.
	 *
	 * @return list<array<string, mixed>>
	 */
	private static function findings( Domain $row, Verdict $verdict ): array {
		$findings = array( self::of_panel( $row ) );
		if ( 0 !== $row->id && ! $row->is_wanted() ) {
			return $findings;
		}
		$findings[] = self::finding( 'domain', $verdict->domain, $verdict->domain_details );
		$findings[] = self::finding( 'certificate', $verdict->certificate, $verdict->certificate_details );
		return $findings;
	}

	/**
	 * What is known of the host at RunCloud and in the network.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, mixed>
	 */
	private static function of_panel( Domain $row ): array {
		if ( 0 === $row->id ) {
			return Network::is_main( $row->host )
				? self::finding( 'panel', Reason::Base_Domain, array() )
				: array(
					'about'     => 'panel',
					'status'    => Status::Action->value,
					'reason'    => 'not-mapped',
					'sentence'  => Inventory::is_listed()
						? __( 'Nobody maps this host here, and RunCloud did not have it when its list was last read.', 'domain-sync-for-runcloud' )
						: __( 'Nobody maps this host here; RunCloud\'s list of domains was never read.', 'domain-sync-for-runcloud' ),
					'next_step' => __( 'Map it to a site in Ultimate Multisite, or have RunCloud serve it for code.', 'domain-sync-for-runcloud' ),
					'to_fix'    => true,
				);
		}
		$is_settled = '' === $row->hold && $row->is_wanted() && Domain::PRESENT === $row->remote_state && 0 === $row->failing_since && ! $row->suspended;
		return $is_settled ? array(
			'about'     => 'panel',
			'status'    => Status::Ready->value,
			'reason'    => 'at-runcloud',
			/* translators: %s: a time. */
			'sentence'  => sprintf( __( 'RunCloud has this domain, as of %s.', 'domain-sync-for-runcloud' ), Overview::time( $row->remote_seen_at ) ),
			'next_step' => '',
			'to_fix'    => false,
		) : self::finding( 'panel', $row->domain_reason ?? Reason::Waiting, $row->domain_details );
	}

	/**
	 * One finding.
	 *
	 * @param string               $about   "panel", "domain" (DNS and HTTP) or "certificate".
	 * @param Reason               $reason  What it is.
	 * @param array<string, mixed> $details The reason's arguments.
	 *
	 * @return array{about: string, status: string, reason: string, sentence: string, next_step: string, to_fix: bool}
	 */
	private static function finding( string $about, Reason $reason, array $details ): array {
		return array(
			'about'     => $about,
			'status'    => $reason->status()->value,
			'reason'    => $reason->value,
			'sentence'  => $reason->sentence( $details ),
			'next_step' => $reason->next_step( $details ),
			'to_fix'    => Status::Ready !== $reason->status() && ! in_array( $reason, self::BY_ITSELF, true ),
		);
	}

	/**
	 * What to type next; "" where all is well.
	 *
	 * @param Domain                     $row  The row.
	 * @param list<array<string, mixed>> $says Findings.
	 */
	private static function next_command( Domain $row, array $says ): string {
		$first = array_values( array_filter( $says, static fn( array $one ): bool => $one['to_fix'] ) )[0] ?? null;
		$open  = array_filter( $says, static fn( array $one ): bool => Status::Ready->value !== $one['status'] );
		return match ( true ) {
			array() === $open                       => '',
			null === $first                         => "wp domain-sync get $row->host",
			'not-mapped' === $first['reason']       => "wp domain-sync add $row->host --site=<id>",
			'' !== $row->hold                       => "wp domain-sync approve $row->host",
			'panel' === $first['about']             => "wp domain-sync retry $row->host",
			'certificate' === $first['about'] && Status::Unknown->value !== $first['status'] => "wp domain-sync ssl $row->host",
			default                                 => "wp domain-sync verify $row->host",
		};
	}

	/**
	 * The way of a request by plain HTTP.
	 *
	 * @param Observation $seen What was seen.
	 *
	 * @return array<string, mixed>
	 */
	private static function http( Observation $seen ): array {
		return array(
			'reaches_this_network' => $seen->nonce,
			// The path is our nonce's, which is nobody's business.
			'hops'                 => array_map( static fn( array $hop ): array => array( 'url' => (string) preg_replace( '~^([a-z]+://[^/?#]*).*$~is', '$1', $hop['url'] ) ) + $hop, $seen->http ),
		);
	}

	/**
	 * A certificate that was shown.
	 *
	 * @param array<string, mixed> $tls What was seen; empty where nobody looked.
	 *
	 * @return array<string, mixed>
	 */
	private static function tls( array $tls ): array {
		return array() === $tls ? array() : array(
			'verdict' => $tls['verdict'] ?? Observation::LATE,
			'names'   => $tls['names'] ?? array(),
			'issuer'  => $tls['issuer'] ?? '',
			'from'    => Overview::time( (int) ( $tls['from'] ?? 0 ) ),
			'until'   => Overview::time( (int) ( $tls['until'] ?? 0 ) ),
		);
	}

	/**
	 * What RunCloud has, as far as anybody looked.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, mixed>
	 */
	private static function panel( Domain $row ): array {
		return array(
			'is_known' => 0 !== $row->id,
			'state'    => $row->remote_state,
			'owner'    => $row->owner,
			'id'       => $row->remote_id,
			'www'      => $row->remote_www,
			'seen_at'  => Overview::time( $row->remote_seen_at ),
			'hold'     => $row->hold,
			'site_id'  => $row->site_id,
		);
	}
}
