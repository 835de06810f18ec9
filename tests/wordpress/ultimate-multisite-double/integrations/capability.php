<?php
/** What a capability of an integration has to offer, and what one for domains has to. */

namespace WP_Ultimo\Integrations;

interface Capability_Module {
	public function get_capability_id();
	public function get_title();
	public function get_supported_features();
	public function supports( string $feature );
	public function register_hooks();
	public function get_fields();
	public function get_explainer_lines();
	public function set_integration( Integration $integration );
	public function get_integration();
	public function test_connection();
}

abstract class Base_Capability_Module implements Capability_Module {

	protected $supported_features = array();

	private ?Integration $integration = null;

	public function supports( $feature ) {
		return in_array( $feature, $this->get_supported_features(), true );
	}

	public function set_integration( Integration $integration ) {
		$this->integration = $integration;
	}

	public function get_integration() {
		return $this->integration;
	}

	public function get_supported_features() {
		return $this->supported_features;
	}

	public function register_hooks() {}

	public function get_fields() {
		return array();
	}

	public function get_explainer_lines() {
		return array(
			'will'     => array(),
			'will_not' => array(),
		);
	}

	public function test_connection() {
		return true;
	}
}

namespace WP_Ultimo\Integrations\Capabilities;

interface Domain_Mapping_Capability {
	public function on_add_domain( string $domain, int $site_id ): void;
	public function on_remove_domain( string $domain, int $site_id ): void;
	public function on_add_subdomain( string $subdomain, int $site_id ): void;
	public function on_remove_subdomain( string $subdomain, int $site_id ): void;
}
