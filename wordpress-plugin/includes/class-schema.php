<?php
/**
 * What the plugin keeps in the database.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * The table of domains, and the names of the network options. uninstall.php removes exactly these.
 */
final class Schema {

	const VERSION = 1;

	const OPTION_VERSION = 'domain_sync_schema_version';
	const OPTION_PAUSE   = 'domain_sync_paused_until';
	const OPTION_MEMORY  = 'domain_sync_web_app_memory';
	const OPTION_BEFORE  = 'domain_sync_before';
	const OPTION_NETWORK = 'domain_sync_network';
	const OPTION_OUTAGE  = 'domain_sync_outage_since';
	const OPTION_ASKED   = 'domain_sync_outage_asked';

	const OPTIONS = array( self::OPTION_VERSION, self::OPTION_PAUSE, self::OPTION_MEMORY, self::OPTION_BEFORE, self::OPTION_NETWORK, self::OPTION_OUTAGE, self::OPTION_ASKED );

	private static bool $checked = false;

	/**
	 * Name of the table of domains, shared by all sites of the installation.
	 */
	public static function table(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'runcloud_domains';
	}

	/**
	 * Makes the table if this installation has none yet: a plugin copied into place is never activated by hand.
	 */
	public static function ensure(): void {
		if ( self::$checked ) {
			return;
		}
		if ( self::VERSION !== (int) get_network_option( null, self::OPTION_VERSION, 0 ) ) {
			self::create();
		}
		self::$checked = true;
	}

	/**
	 * Makes the table. Two processes may do so at the same time.
	 *
	 * Times are UTC. Host names are ASCII, so that all 253 characters fit into a unique key on every database.
	 */
	public static function create(): void {
		global $wpdb;
		$table = self::table();
		// phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared, WordPress.DB.DirectDatabaseQuery -- a table's name cannot be a placeholder.
		$wpdb->query(
			"CREATE TABLE IF NOT EXISTS $table (
				id bigint unsigned NOT NULL AUTO_INCREMENT,
				host varchar(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
				site_id bigint unsigned NOT NULL DEFAULT 0,
				by_hand tinyint unsigned NOT NULL DEFAULT 0,
				desired varchar(10) NOT NULL DEFAULT 'present',
				state varchar(20) NOT NULL DEFAULT 'waiting',
				asked varchar(10) NOT NULL DEFAULT '',
				asked_at datetime DEFAULT NULL,
				generation bigint unsigned NOT NULL DEFAULT 1,
				remote_id bigint unsigned NOT NULL DEFAULT 0,
				owned tinyint unsigned NOT NULL DEFAULT 0,
				www tinyint unsigned NOT NULL DEFAULT 0,
				attempts int unsigned NOT NULL DEFAULT 0,
				next_try_at datetime NOT NULL,
				last_error text NOT NULL,
				certificate varchar(20) NOT NULL DEFAULT 'none',
				certificate_id bigint unsigned NOT NULL DEFAULT 0,
				certificate_error text NOT NULL,
				resolves_at datetime DEFAULT NULL,
				claim varchar(40) NOT NULL DEFAULT '',
				claimed_until datetime DEFAULT NULL,
				desired_since datetime NOT NULL,
				mapped_at datetime DEFAULT NULL,
				updated_at datetime NOT NULL,
				PRIMARY KEY  (id),
				UNIQUE KEY host (host),
				KEY due (state, next_try_at),
				KEY certificate (certificate, next_try_at),
				KEY site_id (site_id)
			) {$wpdb->get_charset_collate()}"
		);
		Missed::begin();
		Network_Identity::remember();
		update_network_option( null, self::OPTION_VERSION, self::VERSION );
	}

	/**
	 * Removes everything the plugin kept. Nothing is removed at RunCloud.
	 */
	public static function drop(): void {
		global $wpdb;
		$table = self::table();
		$wpdb->query( "DROP TABLE IF EXISTS $table" ); // phpcs:ignore WordPress.DB.PreparedSQL.InterpolatedNotPrepared, WordPress.DB.DirectDatabaseQuery -- a table's name cannot be a placeholder.
		foreach ( self::OPTIONS as $option ) {
			delete_network_option( null, $option );
		}
	}
}
