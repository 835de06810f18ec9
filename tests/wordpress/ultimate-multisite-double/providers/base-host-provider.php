<?php
/** A provider of the legacy integrations: a singleton that hooks itself when it is switched on and its constants are there. */

namespace WP_Ultimo\Integrations\Host_Providers;

abstract class Base_Host_Provider {

	protected $id;

	protected $constants = array();

	/** One for a class and those that extend it: whoever asks last with the narrower class decides. */
	public static ?Base_Host_Provider $instance = null;

	final public static function get_instance() {
		if ( ! static::$instance instanceof static ) {
			static::$instance = new static();
			static::$instance->init();
		}
		return static::$instance;
	}

	public function init(): void {
		add_filter( 'wu_domain_manager_get_integrations', array( $this, 'self_register' ) );
		add_action( 'init', array( $this, 'add_to_integration_list' ) );
		if ( $this->is_enabled() && $this->is_setup() ) {
			$this->register_hooks();
		}
	}

	final public function self_register( $integrations ) {
		return array( $this->id => static::class ) + $integrations;
	}

	/** There a line of the settings' page; here nobody reads it. */
	public function add_to_integration_list(): void {}

	final public function is_enabled() {
		return ! empty( get_network_option( null, 'wu_host_integrations_enabled', array() )[ $this->id ] );
	}

	public function is_setup() {
		foreach ( $this->constants as $constant ) {
			if ( ! defined( $constant ) || ! constant( $constant ) ) {
				return false;
			}
		}
		return true;
	}

	public function get_missing_constants() {
		return array_filter( $this->constants, static fn( $constant ) => ! defined( $constant ) || ! constant( $constant ) );
	}

	public function get_explainer_lines() {
		return array(
			'will'     => array(),
			'will_not' => array(),
		);
	}

	public function get_id() {
		return $this->id;
	}

	public function register_hooks(): void {
		foreach ( array( 'add_domain', 'remove_domain', 'add_subdomain', 'remove_subdomain' ) as $event ) {
			add_action( "wu_$event", array( $this, "on_$event" ), 10, 2 );
		}
	}

	abstract public function on_add_domain( $domain, $site_id );
	abstract public function on_remove_domain( $domain, $site_id );
	abstract public function on_add_subdomain( $subdomain, $site_id );
	abstract public function on_remove_subdomain( $subdomain, $site_id );
	abstract public function test_connection(): void;
}
