<?php
/**
 * The capability to map domains in the registry of Ultimate Multisite.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Network\Events;
use WP_Ultimo\Integrations\Base_Capability_Module;
use WP_Ultimo\Integrations\Capabilities\Domain_Mapping_Capability;

/**
 * Takes the place of the built-in one. The return types are declared because versions 2.4.11 to 2.5.1 ask for them.
 */
final class Domain_Mapping extends Base_Capability_Module implements Domain_Mapping_Capability {

	/**
	 * The capability that is replaced.
	 */
	public function get_capability_id(): string {
		return 'domain-mapping';
	}

	/**
	 * Its name.
	 */
	public function get_title(): string {
		return __( 'Domain Mapping', 'domain-sync-for-runcloud' );
	}

	/**
	 * What it brings beside mapping.
	 */
	public function get_supported_features(): array {
		return array( 'autossl' );
	}

	/**
	 * Whether it brings a feature.
	 *
	 * @param string $feature The feature.
	 */
	public function supports( $feature ): bool {
		return in_array( $feature, $this->get_supported_features(), true );
	}

	/**
	 * Lines for the wizard.
	 */
	public function get_explainer_lines(): array {
		return Take_Over::explainer_lines();
	}

	/**
	 * Called by Ultimate Multisite in every request where the integration is on and set up.
	 */
	public function register_hooks(): void {
		Events::bind();
	}

	/**
	 * The integration's test is the capability's.
	 *
	 * @return true|\WP_Error
	 */
	public function test_connection() {
		return $this->get_integration()->test_connection();
	}

	/**
	 * A domain was mapped.
	 *
	 * @param string $domain  Host name.
	 * @param int    $site_id The site.
	 */
	public function on_add_domain( string $domain, int $site_id ): void {
		Events::added( $domain, $site_id );
	}

	/**
	 * A domain was unmapped.
	 *
	 * @param string $domain  Host name.
	 * @param int    $site_id The site.
	 */
	public function on_remove_domain( string $domain, int $site_id ): void {
		Events::removed( $domain, $site_id );
	}

	/**
	 * A sub-site came.
	 *
	 * @param string $subdomain Host name.
	 * @param int    $site_id   The site.
	 */
	public function on_add_subdomain( string $subdomain, int $site_id ): void {
		Events::added( $subdomain, $site_id );
	}

	/**
	 * A sub-site went.
	 *
	 * @param string $subdomain Host name.
	 * @param int    $site_id   The site.
	 */
	public function on_remove_subdomain( string $subdomain, int $site_id ): void {
		Events::removed( $subdomain, $site_id );
	}
}
