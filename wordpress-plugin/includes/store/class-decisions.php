<?php
/**
 * What the admin decides.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * A decision is a column of the row and holds for one generation of it: what is desired anew needs a new one. So nothing goes stale, and stopping
 * and progress are an UPDATE and a count.
 */
final class Decisions {

	/** What an approval sets; what was approved for its ownership is the network's own to go on with. */
	private const APPROVE = "approved = IF( hold = 'ownership', approved, generation ), proven_customer_id = IF( hold IN ('', 'ownership', 'declined') AND customer_id > 0, customer_id, proven_customer_id ), hold = '', domain_status = IF( domain_status = 'action', 'pending', domain_status ), due_at = %s, look_at = IF( remote_state = 'present' AND source <> '', %s, look_at ), changed_at = %s";

	/** What stopping gives back: status and hold that the reason, which stays until something is done, speaks of. */
	private const STOP = "domain_status = IF( domain_reason IN ('mass-removal', 'existing', 'web-app-changed', 'unmapped-meanwhile', 'renamed-in-database', 'deleted-by-others'), 'action', domain_status ), hold = CASE WHEN domain_reason = 'mass-removal' THEN 'mass-removal' WHEN domain_reason IN ('existing', 'web-app-changed', 'unmapped-meanwhile', 'renamed-in-database', 'deleted-by-others') THEN 'existing' ELSE hold END, approved = 0, due_at = NULL, changed_at = %s";

	/**
	 * Rows that wait for a decision, in the order of their hosts.
	 *
	 * @param string $hold  What they wait for.
	 * @param string $after Host of the last row of the piece before.
	 * @param int    $limit How many at most.
	 *
	 * @return list<Domain>
	 */
	public static function on_hold( string $hold, string $after = '', int $limit = Domain_List::PAGE ): array {
		return array_map( array( Domain::class, 'from_row' ), Table::all( 'SELECT * FROM {domains} WHERE hold = %s AND host > %s ORDER BY host LIMIT %d', $hold, $after, $limit ) );
	}

	/**
	 * How many rows wait, by what they wait for.
	 *
	 * @return array<string, int>
	 */
	public static function counts(): array {
		return array_map( 'intval', array_column( Table::all( "SELECT hold, COUNT(*) AS number FROM {domains} WHERE hold > '' GROUP BY hold" ), 'number', 'hold' ) );
	}

	/**
	 * What the headline of the plan counts. Reads the whole table in one statement.
	 *
	 * @param int $web_app The web application.
	 *
	 * @return array{mapped: int, at_runcloud: int, elsewhere: int, waits: int, mass: int, renamed: int, unmapped: int}
	 *         elsewhere: mapped, and known of another web application only. waits: on hold, declined ones left out. The rest are parts of them.
	 */
	public static function numbers( int $web_app ): array {
		$row = Table::first(
			"SELECT SUM( source <> '' ) AS mapped, SUM( source <> '' AND remote_state = 'present' AND web_app = %d ) AS at_runcloud, SUM( source <> '' AND remote_state <> 'absent' AND web_app NOT IN (0, %d) AND approved <> generation ) AS elsewhere, SUM( hold NOT IN ('', 'declined') ) AS waits, SUM( hold = 'mass-removal' ) AS mass, SUM( hold = 'existing' AND domain_reason = 'renamed-in-database' ) AS renamed, SUM( hold = 'existing' AND source = '' ) AS unmapped FROM {domains}",
			$web_app,
			$web_app
		);
		return array_map( 'intval', $row ?? array() );
	}

	/**
	 * Whether any row may wait for the admin: it is on hold, or about another web application.
	 *
	 * @param int $web_app The web application.
	 */
	public static function has_any( int $web_app ): bool {
		return '1' === Table::first( "SELECT EXISTS( SELECT 1 FROM {domains} WHERE hold IN ('existing', 'mass-removal', 'other-app', 'ownership') ) OR EXISTS( SELECT 1 FROM {domains} WHERE web_app > %d AND remote_state IN ('present', 'unknown') ) OR EXISTS( SELECT 1 FROM {domains} WHERE web_app BETWEEN 1 AND %d AND remote_state IN ('present', 'unknown') ) AS any_waits", $web_app, $web_app - 1 )['any_waits'];
	}

	/**
	 * The admin approves what is on hold: for hosts, or all that wait for one thing.
	 *
	 * @param list<string> $hosts Host names, PIECE at most; empty for all.
	 * @param string       $hold  What they wait for; with hosts, "" for whatever it is.
	 */
	public static function approve( array $hosts, string $hold = '' ): int {
		$now  = Table::at( time() );
		$list = Domain_List::placeholders( $hosts, '%s' );
		return $hosts
			? Table::change( 'UPDATE {domains} SET ' . self::APPROVE . " WHERE host IN ($list) AND hold <> ''", $now, $now, $now, ...$hosts )
			: Table::change( 'UPDATE {domains} SET ' . self::APPROVE . " WHERE hold = %s AND hold <> ''", $now, $now, $now, $hold );
	}

