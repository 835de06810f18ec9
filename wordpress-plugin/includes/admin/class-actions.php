<?php
/**
 * What an admin does about hosts that are named.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\By_Hand;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Listing;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Rows of the list and of the plan are sent here, one by a button of its own or several by the menu above them. Nothing is sent to RunCloud from here:
 * rows are made due, and the queue does the rest. Nothing is removed before somebody has confirmed it.
 */
final class Actions {

	const ACTION = 'domain_sync_act';

	/** What nonces are for: that of WordPress's list tables, for both of ours. */
	const PLURAL = 'domain-sync-domains';
	const NONCE  = 'bulk-' . self::PLURAL;

	/** Kinds of lines that an adoption may be about. */
	private const ADOPTIONS = array( Line::ADOPT, Line::DIFFERS );

	/** What can be done without RunCloud being reachable from here. */
	private const WITHOUT_RUNCLOUD = array( Possible::DECLINE, Possible::UNDO );

	/** The form arrives. */
	public static function receive(): void {
		Access::must( self::NONCE );
		list( $what, $names ) = self::asked();
		$hosts = Input::hosts( $names, Listing::MOST );
		$page = Input::number( 'paged' );
		if ( '' === $what && 0 !== $page && self::page_of_form() !== $page ) {
			// Somebody wrote the number of a page into the field beside the arrows.
			Links::back( array( 'paged' => $page ) );
		}
		if ( ! in_array( $what, array( ...Possible::BULK, Possible::APPROVE, Possible::DECLINE ), true ) || ! $hosts ) {
			Links::back( Said::of( 'nothing' ) );
		}
		self::see_to_obstacles( $what );
		if ( '' === Input::text( 'confirmed' ) && self::removes( $what, $hosts ) ) {
			Links::back( array( 'confirm' => $what, 'ids' => implode( '.', array_column( Domain_List::find_many( $hosts ), 'id' ) ), 'from' => (string) wp_get_referer() ), Links::to() );
		}
		$number = self::carry_out( $what, $hosts );
		if ( $number > 0 ) {
			Queue::run_soon();
		}
		$from = Input::text( 'from' );
		Links::back( Said::of( $what, $number, count( $hosts ) ), '' !== $from ? wp_validate_redirect( $from, Links::to() ) : '' );
	}

	/**
	 * Goes back where something cannot be done from here at all.
	 *
	 * @param string $what What is to be done.
	 */
	public static function see_to_obstacles( string $what ): void {
		if ( ! Ultimate_Multisite::is_loaded() ) {
			Links::back( Said::of( 'no-network' ) );
		}
		if ( ! in_array( $what, self::WITHOUT_RUNCLOUD, true ) && null !== Obstacle::read() ) {
			Links::back( Said::of( 'obstacle' ) );
		}
	}

	/**
	 * Does it.
	 *
	 * @param string       $what  What is to be done.
	 * @param list<string> $hosts Hosts, Listing::MOST at most.
	 *
	 * @return int About how many it was done.
	 */
	public static function carry_out( string $what, array $hosts ): int {
		$number = match ( $what ) {
			Possible::CHECK   => Domain_List::look_now( $hosts ),
			Possible::RETRY   => Domain_List::retry( $hosts ),
			Possible::ORDER   => By_Hand::order( $hosts ),
			Possible::ADOPT   => array_sum( array_map( static fn( string $kind ): int => Plan::approve( $hosts, $kind ), self::ADOPTIONS ) ),
			Possible::UNDO    => Plan::decline( $hosts, Line::REMOVE, Line::ITSELF ),
			Possible::APPROVE => self::let_go( $hosts ) + Plan::approve( $hosts ),
			Possible::DECLINE => Plan::decline( $hosts, '', Line::WAITS ),
			default           => self::remove( $hosts ),
		};
		if ( $number > 0 ) {
			By_Hand::note( $hosts, "$what-asked", get_current_user_id() );
		}
		return $number;
	}

	/**
	 * Ends the waiting of hosts that are wanted and for which nothing is to be done: the plan has no line of them.
	 *
	 * @param list<string> $hosts Hosts.
	 */
	private static function let_go( array $hosts ): int {
		$rows = array_intersect_key( Domain_List::find_many( $hosts ), array_filter( Plan::lines_of( $hosts ), 'is_null' ) );
		$held = array_keys( array_filter( $rows, static fn( Domain $row ): bool => '' !== $row->hold && $row->is_wanted() ) );
		return $held ? Decisions::approve( $held ) : 0;
	}

	/**
	 * Ends what code asked for, and has removed what the network does not want any more. What others made, and the primary domain, have no such
	 * line in the plan.
	 *
	 * @param list<string> $hosts Hosts.
	 */
	private static function remove( array $hosts ): int {
		$number = Plan::approve( $hosts, Line::REMOVE );
		foreach ( Domain_List::find_many( $hosts ) as $row ) {
			if ( in_array( Domain::CODE, $row->source, true ) && 'primary' !== $row->remote_type && true === domain_sync_remove( $row->host ) ) {
				++$number;
			}
		}
		return $number;
	}

	/**
	 * Whether anything would be removed at RunCloud.
	 *
	 * @param string       $what  What is to be done.
	 * @param list<string> $hosts Hosts.
	 */
	private static function removes( string $what, array $hosts ): bool {
		if ( Possible::APPROVE !== $what ) {
			return Possible::REMOVE === $what;
		}
		return array() !== array_filter( Plan::lines_of( $hosts ), static fn( ?Line $line ): bool => Line::REMOVE === $line?->kind );
	}

	/** The number of the page that the form was on. */
	private static function page_of_form(): int {
		wp_parse_str( (string) wp_parse_url( (string) wp_get_referer(), PHP_URL_QUERY ), $query );
		return max( 1, (int) ( $query['paged'] ?? 1 ) );
	}

	/**
	 * What is asked for: by the button of a row, by the menu above the table or the one below it, or by a page of ours.
	 *
	 * @return array{string, list<string>} What, and about which hosts.
	 */
	private static function asked(): array {
		$row = Input::text( 'row' );
		if ( '' !== $row ) {
			list( $what, $host ) = explode( ' ', "$row " );
			return array( $what, array( $host ) );
		}
		return array( Input::text( '' !== Input::text( 'apply2' ) ? 'do2' : 'do' ), Input::texts( 'hosts' ) );
	}
}
