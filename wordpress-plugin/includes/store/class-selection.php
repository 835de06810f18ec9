<?php
/**
 * Rows that somebody asks for by what they are.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * For screens and the command line. The narrowest condition goes by an index, in pieces; the others are looked at row by row. What no index knows (the
 * certificate) takes the whole table, in pieces as well.
 */
final class Selection {

	/** Pieces of the table that one page looks through at most. */
	private const MOST_PIECES = 5;

	/**
	 * Rows, one after the other. Memory stays flat, whatever their number.
	 *
	 * @param array{site_id?: int, hold?: string, status?: Status, reason?: Reason, certificate?: Status} $wanted Conditions, all of which are to hold.
	 *        reason: of the certificate where it is about certificates, else of the domain.
	 *
	 * @return \Generator<int, Domain>
	 */
	public static function of( array $wanted ): \Generator {
		foreach ( self::candidates( $wanted ) as $row ) {
			if ( self::is_wanted( $row, $wanted ) ) {
				yield $row;
			}
		}
	}

	/**
	 * A page of rows in the order of their hosts, for those who come back with the last host. Where no index has the condition a page ends after
	 * some thousand rows, be it full or not.
	 *
	 * @param array<string, mixed> $wanted Conditions, as above.
	 * @param string               $after  Host of the last row of the page before, or "".
	 * @param int                  $limit  Rows of the page.
	 *
	 * @return array{rows: list<Domain>, next: string} next: what the page after this one is asked for with; "" where there is none.
	 */
	public static function page( array $wanted, string $after, int $limit ): array {
		$found = array();
		// Where an index has all of the condition no row is read in vain.
		$size = count( $wanted ) > 1 || isset( $wanted['certificate'] ) || isset( $wanted['reason'] ) ? Domain_List::PAGE : $limit + 1;
		for ( $piece = 0; $piece < self::MOST_PIECES; $piece++ ) {
			$rows = match ( true ) {
				isset( $wanted['site_id'] )      => self::of_site_by_host( $wanted['site_id'], $after, $size ),
				'' !== ( $wanted['hold'] ?? '' ) => Decisions::on_hold( $wanted['hold'], $after, $size ),
				isset( $wanted['status'] )       => Domain_List::with_status( $wanted['status'], $after, $size ),
				default                          => self::by_host( $after, $size ),
			};
			foreach ( $rows as $row ) {
				if ( count( $found ) === $limit && self::is_wanted( $row, $wanted ) ) {
					return array(
						'rows' => $found,
						'next' => $after,
					);
				}
				if ( self::is_wanted( $row, $wanted ) ) {
					$found[] = $row;
				}
				$after = $row->host;
			}
			if ( count( $rows ) < $size ) {
				$after = '';
				break;
			}
		}
		return array(
			'rows' => $found,
			'next' => $after,
		);
	}

	/**
	 * Rows in the order of their hosts.
	 *
	 * @param string $after Host of the last row of the piece before.
	 * @param int    $limit How many at most.
	 *
	 * @return list<Domain>
	 */
	public static function by_host( string $after, int $limit = Domain_List::PAGE ): array {
		return self::domains( Table::all( 'SELECT * FROM {domains} WHERE host > %s ORDER BY host LIMIT %d', $after, $limit ) );
	}

	/**
	 * Rows of a site in the order of their hosts. Sites have few.
	 *
	 * @param int    $site_id The site.
	 * @param string $after   Host of the last row of the piece before.
	 * @param int    $limit   How many at most.
	 *
	 * @return list<Domain>
	 */
	private static function of_site_by_host( int $site_id, string $after, int $limit ): array {
		return self::domains( Table::all( 'SELECT * FROM {domains} WHERE site_id = %d AND host > %s ORDER BY host LIMIT %d', $site_id, $after, $limit ) );
	}

