<?php
/**
 * The RunCloud provider of Ultimate Multisite 2.4.10 and before.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use WP_Ultimo\Integrations\Host_Providers\Base_Host_Provider;
use WP_Ultimo\Integrations\Host_Providers\Runcloud_Host_Provider;

/**
 * The built-in one, but it binds no handlers, a key with its secret counts as set up like a token, and the test gives a real answer.
 */
final class Runcloud_Provider extends Runcloud_Host_Provider {

	/**
	 * Skips the built-in class's own init(), which tells admins with a key and secret that they cannot be used.
	 */
	public function init(): void {
		Base_Host_Provider::init();
	}

	/**
	 * The handlers are bound elsewhere, once.
	 */
	public function register_hooks(): void {}

	/**
	 * Whether a client can be made of the constants.
	 *
	 * @return bool
	 */
	public function is_setup() {
		return Credentials::read()->is_complete();
	}

	/**
	 * Constants that are still needed.
	 *
	 * @return list<string>
	 */
	public function get_missing_constants() {
		return Credentials::read()->missing();
	}

	/**
	 * Fields of the wizard, which writes them into wp-config.php.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public function get_fields() {
		return Wizard::fields( false );
	}

	/** Instructions of the wizard. */
	public function get_instructions() {
		Wizard::print_instructions();
	}

	/**
	 * Lines for the wizard.
	 *
	 * @return array{will: list<string>, will_not: list<string>}
	 */
	public function get_explainer_lines() {
		return Take_Over::explainer_lines();
	}

	/**
	 * The wizard's test; Ultimate Multisite before 2.4.11 lets it send the answer itself, and lets anybody who is logged in ask.
	 */
	public function test_connection(): void {
		$result = current_user_can( 'manage_network' )
			? Plugin::test_connection()
			: new \WP_Error( 'unauthorized', __( 'Only an admin of the network can test the connection.', 'domain-sync-for-runcloud' ) );
		Take_Over::answer_wizard( $result );
	}
}
