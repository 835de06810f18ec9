<?php
/**
 * Statements about what needs somebody.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * For the mail. Each goes by the index of a status, and reads the rows that have it.
 *
 * A row needs somebody since its condition began. So one time says what has been reported: all that began before.
 */
final class Needs {

	/** Rows that wait in the plan are reported by its headline. */
	private const ALONE = "hold NOT IN ('existing', 'mass-removal')";

	/** Rows of which the domain, or the certificate, has needed somebody for long enough. */
	private const DOMAIN      = "domain_status = 'action' AND " . self::ALONE . ' AND domain_since <= %s';
	private const CERTIFICATE = "certificate_status = 'action' AND source <> '' AND " . self::ALONE . ' AND certificate_since <= %s';

	/**
	 * Whether any row needs somebody, and whether one has for long enough that has not been reported.
	 *
	 * @param int $reported All that began until then is reported, as a Unix time; 0 when nothing is.
	 * @param int $until What began until then has lasted long enough, as a Unix time.
	 *
	 * @return array{any: bool, is_new: bool}
	 */
	public static function find( int $reported, int $until ): array {
		$between = array( Table::at( max( 1, $reported ) ), Table::at( max( 1, $until ) ) );
		$row     = Table::first(
			"SELECT EXISTS( SELECT 1 FROM {domains} WHERE domain_status = 'action' ) OR EXISTS( SELECT 1 FROM {domains} WHERE certificate_status = 'action' AND source <> '' ) AS any_needs, EXISTS( SELECT 1 FROM {domains} WHERE domain_status = 'action' AND domain_since > %s AND domain_since <= %s ) OR EXISTS( SELECT 1 FROM {domains} WHERE certificate_since > %s AND " . self::CERTIFICATE . ' ) AS is_new',
			...$between,
			...$between
		);
		return array(
			'any'    => '1' === ( $row['any_needs'] ?? '' ),
			'is_new' => '1' === ( $row['is_new'] ?? '' ),
		);
	}

	/**
	 * Whether anything has waited in the plan for long enough.
	 *
	 * @param int $until What began until then has, as a Unix time.
	 */
	public static function plan_waits( int $until ): bool {
		return '1' === Table::first( "SELECT EXISTS( SELECT 1 FROM {domains} WHERE hold IN ('existing', 'mass-removal') AND domain_since <= %s ) AS waits", Table::at( $until ) )['waits'];
	}

	/**
	 * Rows that have needed somebody for long enough, by their domain or their certificate, the newest first.
	 *
	 * @param int          $until What began until then has, as a Unix time.
	 * @param list<string> $other Codes of reasons that are reported in another way.
	 * @param int          $limit How many at most.
	 *
	 * @return list<Domain>
	 */
	public static function rows( int $until, array $other, int $limit ): array {
		$other = array( '', ...$other );
		$list  = Domain_List::placeholders( $other, '%s' );
		$rows  = array_map(
			array( Domain::class, 'from_row' ),
			array(
				...Table::all( 'SELECT * FROM {domains} WHERE ' . self::DOMAIN . " AND domain_reason NOT IN ($list) ORDER BY domain_since DESC, id LIMIT %d", ...array( Table::at( $until ), ...$other, $limit ) ),
				...Table::all( 'SELECT * FROM {domains} WHERE ' . self::CERTIFICATE . " AND certificate_reason NOT IN ($list) ORDER BY certificate_since DESC, id LIMIT %d", ...array( Table::at( $until ), ...$other, $limit ) ),
			)
		);
		$rows  = array_column( $rows, null, 'host' );
		$since = static fn( Domain $row ): int => max(
			Status::Action === $row->domain_status && $row->domain_since <= $until ? $row->domain_since : 0,
			Status::Action === $row->certificate_status && $row->certificate_since <= $until ? $row->certificate_since : 0
		);
		uasort( $rows, static fn( Domain $one, Domain $two ): int => array( $since( $two ), $one->id ) <=> array( $since( $one ), $two->id ) );
		return array_slice( array_values( $rows ), 0, $limit );
	}

	/**
	 * How many rows that are in all.
	 *
	 * @param int          $until As for rows().
	 * @param list<string> $other As for rows().
	 */
	public static function count( int $until, array $other ): int {
		$other = array( '', ...$other );
		$list  = Domain_List::placeholders( $other, '%s' );
		$args  = array( Table::at( $until ), ...$other );
		return (int) Table::first(
			'SELECT ( SELECT COUNT(*) FROM {domains} WHERE ' . self::DOMAIN . " AND domain_reason NOT IN ($list) ) + ( SELECT COUNT(*) FROM {domains} WHERE " . self::CERTIFICATE . " AND certificate_reason NOT IN ($list) AND NOT ( " . self::DOMAIN . " AND domain_reason NOT IN ($list) ) ) AS number",
			...$args,
			...$args,
			...$args
		)['number'];
	}
}
