<?php
/** The built-in RunCloud integration: three constants are all it knows. */

namespace WP_Ultimo\Integrations\Providers\RunCloud;

use WP_Ultimo\Integrations\Integration;

class RunCloud_Integration extends Integration {

	public function __construct() {
		parent::__construct( 'runcloud', 'RunCloud' );
		$this->set_constants( array( 'WU_RUNCLOUD_API_TOKEN', 'WU_RUNCLOUD_SERVER_ID', 'WU_RUNCLOUD_APP_ID' ) );
	}

	public function get_fields(): array {
		return array_fill_keys( $this->get_constants(), array( 'title' => 'Credential' ) );
	}

	public function get_instructions(): void {
		echo 'Instructions of the built-in integration.';
	}

	public function test_connection() {
		wu_double_record_built_in_call( 'test_connection', '' );
		return true;
	}
}
