<?php
/**
 * A database class as LudicrousDB and HyperDB have one: reads may come from a replica. Without the constant TEST_REPLICA it is WordPress's own.
 *
 * With it, what is read of a table of that list comes from a copy that was made before, until somebody asks for the primary database.
 */

class Lagging_Database extends wpdb {

	/** Whether reads go to the primary database from here on. */
	private $reads_primary = false;

	public function send_reads_to_masters() {
		$this->reads_primary = true;
	}

	public function query( $query ) {
		if ( defined( 'TEST_REPLICA' ) && ! $this->reads_primary && preg_match( '/^\s*SELECT/i', $query ) ) {
			foreach ( TEST_REPLICA as $table => $copy ) {
				$query = preg_replace( "/\\b$table\\b/", $copy, $query );
			}
		}
		return parent::query( $query );
	}
}

$wpdb = new Lagging_Database( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST ); // phpcs:ignore WordPress.WP.GlobalVariablesOverride -- this is what the file is for.
