<?php
/**
 * Finds rows.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Reads the table, and changes nothing.
 */
final class Domain_Reader {

	/** What must be true of a row that a job may take up: a step is due, and no living job has it. */
	const DUE = "( state IN ('waiting', 'retrying', 'working') OR ( state = 'mapped' AND certificate = 'waiting-for-dns' ) ) AND next_try_at <= %s AND ( claim = '' OR claimed_until < %s )";

	/**
	 * The row of a host, or null when there is none.
	 *
	 * @param string $host Host name.
	 */
	public function find( string $host ): ?Domain {
		return $this->read( 'host = %s', $host );
	}

	/**
	 * A row by its id, or null when it is gone.
	 *
	 * @param int $id The row's id.
	 */
	public function get( int $id ): ?Domain {
		return $this->read( 'id = %d', $id );
	}

	/**
	 * A row that a job holds, or null when the job has lost it.
	 *
	 * @param int    $id    The row's id.
	 * @param string $claim The job's claim.
	 */
	public function held( int $id, string $claim ): ?Domain {
		return $this->read( 'id = %d AND claim = %s', $id, $claim );
	}

	/**
	 * All rows that a job holds.
	 *
	 * @param string $claim The job's claim.
	 *
	 * @return list<Domain>
	 */
	public function held_by( string $claim ): array {
		return array_map( array( Domain::class, 'from_row' ), Rows::all( 'SELECT * FROM %i WHERE claim = %s ORDER BY next_try_at, id', $claim ) );
	}

	/**
	 * Hosts of a site.
	 *
	 * @param int $site_id The site.
	 *
	 * @return list<string>
	 */
	public function hosts_of_site( int $site_id ): array {
		return Rows::column( 'SELECT host FROM %i WHERE site_id = %d', $site_id );
	}

	/**
	 * Ids of rows with a step that is due, the oldest first.
	 *
	 * @param int $limit How many at most.
	 *
	 * @return list<int>
	 */
	public function due( int $limit ): array {
		return array_map( 'intval', Rows::column( 'SELECT id FROM %i WHERE ' . self::DUE . ' ORDER BY next_try_at, id LIMIT %d', Rows::now(), Rows::now(), $limit ) );
	}

	/**
	 * When the next step of any row is due or the next claim runs out, as a Unix time; 0 when nothing waits.
	 */
	public function next_due_at(): int {
		$times = Rows::column(
			"SELECT MIN( IF( claim = '', next_try_at, GREATEST( next_try_at, claimed_until ) ) ) FROM %i
			WHERE state IN ('waiting', 'retrying', 'working') OR ( state = 'mapped' AND certificate IN ('waiting-for-dns', 'due') )"
		);
		return empty( $times[0] ) ? 0 : (int) strtotime( "{$times[0]} UTC" );
	}

	/**
	 * Number of names that one certificate for all mapped hosts would hold, "www." included.
	 */
	public function certificate_names(): int {
		return (int) ( Rows::column( "SELECT COUNT(*) + COALESCE( SUM( www ), 0 ) FROM %i WHERE state = 'mapped'" )[0] ?? 0 );
	}

	/**
	 * The row, if the condition holds for one.
	 *
	 * @param string $where   Condition.
	 * @param mixed  ...$args Its values.
	 */
	private function read( string $where, mixed ...$args ): ?Domain {
		$row = Rows::first( "SELECT * FROM %i WHERE $where", ...$args );
		return null === $row ? null : Domain::from_row( $row );
	}
}
