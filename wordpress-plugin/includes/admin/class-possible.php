<?php
/**
 * What somebody may do about a row.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Pure: which buttons a row gets. Whether what is asked for can still be done is seen to where it is done.
 */
final class Possible {

	const CHECK   = 'check';
	const RETRY   = 'retry';
	const ORDER   = 'redeploy';
	const ADOPT   = 'adopt';
	const REMOVE  = 'remove';
	const UNDO    = 'undo';
	const APPROVE = 'approve';
	const DECLINE = 'decline';

	/** Those that can be done about many hosts at once. */
	const BULK = array( self::CHECK, self::RETRY, self::ORDER, self::ADOPT, self::UNDO, self::REMOVE );

	/**
	 * Names of what may be done, the most wanted first.
	 *
	 * @param Domain $row     The row.
	 * @param int    $web_app The web application that the network uses.
	 *
	 * @return list<string>
	 */
	public static function about( Domain $row, int $web_app ): array {
		$is_there   = Domain::PRESENT === $row->remote_state && $row->web_app === $web_app;
		$is_served  = $is_there && $row->is_wanted() && ! $row->suspended && '' === $row->hold;
		$is_primary = 'primary' === $row->remote_type;
		$is_held    = ! in_array( $row->hold, array( '', Domain::HOLD_DECLINED ), true );
		return array_keys(
			array_filter(
				array(
					self::APPROVE => '' !== $row->hold && $row->is_wanted(),
					self::DECLINE => $is_held,
					self::UNDO    => self::is_leaving( $row ) && $is_there && ! $is_primary,
					self::ADOPT   => $is_served && ! $is_primary && ! $row->is_owned(),
					self::CHECK   => $is_served,
					self::RETRY   => '' === $row->hold && ! $is_primary && self::is_stuck( $row ),
					self::ORDER   => $is_served && Status::Ready === $row->domain_status && 0 !== $row->dns_since && ! in_array( $row->certificate_reason, array( Reason::Automatic, Reason::Wildcard_Certificate ), true ),
					self::REMOVE  => ! $is_primary && ( in_array( Domain::CODE, $row->source, true ) || ( $is_there && ! $row->is_wanted() && $row->is_owned() && ( '' !== $row->hold || Reason::Removal_Delayed === $row->domain_reason ) ) ),
				)
			)
		);
	}

	/**
	 * A word for a button.
	 *
	 * @param string $what What is done.
	 */
	public static function label( string $what ): string {
		return match ( $what ) {
			self::CHECK   => __( 'Check now', 'domain-sync-for-runcloud' ),
			self::RETRY   => __( 'Try again', 'domain-sync-for-runcloud' ),
			self::ORDER   => __( 'Order certificate', 'domain-sync-for-runcloud' ),
			self::ADOPT   => __( 'Adopt', 'domain-sync-for-runcloud' ),
			self::REMOVE  => __( 'Remove', 'domain-sync-for-runcloud' ) . '…',
			self::UNDO    => __( 'Keep: undo the removal', 'domain-sync-for-runcloud' ),
			self::APPROVE => __( 'Approve', 'domain-sync-for-runcloud' ),
			default       => __( 'Decline', 'domain-sync-for-runcloud' ),
		};
	}

	/**
	 * What it does, in a sentence.
	 *
	 * @param string $what What is done.
	 */
	public static function help( string $what ): string {
		return match ( $what ) {
			self::CHECK   => __( 'Looks at DNS and at what visitors are served, in the next run. Sends nothing to RunCloud.', 'domain-sync-for-runcloud' ),
			self::RETRY   => __( 'Tries again what failed, without waiting for its time.', 'domain-sync-for-runcloud' ),
			self::ORDER   => __( 'Has RunCloud issue the certificate anew, as far as Let\'s Encrypt\'s limits permit.', 'domain-sync-for-runcloud' ),
			self::ADOPT   => __( 'Makes a domain that others made at RunCloud count as made by the plugin: it is changed and removed with the network\'s.', 'domain-sync-for-runcloud' ),
			self::REMOVE  => __( 'Removes at RunCloud what the plugin made or adopted and the network does not map any more, or ends what code asked for. Asks first.', 'domain-sync-for-runcloud' ),
			self::UNDO    => __( 'Keeps at RunCloud what is about to be removed.', 'domain-sync-for-runcloud' ),
			self::APPROVE => __( 'Has the line of the plan carried out, in the background.', 'domain-sync-for-runcloud' ),
			default       => __( 'Leaves everything as it is.', 'domain-sync-for-runcloud' ),
		};
	}

	/**
	 * Whether a removal is on its way that can be called off.
	 *
	 * @param Domain $row The row.
	 */
	private static function is_leaving( Domain $row ): bool {
		return ! $row->is_wanted() && $row->is_owned() && '' === $row->hold && '' === $row->asked && in_array( $row->domain_reason, array( Reason::Removal_Delayed, Reason::Removal_Waits ), true );
	}

	/**
	 * Whether anything waits or has failed that could be tried at once.
	 *
	 * @param Domain $row The row.
	 */
	private static function is_stuck( Domain $row ): bool {
		return 0 !== $row->failing_since || Status::Action === $row->domain_status || Status::Action === $row->certificate_status || ( $row->due_at > time() && ! self::is_leaving( $row ) );
	}
}
