<?php
/**
 * The plan: what the planner says of all rows.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Network\Review;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Origin;

/**
 * Nothing is sent for it, and nothing is kept: it is made anew each time, row by row, by the function that a run asks. An approval is a column of the
 * row, so the work goes on whoever leaves the page.
 */
final class Plan {

	/**
	 * Its lines, in the order of the rows. Memory stays flat, whatever their number.
	 *
	 * @return \Generator<int, Line>
	 */
	public static function lines(): \Generator {
		foreach ( self::rows() as $line ) {
			if ( $line instanceof Line ) {
				yield $line;
			}
		}
	}

	/**
	 * The lines of some hosts.
	 *
	 * @param list<string> $hosts Host names as the extension writes them.
	 *
	 * @return array<string, Line|null> By host; null for a row that is in order. A host that nobody knows is not in it.
	 */
	public static function lines_of( array $hosts ): array {
		return self::lines_among( Domain_List::find_many( $hosts ) );
	}

	/**
	 * The lines of rows.
	 *
	 * @param array<Domain> $rows Rows.
	 *
	 * @return array<Line|null> By the rows' keys; null for a row that is in order.
	 */
	public static function lines_among( array $rows ): array {
		$gather = new Gather( new Web_App() );
		$facts  = new Facts( ...$gather->for_plan( array_values( $rows ), Inventory::is_listed() ) );
		return array_map( static fn( Domain $row ): ?Line => Line::of( $row, $facts, time() ), $rows );
	}

	/**
	 * Whether a row waits although nothing is to be done about it: approving it ends its waiting.
	 *
	 * @param Domain    $row  The row.
	 * @param Line|null $line Its line.
	 */
	public static function can_let_go( Domain $row, ?Line $line ): bool {
		return null === $line && '' !== $row->hold && $row->is_wanted();
	}

	/**
	 * How many lines there are of each kind and state, and what they cost.
	 *
	 * @return array{mapped: int, at_runcloud: int, kinds: array<string, array<string, int>>, waits: int, requests: int}
	 *         mapped: hosts that the network wants. at_runcloud: those that the web application has. kinds: numbers by kind and state. requests: of what waits or is done by itself.
	 */
	public static function summary(): array {
		$summary = array(
			'mapped'      => 0,
			'at_runcloud' => 0,
			'kinds'       => array(),
			'waits'       => 0,
			'requests'    => 0,
		);
		$web_app = Web_App::id();
		foreach ( self::rows() as $one ) {
			$row = $one instanceof Line ? $one->row : $one;

			$summary['mapped']      += $row->is_wanted() ? 1 : 0;
			$summary['at_runcloud'] += $row->is_wanted() && Domain::PRESENT === $row->remote_state && $row->web_app === $web_app ? 1 : 0;
			if ( ! $one instanceof Line ) {
				continue;
			}
			$number = $summary['kinds'][ $one->kind ][ $one->state ] ?? 0;

			$summary['kinds'][ $one->kind ][ $one->state ] = $number + 1;

			$summary['waits']    += Line::WAITS === $one->state ? 1 : 0;
			$summary['requests'] += in_array( $one->state, array( Line::WAITS, Line::APPROVED, Line::ITSELF ), true ) ? $one->requests : 0;
		}
		return $summary;
	}

