<?php
/** The built-in domain capability: writes down that it was called. */

namespace WP_Ultimo\Integrations\Providers\RunCloud;

use WP_Ultimo\Integrations\Base_Capability_Module;
use WP_Ultimo\Integrations\Capabilities\Domain_Mapping_Capability;

class RunCloud_Domain_Mapping extends Base_Capability_Module implements Domain_Mapping_Capability {

	protected $supported_features = array( 'autossl' );

	public function get_capability_id(): string {
		return 'domain-mapping';
	}

	public function get_title(): string {
		return 'Domain Mapping';
	}

	public function register_hooks(): void {
		foreach ( array( 'add_domain', 'remove_domain', 'add_subdomain', 'remove_subdomain' ) as $event ) {
			add_action( "wu_$event", array( $this, "on_$event" ), 10, 2 );
		}
	}

	public function on_add_domain( string $domain, int $site_id ): void {
		wu_double_record_built_in_call( 'wu_add_domain', $domain );
	}

	public function on_remove_domain( string $domain, int $site_id ): void {
		wu_double_record_built_in_call( 'wu_remove_domain', $domain );
	}

	public function on_add_subdomain( string $subdomain, int $site_id ): void {}

	public function on_remove_subdomain( string $subdomain, int $site_id ): void {}
}
