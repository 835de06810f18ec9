<?php
/** The registry: integrations and the capabilities they bring, both replaceable until they are resolved. */

foreach ( array( 'test-connection', 'built-in-call', 'credential-store', 'capability', 'integration', 'integration-registry', '../providers/runcloud-integration', '../providers/runcloud-domain-mapping' ) as $file ) {
	require_once __DIR__ . "/$file.php";
}

WP_Ultimo\Integrations\Integration_Registry::get_instance()->init();

wu_double_answer_test_connection(
	static function ( string $id ) {
		$integration = WP_Ultimo\Integrations\Integration_Registry::get_instance()->get( $id );
		return $integration ? $integration->test_connection() : new WP_Error( 'unknown', 'Unknown integration.' );
	}
);
