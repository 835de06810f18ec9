<?php
/**
 * What the next run would do about one row.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * The planner, asked with all that a run knows: blocks and Let's Encrypt's limits included, which the plan leaves out. Sends and writes nothing.
 */
final class Outlook {

	/**
	 * The next step of a row.
	 *
	 * @param Domain $row The row.
	 */
	public static function of( Domain $row ): Step {
		$gather = new Gather( new Web_App() );
		return Planner::next( $row, new Facts( ...$gather->for_run( array( $row ), null ) ), time() );
	}

	/**
	 * Why a certificate is not ordered for a row at once if somebody asks for that now; null when it is.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array{reason: Reason|null, details: array<string, mixed>, due_at: int}|null due_at: when it would be, as a Unix time; 0 for "not by itself".
	 */
	public static function order_waits_for( Domain $row ): ?array {
		if ( Domain::ASKED_ORDER === $row->asked && $row->ordered_at + Planner::ORDER_PATIENCE > time() ) {
			return self::because( Reason::Order_Under_Way, array( 'host' => $row->host ), $row->ordered_at + Planner::ORDER_PATIENCE );
		}
		if ( '' !== $row->hold || ! $row->is_wanted() || $row->suspended || Domain::PRESENT !== $row->remote_state ) {
			$step = self::of( $row );
			return self::because( $step->reason ?? $row->domain_reason, null !== $step->reason ? $step->details : $row->domain_details, $step->due_at );
		}
		if ( Status::Ready !== $row->domain_status || 0 === $row->dns_since ) {
			return self::because( $row->domain_reason, $row->domain_details, 0 );
		}
		$as_if = new Domain( ...array_replace( get_object_vars( $row ), array( 'certificate_status' => Status::Pending, 'ordered_at' => 0, 'unfinished' => 0, 'failing_since' => 0 ) ) );
		$step  = self::of( $as_if );
		// In basic mode an order waits a minute for others that it can be shared with.
		$is_soon = Reason::Order_Waits === $step->reason || ( Step::ORDER === $step->action && $step->due_at <= time() );
		return $is_soon ? null : self::because( $step->reason ?? $row->certificate_reason, $step->details, $step->due_at );
	}

	/**
	 * What stands in the way.
	 *
	 * @param Reason|null          $reason  Why.
	 * @param array<string, mixed> $details Its arguments.
	 * @param int                  $due_at  Until when.
	 *
	 * @return array{reason: Reason|null, details: array<string, mixed>, due_at: int}
	 */
	private static function because( ?Reason $reason, array $details, int $due_at ): array {
		return array(
			'reason'  => $reason,
			'details' => $details,
			'due_at'  => $due_at > time() ? $due_at : 0,
		);
	}
}
