<?php
/**
 * The screen in the Network Admin.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * One entry of the menu, below Ultimate Multisite's or, where that is not there, below Settings. A word in the address says which page it shows.
 */
final class Screen {

	/** Screen option: rows of a page. */
	const PER_PAGE = 'domain_sync_per_page';

	/** The menu of Ultimate Multisite, in all versions. */
	private const PARENT = 'wp-ultimo';

	/** Name of our style sheet and our script. */
	private const HANDLE = 'domain-sync-for-runcloud';

	/** What is shown; null until it is read. */
	private static ?Page $page = null;

	/** Why nothing can be shown, as a sentence; "" when it can. */
	private static string $failure = '';

	/** Adds the entry. */
	public static function add(): void {
		global $admin_page_hooks;
		if ( ! is_main_network() ) {
			return;
		}
		$parent = isset( $admin_page_hooks[ self::PARENT ] ) ? self::PARENT : 'settings.php';
		$title  = __( 'Domain Sync', 'domain-sync-for-runcloud' );
		$hook   = add_submenu_page( $parent, $title, $title, Access::capability(), Links::PAGE, array( self::class, 'show' ) );
		if ( false !== $hook ) {
			add_action( "load-$hook", array( self::class, 'read' ) );
		}
	}

	/** Reads what is to be shown, before anything is printed. */
	public static function read(): void {
		if ( ! Access::is_allowed() ) {
			wp_die( esc_html__( 'Only an admin of the network can do this.', 'domain-sync-for-runcloud' ), '', array( 'response' => 403 ) );
		}
		add_filter( 'removable_query_args', array( self::class, 'forget_what_was_said' ) );
		add_filter( 'admin_title', array( self::class, 'name_window' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'add_files' ) );
		try {
			self::$page = self::page();
		} catch ( \RuntimeException $e ) {
			self::$failure = __( 'The database does not answer. Load this page again in a minute; if it lasts, ask your host.', 'domain-sync-for-runcloud' );
		}
		$screen = get_current_screen();
		Help::add( $screen );
		if ( self::$page instanceof Domains_Page || self::$page instanceof Plan_Page ) {
			$screen->add_option( 'per_page', array( 'default' => 20, 'option' => self::PER_PAGE, 'label' => __( 'Domains on a page', 'domain-sync-for-runcloud' ) ) );
			$screen->set_screen_reader_content(
				array(
					'heading_views'      => __( 'Filter domains', 'domain-sync-for-runcloud' ),
					'heading_pagination' => __( 'Pages of domains', 'domain-sync-for-runcloud' ),
					'heading_list'       => __( 'List of domains', 'domain-sync-for-runcloud' ),
				)
			);
		}
	}

	/** Prints it. */
	public static function show(): void {
		$title = __( 'Domain Sync', 'domain-sync-for-runcloud' );
		printf( '<div class="wrap domain-sync"><h1 class="wp-heading-inline">%s</h1><hr class="wp-header-end">', esc_html( $title ) );
		if ( null === self::$page ) {
			Html::show( Html::tag( 'div', array( 'class' => 'notice notice-error', 'role' => 'alert' ), Html::text( 'p', self::$failure ) ) );
		} else {
			Html::show( Said::notice() . self::tabs() );
			Html::show( Html::tag( 'section', array( 'aria-label' => __( 'How everything is', 'domain-sync-for-runcloud' ), 'data-domain-sync' => 'header' ), Header::html() ) );
			Html::show( Html::tag( 'h2', array(), self::$page->heading() ) );
			self::$page->show();
		}
		printf( '</div>' );
	}

	/** Style sheet and script. */
	public static function add_files(): void {
		$folder = dirname( __DIR__, 2 );
		$file   = "$folder/domain-sync-for-runcloud.php";
		wp_enqueue_style( self::HANDLE, plugins_url( 'assets/admin.css', $file ), array( 'dashicons' ), (string) filemtime( "$folder/assets/admin.css" ) );
		wp_enqueue_script( self::HANDLE, plugins_url( 'assets/admin.js', $file ), array( 'wp-a11y' ), (string) filemtime( "$folder/assets/admin.js" ), true );
		wp_add_inline_script( self::HANDLE, 'window.domainSync = ' . wp_json_encode( Live::for_script() ) . ';', 'before' );
	}

	/**
	 * The page's own title comes first in the title of the window.
	 *
	 * @param mixed $title The title that WordPress gives.
	 */
	public static function name_window( $title ): string {
		return null === self::$page ? (string) $title : self::$page->title() . ' ‹ ' . $title;
	}

	/**
	 * What was said is said once: WordPress takes it out of the address.
	 *
	 * @param mixed $names Names of what it takes out.
	 */
	public static function forget_what_was_said( $names ): array {
		return array( ...(array) $names, ...Said::NAMES );
	}

	/**
	 * Lets WordPress keep how many rows a page has.
	 *
	 * @param mixed  $keep   False, unless another plugin says what to keep.
	 * @param string $option Name of the option.
	 * @param mixed  $value  What somebody wrote.
	 */
	public static function keep_per_page( $keep, $option, $value ): mixed {
		$number = (int) $value;
		return $number >= 1 && $number <= 200 ? $number : $keep;
	}

	/** The page that is asked for. */
	private static function page(): Page {
		return match ( true ) {
			'plan' === Input::text( 'confirm' )         => new Plan_Confirm_Page(),
			'' !== Input::text( 'confirm' )             => new Confirm_Page(),
			'' !== Input::text( 'host' )                => new Domain_Page(),
			Links::PLAN === Input::text( 'tab' )        => new Plan_Page(),
			Links::SETTINGS === Input::text( 'tab' )    => new Settings_Page(),
			Links::SETUP === Input::text( 'tab' )       => new Setup_Page(),
			default                                     => new Domains_Page(),
		};
	}

	/** The tabs. */
	private static function tabs(): string {
		$tabs = array(
			''              => __( 'Domains', 'domain-sync-for-runcloud' ),
			Links::PLAN     => __( 'Plan', 'domain-sync-for-runcloud' ),
			Links::SETTINGS => __( 'Settings', 'domain-sync-for-runcloud' ),
			Links::SETUP    => __( 'Setup', 'domain-sync-for-runcloud' ),
		);
		$html = '';
		foreach ( $tabs as $tab => $label ) {
			$is_open = Input::text( 'tab' ) === $tab;
			$html   .= Html::text( 'a', $label, array( 'href' => Links::to( array( 'tab' => $tab ) ), 'class' => 'nav-tab' . ( $is_open ? ' nav-tab-active' : '' ), 'aria-current' => $is_open ? 'page' : false ) );
		}
		return Html::tag( 'nav', array( 'class' => 'nav-tab-wrapper wp-clearfix', 'aria-label' => __( 'Pages of Domain Sync', 'domain-sync-for-runcloud' ) ), $html );
	}
}
