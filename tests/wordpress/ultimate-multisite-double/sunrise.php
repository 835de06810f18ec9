<?php
/**
 * Early loader of the double, copied to wp-content as the real one is: a request for a mapped host is a request for its site.
 */

defined( 'ABSPATH' ) || exit;

define( 'WU_DOUBLE_SUNRISE', true );

add_filter(
	'pre_get_site_by_path',
	static function ( $site, $domain ) {
		global $wpdb;
		$suppressed = $wpdb->suppress_errors();
		$blog_id    = $wpdb->get_var(
			$wpdb->prepare( "SELECT blog_id FROM {$wpdb->base_prefix}wu_domain_mappings WHERE domain = %s AND active = 1", $domain )
		);
		$wpdb->suppress_errors( $suppressed );
		return $blog_id ? get_site( (int) $blog_id ) : $site;
	},
	10,
	2
);
