<?php
/**
 * Takes the place of Ultimate Multisite's own RunCloud integration.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Network\Events;
use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Option;

/**
 * From 2.4.11 on there is a registry of integrations, where what is registered last under an id counts. Before that each provider is a singleton
 * that binds itself when it is loaded; ours takes its place right after.
 *
 * A PHP without the extension takes over as well once the plugin was in charge anywhere: the built-in provider would add domains that are then
 * nobody's, and delete what the admin made at RunCloud by hand.
 */
final class Take_Over {

	/** As Ultimate_Multisite::INTEGRATION, whose file a visitor's page does not need. */
	private const INTEGRATION = 'runcloud';

	private const BUILT_IN_PROVIDER    = 'WP_Ultimo\Integrations\Host_Providers\Runcloud_Host_Provider';
	private const BUILT_IN_INTEGRATION = 'WP_Ultimo\Integrations\Providers\RunCloud\RunCloud_Integration';

	/**
	 * Replaces the integration in the registry.
	 *
	 * @param object $registry The registry.
	 */
	public static function register_integration( $registry ): void {
		if ( class_exists( self::BUILT_IN_INTEGRATION ) && self::is_due() ) {
			$registry->register( new Runcloud_Integration() );
		}
	}

	/**
	 * Replaces its capability to map domains, before Ultimate Multisite binds any; it binds ours if the integration is on and set up.
	 *
	 * @param object $registry The registry.
	 */
	public static function register_capability( $registry ): void {
		if ( $registry->get( self::INTEGRATION ) instanceof Runcloud_Integration ) {
			$registry->add_capability( self::INTEGRATION, new Domain_Mapping() );
		}
	}

	/** Unbinds the provider of old versions, and puts ours in its place. Later versions fire the action too, but have no such class. */
	public static function replace_provider(): void {
		if ( ! class_exists( self::BUILT_IN_PROVIDER ) || ! self::is_due() ) {
			return;
		}
		$built_in = ( self::BUILT_IN_PROVIDER )::get_instance();
		foreach ( array( 'domain', 'subdomain' ) as $what ) {
			remove_action( "wu_add_$what", array( $built_in, "on_add_$what" ), 10 );
			remove_action( "wu_remove_$what", array( $built_in, "on_remove_$what" ), 10 );
		}
		remove_filter( 'wu_domain_manager_get_integrations', array( $built_in, 'self_register' ) );
		remove_action( 'init', array( $built_in, 'add_to_integration_list' ) );
		remove_action( 'init', array( $built_in, 'alert_provider_not_setup' ) );

		// Its instance is then the one that the built-in class gives as well.
		$ours = Runcloud_Provider::get_instance();
		if ( $ours->is_enabled() && Credentials::read()->is_complete() ) {
			Events::bind();
		}
	}

	/**
	 * Drops what Ultimate Multisite says of RunCloud: that the integration should be switched on or set up, for which the plugin has a notice of its own, and
	 * that a key and secret cannot be used any more.
	 *
	 * @param mixed $notices Notices by id.
	 *
	 * @return array<string, mixed>
	 */
	public static function without_its_notices( $notices ): array {
		$ids = array( 'should-enable-runcloud-integration', 'should-setup-runcloud-integration', 'should-enable-runcloudv3-integration' );
		return self::is_due() ? array_diff_key( (array) $notices, array_flip( $ids ) ) : (array) $notices;
	}

	/**
	 * What the wizard says that the integration will do.
	 *
	 * @return array{will: list<string>, will_not: list<string>}
	 */
	public static function explainer_lines(): array {
		return array(
			'will'     => array(
				__( 'Add every domain that is mapped on this network to your RunCloud web application, and remove it when it is unmapped; what does not work at once is tried again.', 'domain-sync-for-runcloud' ),
				__( 'Have RunCloud\'s Let\'s Encrypt certificate cover a domain as soon as its DNS points here.', 'domain-sync-for-runcloud' ),
			),
			'will_not' => array(
				__( 'Remove domains from RunCloud that it did not add.', 'domain-sync-for-runcloud' ),
				__( 'Install the first certificate of a web application with basic SSL: that changes all of its domains, so it is yours to decide in the RunCloud dashboard.', 'domain-sync-for-runcloud' ),
			),
		);
	}

	/**
	 * Answers the wizard's test with a whole sentence that wraps: it prints what it gets as HTML, in a box for code.
	 *
	 * @param true|\WP_Error $result How the test ended.
	 */
	public static function answer_wizard( bool|\WP_Error $result ): void {
		$sentence = is_wp_error( $result ) ? $result->get_error_message() : __( 'It works.', 'domain-sync-for-runcloud' );
		if ( ! is_wp_error( $result ) && Credentials::read()->is_v2() ) {
			$sentence .= ' ' . __( 'The key and secret of a legacy personal space are used (WU_RUNCLOUD_API_KEY, WU_RUNCLOUD_API_SECRET).', 'domain-sync-for-runcloud' );
		}
		wp_send_json(
			array(
				'success' => ! is_wp_error( $result ),
				'data'    => '<span style="white-space:normal">' . esc_html( $sentence ) . '</span>',
			)
		);
	}

	/** Whether the built-in integration has to make room. */
	private static function is_due(): bool {
		if ( null === Plugin::missing_extension() ) {
			return true;
		}
		try {
			return (bool) Option::read( Options::IN_CHARGE );
		} catch ( \RuntimeException $e ) {
			// Who does not know does nothing.
			return true;
		}
	}
}
