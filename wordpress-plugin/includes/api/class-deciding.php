<?php
/**
 * Decisions about hosts that are named.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;

/**
 * A part of Named: what the plan says of the rows, decided about, and an answer for each.
 */
final class Deciding {

	/** Kinds of lines that an adoption may be about. */
	private const ADOPTIONS = array( Line::ADOPT, Line::DIFFERS );

	/**
	 * Approves lines of the plan. A row that waits and is in order has none: it waits no more.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 * @param string                $kind Only lines of this kind, or "".
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	public static function approve( array $rows, string $kind = '' ): array {
		return self::decide( $rows, '' === $kind ? array() : array( $kind ), array( self::class, 'do_approve' ) ) + ( '' === $kind ? self::let_go( $rows ) : array() ) + self::nothing( $rows );
	}

	/**
	 * Declines lines of the plan.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 * @param string                $kind Only lines of this kind, or "".
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	public static function decline( array $rows, string $kind = '' ): array {
		return self::decide( $rows, '' === $kind ? array() : array( $kind ), array( self::class, 'do_decline' ) ) + self::nothing( $rows );
	}

	/**
	 * Approves adoptions, and nothing else.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	public static function adopt( array $rows ): array {
		return self::decide( $rows, self::ADOPTIONS, array( self::class, 'do_approve' ) ) + self::nothing( $rows );
	}

	/**
	 * Declines removals, and nothing else.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	public static function undo( array $rows ): array {
		return self::decide( $rows, array( Line::REMOVE ), array( self::class, 'do_decline' ) ) + self::nothing( $rows );
	}

	/**
	 * Ends what code asked for, and has removed what the network does not map any more. What the network maps is unmapped there; what others made and the
	 * primary domain stay.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	public static function remove( array $rows ): array {
		$answers = array();
		$rest    = array();
		foreach ( $rows as $host => $row ) {
			if ( 'primary' === $row->remote_type ) {
				$answers[ $host ] = Named::answer( $host, false, 'primary', __( 'It is the primary domain of the web application, which is never removed.', 'domain-sync-for-runcloud' ) );
			} elseif ( in_array( Domain::CODE, $row->source, true ) ) {
				$answers[ $host ] = self::end_code( $row );
			} elseif ( $row->is_wanted() ) {
				$answers[ $host ] = Named::answer( $host, false, 'mapped', __( 'The network maps it, so it stays at RunCloud until it is unmapped there.', 'domain-sync-for-runcloud' ) );
			} else {
				$rest[ $host ] = $row;
			}
		}
		return $answers + self::decide( $rest, array( Line::REMOVE ), array( self::class, 'do_approve' ) ) + self::nothing( $rest );
	}

	/**
	 * Code does not want a host any more.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, mixed> The answer.
	 */
	private static function end_code( Domain $row ): array {
		$said = domain_sync_remove( $row->host );
		if ( is_wp_error( $said ) ) {
			return Named::answer( $row->host, false, 'no-host', $said->get_error_message() );
		}
		return array( Domain::CODE ) !== $row->source
			? Named::answer( $row->host, true, 'mapped', __( 'Code does not want it any more. The network maps it, so it stays until it is unmapped there.', 'domain-sync-for-runcloud' ) )
			: Named::answer( $row->host, true, 'due', __( 'It is not wanted any more; what was made for it at RunCloud is removed after a second look.', 'domain-sync-for-runcloud' ) );
	}

