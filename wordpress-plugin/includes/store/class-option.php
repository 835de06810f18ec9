<?php
/**
 * The plugin's network options, past all caches.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * WordPress remembers options in the process, and a persistent object cache gives them to all processes. Both may be older than the database: another
 * process changed an option, a backup was put in place, the cache was away for a while. Written through such a cache an option may then not be
 * written at all, since it seems to be so already or an UPDATE finds no row, and one value of several is written over by an older one.
 *
 * So ours are read by SELECT, and changed by one statement that names the value that was read. They stay WordPress's in form, and its caches are
 * cleared, so that get_network_option() gives them too. All are ASCII.
 */
final class Option {

	/** How often others may be faster. */
	private const TRIES = 10;

	/**
	 * The option as the database has it.
	 *
	 * @param string $name    Name of the option.
	 * @param mixed  $missing What is given when there is none.
	 * @param int    $network The network; 0 for the main one.
	 *
	 * @throws \RuntimeException The database does not say.
	 */
	public static function read( string $name, mixed $missing = null, int $network = 0 ): mixed {
		$row = self::row( $name, self::network( $network ) );
		return null === $row ? $missing : maybe_unserialize( (string) $row['meta_value'] );
	}

	/**
	 * Writes an option.
	 *
	 * @param string $name    Name of the option.
	 * @param mixed  $value   Its value; not null.
	 * @param int    $network The network; 0 for the main one.
	 */
	public static function write( string $name, mixed $value, int $network = 0 ): void {
		self::update( $name, static fn(): mixed => $value, $network );
	}

	/**
	 * Changes an option.
	 *
	 * @param string   $name    Name of the option.
	 * @param callable $change  Gets the value, or null when there is none; gives the one that it should have. May run several times.
	 * @param int      $network The network; 0 for the main one.
	 *
	 * @throws \RuntimeException The database refused, or others were always faster.
	 */
	public static function update( string $name, callable $change, int $network = 0 ): void {
		Table::read_primary();
		$network = self::network( $network );
		for ( $try = 0; $try < self::TRIES; $try++ ) {
			$row   = self::row( $name, $network );
			$value = (string) maybe_serialize( $change( null === $row ? null : maybe_unserialize( (string) $row['meta_value'] ) ) );
			if ( ( $row['meta_value'] ?? null ) === $value || self::put( $name, $network, $row, $value ) ) {
				self::tell_caches( $name, $network );
				return;
			}
			// So that those who met do not meet again.
			usleep( wp_rand( 1000, 5000 * ( $try + 1 ) ) );
		}
		throw new \RuntimeException( "The option $name could not be written." ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
	}

	/**
	 * Deletes an option, on all networks.
	 *
	 * @param string $name Name of the option.
	 */
	public static function delete( string $name ): void {
		global $wpdb;
		foreach ( Table::all( "SELECT DISTINCT site_id FROM $wpdb->sitemeta WHERE meta_key = %s", $name ) as $row ) {
			Table::change( "DELETE FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s", $row['site_id'], $name );
			self::tell_caches( $name, (int) $row['site_id'] );
		}
	}

	/**
	 * The row, or null. Of duplicates, for which the table has no key against, the oldest counts.
	 *
	 * @param string $name    Name of the option.
	 * @param int    $network The network.
	 *
	 * @return array<string, string|null>|null
	 */
	private static function row( string $name, int $network ): ?array {
		global $wpdb;
		return Table::first( "SELECT meta_id, meta_value FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s ORDER BY meta_id LIMIT 1", $network, $name );
	}

	/**
	 * Writes the row if it is still as it was read.
	 *
	 * @param string                          $name    Name of the option.
	 * @param int                             $network The network.
	 * @param array<string, string|null>|null $row     The row as it was read, or null.
	 * @param string                          $value   The text that it should hold.
	 */
	private static function put( string $name, int $network, ?array $row, string $value ): bool {
		global $wpdb;
		if ( null === $row ) {
			// Of two that do so at the same time the database refuses one, or lets it wait.
			try {
				return Table::change( "INSERT INTO $wpdb->sitemeta (site_id, meta_key, meta_value) SELECT %d, %s, %s FROM DUAL WHERE NOT EXISTS ( SELECT 1 FROM $wpdb->sitemeta WHERE site_id = %d AND meta_key = %s )", $network, $name, $value, $network, $name ) > 0;
			} catch ( \RuntimeException $e ) {
				if ( null === self::row( $name, $network ) ) {
					throw $e;
				}
				return false;
			}
		}
		// What somebody else wrote there may be text that no statement of ours can name.
		$is_ascii = ! preg_match( '/[^\x00-\x7f]/', (string) $row['meta_value'] );
		return ( $is_ascii
			? Table::change( "UPDATE $wpdb->sitemeta SET meta_value = %s WHERE meta_id = %d AND meta_value = BINARY %s", $value, $row['meta_id'], $row['meta_value'] )
			: Table::change( "UPDATE $wpdb->sitemeta SET meta_value = %s WHERE meta_id = %d", $value, $row['meta_id'] ) ) > 0;
	}

	/**
	 * Lets WordPress's caches forget an option, and that there is none.
	 *
	 * @param string $name    Name of the option.
	 * @param int    $network The network.
	 */
	private static function tell_caches( string $name, int $network ): void {
		wp_cache_delete( "$network:$name", 'site-options' );
		$missing = wp_cache_get( "$network:notoptions", 'site-options' );
		if ( is_array( $missing ) && isset( $missing[ $name ] ) ) {
			wp_cache_delete( "$network:notoptions", 'site-options' );
		}
	}

	/**
	 * A network's id.
	 *
	 * @param int $network The network; 0 for the main one.
	 */
	private static function network( int $network ): int {
		return 0 === $network ? get_main_network_id() : $network;
	}
}
