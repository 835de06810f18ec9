<?php
/** The tables of a queue: each site has its own, from its first request on, and loses them when it is deleted. */

final class ActionScheduler_StoreSchema {

	private const VERSION = 2;

	private const OPTION = 'wu_double_queue_tables';

	public static function init(): void {
		global $wpdb;
		// WordPress then gives the tables of the current site under these names, and drops a site's with the site.
		foreach ( array( 'actionscheduler_actions', 'actionscheduler_claims', 'actionscheduler_groups' ) as $table ) {
			$wpdb->tables[] = $table;
			$wpdb->$table   = $wpdb->prefix . $table;
		}
		if ( (int) get_option( self::OPTION ) !== self::VERSION ) {
			self::create();
			update_option( self::OPTION, self::VERSION );
		}
	}

	private static function create(): void {
		global $wpdb;
		$wpdb->query(
			"CREATE TABLE IF NOT EXISTS {$wpdb->actionscheduler_actions} (
				action_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
				hook varchar(191) NOT NULL,
				status varchar(20) NOT NULL,
				scheduled_date_gmt datetime NULL DEFAULT '0000-00-00 00:00:00',
				priority tinyint unsigned NOT NULL DEFAULT 10,
				args varchar(8000) NOT NULL,
				schedule longtext,
				group_id bigint unsigned NOT NULL DEFAULT 0,
				attempts int NOT NULL DEFAULT 0,
				last_attempt_gmt datetime NULL DEFAULT '0000-00-00 00:00:00',
				claim_id bigint unsigned NOT NULL DEFAULT 0,
				KEY due (claim_id, status, priority, scheduled_date_gmt),
				KEY hook (hook, status)
			) {$wpdb->get_charset_collate()}"
		);
		$wpdb->query(
			"CREATE TABLE IF NOT EXISTS {$wpdb->actionscheduler_claims} (
				claim_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
				date_created_gmt datetime NULL DEFAULT '0000-00-00 00:00:00'
			) {$wpdb->get_charset_collate()}"
		);
		$wpdb->query(
			"CREATE TABLE IF NOT EXISTS {$wpdb->actionscheduler_groups} (
				group_id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
				slug varchar(191) NOT NULL,
				KEY slug (slug)
			) {$wpdb->get_charset_collate()}"
		);
	}
}
