<?php
/** A host: its credentials, whether it is switched on and set up. */

namespace WP_Ultimo\Integrations;

use WP_Ultimo\Helpers\Credential_Store;

class Integration {

	private array $constants = array();

	private array $optional_constants = array();

	public function __construct( private string $id, private string $title ) {}

	public function get_id(): string {
		return $this->id;
	}

	public function get_title(): string {
		return $this->title;
	}

	public function get_description() {
		return '';
	}

	public function get_constants(): array {
		return $this->constants;
	}

	public function set_constants( array $constants ) {
		$this->constants = $constants;
		return $this;
	}

	public function get_optional_constants(): array {
		return $this->optional_constants;
	}

	public function set_optional_constants( array $optional_constants ) {
		$this->optional_constants = $optional_constants;
		return $this;
	}

	public function get_all_constants(): array {
		$all = $this->optional_constants;
		foreach ( $this->constants as $constant ) {
			$all = array_merge( $all, (array) $constant );
		}
		return $all;
	}

	public function get_credential( string $constant_name ): string {
		if ( defined( $constant_name ) && constant( $constant_name ) ) {
			return (string) constant( $constant_name );
		}
		return Credential_Store::decrypt( (string) get_network_option( null, 'wu_hosting_credential_' . $constant_name, '' ) );
	}

	public function save_credentials( array $values ): void {
		foreach ( array_intersect_key( $values, array_flip( $this->get_all_constants() ) ) as $name => $value ) {
			update_network_option( null, 'wu_hosting_credential_' . $name, Credential_Store::encrypt( (string) $value ) );
		}
	}

	public function delete_credentials(): void {
		foreach ( $this->get_all_constants() as $name ) {
			delete_network_option( null, 'wu_hosting_credential_' . $name );
		}
	}

	/** An entry of the required constants may be a list of names, any of which will do. */
	public function get_missing_constants(): array {
		$missing = array();
		foreach ( $this->constants as $names ) {
			if ( ! array_filter( array_map( array( $this, 'get_credential' ), (array) $names ) ) ) {
				$missing[] = current( (array) $names );
			}
		}
		return $missing;
	}

	public function is_setup(): bool {
		return array() === $this->get_missing_constants();
	}

	public function is_enabled(): bool {
		return ! empty( get_network_option( null, 'wu_host_integrations_enabled', array() )[ $this->id ] );
	}

	public function enable(): bool {
		return $this->switch_to( true );
	}

	public function disable(): bool {
		return $this->switch_to( false );
	}

	public function get_fields(): array {
		return array();
	}

	public function detect(): bool {
		return false;
	}

	public function supports( string $feature ): bool {
		return false;
	}

	public function test_connection() {
		return true;
	}

	public function get_explainer_lines(): array {
		$lines = array(
			'will'     => array(),
			'will_not' => array(),
		);
		foreach ( Integration_Registry::get_instance()->get_capabilities( $this->id ) as $module ) {
			$lines = array_merge_recursive( $lines, $module->get_explainer_lines() );
		}
		return $lines;
	}

	private function switch_to( bool $on ): bool {
		$enabled = get_network_option( null, 'wu_host_integrations_enabled', array() );
		return update_network_option( null, 'wu_host_integrations_enabled', array( $this->id => $on ) + $enabled );
	}
}
