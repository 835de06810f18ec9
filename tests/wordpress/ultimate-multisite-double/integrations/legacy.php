<?php
/** Built-in providers: singletons that hook themselves when they are enabled and set up. */

foreach ( array( 'test-connection', 'built-in-call', '../providers/base-host-provider', '../providers/runcloud-host-provider' ) as $file ) {
	require_once __DIR__ . "/$file.php";
}

wu_double_answer_test_connection(
	static function ( string $id ) {
		$class = apply_filters( 'wu_domain_manager_get_integrations', array() )[ $id ] ?? null;
		if ( ! $class ) {
			return new WP_Error( 'unknown', 'Unknown integration.' );
		}
		$provider = $class::get_instance();
		return $provider->is_setup()
			? $provider->test_connection()
			: new WP_Error( 'constants', 'Constants not found: ' . implode( ', ', $provider->get_missing_constants() ) );
	}
);
