<?php
/**
 * Pages of a list of rows, for screens.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * A page is found in an index that holds both what rows are narrowed down by and what they are sorted by, so that a far page of 100,000 rows reads
 * entries of the index and the rows of that page only. What no index gives is not offered.
 */
final class Listing {

	/** Rows of a page at most. */
	const MOST = 200;

	/**
	 * A page of rows.
	 *
	 * @param array{status?: Status, certificate?: Status, hold?: string, site?: int, begins?: string} $wanted  Conditions, the narrowest of which counts: no
	 *                                                                                                index has two of them. "begins", the beginning of the
	 *                                                                                                host in ASCII, goes with all but "certificate", which it replaces.
	 * @param string                                                                       $sort    One of sorts(); anything else counts as the first of them.
	 * @param bool                                                                         $is_down Whether the greatest comes first.
	 * @param int                                                                          $offset  Rows before the page.
	 * @param int                                                                          $limit   Rows of the page, MOST at most.
	 *
	 * @return list<Domain>
	 */
	public static function page( array $wanted, string $sort, bool $is_down, int $offset, int $limit ): array {
		list( $where, $args ) = self::condition( $wanted );

		$order = match ( in_array( $sort, self::sorts( $wanted ), true ) ? $sort : self::sorts( $wanted )[0] ) {
			'since' => $is_down ? 'domain_since DESC, id DESC' : 'domain_since, id',
			'until' => $is_down ? 'certificate_until DESC, id DESC' : 'certificate_until, id',
			default => $is_down ? 'host DESC' : 'host',
		};
		$ids   = array_column( Table::all( "SELECT id FROM {domains} WHERE $where ORDER BY $order LIMIT %d, %d", ...array( ...$args, max( 0, $offset ), min( self::MOST, $limit ) ) ), 'id' );
		return self::in_order_of( $ids );
	}

	/**
	 * What rows can be sorted by, the default first.
	 *
	 * @param array<string, mixed> $wanted Conditions, as above.
	 *
	 * @return list<string> "host", "since" (of the domain's condition) or "until" (the certificate's end).
	 */
	public static function sorts( array $wanted ): array {
		return match ( true ) {
			'' !== ( $wanted['begins'] ?? '' ) => array( 'host' ),
			isset( $wanted['site'] )           => array( 'host' ),
			isset( $wanted['hold'] )           => array( 'host' ),
			isset( $wanted['certificate'] )    => array( 'until' ),
			isset( $wanted['status'] )         => array( 'host', 'since' ),
			default                            => array( 'host' ),
		};
	}

	/**
	 * How many rows there are.
	 *
	 * @param array<string, mixed> $wanted Conditions, as above.
	 */
	public static function count( array $wanted ): int {
		list( $where, $args ) = self::condition( $wanted );
		return (int) Table::first( "SELECT COUNT(*) AS number FROM {domains} WHERE $where", ...$args )['number'];
	}

	/**
	 * Rows by their ids, in their order.
	 *
	 * @param list<int|string> $ids Ids, MOST at most.
	 *
	 * @return list<Domain>
	 */
	public static function in_order_of( array $ids ): array {
		$list = Domain_List::placeholders( $ids, '%d' );
		$rows = array_column( Table::all( "SELECT * FROM {domains} WHERE id IN ($list)", ...$ids ), null, 'id' );
		return array_map( static fn( int|string $id ): Domain => Domain::from_row( $rows[ $id ] ), array_values( array_filter( $ids, static fn( int|string $id ): bool => isset( $rows[ $id ] ) ) ) );
	}

	/**
	 * A condition, and the values of its placeholders.
	 *
	 * @param array<string, mixed> $wanted Conditions, as above.
	 *
	 * @return array{string, list<string|int>}
	 */
	private static function condition( array $wanted ): array {
		$begins = (string) ( $wanted['begins'] ?? '' );
		list( $where, $args ) = match ( true ) {
			isset( $wanted['site'] )                          => array( 'site_id = %d', array( $wanted['site'] ) ),
			isset( $wanted['hold'] )                          => array( 'hold = %s', array( $wanted['hold'] ) ),
			isset( $wanted['certificate'] ) && '' === $begins => array( 'certificate_status = %s', array( $wanted['certificate']->value ) ),
			isset( $wanted['status'] )                        => array( 'domain_status = %s', array( $wanted['status']->value ) ),
			default                                           => array( "host > ''", array() ),
		};
		// The tables are binary: all that begins so lies between the two.
		return '' === $begins ? array( $where, $args ) : array( "$where AND host >= %s AND host < %s", array( ...$args, $begins, "$begins\x7f" ) );
	}
}
