<?php
/**
 * The two tables: how they are made, and the only way to them.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Runs one prepared statement at a time. "{domains}" and "{events}" stand for the tables. What the database refuses is thrown: a read
 * that failed must never pass for "no row". Nothing is cached, since several processes change the rows at the same time.
 *
 * Both tables are ASCII throughout, and no other letter may reach a statement: wpdb would refuse the whole of it, SELECT too.
 */
final class Table {

	const VERSION = 1;

	/** Network option: the version that the tables have. */
	const OPTION_VERSION = 'domain_sync_tables';

	/** Network option: when the tables were found missing and made again, as a Unix time. The network is walked then, and a notice says so. */
	const OPTION_LOST_AT = 'domain_sync_tables_lost_at';

	/** How each version came from the one before. Each step can be repeated; a lock keeps two processes from doing so at once. */
	const STEPS = array( 1 => 'complete' );

	/** Seconds to wait for another process that upgrades. */
	const LOCK_SECONDS = 10;

	/**
	 * Makes the tables, or brings those that are there to this version. Both end in the same tables.
	 *
	 * @throws \RuntimeException The database refused, or another process has been upgrading for too long.
	 */
	public static function upgrade(): void {
		$lock = substr( 'domain_sync_' . md5( self::name( 'domains' ) . ( defined( 'DB_NAME' ) ? DB_NAME : '' ) ), 0, 64 );
		self::read_primary();
		if ( '1' !== self::execute( 'SELECT GET_LOCK( %s, %d ) AS locked', array( $lock, self::LOCK_SECONDS ) )[0]['locked'] ) {
			throw new \RuntimeException( 'The tables of Domain Sync for RunCloud are being upgraded by another process; this is tried again.' );
		}
		try {
			foreach ( self::STEPS as $step ) {
				self::$step();
			}
			self::check();
		} finally {
			self::execute( 'SELECT RELEASE_LOCK( %s ) AS released', array( $lock ) );
		}
		Option::write( self::OPTION_VERSION, self::VERSION );
	}

	/**
	 * Removes both tables and what was noted of them.
	 */
	public static function drop(): void {
		self::execute( 'DROP TABLE IF EXISTS {domains}, {events}' );
		Option::delete( self::OPTION_VERSION );
		Option::delete( self::OPTION_LOST_AT );
	}

	/**
	 * A table's name with the prefix, shared by all sites of the installation.
	 *
	 * @param string $table "domains" or "events".
	 */
	public static function name( string $table ): string {
		global $wpdb;
		return $wpdb->base_prefix . "domain_sync_$table";
	}

	/**
	 * From here on this process reads from the primary database, where there are several: replicas lag.
	 */
	public static function read_primary(): void {
		global $wpdb;
		if ( method_exists( $wpdb, 'send_reads_to_masters' ) ) {
			$wpdb->send_reads_to_masters();
		}
	}

	/**
	 * Changes rows.
	 *
	 * @param string $sql     The statement.
	 * @param mixed  ...$args Values of its placeholders.
	 *
	 * @return int Number of rows changed.
	 */
	public static function change( string $sql, mixed ...$args ): int {
		return (int) self::run( $sql, $args );
	}

	/**
	 * Rows found.
	 *
	 * @param string $sql     The statement.
	 * @param mixed  ...$args Values of its placeholders.
	 *
	 * @return list<array<string, string|null>>
	 */
	public static function all( string $sql, mixed ...$args ): array {
		return (array) self::run( $sql, $args );
	}

	/**
	 * The first row found, or null.
	 *
	 * @param string $sql     The statement.
	 * @param mixed  ...$args Values of its placeholders.
	 *
	 * @return array<string, string|null>|null
	 */
	public static function first( string $sql, mixed ...$args ): ?array {
		return self::all( $sql, ...$args )[0] ?? null;
	}

	/**
	 * A moment as the database writes it, in UTC; "" for none, which statements turn into NULL.
	 *
	 * @param int $time Unix time, or 0.
	 */
	public static function at( int $time ): string {
		return 0 === $time ? '' : gmdate( 'Y-m-d H:i:s', $time );
	}

	/**
	 * Runs a statement; when the tables are missing, whatever an option or a cache says of them, they are made once and it runs again.
	 *
	 * @param string       $sql  The statement.
	 * @param array<mixed> $args Values of its placeholders.
	 *
	 * @return int|list<array<string, string|null>> Rows changed, or rows found.
	 */
	private static function run( string $sql, array $args ): int|array {
		if ( str_contains( $sql, '{' ) ) {
			self::bring_up_to_date();
		}
		try {
			return self::execute( $sql, $args );
		} catch ( \RuntimeException $e ) {
			if ( ! self::is_missing() ) {
				throw $e;
			}
			self::upgrade();
			Option::write( self::OPTION_LOST_AT, time() );
			return self::execute( $sql, $args );
		}
	}

