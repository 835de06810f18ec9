<?php
/**
 * Statements on the table of domains.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Runs one prepared statement. "%i", always the first placeholder, stands for the table. Nothing is cached: several processes
 * change the rows at the same time.
 */
final class Rows {

	/**
	 * Changes rows.
	 *
	 * @param string $sql     The statement.
	 * @param mixed  ...$args Values of its placeholders.
	 *
	 * @return int Number of rows changed.
	 *
	 * @throws \RuntimeException The database refused; the message is the database's.
	 */
	public static function change( string $sql, mixed ...$args ): int {
		global $wpdb;
		$changed = $wpdb->query( self::prepare( $sql, $args ) ); // phpcs:ignore WordPress.DB -- prepared; see above for caching.
		if ( false === $changed ) {
			throw new \RuntimeException( 'The table of domains could not be written: ' . $wpdb->last_error ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
		}
		return (int) $changed;
	}

	/**
	 * Writes a job's answer and lets the row go. If the desired state changed, or the claim ran out, only the claim is given up.
	 *
	 * @param Domain $domain  The claimed row.
	 * @param string $set     Assignments.
	 * @param mixed  ...$args Their values.
	 *
	 * @return bool Whether the desired state is still the same.
	 */
	public static function settle( Domain $domain, string $set, mixed ...$args ): bool {
		$settled = self::change(
			"UPDATE %i SET claim = '', claimed_until = NULL, updated_at = %s, $set WHERE id = %d AND claim = %s AND generation = %d",
			self::now(),
			...array( ...$args, $domain->id, $domain->claim, $domain->generation )
		);
		if ( ! $settled ) {
			self::change( "UPDATE %i SET claim = '', claimed_until = NULL WHERE id = %d AND claim = %s", $domain->id, $domain->claim );
		}
		return (bool) $settled;
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
		global $wpdb;
		return $wpdb->get_row( self::prepare( $sql, $args ), ARRAY_A ); // phpcs:ignore WordPress.DB -- prepared; see above for caching.
	}

	/**
	 * All rows found.
	 *
	 * @param string $sql     The statement.
	 * @param mixed  ...$args Values of its placeholders.
	 *
	 * @return list<array<string, string|null>>
	 */
	public static function all( string $sql, mixed ...$args ): array {
		global $wpdb;
		return $wpdb->get_results( self::prepare( $sql, $args ), ARRAY_A ) ?? array(); // phpcs:ignore WordPress.DB -- prepared; see above for caching.
	}

	/**
	 * The first column of all rows found.
	 *
	 * @param string $sql     The statement.
	 * @param mixed  ...$args Values of its placeholders.
	 *
	 * @return list<string>
	 */
	public static function column( string $sql, mixed ...$args ): array {
		global $wpdb;
		return $wpdb->get_col( self::prepare( $sql, $args ) ); // phpcs:ignore WordPress.DB -- prepared; see above for caching.
	}

	/**
	 * A moment from now as the database writes it, in UTC.
	 *
	 * @param int $seconds Seconds from now.
	 */
	public static function now( int $seconds = 0 ): string {
		return self::at( time() + $seconds );
	}

	/**
	 * A moment as the database writes it, in UTC.
	 *
	 * @param int $time Unix time.
	 */
	public static function at( int $time ): string {
		return gmdate( 'Y-m-d H:i:s', $time );
	}

	/**
	 * Puts the table and the values in.
	 *
	 * @param string       $sql  The statement.
	 * @param array<mixed> $args Values of its placeholders.
	 */
	private static function prepare( string $sql, array $args ): string {
		global $wpdb;
		Schema::ensure();
		// WordPress 6.1 knows no placeholder for names yet.
		$sql = preg_replace( '/%i/', '`' . Schema::table() . '`', $sql, 1 );
		return $args ? $wpdb->prepare( $sql, $args ) : $sql; // phpcs:ignore WordPress.DB.PreparedSQL -- this is where it gets prepared.
	}
}