	/**
	 * The admin approves rows as they were shown: those that have changed since are left out.
	 *
	 * @param array<int, int> $rows Generations by id; PIECE at most.
	 *
	 * @return int How many.
	 */
	public static function approve_rows( array $rows ): int {
		if ( ! $rows ) {
			return 0;
		}
		list( $list, $args ) = self::shown( $rows );

		$now = Table::at( time() );
		return Table::change( 'UPDATE {domains} SET ' . self::APPROVE . " WHERE $list AND claim = ''", $now, $now, $now, ...$args );
	}

	/**
	 * The admin declines what rows wait for, as they were shown: they stay as they are. A removal that is delayed does not come then.
	 *
	 * @param array<int, int> $rows Generations by id; PIECE at most.
	 *
	 * @return int How many.
	 */
	public static function decline_rows( array $rows ): int {
		if ( ! $rows ) {
			return 0;
		}
		list( $list, $args ) = self::shown( $rows );

		$now = Table::at( time() );
		return Table::change( "UPDATE {domains} SET hold = 'declined', approved = 0, due_at = NULL, domain_since = %s, domain_status = 'pending', domain_reason = 'declined', changed_at = %s WHERE $list AND ( hold NOT IN ('', 'declined') OR ( source = '' AND domain_reason IN ('removal-delayed', 'removal-waits') AND asked = '' ) ) AND claim = ''", $now, $now, ...$args );
	}

	/**
	 * Somebody did something about hosts: they do not wait any more. Unlike an approval that adopts nothing.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; PIECE at most.
	 * @param string       $hold  What they wait for.
	 *
	 * @return int How many.
	 */
	public static function release( array $hosts, string $hold ): int {
		$now  = Table::at( time() );
		$list = Domain_List::placeholders( $hosts, '%s' );
		return Table::change( "UPDATE {domains} SET hold = '', domain_status = 'pending', domain_reason = 'waiting', domain_since = %s, due_at = %s, look_at = IF( remote_state = 'present' AND source <> '', %s, look_at ), changed_at = %s WHERE host IN ($list) AND hold = %s", ...array( $now, $now, $now, $now, ...$hosts, $hold ) );
	}

	/**
	 * Rows wait for the admin from now on.
	 *
	 * @param list<string> $hosts  Host names as the extension writes them.
	 * @param string       $hold   What for.
	 * @param Reason       $reason Why.
	 */
	public static function hold( array $hosts, string $hold, Reason $reason ): void {
		$now = Table::at( time() );
		foreach ( array_chunk( $hosts, Domain_List::PIECE ) as $piece ) {
			$list = Domain_List::placeholders( $piece, '%s' );
			Table::change( "UPDATE {domains} SET hold = %s, domain_status = %s, domain_reason = %s, domain_since = %s, due_at = NULL, changed_at = %s WHERE host IN ($list) AND hold = '' AND approved <> generation", ...array( $hold, $reason->status()->value, $reason->value, $now, $now, ...$piece ) );
		}
	}

	/**
	 * Rows that are approved and not done yet.
	 */
	public static function count_approved(): int {
		return (int) Table::first( 'SELECT COUNT(*) AS number FROM {domains} WHERE approved > 0 AND due_at IS NOT NULL' )['number'];
	}

	/**
	 * Rows that are approved and failed in a way that only somebody can end.
	 */
	public static function count_failed(): int {
		return (int) Table::first( "SELECT COUNT(*) AS number FROM {domains} WHERE approved > 0 AND due_at IS NULL AND domain_status = 'action'" )['number'];
	}

	/**
	 * Stops what is approved and has not begun: it waits for a decision again. What RunCloud was asked for is brought to its end.
	 *
	 * @return int How many.
	 */
	public static function stop(): int {
		$number = Table::change( 'UPDATE {domains} SET ' . self::STOP . " WHERE approved > 0 AND due_at IS NOT NULL AND approved = generation AND asked = '' AND claim = ''", Table::at( time() ) );
		if ( $number > 0 ) {
			History::add( '', 'plan-stopped', array( 'number' => $number ), Origin::actor() );
		}
		return $number;
	}

	/**
	 * A condition for rows that are as they were shown.
	 *
	 * @param array<int, int> $rows Generations by id.
	 *
	 * @return array{string, list<int>} The condition, and its values.
	 */
	private static function shown( array $rows ): array {
		$args = array();
		foreach ( $rows as $id => $generation ) {
			array_push( $args, $id, $generation );
		}
		return array( '( ' . implode( ' OR ', array_fill( 0, count( $rows ), '( id = %d AND generation = %d )' ) ) . ' )', $args );
	}
}
