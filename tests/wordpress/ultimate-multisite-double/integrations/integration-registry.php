<?php
/** Who offers what: a later registration under the same id replaces the earlier one. */

namespace WP_Ultimo\Integrations;

class Integration_Registry {

	private static ?Integration_Registry $instance = null;

	private array $integrations = array();

	private array $capabilities = array();

	public static function get_instance(): Integration_Registry {
		self::$instance ??= new self();
		return self::$instance;
	}

	public function init(): void {
		add_action( 'plugins_loaded', array( $this, 'fire_registration_hooks' ), 9 );
		add_action( 'plugins_loaded', array( $this, 'fire_capability_hooks' ), 12 );
	}

	public function fire_registration_hooks(): void {
		$this->register( new Providers\RunCloud\RunCloud_Integration() );
		do_action( 'wu_register_integrations', $this );
	}

	/** Only what is registered after everybody was asked gets bound, and only where the integration is on and set up. */
	public function fire_capability_hooks(): void {
		$this->add_capability( 'runcloud', new Providers\RunCloud\RunCloud_Domain_Mapping() );
		do_action( 'wu_register_capabilities', $this );
		foreach ( $this->integrations as $id => $integration ) {
			if ( $integration->is_enabled() && $integration->is_setup() ) {
				foreach ( $this->get_capabilities( $id ) as $module ) {
					$module->register_hooks();
				}
			}
		}
	}

	public function register( Integration $integration ): void {
		$this->integrations[ $integration->get_id() ] = $integration;
	}

	public function get( string $id ): ?Integration {
		return $this->integrations[ $id ] ?? null;
	}

	public function get_all(): array {
		return $this->integrations;
	}

	public function add_capability( string $integration_id, Capability_Module $module ): void {
		if ( isset( $this->integrations[ $integration_id ] ) ) {
			$module->set_integration( $this->integrations[ $integration_id ] );
			$this->capabilities[ $integration_id ][ $module->get_capability_id() ] = $module;
		}
	}

	public function get_capabilities( string $integration_id ): array {
		return $this->capabilities[ $integration_id ] ?? array();
	}

	public function has_capability( string $integration_id, string $capability_id ): bool {
		return isset( $this->capabilities[ $integration_id ][ $capability_id ] );
	}

	public function get_capability( string $integration_id, string $capability_id ): ?Capability_Module {
		return $this->capabilities[ $integration_id ][ $capability_id ] ?? null;
	}
}
