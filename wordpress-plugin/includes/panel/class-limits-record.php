<?php
/**
 * The record of Limits.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Store\Table;

/**
 * One row of the table of network options, as JSON. Read by SELECT from the primary database, past all caches; changed by one UPDATE that
 * names the whole value that was read, which holds a version that only rises: so it happens whole or not at all, whoever else is at work.
 */
final class Limits_Record {

	/** What a record holds. */
	const EMPTY = array(
		'version'  => 0,
		'latest'   => 0,
		'lease'    => array(
			'owner' => '',
			'until' => 0,
		),
		'blocks'   => array(),
		'failures' => array(),
		'month'    => array(
			'name'  => '',
			'kinds' => array(),
		),
	);

	/** Of processes that all do nothing but change the record, one in some hundred changes needs more than five. */
	private const TRIES = 10;

	/** Seconds to wait for another process that makes the record. */
	private const LOCK_SECONDS = 5;

	/**
	 * The row as this process last read or wrote it: id, value. Whether it is still so is seen when it is written.
	 *
	 * @var array{int, string|null}|null
	 */
	private static ?array $kept = null;

	/**
	 * Whether that will do for a change: while this process has the lease, hardly anybody else changes the record.
	 *
	 * @var bool
	 */
	private static bool $is_kept = false;

	/**
	 * The record as it is now, and the database's time.
	 *
	 * @return array{array<string, mixed>, int}
	 */
	public static function read(): array {
		list( , $value, $now ) = self::row();
		return array( self::decoded( $value ), $now );
	}

	/**
	 * Changes the record.
	 *
	 * @param callable $change   Gets the record and the database's time, gives the record as it should be; may run several times.
	 * @param bool     $may_keep Whether the record as this process last saw it will do to begin with, and the time is not needed.
	 *
	 * @return bool Whether it is so now; false when others were always faster.
	 */
	public static function change( callable $change, bool $may_keep = false ): bool {
		for ( $try = 0; $try < self::TRIES; $try++ ) {
			list( $id, $value, $now ) = $may_keep && self::$is_kept && null !== self::$kept ? array( ...self::$kept, time() ) : self::row();

			$old = self::decoded( $value );
			$new = $change( $old, $now );
			if ( $new === $old ) {
				return true;
			}
			if ( self::write( $id, $value, array( 'version' => $old['version'] + 1 ) + $new ) ) {
				return true;
			}
			self::$kept = null;
			// So that those who met do not meet again.
			usleep( wp_rand( 1000, 5000 * ( $try + 1 ) ) );
		}
		return false;
	}

	/**
	 * Says whether this process has the lease, and may change the record as it last saw it without reading it again.
	 *
	 * @param bool $is_kept Whether it may.
	 */
	public static function keep( bool $is_kept ): void {
		self::$is_kept = $is_kept;
	}

	/**
	 * The row as it is now (id 0: there is none), and the database's time. A duplicate, which an import can leave, does not count.
	 *
	 * @return array{int, string|null, int}
	 */
	private static function row(): array {
		global $wpdb;
		Table::read_primary();
		$which = array( get_main_network_id(), Limits::OPTION );
		$row   = Table::first(
			"SELECT UNIX_TIMESTAMP() AS now, ( SELECT meta_id FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s ORDER BY meta_id LIMIT 1 ) AS id, ( SELECT meta_value FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s ORDER BY meta_id LIMIT 1 ) AS value",
			...$which,
			...$which
		);

		self::$kept = array( (int) $row['id'], $row['value'] );
		return array( ...self::$kept, (int) $row['now'] );
	}

	/**
	 * Writes the record if it is still as it was read.
	 *
	 * @param int                  $id     Id of the row, or 0.
	 * @param string|null          $value  Its value as it was read.
	 * @param array<string, mixed> $record What it should hold.
	 */
	private static function write( int $id, ?string $value, array $record ): bool {
		global $wpdb;
		if ( 0 !== $id && null === self::parsed( $value ) ) {
			// Something else wrote there: its value may be one that no statement can compare. The new row has another id.
			Table::change( "DELETE FROM $wpdb->sitemeta WHERE meta_id = %d", $id );
			$id = 0;
		}
		if ( 0 === $id ) {
			return self::create( $record );
		}
		$json = self::encoded( $record );
		if ( ! Table::change( "UPDATE $wpdb->sitemeta SET meta_value = %s WHERE meta_id = %d AND meta_value = %s", $json, $id, $value ) ) {
			return false;
		}
		self::$kept = array( $id, $json );
		return true;
	}