	/**
	 * Before a process's first statement about the tables: WordPress puts the files of an update in place without activating the plugin, so
	 * the tables may still be those of the version before. Those of a later version are left as they are.
	 */
	private static function bring_up_to_date(): void {
		static $is_done = false;
		if ( ! $is_done ) {
			$version = (int) Option::read( self::OPTION_VERSION, 0 );
			// Where nothing is noted the tables are missing, or are being made.
			if ( 0 < $version && $version < self::VERSION ) {
				self::upgrade();
			}
			$is_done = true;
		}
	}

	/**
	 * Runs a statement.
	 *
	 * @param string       $sql  The statement.
	 * @param array<mixed> $args Values of its placeholders.
	 *
	 * @return int|list<array<string, string|null>> Rows changed, or rows found.
	 *
	 * @throws \RuntimeException The database refused.
	 */
	private static function execute( string $sql, array $args = array() ): int|array {
		global $wpdb;
		$suppressed = $wpdb->suppress_errors();
		$done       = $wpdb->query( self::prepare( $sql, $args ) ); // phpcs:ignore WordPress.DB -- see above for caching.
		$wpdb->suppress_errors( $suppressed );
		if ( false === $done ) {
			throw new \RuntimeException( 'The database refused a statement of Domain Sync for RunCloud: ' . ( $wpdb->last_error ? $wpdb->last_error : 'no connection' ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
		}
		if ( ! preg_match( '/^\s*(SELECT|SHOW|EXPLAIN)\b/i', $sql ) ) {
			return (int) $done;
		}
		return array_map( 'get_object_vars', (array) $wpdb->last_result );
	}

	/**
	 * Whether one of the tables is not there. The server's error 1146 says the same, but in a language that can be set.
	 */
	private static function is_missing(): bool {
		foreach ( array( 'domains', 'events' ) as $table ) {
			if ( ! self::execute( 'SHOW TABLES LIKE %s', array( addcslashes( self::name( $table ), '_%\\' ) ) ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Puts the tables and the values in.
	 *
	 * @param string       $sql  The statement.
	 * @param array<mixed> $args Values of its placeholders.
	 *
	 * @throws \InvalidArgumentException A value holds a letter outside ASCII.
	 */
	private static function prepare( string $sql, array $args ): string {
		global $wpdb;
		foreach ( $args as $value ) {
			if ( is_string( $value ) && preg_match( '/[^\x00-\x7f]/', $value ) ) {
				throw new \InvalidArgumentException( 'A value for the tables of Domain Sync for RunCloud is not ASCII.' );
			}
		}
		// WordPress 6.1 knows no placeholder for names yet.
		$sql = strtr(
			$sql,
			array(
				'{domains}' => '`' . self::name( 'domains' ) . '`',
				'{events}'  => '`' . self::name( 'events' ) . '`',
			)
		);
		return $args ? $wpdb->prepare( $sql, $args ) : $sql; // phpcs:ignore WordPress.DB.PreparedSQL -- this is where it gets prepared.
	}

	/**
	 * Step 1: both tables with all their columns and keys, whatever there was.
	 */
	private static function complete(): void {
		$tables = require __DIR__ . '/tables.php';
		foreach ( $tables['columns'] as $table => $columns ) {
			$lines = array();
			foreach ( $columns as $column => $definition ) {
				$lines[] = "$column $definition";
			}
			$lines = implode( ",\n", array_merge( $lines, $tables['keys'][ $table ] ) );
			self::execute( "CREATE TABLE IF NOT EXISTS {{$table}} (\n$lines\n) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin" );

			$there = array_column( self::execute( "SHOW COLUMNS FROM {{$table}}" ), 'Field' );
			foreach ( array_diff_key( $columns, array_flip( $there ) ) as $column => $definition ) {
				self::execute( "ALTER TABLE {{$table}} ADD COLUMN $column $definition" );
			}
			$there = array_column( self::execute( "SHOW INDEX FROM {{$table}}" ), 'Key_name' );
			foreach ( array_diff_key( $tables['keys'][ $table ], array_flip( $there ) ) as $definition ) {
				self::execute( "ALTER TABLE {{$table}} ADD $definition" );
			}
		}
	}

	/**
	 * Sees that every column is there, before the version is noted.
	 *
	 * @throws \RuntimeException One is not.
	 */
	private static function check(): void {
		foreach ( ( require __DIR__ . '/tables.php' )['columns'] as $table => $columns ) {
			$missing = array_diff( array_keys( $columns ), array_column( self::execute( "SHOW COLUMNS FROM {{$table}}" ), 'Field' ) );
			if ( $missing ) {
				throw new \RuntimeException( sprintf( 'The table %s could not be completed: it has no column %s.', self::name( $table ), implode( ', ', $missing ) ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
			}
		}
	}
}
