<?php
/** Turns changes of domain records and sites into queued events for hosts. */

namespace WP_Ultimo\Managers;

class Domain_Manager {

	private static ?Domain_Manager $instance = null;

	public static function get_instance(): Domain_Manager {
		self::$instance ??= new self();
		return self::$instance;
	}

	public function init(): void {
		add_action( 'wu_transition_domain_domain', array( $this, 'queue_added_domain' ), 10, 3 );
		add_action( 'wu_domain_post_delete', array( $this, 'queue_removed_domain' ), 10, 2 );
		add_action( 'wp_insert_site', array( $this, 'queue_added_site' ) );
		add_action( 'wp_delete_site', array( $this, 'queue_removed_site' ) );
		// Domain records go with their site only where the early loader ran and mapping was switched on.
		if ( defined( 'WU_DOUBLE_SUNRISE' ) && ! empty( wu_get_option( 'v2_settings' )['enable_domain_mapping'] ) ) {
			add_action( 'wp_delete_site', array( $this, 'delete_records_of_site' ) );
		}
		add_action( 'plugins_loaded', array( $this, 'load_integrations' ) );
	}

	/** The built-in providers of the legacy integrations come to life here; later ones may still ask to. */
	public function load_integrations(): void {
		if ( 'legacy' === WU_DOUBLE_INTEGRATIONS ) {
			\WP_Ultimo\Integrations\Host_Providers\Runcloud_Host_Provider::get_instance();
		}
		do_action( 'wp_ultimo_host_providers_load' );
	}

	public function queue_added_domain( $old, $new, $id ): void {
		$this->notify( 'wu_add_domain', 'domain', $new, wu_get_domain( $id )->get_blog_id(), 'wu_domain_added' );
	}

	public function queue_removed_domain( $deleted, $domain ): void {
		if ( $deleted ) {
			$this->notify( 'wu_remove_domain', 'domain', $domain->get_domain(), $domain->get_blog_id(), 'wu_domain_removed' );
		}
	}

	/** A new site is announced twice: as a subdomain, and through the domain record that is made for it. */
	public function queue_added_site( $site ): void {
		if ( $this->is_network_base_domain( $site->domain ) ) {
			return;
		}
		$this->notify( 'wu_add_subdomain', 'subdomain', $site->domain, $site->blog_id );
		if ( 'legacy' !== WU_DOUBLE_INTEGRATIONS && ! apply_filters( 'wu_should_create_domain_record_for_site', true, $site ) ) {
			return;
		}
		if ( wu_get_domains( array( 'blog_id' => $site->blog_id ) ) ) {
			return;
		}
		$domain = wu_create_domain(
			array(
				'domain'         => $site->domain,
				'blog_id'        => (int) $site->blog_id,
				'primary_domain' => true,
			)
		);
		if ( is_wp_error( $domain ) ) {
			wu_log_add( 'domain-creation', $domain, 'error' );
			return;
		}
		// The second of two equal jobs.
		wu_enqueue_async_action( 'wu_async_process_domain_stage', array( 'domain_id' => $domain->get_id() ), 'domain' );
	}

	public function queue_removed_site( $site ): void {
		if ( ! $this->is_network_base_domain( $site->domain ) ) {
			$this->notify( 'wu_remove_subdomain', 'subdomain', $site->domain, $site->blog_id );
		}
	}

	public function delete_records_of_site( $site ): void {
		$domains = \WP_Ultimo\Models\Domain::get_by_site( $site );
		foreach ( $domains ? $domains : array() as $domain ) {
			$domain->delete();
		}
	}

	/** Setting "always", "main_only" or "never"; never a second "www.". */
	public function should_create_www_subdomain( $domain ) {
		$domain = strtolower( trim( $domain ) );
		if ( str_starts_with( $domain, 'www.' ) ) {
			return false;
		}
		switch ( wu_get_setting( 'auto_create_www_subdomain', 'always' ) ) {
			case 'never':
				return false;
			case 'main_only':
				return self::is_main_domain( $domain );
			default:
				return true;
		}
	}

	/** Two labels, or three of which the last two are known to be sold together. */
	public static function is_main_domain( string $domain ) {
		$labels = explode( '.', $domain );
		$sold   = apply_filters( 'wu_multi_part_tlds', array( '.co.uk', '.com.au', '.co.nz', '.com.br', '.co.in' ) );
		return count( $labels ) <= 2 || 3 === count( $labels ) && in_array( ".$labels[1].$labels[2]", $sold, true );
	}

	/** Hosts that are shared by many sites have no events and no records of their own. */
	public function is_network_base_domain( string $domain ): bool {
		$shared = array( get_network()->domain );
		if ( 'legacy' === WU_DOUBLE_INTEGRATIONS ) {
			return in_array( $domain, $shared, true );
		}
		$bare = static fn( $host ) => preg_replace( '/^www\./', '', strtolower( $host ) );
		return in_array( $bare( $domain ), array_map( $bare, array_merge( $shared, apply_filters( 'wu_checkout_form_base_domains', array() ) ) ), true );
	}

	/** Later versions queue an addition only when somebody listens at that moment, and tell records at once as well. */
	private function notify( string $hook, string $name, string $host, $blog_id, ?string $at_once = null ): void {
		$legacy = 'legacy' === WU_DOUBLE_INTEGRATIONS;
		if ( $legacy || str_starts_with( $hook, 'wu_remove_' ) || has_action( $hook ) ) {
			$arguments = array(
				$name     => $host,
				'site_id' => $blog_id,
			);
			wu_enqueue_async_action( $hook, $arguments, 'domain' );
		}
		if ( $at_once && ! $legacy ) {
			do_action( $at_once, $host, $blog_id );
		}
	}
}
