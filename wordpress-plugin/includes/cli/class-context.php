<?php
/**
 * Where a command of the command line runs, and what it needs.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Admin\Obstacle;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Store\Table;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;
use WP_CLI;

/**
 * Every command works for the whole installation, on the main site, whatever "--url" says. What is missing is one sentence and exit code 1.
 */
final class Context {

	/** Before each command. */
	public static function prepare(): void {
		set_exception_handler( array( self::class, 'fail' ) );
		if ( ! is_main_network() ) {
			WP_CLI::error( __( 'The domains of all networks are worked in the main one: leave out --url, or name the main site with it.', 'domain-sync-for-runcloud' ) );
		}
		if ( ! is_main_site() ) {
			switch_to_blog( get_main_site_id() );
		}
		Origin::is( Origin::COMMAND );
		Table::read_primary();
		Credentials::read_anew();
	}

	/**
	 * Ends a command that threw. What the store throws is a sentence; where it came from is shown with --debug.
	 *
	 * @param \Throwable $e What was thrown.
	 */
	public static function fail( \Throwable $e ): void {
		WP_CLI::debug( (string) $e, 'domain-sync' );
		WP_CLI::error( $e->getMessage() );
	}

	/** Ends the command where nothing can be sent from here. */
	public static function must_send(): void {
		$obstacle = Obstacle::read();
		if ( null !== $obstacle ) {
			WP_CLI::error( $obstacle['sentence'] );
		}
	}

	/** Ends the command where the settings pause everything. */
	public static function must_not_be_paused(): void {
		if ( 'paused' === Settings::get( 'policy' ) ) {
			WP_CLI::error( __( 'The policy is "paused", so nothing is sent to RunCloud. End that first: wp domain-sync settings policy sync', 'domain-sync-for-runcloud' ) );
		}
	}

	/** Ends the command where nobody can say what the network wants. */
	public static function must_know_network(): void {
		if ( ! Ultimate_Multisite::is_loaded() ) {
			WP_CLI::error( Obstacle::no_ultimate_multisite() );
		}
	}

	/**
	 * The rows' hosts of what somebody typed. What cannot be a host is a warning.
	 *
	 * @param array<string> $names As they were typed, in Unicode or ASCII.
	 *
	 * @return list<string>
	 */
	public static function hosts( array $names ): array {
		$hosts = array();
		foreach ( $names as $name ) {
			$host = Network::row_host_of( $name );
			if ( '' === $host ) {
				WP_CLI::warning( self::no_host( $name ) );
			} else {
				$hosts[] = $host;
			}
		}
		return array_values( array_unique( $hosts ) );
	}

	/**
	 * That a text is no host name, or cannot be read as one here.
	 *
	 * @param string $name What was typed.
	 */
	public static function no_host( string $name ): string {
		return null === Plugin::missing_extension()
			/* translators: %s: what was typed. */
			? sprintf( __( '"%s" cannot be a host name.', 'domain-sync-for-runcloud' ), $name )
			/* translators: %s: what was typed. */
			: sprintf( __( '"%s" is no host name in ASCII (xn--...); without the PHP extension "runcloud" no other is understood.', 'domain-sync-for-runcloud' ), $name );
	}
}
