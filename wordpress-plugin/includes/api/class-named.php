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
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Sync\Outlook;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * For screens, the command line, agents and other systems alike. Each host is named, so that nobody does to all what was meant for one, and each gets an answer of its own:
 * whether it was done, and where not why. Nothing is sent from here; rows are made due, and the queue does the rest.
 */
final class Named {

	/** Hosts of one request. */
	const MOST = 100;

	/** It is looked at in the next run. */
	const CHECK = 'check';
	/** The admin approves what waits, or may be approved. */
	const APPROVE = 'approve';
	/** What waits stays as it is. */
	const DECLINE = 'decline';
	/** What others made counts as ours. */
	const ADOPT = 'adopt';
	/** What is about to be removed stays. */
	const UNDO = 'undo';
	/** What failed is tried again. */
	const RETRY = 'retry';
	/** The certificate is ordered again. */
	const REDEPLOY = 'redeploy';
	/** What the network does not map any more, or only code wants, goes. */
	const REMOVE = 'remove';

	/** All of it, as it is named in REST, in abilities and in the history. */
	const VERBS = array( self::CHECK, self::RETRY, self::REDEPLOY, self::APPROVE, self::DECLINE, self::ADOPT, self::UNDO, self::REMOVE );

	/** What needs no RunCloud, and what needs nothing at all. */
	private const WITHOUT_RUNCLOUD = array( self::DECLINE, self::UNDO );
	private const READING_ONLY     = array( self::CHECK );

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
				$name             = mb_substr( wp_strip_all_tags( wp_check_invalid_utf8( $name, true ) ), 0, 253 );
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
			self::APPROVE  => Deciding::approve( $rows, $kind ),
			self::DECLINE  => Deciding::decline( $rows, $kind ),
			self::ADOPT    => Deciding::adopt( $rows ),
			self::UNDO     => Deciding::undo( $rows ),
			self::CHECK    => self::check( $rows ),
			self::RETRY    => self::retry( $rows ),
			self::REDEPLOY => self::redeploy( $rows ),
			default        => Deciding::remove( $rows ),
		} : array();
		$about = array_keys( array_filter( $done, static fn( array $answer ): bool => $answer['done'] ) );
		if ( $about ) {
			By_Hand::note( $about, "$what-asked", Origin::actor() );
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
		if ( in_array( $what, self::READING_ONLY, true ) ) {
			return null;
		}
		if ( ! in_array( $what, self::WITHOUT_RUNCLOUD, true ) ) {
			return Obstacle::read();
		}
		return Ultimate_Multisite::is_loaded() ? null : array(
			'code'     => 'no-ultimate-multisite',
			'sentence' => Obstacle::no_ultimate_multisite(),
		);
	}

	/**
	 * Has hosts looked at in the next run.
	 *
	 * @param array<string, Domain> $rows Rows by host.
	 *
	 * @return array<string, array<string, mixed>> Answers by host.
	 */
	private static function check( array $rows ): array {
		$answers = array();
		foreach ( array_keys( $rows ) as $host ) {
			$answers[ $host ] = 0 < Domain_List::look_now( array( $host ) )
				? self::answer( $host, true, 'due', __( 'It is looked at in the next run.', 'domain-sync-for-runcloud' ) )
				: self::answer( $host, false, 'not-looked-at', __( 'It is about to be looked at, waits for a decision, is not at RunCloud, or nobody wants it.', 'domain-sync-for-runcloud' ) );
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
		return $answers;
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
	public static function answer( string $host, bool $is_done, string $reason, string $sentence ): array {
		return array(
			'host'     => $host,
			'done'     => $is_done,
			'reason'   => $reason,
			'sentence' => $sentence,
		);
	}
}
