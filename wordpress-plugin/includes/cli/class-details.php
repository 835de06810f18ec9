<?php
/**
 * All that is known of one host, for the command line.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

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
 * A row in the words of its page in the documentation: desired and actual state, both conditions, what is planned, and what happened.
 */
final class Details {

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
				'from'       => Output::time( $row->certificate_from ),
				'until'      => Output::time( $row->certificate_until ),
				'serial'     => $row->certificate_serial,
				'ordered_at' => Output::time( $row->ordered_at ),
				'dns_since'  => Output::time( $row->dns_since ),
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
				'since'       => Output::time( $row->desired_since ),
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
				'seen_at'     => Output::time( $row->remote_seen_at ),
				'asked'       => $row->asked,
				'asked_at'    => Output::time( $row->asked_at ),
			),
			'decision'    => array(
				'hold'        => $row->hold,
				'is_approved' => $row->is_approved(),
			),
			'ownership'   => self::ownership( $row ),
			'work'        => array(
				'due_at'        => Output::time( $row->due_at ),
				'look_at'       => Output::time( $row->look_at ),
				'attempts'      => $row->attempts,
				'failing_since' => Output::time( $row->failing_since ),
			),
			'history'     => array_map( array( self::class, 'event' ), History::list( $row->host ) ),
		);
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
	private static function condition( Status $status, ?Reason $reason, array $details, int $since ): array {
		return array(
			'status'    => $status->value,
			'reason'    => (string) $reason?->value,
			'sentence'  => (string) $reason?->sentence( $details ),
			'next_step' => (string) $reason?->next_step( $details ),
			'since'     => Output::time( $since ),
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
			'left_at'          => Output::time( $row->left_at ),
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
	private static function planned( ?Line $line ): array {
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
	 * @param array{kind: string, details: array<string, mixed>, actor: int, at: int} $event The event.
	 *
	 * @return array<string, mixed>
	 */
	private static function event( array $event ): array {
		$reason = Reason::tryFrom( $event['kind'] );
		return array(
			'at'       => Output::time( $event['at'] ),
			'kind'     => $event['kind'],
			'sentence' => (string) ( $event['details'] ? $reason?->sentence( $event['details'] ) : $reason?->label() ),
			'details'  => $event['details'],
			'user_id'  => $event['actor'],
		);
	}
}
