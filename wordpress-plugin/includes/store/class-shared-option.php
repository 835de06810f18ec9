<?php
/**
 * Network options that several kinds of processes change.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Two PHPs of one server need not share an object cache: one may lack the cache's extension, and APCu is a cache for each of them. What one says to
 * another is therefore read from the database, past all caches, and changed by one UPDATE that names the value that was read.
 *
 * A value is JSON in the main network's options, made by PHP's own function: letters outside ASCII become \u.
 */
final class Shared_Option {

	/** How often others may be faster. */
	private const TRIES = 5;

	/**
	 * An option's value as it is now; an empty list when there is none.
	 *
	 * @param string $name The option.
	 *
	 * @return array<string, mixed>
	 */
	public static function read( string $name ): array {
		return self::decoded( self::row( $name )['meta_value'] ?? '' );
	}

	/**
	 * Changes an option.
	 *
	 * @param string   $name   The option.
	 * @param callable $change Gets the value, gives it as it should be; may run several times.
	 *
	 * @return bool Whether it is so now; false when others were always faster.
	 */
	public static function change( string $name, callable $change ): bool {
		for ( $try = 0; $try < self::TRIES; $try++ ) {
			$row = self::row( $name );
			$old = self::decoded( $row['meta_value'] ?? '' );
			$new = $change( $old );
			if ( $new === $old || self::write( $name, $row, (string) json_encode( $new, JSON_INVALID_UTF8_SUBSTITUTE ) ) ) {
				return true;
			}
			usleep( wp_rand( 1000, 5000 ) );
		}
		return false;
	}

	/**
	 * The option's row. Should there be two, which no key forbids, the older one counts.
	 *
	 * @param string $name The option.
	 *
	 * @return array<string, string|null>|null
	 */
	private static function row( string $name ): ?array {
		global $wpdb;
		Table::read_primary();
		return Table::first( "SELECT meta_id, meta_value FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s ORDER BY meta_id LIMIT 1", get_main_network_id(), $name );
	}

	/**
	 * Writes the option if it is still as it was read.
	 *
	 * @param string                          $name  The option.
	 * @param array<string, string|null>|null $row   Its row as it was read.
	 * @param string                          $value What it should hold.
	 */
	private static function write( string $name, ?array $row, string $value ): bool {
		global $wpdb;
		if ( null !== $row && array() === self::decoded( $row['meta_value'] ) ) {
			// None of ours: it may be one that no statement can compare.
			Table::change( "DELETE FROM $wpdb->sitemeta WHERE meta_id = %d", $row['meta_id'] );
			$row = null;
		}
		if ( null === $row ) {
			return 1 === Table::change( "INSERT INTO $wpdb->sitemeta (site_id, meta_key, meta_value) VALUES (%d, %s, %s)", get_main_network_id(), $name, $value )
				&& ( self::row( $name )['meta_value'] ?? '' ) === $value;
		}
		return 1 === Table::change( "UPDATE $wpdb->sitemeta SET meta_value = %s WHERE meta_id = %d AND meta_value = %s", $value, $row['meta_id'], $row['meta_value'] );
	}

	/**
	 * A value as JSON says it.
	 *
	 * @param string|null $value The value.
	 *
	 * @return array<string, mixed>
	 */
	private static function decoded( ?string $value ): array {
		$found = json_decode( (string) $value, true );
		return is_array( $found ) ? $found : array();
	}
}
