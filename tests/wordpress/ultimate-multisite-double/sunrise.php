<?php
/**
 * Early loader of the double, copied to wp-content as the real one is: a request for a mapped host, with or without "www.", is a request for its site,
 * unless the domain's stage keeps it inactive.
 */

defined( 'ABSPATH' ) || exit;

define( 'WU_DOUBLE_SUNRISE', true );

add_filter(
	'pre_get_site_by_path',
	static function ( $site, $domain ) {
		global $wpdb;
		if ( $site ) {
			return $site;
		}
		$bare       = preg_replace( '/^www\./', '', $domain );
		$suppressed = $wpdb->suppress_errors();
		// The first record of the two counts, also when it is not active and the second is.
		$mapping = $wpdb->get_row(
			$wpdb->prepare(
				"SELECT blog_id, active = 1 AND stage IN ('done', 'done-without-ssl') AS usable FROM {$wpdb->base_prefix}wu_domain_mappings
				WHERE domain IN (%s, %s) ORDER BY primary_domain DESC, active DESC, secure DESC LIMIT 1",
				$bare,
				"www.$bare"
			)
		);
		$wpdb->suppress_errors( $suppressed );
		return $mapping && $mapping->usable ? get_site( (int) $mapping->blog_id ) : $site;
	},
	10,
	2
);
