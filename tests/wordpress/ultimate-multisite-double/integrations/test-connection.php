<?php
/** The "Test connection" answer of the wizard, as its script asks for it. Each kind of integration says how it finds and asks the integration. */

/** @param callable $test Given the integration's id; answers true or a WP_Error, or sends its own answer. */
function wu_double_answer_test_connection( callable $test ): void {
	add_action(
		'wp_ajax_wu_test_hosting_integration',
		static function () use ( $test ) {
			if ( 'legacy' !== WU_DOUBLE_INTEGRATIONS ) {
				if ( ! current_user_can( 'manage_network' ) || ! check_ajax_referer( 'wu_test_hosting_integration', false, false ) ) {
					wp_send_json_error( array( 'message' => 'Not allowed.' ) );
				}
			}
			$result = $test( sanitize_key( $_REQUEST['integration'] ?? '' ) );
			if ( is_wp_error( $result ) ) {
				wp_send_json_error( array( 'message' => $result->get_error_message() ) );
			}
			wp_send_json_success( array( 'message' => 'Access Authorized' ) );
		}
	);
}
