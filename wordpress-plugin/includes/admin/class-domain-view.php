<?php
/**
 * All that is known of one host.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The view model of screens, command line, mail and REST. A row in the words of its page in the documentation: desired and actual state, both
 * conditions, what is planned, and what happened. What a customer may see of it is an allow-list.
 */
final class Domain_View {

	/**
	 * Of a row.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, mixed>
	 */
	public static function of( Domain $row ): array {
		// Without Ultimate Multisite nobody can say what the network wants.
		$line = Ultimate_Multisite::is_loaded() ? Plan::lines_of( array( $row->host ) )[ $row->host ] ?? null : null;
		return array(
			'host'        => $row->host,
			'unicode'     => Unicode::of( $row->host ),
			'domain'      => self::condition( $row->domain_status, $row->domain_reason, $row->domain_details, $row->domain_since ),
			'certificate' => self::condition( $row->certificate_status, $row->certificate_reason, $row->certificate_details, $row->certificate_since ) + array(
				'from'       => Overview::time( $row->certificate_from ),
				'until'      => Overview::time( $row->certificate_until ),
				'serial'     => $row->certificate_serial,
				'ordered_at' => Overview::time( $row->ordered_at ),
				'dns_since'  => Overview::time( $row->dns_since ),
			),
			'plan'        => self::planned( $line ),
			'desired'     => array(
				'is_wanted'   => $row->is_wanted(),
				'source'      => $row->source,
				'site_id'     => $row->site_id,
				'customer_id' => $row->customer_id,
				'suspended'   => $row->suspended,
				'www'         => $row->www,
				'redirection' => $row->redirection,
				'since'       => Overview::time( $row->desired_since ),
			),
			'actual'      => array(
				'state'       => $row->remote_state,
				'owner'       => $row->owner,
				'web_app'     => $row->web_app,
				'id'          => $row->remote_id,
				'type'        => $row->remote_type,
				'www'         => $row->remote_www,
				'redirection' => $row->remote_redirection,
				'wildcard'    => $row->remote_wildcard,
				'seen_at'     => Overview::time( $row->remote_seen_at ),
				'asked'       => $row->asked,
				'asked_at'    => Overview::time( $row->asked_at ),
			),
			'decision'    => array(
				'hold'        => $row->hold,
				'is_approved' => $row->is_approved(),
			),
			'ownership'   => self::ownership( $row ),
			'work'        => array(
				'due_at'        => Overview::time( $row->due_at ),
				'look_at'       => Overview::time( $row->look_at ),
				'attempts'      => $row->attempts,
				'failing_since' => Overview::time( $row->failing_since ),
			),
			'history'     => array_map( array( self::class, 'event' ), History::list( $row->host ) ),
		);
	}

	/**
	 * Of a row in a list: what is known without asking for more.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, mixed>
	 */
	public static function in_list( Domain $row ): array {
		return array(
			'host'        => $row->host,
			'unicode'     => Unicode::of( $row->host ),
			'site_id'     => $row->site_id,
			'is_wanted'   => $row->is_wanted(),
			'hold'        => $row->hold,
			'domain'      => self::condition( $row->domain_status, $row->domain_reason, $row->domain_details, $row->domain_since ),
			'certificate' => self::condition( $row->certificate_status, $row->certificate_reason, $row->certificate_details, $row->certificate_since )
				+ array( 'until' => Overview::time( $row->certificate_until ) ),
		);
	}

