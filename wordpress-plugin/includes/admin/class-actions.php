<?php
/**
 * What an admin does about hosts that are named.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Api\Named;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Listing;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
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

	/** What can be done without RunCloud being reachable from here. */
	private const WITHOUT_RUNCLOUD = array( Possible::DECLINE, Possible::UNDO );

	/** The form arrives. */
	public static function receive(): void {
		Access::must( self::NONCE );
		Origin::is( Origin::SCREEN );
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
	private static function carry_out( string $what, array $hosts ): int {
		$number = 0;
		foreach ( array_chunk( $hosts, Named::MOST ) as $piece ) {
			$number += count( array_filter( array_column( Named::carry_out( $what, $piece ), 'done' ) ) );
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
