<?php
/**
 * What somebody asks for about hosts that are named.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

use Domain_Sync_For_RunCloud\Admin\Obstacle;
use Domain_Sync_For_RunCloud\Admin\Overview;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Store\By_Hand;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Outlook;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * For agents, other systems and the command line. Each host is named, so that nobody does to all what was meant for one, and each gets an answer of its own:
 * whether it was done, and where not why. Nothing is sent from here; rows are made due, and the queue does the rest.
 */
final class Named {

	/** Hosts of one request. */
	const MOST = 100;

	/** The admin approves what waits, or may be approved. */
	const APPROVE = 'approve';
	/** What waits stays as it is. */
	const DECLINE = 'decline';
	/** What failed is tried again. */
	const RETRY = 'retry';
	/** The certificate is ordered again. */
	const REDEPLOY = 'redeploy';
	/** What the network does not map any more, or only code wants, goes. */
	const REMOVE = 'remove';

	/**
	 * Does it.
	 *
	 * @param string       $what  One of the above.
	 * @param list<string> $names Hosts as they were written, MOST at most.
	 * @param string       $kind  Of a decision: only about lines of this kind, or "".
	 *
	 * @return list<array{host: string, done: bool, reason: string, sentence: string}> In the order of the names, each host once.
	 */
	public static function carry_out( string $what, array $names, string $kind = '' ): array {
		$obstacle = self::obstacle( $what );
		$hosts    = array();
		$answers  = array();
		foreach ( array_slice( $names, 0, self::MOST ) as $name ) {
			$host = Network::row_host_of( $name );
			if ( '' === $host ) {
				$name             = mb_substr( wp_strip_all_tags( $name ), 0, 253 );
				$answers[ $name ] = self::answer( $name, false, 'no-host', __( 'This cannot be a host name.', 'domain-sync-for-runcloud' ) );
				continue;
			}
			$hosts[]          = $host;
			$answers[ $host ] = null === $obstacle ? null : self::answer( $host, false, $obstacle['code'], $obstacle['sentence'] );
		}
		$hosts = null === $obstacle ? array_values( array_unique( $hosts ) ) : array();
		$rows  = Domain_List::find_many( $hosts );
		foreach ( array_diff( $hosts, array_keys( $rows ) ) as $host ) {
			$answers[ $host ] = self::answer( $host, false, 'not-known', __( 'Nobody knows this host here.', 'domain-sync-for-runcloud' ) );
		}
		$done = $rows ? match ( $what ) {
			self::APPROVE  => self::decide( $rows, true, $kind ),
			self::DECLINE  => self::decide( $rows, false, $kind ),
			self::RETRY    => self::retry( $rows ),
			self::REDEPLOY => self::redeploy( $rows ),
			default        => self::remove( $rows ),
		} : array();
		if ( in_array( true, array_column( $done, 'done' ), true ) ) {
			Queue::run_soon();
		}
		return array_values( array_replace( $answers, $done ) );
	}

	/**
	 * Why nothing of that can be done from here.
	 *
	 * @param string $what What is to be done.
	 *
	 * @return array{code: string, sentence: string}|null
	 */
	private static function obstacle( string $what ): ?array {
		if ( self::DECLINE !== $what ) {
			return Obstacle::read();
		}
		return Ultimate_Multisite::is_loaded() ? null : array(
			'code'     => 'no-ultimate-multisite',
			'sentence' => Obstacle::no_ultimate_multisite(),
		);
	}

