<?php
/**
 * The RunCloud integration in the registry of Ultimate Multisite.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use WP_Ultimo\Integrations\Providers\RunCloud\RunCloud_Integration as Built_In;

/**
 * The built-in one, but a key with its secret counts as set up like a token, and the test gives a real answer. Title, wizard
 * and the switch stay Ultimate Multisite's; what the wizard says is today's RunCloud.
 */
final class Runcloud_Integration extends Built_In {

	/** A key and its secret can be stored as well. */
	public function __construct() {
		parent::__construct();
		$this->set_optional_constants( array( 'WU_RUNCLOUD_API_KEY', 'WU_RUNCLOUD_API_SECRET' ) );
	}

	/**
	 * Fields of the wizard.
	 */
	public function get_fields(): array {
		return Wizard::fields( true );
	}

	/** Instructions of the wizard. */
	public function get_instructions(): void {
		Wizard::print_instructions();
	}

	/**
	 * Whether a client can be made of the constants and the stored credentials.
	 */
	public function is_setup(): bool {
		return Credentials::read()->is_complete();
	}

	/**
	 * Constants that are still needed.
	 */
	public function get_missing_constants(): array {
		return Credentials::read()->missing();
	}

	/**
	 * The wizard's test. Some versions let anybody who is logged in ask for it over HTTP. The wizard itself is answered here: it would print the
	 * answer of Ultimate Multisite as JSON, in a box that cuts long lines off.
	 *
	 * @return true|\WP_Error
	 */
	public function test_connection() {
		if ( wp_doing_ajax() && ! current_user_can( 'manage_network' ) ) {
			return new \WP_Error( 'unauthorized', __( 'Only an admin of the network can test the connection.', 'domain-sync-for-runcloud' ) );
		}
		$result = Plugin::test_connection();
		if ( doing_action( 'wp_ajax_wu_test_hosting_integration' ) ) {
			Take_Over::answer_wizard( $result );
		}
		return $result;
	}
}
