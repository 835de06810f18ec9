<?php
/**
 * Both conditions of a host, for its page.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Each as a status, a sentence and a next step.
 */
final class Conditions {

	/** What renews itself. */
	const LIVE = array( 'conditions' );

	/**
	 * Both.
	 *
	 * @param Domain $row The row.
	 */
	public static function html( Domain $row ): string {
		$next = Html::tag( 'p', array( 'class' => 'domain-sync-next' ), esc_html( __( 'Next try:', 'domain-sync-for-runcloud' ) ) . ' ', Words::next( $row ) );
		return self::condition( __( 'Domain', 'domain-sync-for-runcloud' ), $row->domain_status, $row->domain_reason, $row->domain_details, $row->domain_since )
			. ( null === $row->certificate_reason && ! $row->is_wanted() ? '' : self::condition( __( 'Certificate', 'domain-sync-for-runcloud' ), $row->certificate_status, $row->certificate_reason, $row->certificate_details, $row->certificate_since, self::until( $row ) ) )
			. $next;
	}

	/**
	 * One.
	 *
	 * @param string               $name    What it is of.
	 * @param Status               $status  The status.
	 * @param Reason|null          $reason  Why.
	 * @param array<string, mixed> $details The reason's arguments.
	 * @param int                  $since   Since when.
	 * @param string               $more    HTML below it.
	 */
	private static function condition( string $name, Status $status, ?Reason $reason, array $details, int $since, string $more = '' ): string {
		$step = (string) $reason?->next_step( $details );
		return Html::tag(
			'div',
			array( 'class' => "domain-sync-condition is-$status->value" ),
			Html::text( 'h3', $name ),
			Html::tag( 'p', array( 'class' => 'domain-sync-lead' ), Words::status( $status, (string) $reason?->label() ) ),
			null === $reason ? '' : Html::text( 'p', $reason->sentence( $details ) ),
			'' === $step ? '' : Html::tag( 'p', array(), Html::text( 'strong', __( 'What to do:', 'domain-sync-for-runcloud' ) ), ' ', esc_html( $step ) ),
			$more,
			0 === $since ? '' : Html::tag( 'p', array( 'class' => 'domain-sync-why' ), esc_html( __( 'Since:', 'domain-sync-for-runcloud' ) ) . ' ', Words::time( $since ) )
		);
	}

	/**
	 * Until when the certificate holds.
	 *
	 * @param Domain $row The row.
	 */
	private static function until( Domain $row ): string {
		return 0 === Words::end( $row ) ? '' : Html::tag( 'p', array(), esc_html( __( 'It ends:', 'domain-sync-for-runcloud' ) ) . ' ', Words::time( Words::end( $row ) ) );
	}
}