	/**
	 * Rows of a site, in the order of their ids.
	 *
	 * @param int $site_id The site.
	 * @param int $after   Id of the last row of the piece before.
	 *
	 * @return list<Domain>
	 */
	public static function of_site( int $site_id, int $after = 0 ): array {
		return self::domains( Table::all( 'SELECT * FROM {domains} WHERE site_id = %d AND id > %d ORDER BY id LIMIT %d', $site_id, $after, Domain_List::PAGE ) );
	}

	/**
	 * Rows whose domain has a status for a reason, in the order of their ids.
	 *
	 * @param Status $status The status.
	 * @param Reason $reason The reason.
	 * @param int    $after  Id of the last row of the piece before.
	 *
	 * @return list<Domain>
	 */
	public static function with_reason( Status $status, Reason $reason, int $after = 0 ): array {
		return self::domains( Table::all( 'SELECT * FROM {domains} WHERE domain_status = %s AND domain_reason = %s AND id > %d ORDER BY id LIMIT %d', $status->value, $reason->value, $after, Domain_List::PAGE ) );
	}

	/**
	 * Rows among which those are that are wanted.
	 *
	 * @param array<string, mixed> $wanted Conditions.
	 *
	 * @return \Generator<int, Domain>
	 */
	private static function candidates( array $wanted ): \Generator {
		$by_id = static fn( ?Domain $last ): int => $last->id ?? 0;
		if ( isset( $wanted['site_id'] ) ) {
			yield from self::pieces( static fn( ?Domain $last ): array => self::of_site( $wanted['site_id'], $by_id( $last ) ) );
		} elseif ( '' !== ( $wanted['hold'] ?? '' ) ) {
			yield from self::pieces( static fn( ?Domain $last ): array => Decisions::on_hold( $wanted['hold'], $last->host ?? '' ) );
		} elseif ( isset( $wanted['reason'] ) && ! $wanted['reason']->is_about_certificate() ) {
			foreach ( isset( $wanted['status'] ) ? array( $wanted['status'] ) : Status::cases() as $status ) {
				yield from self::pieces( static fn( ?Domain $last ): array => self::with_reason( $status, $wanted['reason'], $by_id( $last ) ) );
			}
		} elseif ( isset( $wanted['status'] ) ) {
			yield from self::pieces( static fn( ?Domain $last ): array => Domain_List::with_status( $wanted['status'], $last->host ?? '' ) );
		} else {
			yield from self::pieces( static fn( ?Domain $last ): array => Domain_List::page( $by_id( $last ) ) );
		}
	}

	/**
	 * Rows of pieces, until one is not full.
	 *
	 * @param callable( ?Domain ): list<Domain> $next Gives the piece after a row.
	 *
	 * @return \Generator<int, Domain>
	 */
	private static function pieces( callable $next ): \Generator {
		$last = null;
		do {
			$rows = $next( $last );
			$last = $rows ? end( $rows ) : $last;
			foreach ( $rows as $row ) {
				yield $row;
			}
		} while ( count( $rows ) >= Domain_List::PAGE );
	}

	/**
	 * Whether a row is as it is wanted.
	 *
	 * @param Domain               $row    The row.
	 * @param array<string, mixed> $wanted Conditions.
	 */
	private static function is_wanted( Domain $row, array $wanted ): bool {
		return ( ! isset( $wanted['site_id'] ) || $wanted['site_id'] === $row->site_id )
			&& ( ! isset( $wanted['hold'] ) || $wanted['hold'] === $row->hold )
			&& ( ! isset( $wanted['status'] ) || $wanted['status'] === $row->domain_status )
			&& ( ! isset( $wanted['certificate'] ) || $wanted['certificate'] === $row->certificate_status )
			&& ( ! isset( $wanted['reason'] ) || ( $wanted['reason']->is_about_certificate() ? $row->certificate_reason : $row->domain_reason ) === $wanted['reason'] );
	}

	/**
	 * Rows as objects.
	 *
	 * @param list<array<string, string|null>> $rows Rows of the table.
	 *
	 * @return list<Domain>
	 */
	private static function domains( array $rows ): array {
		return array_map( array( Domain::class, 'from_row' ), $rows );
	}
}