	/**
	 * Makes the row. The table has no key that would keep it from having two of them, so one process makes it after the other; and where
	 * the lock is not shared (several databases that can be written), the oldest row is the record.
	 *
	 * @param array<string, mixed> $record What it should hold.
	 */
	private static function create( array $record ): bool {
		global $wpdb;
		$lock = 'domain_sync_limits_' . md5( ( defined( 'DB_NAME' ) ? DB_NAME : '' ) . $wpdb->sitemeta );
		// Not 1: no row is like one that was deleted, so whoever still has that in mind sees it.
		$json = self::encoded( array( 'version' => random_int( 1, 1000000 ) ) + $record );
		if ( '1' !== Table::first( 'SELECT GET_LOCK( %s, %d ) AS locked', $lock, self::LOCK_SECONDS )['locked'] ) {
			return false;
		}
		try {
			if ( 0 !== self::row()[0] ) {
				return false;
			}
			Table::change( "INSERT INTO $wpdb->sitemeta (site_id, meta_key, meta_value) VALUES (%d, %s, %s)", get_main_network_id(), Limits::OPTION, $json );
			$made   = (int) Table::first( 'SELECT LAST_INSERT_ID() AS id' )['id'];
			$oldest = self::row()[0];
			Table::change( "DELETE FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s AND meta_id > %d", get_main_network_id(), Limits::OPTION, $oldest );
			return $made === $oldest;
		} finally {
			Table::first( 'SELECT RELEASE_LOCK( %s ) AS released', $lock );
		}
	}

	/**
	 * A record as the row holds it. PHP's own function: letters outside ASCII become \u, whatever a filter thinks.
	 *
	 * @param array<string, mixed> $record The record.
	 */
	private static function encoded( array $record ): string {
		return (string) json_encode( $record, JSON_INVALID_UTF8_SUBSTITUTE );
	}

	/**
	 * A value of the row, as a record that has all its parts. What cannot be read counts as empty.
	 *
	 * @param string|null $value The value.
	 *
	 * @return array<string, mixed>
	 */
	private static function decoded( ?string $value ): array {
		$found = self::parsed( $value ) ?? array();
		$part  = static fn( string $name ): array => is_array( $found[ $name ] ?? null ) ? $found[ $name ] : array();
		$whole = static fn( mixed $number ): int => is_int( $number ) ? max( 0, $number ) : 0;
		$word  = static fn( mixed $text ): string => is_string( $text ) ? $text : '';

		$blocks = array();
		foreach ( array_filter( $part( 'blocks' ), 'is_array' ) as $scope => $block ) {
			$blocks[ $scope ] = array(
				'reason' => $word( $block['reason'] ?? '' ),
				'until'  => $whole( $block['until'] ?? 0 ),
				'step'   => $whole( $block['step'] ?? 0 ),
				'since'  => $whole( $block['since'] ?? 0 ),
			);
		}
		return array(
			'version'  => $whole( $found['version'] ?? 0 ),
			'latest'   => $whole( $found['latest'] ?? 0 ),
			'lease'    => array(
				'owner' => $word( $part( 'lease' )['owner'] ?? '' ),
				'until' => $whole( $part( 'lease' )['until'] ?? 0 ),
			),
			'blocks'   => $blocks,
			'failures' => array_map( $whole, $part( 'failures' ) ),
			'month'    => array(
				'name'  => $word( $part( 'month' )['name'] ?? '' ),
				'kinds' => array_map( $whole, (array) ( $part( 'month' )['kinds'] ?? array() ) ),
			),
		);
	}

	/**
	 * A value of the row as JSON says it; null when it is none of ours.
	 *
	 * @param string|null $value The value.
	 *
	 * @return array<string, mixed>|null
	 */
	private static function parsed( ?string $value ): ?array {
		$found = null === $value || preg_match( '/[^\x00-\x7f]/', $value ) ? null : json_decode( $value, true );
		return is_array( $found ) && is_int( $found['version'] ?? null ) ? $found : null;
	}
}
