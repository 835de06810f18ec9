<?php
/**
 * What the plugin listens to, and whether it is in charge.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Admin\Actions;
use Domain_Sync_For_RunCloud\Admin\Connection_Test;
use Domain_Sync_For_RunCloud\Admin\Customer_Domains;
use Domain_Sync_For_RunCloud\Admin\Health_Debug;
use Domain_Sync_For_RunCloud\Admin\Dashboard;
use Domain_Sync_For_RunCloud\Admin\Live;
use Domain_Sync_For_RunCloud\Admin\Notices;
use Domain_Sync_For_RunCloud\Admin\Plan_Actions;
use Domain_Sync_For_RunCloud\Admin\Screen;
use Domain_Sync_For_RunCloud\Admin\Settings_Page;
use Domain_Sync_For_RunCloud\Admin\Setup_Actions;
use Domain_Sync_For_RunCloud\Admin\Site_Health;
use Domain_Sync_For_RunCloud\Admin\Um_Pages;
use Domain_Sync_For_RunCloud\Api\Abilities;
use Domain_Sync_For_RunCloud\Api\Rest;
use Domain_Sync_For_RunCloud\Cli\Command;
use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Sync\Handover;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Stage;
use Domain_Sync_For_RunCloud\Um\Take_Over;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Binds the entry points, all of them here and by the names of their classes: a constant of a class, or a static call, would load its file. So a
 * visitor's page loads the few files that take the built-in provider's place, and asks the database nothing.
 */
final class Plugin {

	/** The oldest version of the PHP extension that has all that is called. */
	const MINIMUM_EXTENSION = '0.1.0';

	/** Listens, in every kind of request. */
	public static function start(): void {
		add_action( 'init', array( self::class, 'find_texts' ), 0 );

		// Ultimate Multisite's classes, which ours extend, are not there yet: plugins load by the alphabet.
		add_action( 'wu_register_integrations', array( Take_Over::class, 'register_integration' ) );
		add_action( 'wu_register_capabilities', array( Take_Over::class, 'register_capability' ) );
		add_action( 'wp_ultimo_host_providers_load', array( Take_Over::class, 'replace_provider' ) );
		add_filter( 'wu_admin_notices', array( Take_Over::class, 'without_its_notices' ) );
		add_filter( 'wu_domain_has_correct_dns', array( Stage::class, 'has_correct_dns' ), 5, 2 );
		add_action( 'wu_transition_domain_stage', array( Stage::class, 'given_up' ), 20, 3 );
		add_action( 'wu_transition_domain_stage', array( Stage::class, 'passed' ), 20, 3 );

		// A queue's job without a callback fails for good.
		add_action( 'domain_sync_run', array( Queue::class, 'run' ) );
		add_action( 'action_scheduler_before_process_queue', array( Queue::class, 'wake' ) );

		add_action( 'wp_ajax_nopriv_domain_sync_run', array( Handover::class, 'receive' ) );
		add_action( 'wp_ajax_domain_sync_run', array( Handover::class, 'receive' ) );
		if ( wp_doing_cron() ) {
			add_action( 'wp_loaded', array( Handover::class, 'take_late' ) );
		} elseif ( ! wp_doing_ajax() ) {
			add_action( 'admin_init', array( Handover::class, 'take_late' ) );
		}

		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			Command::register();
		}

		add_action( 'rest_api_init', array( Rest::class, 'register' ) );
		add_action( 'wp_abilities_api_categories_init', array( Abilities::class, 'register_category' ) );
		add_action( 'wp_abilities_api_init', array( Abilities::class, 'register' ) );
		add_filter( 'wu_mcp_include_ability', array( Abilities::class, 'include_in_mcp' ), 10, 2 );

		add_action( 'network_admin_notices', array( Notices::class, 'show' ) );
		add_action( 'admin_post_domain_sync_confirm_network', array( Notices::class, 'confirm_network' ) );
		add_action( 'admin_post_domain_sync_dismiss', array( Notices::class, 'dismiss' ) );

