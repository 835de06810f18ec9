<?php
/**
 * Words of the screens for what a row holds.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Times, statuses and holds, each the same on every screen.
 */
final class Words {

	/** A picture for each status; its word stands beside it. */
	private const ICONS = array(
		'ready'   => 'yes-alt',
		'pending' => 'clock',
		'action'  => 'warning',
		'unknown' => 'editor-help',
	);

	/**
	 * A status: picture, word, and why.
	 *
	 * @param Status $status The status.
	 * @param string $why    Why, in a few words; "" for nothing.
	 * @param string $word   Another word than the status's own.
	 */
	public static function status( Status $status, string $why = '', string $word = '' ): string {
		$mark = Html::tag( 'span', array( 'class' => "domain-sync-status is-$status->value" ), Html::icon( self::ICONS[ $status->value ] ), Html::text( 'span', '' !== $word ? $word : $status->label() ) );
		return '' === $why ? $mark : $mark . Html::text( 'span', $why, array( 'class' => 'domain-sync-why' ) );
	}

	/**
	 * A time as people say it; the exact one is there as well.
	 *
	 * @param int $time Unix time; 0 for none.
	 */
	public static function time( int $time ): string {
		if ( 0 === $time ) {
			return self::none();
		}
		$now  = time();
		$text = match ( true ) {
			abs( $time - $now ) < 60 => __( 'now', 'domain-sync-for-runcloud' ),
			/* translators: %s: a length of time, as "5 minutes". */
			$time > $now             => sprintf( __( 'in %s', 'domain-sync-for-runcloud' ), human_time_diff( $now, $time ) ),
			/* translators: %s: a length of time, as "5 minutes". */
			default                  => sprintf( __( '%s ago', 'domain-sync-for-runcloud' ), human_time_diff( $time, $now ) ),
		};
		return Html::text( 'time', $text, array( 'datetime' => gmdate( 'c', $time ), 'title' => Overview::time( $time ) ) );
	}

	/** That there is nothing, for eyes and for screen readers. */
	public static function none(): string {
		return Html::text( 'span', '—', array( 'aria-hidden' => 'true' ) ) . Html::text( 'span', __( 'none', 'domain-sync-for-runcloud' ), array( 'class' => 'screen-reader-text' ) );
	}

	/**
	 * When the next step or look is due.
	 *
	 * @param Domain $row The row.
	 */
	public static function next( Domain $row ): string {
		$times = array_filter( array( $row->due_at, $row->look_at ) );
		if ( ! $times ) {
			return self::none();
		}
		return min( $times ) <= time() ? Html::text( 'span', __( 'in the next run', 'domain-sync-for-runcloud' ) ) : self::time( min( $times ) );
	}

	/**
	 * When the certificate of a row ends, as a Unix time; 0 where the one that is served is not its own: a self-signed one may last for years.
	 *
	 * @param Domain $row The row.
	 */
	public static function end( Domain $row ): int {
		$is_its_own = Status::Ready === $row->certificate_status || in_array( $row->certificate_reason, array( Reason::Renewal_Late, Reason::Expired ), true );
		return $is_its_own ? $row->certificate_until : 0;
	}

	/**
	 * What somebody is to do about a row, in a sentence; "" for nothing.
	 *
	 * @param Domain $row The row.
	 */
	public static function to_do( Domain $row ): string {
		$is_certificate = Status::Ready === $row->domain_status && Status::Ready !== $row->certificate_status && null !== $row->certificate_reason;
		$step           = (string) ( $is_certificate ? $row->certificate_reason->next_step( $row->certificate_details ) : $row->domain_reason?->next_step( $row->domain_details ) );
		return __( 'Nothing.', 'domain-sync-for-runcloud' ) === $step ? '' : $step;
	}

	/**
	 * What rows wait for, in a few words.
	 *
	 * @param string $hold The hold.
	 */
	public static function hold( string $hold ): string {
		return match ( $hold ) {
			Domain::HOLD_EXISTING     => __( 'From before, or while nobody watched', 'domain-sync-for-runcloud' ),
			Domain::HOLD_MASS_REMOVAL => __( 'Many vanished at once', 'domain-sync-for-runcloud' ),
			Domain::HOLD_OTHER_APP    => __( 'In another web application', 'domain-sync-for-runcloud' ),
			Domain::HOLD_OWNERSHIP    => __( 'Ownership is to be proven', 'domain-sync-for-runcloud' ),
			default                   => __( 'Declined', 'domain-sync-for-runcloud' ),
		};
	}

	/**
	 * A person by name; "" for nobody, or somebody who is gone.
	 *
	 * @param int $user_id Id of a user.
	 */
	public static function person( int $user_id ): string {
		$user = 0 === $user_id ? false : get_userdata( $user_id );
		/* translators: %d: id of a user. */
		return $user ? $user->display_name : ( 0 === $user_id ? '' : sprintf( __( 'user %d, who is gone', 'domain-sync-for-runcloud' ), $user_id ) );
	}
}