	/**
	 * What the customer may see of their own host: where it stands, what to do, and what DNS should hold. Nothing about RunCloud, the server or others.
	 *
	 * @param Domain       $row       The row.
	 * @param list<string> $addresses Addresses that DNS should have; none when they are not known.
	 *
	 * @return array{host: string, unicode: string, domain: array<string, string>, certificate: array<string, string>, dns: list<array<string, mixed>>, name_server: string, proof: array{name: string, value: string}|null}
	 */
	public static function for_customer( Domain $row, array $addresses ): array {
		$about    = array( 'host' => $row->host );
		$unproven = Domain::HOLD_OWNERSHIP === $row->hold;
		$reason   = $unproven ? Reason::Ownership : ( $row->domain_reason ?? Reason::Waiting );
		$domain   = $reason->for_customer( $row->domain_details + $about );
		// The DNS of an address below the network's own domain is not the customer's.
		$is_shared = '' !== Network::get_base_of( $row->host );
		if ( $is_shared && 'yours' === $domain['state'] ) {
			// As for whatever only the admins can end.
			$domain = Reason::Other_App->for_customer( $about );
		} elseif ( $is_shared && 'working' === $domain['state'] ) {
			$domain['next_step'] = Reason::Waiting->next_step();
		} elseif ( ! $unproven && array() === $addresses && in_array( $domain['state'], array( 'yours', 'working' ), true ) ) {
			$domain['next_step'] = __( 'Which records DNS should have is not known yet: look here again in some minutes.', 'domain-sync-for-runcloud' );
		}
		$name_server = $row->domain_details['name_server'] ?? '';
		return array(
			'host'        => $row->host,
			'unicode'     => Unicode::of( $row->host ),
			'domain'      => $domain,
			'certificate' => ( $row->certificate_reason ?? Reason::Waits_For_Dns )->for_customer( $row->certificate_details + $about, true )
				+ array( 'until' => Overview::time( $row->certificate_until ) ),
			'dns'         => $is_shared || $unproven ? array() : Records::of( $row, $addresses ),
			'name_server' => ! $is_shared && is_string( $name_server ) ? $name_server : '',
			'proof'       => $unproven && ! $is_shared ? Ownership::record_of( $row ) : null,
		);
	}

	/**
	 * The DNS records that a host needs, and what was found, as far as anybody looked.
	 *
	 * @param Domain       $row       The row.
	 * @param list<string> $addresses Addresses that DNS should have; none when they are not known.
	 *
	 * @return list<array{name: string, field: string, type: string, should_be: string, is_now: list<string>, is_right: bool, is_known: bool}> See Records.
	 */
	public static function dns( Domain $row, array $addresses ): array {
		return Records::of( $row, $addresses );
	}

	/**
	 * A condition: its code, what it means, and what to do.
	 *
	 * @param Status               $status  The status.
	 * @param Reason|null          $reason  Why.
	 * @param array<string, mixed> $details The reason's arguments.
	 * @param int                  $since   Since when.
	 *
	 * @return array<string, string>
	 */
	public static function condition( Status $status, ?Reason $reason, array $details, int $since ): array {
		return array(
			'status'    => $status->value,
			'reason'    => (string) $reason?->value,
			'sentence'  => (string) $reason?->sentence( $details ),
			'next_step' => (string) $reason?->next_step( $details ),
			'since'     => Overview::time( $since ),
		);
	}

	/**
	 * Who had the host, and the TXT record by which its customer proves that it is theirs; empty where neither is to be said.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, mixed>
	 */
	private static function ownership( Domain $row ): array {
		$had = 0 === $row->last_customer_id ? array() : array(
			'last_customer_id' => $row->last_customer_id,
			'left_at'          => Overview::time( $row->left_at ),
		);
		if ( Domain::HOLD_OWNERSHIP !== $row->hold ) {
			return $had;
		}
		$record = Ownership::record_of( $row );
		return $had + array(
			'txt_record' => $record['name'],
			'txt_value'  => $record['value'],
		);
	}

	/**
	 * What the plan says; empty for a row that is in order.
	 *
	 * @param Line|null $line The row's line.
	 *
	 * @return array<string, mixed>
	 */
	public static function planned( ?Line $line ): array {
		return null === $line ? array() : array(
			'kind'     => $line->kind,
			'state'    => $line->state,
			'label'    => $line->label(),
			'reason'   => (string) $line->reason?->value,
			'requests' => $line->requests,
		);
	}

	/**
	 * Something that happened: a reason's code or a word of its own.
	 *
	 * @param array{kind: string, details: array<string, mixed>, actor: int, via: string, at: int} $event The event.
	 *
	 * @return array<string, mixed>
	 */
	private static function event( array $event ): array {
		return array(
			'at'       => Overview::time( $event['at'] ),
			'kind'     => $event['kind'],
			'sentence' => Timeline::sentence( $event['kind'], $event['details'] ),
			'details'  => $event['details'],
			'user_id'  => $event['actor'],
			'via'      => $event['via'],
		);
	}
}
