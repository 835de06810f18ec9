<?php
/** The built-in RunCloud provider of the legacy integrations: writes down that it was called. */

namespace WP_Ultimo\Integrations\Host_Providers;

class Runcloud_Host_Provider extends Base_Host_Provider {

	protected $id = 'runcloud';

	protected $constants = array( 'WU_RUNCLOUD_API_TOKEN', 'WU_RUNCLOUD_SERVER_ID', 'WU_RUNCLOUD_APP_ID' );

	public function on_add_domain( $domain, $site_id ) {
		wu_double_record_built_in_call( 'wu_add_domain', $domain );
	}

	public function on_remove_domain( $domain, $site_id ) {
		wu_double_record_built_in_call( 'wu_remove_domain', $domain );
	}

	public function on_add_subdomain( $subdomain, $site_id ) {}

	public function on_remove_subdomain( $subdomain, $site_id ) {}

	public function test_connection(): void {
		wu_double_record_built_in_call( 'test_connection', '' );
		wp_send_json_success( array( 'built-in' ) );
	}
}
