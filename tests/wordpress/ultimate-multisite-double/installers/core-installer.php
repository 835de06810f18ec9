<?php
/** Creates the table of domain records. */

namespace WP_Ultimo\Installers;

class Core_Installer {

	private static ?Core_Installer $instance = null;

	public static function get_instance(): Core_Installer {
		self::$instance ??= new self();
		return self::$instance;
	}

	public function _install_database_tables(): void { // phpcs:ignore PSR2.Methods.MethodDeclaration.Underscore -- the original's name.
		global $wpdb;
		$wpdb->query(
			"CREATE TABLE IF NOT EXISTS {$wpdb->base_prefix}wu_domain_mappings (
				id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
				blog_id bigint unsigned NOT NULL,
				domain varchar(191) NOT NULL,
				active tinyint NOT NULL DEFAULT 1,
				primary_domain tinyint NOT NULL DEFAULT 0,
				secure tinyint NOT NULL DEFAULT 0,
				stage varchar(20) NOT NULL DEFAULT 'checking-dns',
				KEY domain (domain),
				KEY blog_id (blog_id)
			) {$wpdb->get_charset_collate()}"
		);
	}
}
