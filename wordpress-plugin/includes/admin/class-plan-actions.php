<?php
/**
 * What an admin decides about a kind of lines, or about all.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Sync\Queue;

/**
 * The numbers stood beside the button. What may remove something at RunCloud is asked once more.
 */
final class Plan_Actions {

	const ACTION = 'domain_sync_decide';

	/** Kinds that an approval may remove something for. */
	private const REMOVING = array( '', Line::REMOVE, Line::RENAME );

	/** The form arrives. */
	public static function receive(): void {
		Access::must( self::ACTION );
		Origin::is( Origin::SCREEN );
		list( $what, $kind, $state ) = self::asked( Input::text( 'do' ) );
		switch ( $what ) {
			case 'stop':
				Links::back( Said::of( 'stop', Decisions::stop() ) );
				// Ends the request.
			case 'inventory':
				Actions::see_to_obstacles( $what );
				Inventory::ask();
				Queue::run_soon();
				Links::back( Said::of( 'inventory' ) );
				// Ends the request.
			case 'retry-failed':
				Actions::see_to_obstacles( $what );
				$number = Domain_List::retry_failed();
				Queue::run_soon();
				Links::back( Said::of( 'retry-failed', $number ) );
				// Ends the request.
			case Possible::APPROVE:
			case Possible::DECLINE:
				self::decide( $what, $kind, $state );
				// Ends the request.
			default:
				Links::back( Said::of( 'nothing' ) );
		}
	}

	/**
	 * What a button asks for.
	 *
	 * @param string $asked What, a kind and a state.
	 *
	 * @return array{string, string, string} The kind is "" for all; the state is "waits" where none is named.
	 */
	public static function asked( string $asked ): array {
		list( $what, $kind, $state ) = array_pad( explode( ' ', $asked ), 3, '' );
		return array(
			$what,
			in_array( $kind, Line::KINDS, true ) ? $kind : '',
			in_array( $kind, Line::KINDS, true ) && in_array( $state, array( Line::OPTIONAL, Line::DECLINED ), true ) ? $state : Line::WAITS,
		);
	}

	/**
	 * Approves or declines, or asks first.
	 *
	 * @param string $what  What is to be done.
	 * @param string $kind  A kind, or "" for all.
	 * @param string $state A state.
	 */
	private static function decide( string $what, string $kind, string $state ): void {
		Actions::see_to_obstacles( $what );
		if ( '' === Input::text( 'confirmed' ) && ( Possible::DECLINE === $what || in_array( $kind, self::REMOVING, true ) ) ) {
			Links::back( array( 'tab' => Links::PLAN, 'confirm' => 'plan', 'about' => trim( "$what $kind $state" ) ), Links::to() );
		}
		$number = Possible::APPROVE === $what ? Plan::approve( array(), $kind, $state ) : Plan::decline( array(), $kind, $state );
		Links::back( Said::of( $what, $number, max( $number, Input::number( 'number' ) ) ), Links::plan() );
	}
}