	/**
	 * Approves or declines lines of the plan.
	 *
	 * @param array<string, Domain> $rows        Rows by host.
	 * @param bool                  $is_approval Whether they are approved.
	 * @param string                $kind        Only lines of this kind, or "".
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function decide( array $rows, bool $is_approval, string $kind = '' ): array {
		$lines = Plan::lines_among( $rows );
		$right = array_keys( array_filter( $lines, static fn( ?Line $line ): bool => null !== $line && $line->is_among( $kind, '' ) && ( $is_approval ? $line->can_approve() : $line->can_decline() ) ) );
		if ( $right ) {
			$is_approval ? Plan::approve( $right, $kind ) : Plan::decline( $right, $kind );
		}
		$after   = Domain_List::find_many( $right );
		$answers = array();
		foreach ( array_keys( $rows ) as $host ) {
			$row              = $after[ $host ] ?? null;
			$is_done          = null !== $row && ( $is_approval ? '' === $row->hold && ( $row->is_approved() || Domain::HOLD_OWNERSHIP === $rows[ $host ]->hold ) : Domain::HOLD_DECLINED === $row->hold );
			$answers[ $host ] = match ( true ) {
				$is_done                        => self::answer( $host, true, $lines[ $host ]->kind, $lines[ $host ]->label() ),
				in_array( $host, $right, true ) => self::answer( $host, false, 'changed', __( 'It has changed meanwhile, or is being worked; look at the plan again.', 'domain-sync-for-runcloud' ) ),
				/* translators: 1: a kind of line of the plan, 2: a state. */
				null !== $lines[ $host ]        => self::answer( $host, false, 'nothing-to-decide', sprintf( __( 'There is nothing of that to decide; the plan says "%1$s", and that it is "%2$s".', 'domain-sync-for-runcloud' ), $lines[ $host ]->kind, $lines[ $host ]->state ) ),
				default                         => self::answer( $host, false, 'nothing-to-decide', __( 'There is nothing to decide; the domain is in order, or on its way.', 'domain-sync-for-runcloud' ) ),
			};
		}
		return $answers;
	}

	/**
	 * Has hosts tried again.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function retry( array $rows ): array {
		$answers = array();
		foreach ( $rows as $host => $row ) {
			$answers[ $host ] = match ( true ) {
				'' !== $row->hold => self::answer( $host, false, 'waits-for-decision', __( 'It waits for a decision; approve or decline it.', 'domain-sync-for-runcloud' ) ),
				default           => self::due( $host, Domain_List::retry( array( $host ) ), __( 'It is tried again in the next run.', 'domain-sync-for-runcloud' ) ),
			};
		}
		return self::noted( $answers, 'retry-asked' );
	}

	/**
	 * Has certificates ordered again, as far as RunCloud's and Let's Encrypt's limits permit it at once. Where they do not nothing is changed.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function redeploy( array $rows ): array {
		$answers = array();
		foreach ( $rows as $host => $row ) {
			$wait = Outlook::order_waits_for( $row );
			if ( null === $wait ) {
				$answers[ $host ] = self::due( $host, By_Hand::order( array( $host ) ), __( 'Its certificate is ordered in the next run.', 'domain-sync-for-runcloud' ) );
				continue;
			}
			$reason   = $wait['reason'] ?? Reason::Waiting;
			$sentence = trim( $reason->sentence( $wait['details'] ) . ' ' . $reason->next_step( $wait['details'] ) );
			/* translators: %s: a time. */
			$later            = 0 === $wait['due_at'] ? '' : ' ' . sprintf( __( 'Not before %s.', 'domain-sync-for-runcloud' ), Overview::time( $wait['due_at'] ) );
			$answers[ $host ] = self::answer( $host, false, $reason->value, $sentence . $later );
		}
		return self::noted( $answers, 'order-asked' );
	}

	/**
	 * Ends what code asked for, and has removed what the network does not map any more. What the network maps is unmapped there; what others made and the
	 * primary domain stay.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function remove( array $rows ): array {
		$by_code = array_filter( $rows, static fn( Domain $row ): bool => in_array( Domain::CODE, $row->source, true ) );
		$wanted  = array_filter( array_diff_key( $rows, $by_code ), static fn( Domain $row ): bool => $row->is_wanted() );
		$rest    = array_diff_key( $rows, $by_code, $wanted );
		$answers = array();
		foreach ( $by_code as $host => $row ) {
			$said             = domain_sync_remove( $host );
			$is_left          = array() !== array_diff( $row->source, array( Domain::CODE ) );
			$answers[ $host ] = match ( true ) {
				is_wp_error( $said ) => self::answer( $host, false, 'no-host', $said->get_error_message() ),
				$is_left             => self::answer( $host, true, 'mapped', __( 'Code does not want it any more. The network maps it, so it stays until it is unmapped there.', 'domain-sync-for-runcloud' ) ),
				default              => self::answer( $host, true, 'due', __( 'It is not wanted any more; what was made for it at RunCloud is removed after a second look.', 'domain-sync-for-runcloud' ) ),
			};
		}
		foreach ( array_keys( $wanted ) as $host ) {
			$answers[ $host ] = self::answer( $host, false, 'mapped', __( 'The network maps it, so it stays at RunCloud until it is unmapped there.', 'domain-sync-for-runcloud' ) );
		}
		return self::noted( $answers, 'remove-asked' ) + ( $rest ? self::decide( $rest, true, Line::REMOVE ) : array() );
	}

	/**
	 * Notes in the history who asked for what was done.
	 *
	 * @param array<string, array<string, mixed>> $answers Answers by host.
	 * @param string                              $kind    What was asked for.
	 *
	 * @return array<string, array<string, mixed>> The answers.
	 */
	private static function noted( array $answers, string $kind ): array {
		By_Hand::note( array_keys( array_filter( $answers, static fn( array $answer ): bool => $answer['done'] ) ), $kind, get_current_user_id() );
		return $answers;
	}

	/**
	 * A row that was to be made due. Where a run has it nothing was changed; and nothing either where somebody asked for the same in this second.
	 *
	 * @param string $host     The host.
	 * @param int    $number   How many rows were changed.
	 * @param string $sentence What is done next.
	 *
	 * @return array<string, mixed>
	 */
	private static function due( string $host, int $number, string $sentence ): array {
		return 0 === $number && '' !== Domain_List::find( $host )?->claim
			? self::answer( $host, false, 'being-worked', __( 'It is being worked at this moment; ask again in a minute.', 'domain-sync-for-runcloud' ) )
			: self::answer( $host, true, 'due', $sentence );
	}

	/**
	 * What came of one host.
	 *
	 * @param string $host     The host.
	 * @param bool   $is_done  Whether it was done.
	 * @param string $reason   A code.
	 * @param string $sentence The same for people.
	 *
	 * @return array{host: string, done: bool, reason: string, sentence: string}
	 */
	private static function answer( string $host, bool $is_done, string $reason, string $sentence ): array {
		return array(
			'host'     => $host,
			'done'     => $is_done,
			'reason'   => $reason,
			'sentence' => $sentence,
		);
	}
}