	/**
	 * What waits for the admin, in a sentence or two; "" when nothing does.
	 */
	public static function headline(): string {
		$web_app = Web_App::id();
		$number  = Decisions::has_any( $web_app ) ? Decisions::numbers( $web_app ) : array();
		if ( 0 === ( $number['waits'] ?? 0 ) + ( $number['elsewhere'] ?? 0 ) ) {
			return '';
		}
		/* translators: 1: number of domains, 2: number of them. */
		$first = sprintf( _n( '%1$d domain is mapped here, and %2$d at RunCloud.', '%1$d domains are mapped here; %2$d of them are at RunCloud.', $number['mapped'], 'domain-sync-for-runcloud' ), $number['mapped'], $number['at_runcloud'] );
		$what  = match ( true ) {
			/* translators: %d: number of domains. */
			$number['elsewhere'] > 0        => sprintf( _n( 'The network uses another web application now; %d domain is still at the one before.', 'The network uses another web application now; %d domains are still at the one before.', $number['elsewhere'], 'domain-sync-for-runcloud' ), $number['elsewhere'] ),
			/* translators: %d: number of domains. */
			$number['mass'] > 0             => sprintf( _n( '%d domain is left of those that vanished at once, as after restoring a backup or by an accident.', '%d domains vanished at once, as after restoring a backup or by an accident.', $number['mass'], 'domain-sync-for-runcloud' ), $number['mass'] ),
			/* translators: %d: number of domains. */
			$number['renamed'] > 0          => sprintf( _n( 'The name of %d domain was changed in the database, as by a search and replace; RunCloud has it under its old name.', 'The names of %d domains were changed in the database, as by a search and replace; RunCloud has them under their old names.', $number['renamed'], 'domain-sync-for-runcloud' ), $number['renamed'] ),
			Review::MOVED === Review::why() => __( 'The network has another main domain now.', 'domain-sync-for-runcloud' ) . " $first",
			/* translators: 1: number of domains, 2: number of domains. */
			Review::OFF === Review::why()   => sprintf( __( 'While the plugin was switched off, %1$d domains were mapped and %2$d were unmapped.', 'domain-sync-for-runcloud' ), $number['waits'] - $number['unmapped'], $number['unmapped'] ),
			default                         => $first,
		};
		return $what . ' ' . __( 'Nothing was changed. Review the plan.', 'domain-sync-for-runcloud' );
	}

	/**
	 * The admin approves lines as they are now.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; empty for all.
	 * @param string       $kind  A kind, or "" for all.
	 * @param string       $state A state, or "" for all.
	 *
	 * @return int How many.
	 */
	public static function approve( array $hosts = array(), string $kind = '', string $state = '' ): int {
		$number = self::decide( $hosts, $kind, static fn( Line $line ): bool => $line->is_among( $kind, $state ) && $line->can_approve(), array( Decisions::class, 'approve_rows' ) );
		if ( $number > 0 ) {
			Queue::run_soon();
		}
		return $number;
	}

	/**
	 * The admin declines lines: what they are about stays as it is.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; empty for all.
	 * @param string       $kind  A kind, or "" for all.
	 * @param string       $state A state, or "" for all.
	 *
	 * @return int How many.
	 */
	public static function decline( array $hosts = array(), string $kind = '', string $state = '' ): int {
		return self::decide( $hosts, $kind, static fn( Line $line ): bool => $line->is_among( $kind, $state ) && $line->can_decline(), array( Decisions::class, 'decline_rows' ) );
	}

	/**
	 * Decides about lines, and notes who did.
	 *
	 * @param list<string>             $hosts  Host names; empty for all.
	 * @param string                   $kind   The kind that was asked for, for the history.
	 * @param callable( Line ): bool   $can    Whether it is decided about.
	 * @param callable( array ): int   $decide Gets generations by id.
	 *
	 * @return int How many.
	 */
	private static function decide( array $hosts, string $kind, callable $can, callable $decide ): int {
		$lines  = $hosts ? array_filter( self::lines_of( $hosts ) ) : self::lines();
		$number = 0;
		$piece  = array();
		$flush  = static function () use ( &$piece, $decide ): int {
			$done  = $decide( $piece );
			$piece = array();
			return $done;
		};
		foreach ( $lines as $line ) {
			if ( $can( $line ) ) {
				$piece[ $line->row->id ] = $line->row->generation;
				if ( count( $piece ) >= 250 ) {
					$number += $flush();
				}
			}
		}
		$number += $flush();
		if ( $number > 0 ) {
			History::add( '', 'approve_rows' === $decide[1] ? 'plan-approved' : 'plan-declined', array( 'number' => $number, 'kind' => $kind, 'hosts' => $hosts ), Origin::actor() );
		}
		return $number;
	}

	/**
	 * All rows in the order of their ids, each as its line where it has one.
	 *
	 * @return \Generator<int, Line|Domain>
	 */
	private static function rows(): \Generator {
		$gather    = new Gather( new Web_App() );
		$is_listed = Inventory::is_listed();
		$after     = 0;
		$now       = time();
		do {
			$rows  = Domain_List::page( $after );
			$facts = new Facts( ...$gather->for_plan( $rows, $is_listed ) );
			foreach ( $rows as $row ) {
				$after = $row->id;
				yield Line::of( $row, $facts, $now ) ?? $row;
			}
		} while ( count( $rows ) >= Domain_List::PAGE );
	}
}