	/**
	 * Decides about the lines of rows, and says what came of it.
	 *
	 * @param array<string, Domain>                                                                $rows   Rows by host.
	 * @param list<string>                                                                         $kinds  Only lines of these kinds; none for all.
	 * @param callable( array<string, Domain>, array<string, Line>, list<string> ): list<string> $decide Decides about those that can be, and says which it was.
	 *
	 * @return array<string, array<string, mixed>> Answers by host; of rows without a line none.
	 */
	private static function decide( array $rows, array $kinds, callable $decide ): array {
		$lines   = array_filter( Plan::lines_among( $rows ) );
		$among   = array_filter( $lines, static fn( Line $line ): bool => ! $kinds || in_array( $line->kind, $kinds, true ) );
		$can     = array_filter( $among, static fn( Line $line ): bool => 'do_approve' === $decide[1] ? $line->can_approve() : $line->can_decline() );
		$done    = $can ? $decide( $rows, $can, $kinds ) : array();
		$answers = array();
		foreach ( $lines as $host => $line ) {
			$answers[ $host ] = match ( true ) {
				in_array( $host, $done, true ) => Named::answer( $host, true, $line->kind, $line->label() ),
				isset( $can[ $host ] )         => Named::answer( $host, false, 'changed', __( 'It has changed meanwhile, or is being worked; look at the plan again.', 'domain-sync-for-runcloud' ) ),
				/* translators: 1: a kind of line of the plan, 2: a state. */
				default                        => Named::answer( $host, false, 'nothing-to-decide', sprintf( __( 'There is nothing of that to decide; the plan says "%1$s", and that it is "%2$s".', 'domain-sync-for-runcloud' ), $line->kind, $line->state ) ),
			};
		}
		return $answers;
	}

	/**
	 * Approves.
	 *
	 * @param array<string, Domain> $rows  Rows by host.
	 * @param array<string, Line>   $lines Lines that can be approved.
	 * @param list<string>          $kinds Their kinds; none for all.
	 *
	 * @return list<string> Hosts of those that are.
	 */
	private static function do_approve( array $rows, array $lines, array $kinds ): array {
		$hosts = array_keys( $lines );
		foreach ( $kinds ? $kinds : array( '' ) as $kind ) {
			Plan::approve( $hosts, $kind );
		}
		$is_done = static fn( Domain $row ): bool => '' === $row->hold && ( $row->is_approved() || Domain::HOLD_OWNERSHIP === $rows[ $row->host ]->hold );
		return array_keys( array_filter( Domain_List::find_many( $hosts ), $is_done ) );
	}

	/**
	 * Declines.
	 *
	 * @param array<string, Domain> $rows  Rows by host.
	 * @param array<string, Line>   $lines Lines that can be declined.
	 * @param list<string>          $kinds Their kinds; none for all.
	 *
	 * @return list<string> Hosts of those that are.
	 */
	private static function do_decline( array $rows, array $lines, array $kinds ): array {
		unset( $rows );
		$hosts = array_keys( $lines );
		foreach ( $kinds ? $kinds : array( '' ) as $kind ) {
			Plan::decline( $hosts, $kind );
		}
		return array_keys( array_filter( Domain_List::find_many( $hosts ), static fn( Domain $row ): bool => Domain::HOLD_DECLINED === $row->hold ) );
	}

	/**
	 * Ends the waiting of hosts for which nothing is to be done.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function let_go( array $rows ): array {
		$lines   = Plan::lines_among( $rows );
		$hosts   = array_keys( array_filter( $rows, static fn( Domain $row ): bool => Plan::can_let_go( $row, $lines[ $row->host ] ) ) );
		$answers = array();
		if ( $hosts && Decisions::approve( $hosts ) > 0 ) {
			foreach ( array_filter( Domain_List::find_many( $hosts ), static fn( Domain $row ): bool => '' === $row->hold ) as $host => $row ) {
				$answers[ $host ] = Named::answer( $host, true, 'in-order', __( 'It was in order, and waits no more.', 'domain-sync-for-runcloud' ) );
			}
		}
		return $answers;
	}

	/**
	 * That there is nothing to decide about rows.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function nothing( array $rows ): array {
		$answers = array();
		foreach ( array_keys( $rows ) as $host ) {
			$answers[ $host ] = Named::answer( $host, false, 'nothing-to-decide', __( 'There is nothing to decide; the domain is in order, or on its way.', 'domain-sync-for-runcloud' ) );
		}
		return $answers;
	}
}