		// After Ultimate Multisite has made its menu.
		add_action( 'network_admin_menu', array( Screen::class, 'add' ), 99 );
		add_filter( 'set_screen_option_domain_sync_per_page', array( Screen::class, 'keep_per_page' ), 10, 3 );
		add_action( 'admin_post_domain_sync_act', array( Actions::class, 'receive' ) );
		add_action( 'admin_post_domain_sync_decide', array( Plan_Actions::class, 'receive' ) );
		add_action( 'admin_post_domain_sync_settings', array( Settings_Page::class, 'receive' ) );
		add_action( 'admin_post_domain_sync_setup', array( Setup_Actions::class, 'receive' ) );
		add_action( 'wp_ajax_domain_sync_states', array( Live::class, 'answer' ) );
		self::show();
	}

	/**
	 * Says where our translations are. WordPress reads one when the first text is asked for, so a visitor's page reads none; load_plugin_textdomain()
	 * would read it in each request before WordPress 6.7.
	 */
	public static function find_texts(): void {
		global $wp_textdomain_registry;
		$wp_textdomain_registry->set_custom_path( 'domain-sync-for-runcloud', dirname( __DIR__ ) . '/languages' );
	}

	/** Shows what there is to see where people look anyway. Nothing of it is done on a visitor's page, but where that holds a list of domains. */
	private static function show(): void {
		add_action( 'wu_domain-mapping_scripts', array( Customer_Domains::class, 'load_assets' ) );
		add_filter( 'wu_domain_mapping_row_info', array( Customer_Domains::class, 'add_line' ), 10, 2 );
		add_action( 'wp_dashboard_setup', array( Customer_Domains::class, 'add_widget' ) );
		add_action( 'wp_network_dashboard_setup', array( Dashboard::class, 'add' ) );
		add_action( 'wu_page_wp-ultimo-domains_load', array( Um_Pages::class, 'load_assets' ) );
		add_filter( 'wu_domain_list_column_domain', array( Um_Pages::class, 'add_line' ), 10, 2 );
		add_action( 'wu_page_wp-ultimo-edit-domain_register_widgets', array( Um_Pages::class, 'add_box' ) );
		add_filter( 'network_admin_plugin_action_links', array( Um_Pages::class, 'add_link' ), 10, 2 );

		add_filter( 'site_status_tests', array( Site_Health::class, 'add_tests' ) );
		add_filter( 'debug_information', array( Health_Debug::class, 'add_section' ) );
		add_action( 'wp_ajax_health-check-domain-sync-connection', array( Site_Health::class, 'answer_connection' ) );
		add_action( 'wp_ajax_health-check-domain-sync-logs', array( Site_Health::class, 'answer_logs' ) );
	}

	/**
	 * Why the PHP extension cannot be used in this process, as a sentence; null when it can.
	 */
	public static function missing_extension(): ?string {
		$version = phpversion( 'runcloud' );
		if ( false === $version ) {
			return __( 'The PHP extension "runcloud" is not loaded.', 'domain-sync-for-runcloud' );
		}
		if ( version_compare( $version, self::MINIMUM_EXTENSION, '<' ) ) {
			/* translators: 1: version of the extension, 2: version that is needed. */
			return sprintf( __( 'The PHP extension "runcloud" is too old: version %1$s is loaded, %2$s or later is needed.', 'domain-sync-for-runcloud' ), $version, self::MINIMUM_EXTENSION );
		}
		return null;
	}

	/** Whether the admin switched the integration on. */
	public static function is_switched_on(): bool {
		return Ultimate_Multisite::is_switched_on();
	}

	/**
	 * Whether this is the main site of the main network: jobs run nowhere else.
	 */
	public static function is_main_site(): bool {
		return is_main_site() && is_main_network();
	}

	/**
	 * Whether a process that has the extension may act at RunCloud: Ultimate Multisite runs, the integration is set up and switched on, and this is
	 * no copy of the network.
	 */
	public static function is_set_up(): bool {
		return Ultimate_Multisite::is_loaded() && self::is_switched_on() && null === Identity::obstacle() && Credentials::read()->is_complete();
	}

	/**
	 * Whether this process may act at RunCloud.
	 */
	public static function is_in_charge(): bool {
		return null === self::missing_extension() && self::is_set_up();
	}

	/**
	 * A real answer to "does it work?", as Ultimate Multisite's wizard asks.
	 *
	 * @return true|\WP_Error
	 */
	public static function test_connection(): bool|\WP_Error {
		return Connection_Test::run();
	}
}
