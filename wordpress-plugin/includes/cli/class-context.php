<?php
/**
 * Where a command of the command line runs, and what it needs.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Reason;
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
		Table::read_primary();
		Credentials::read_anew();
	}

	/**
	 * Ends a command that threw. What the store throws is a sentence; where it came from is told with --debug.
	 *
	 * @param \Throwable $e What was thrown.
	 */
	public static function fail( \Throwable $e ): void {
		WP_CLI::debug( (string) $e, 'domain-sync' );
		WP_CLI::error( $e->getMessage() );
	}

	/**
	 * Why nothing can be sent from here: a code, and a sentence with what to do. Null when it can.
	 *
	 * @return array{code: string, sentence: string}|null
	 */
	public static function obstacle(): ?array {
		$extension = Plugin::missing_extension();
		if ( null !== $extension ) {
			$php = php_ini_loaded_file() ? (string) php_ini_loaded_file() : PHP_BINARY;
			/* translators: 1: what is wrong, a sentence, 2: file of PHP's settings. */
			return self::because( Reason::No_Extension->value, sprintf( __( '%1$s This is the PHP of the command line (%2$s): install the extension for it as well.', 'domain-sync-for-runcloud' ), $extension, $php ) );
		}
		if ( ! Ultimate_Multisite::is_loaded() ) {
			return self::because( 'no-ultimate-multisite', self::no_ultimate_multisite() );
		}
		$obstacle = Identity::obstacle();
		if ( null !== $obstacle ) {
			return self::because( $obstacle->value, Identity::advice() );
		}
		if ( ! Plugin::is_switched_on() ) {
			return self::because( 'switched-off', __( 'The RunCloud integration is switched off. Switch it on in Ultimate Multisite, under Settings, Integrations.', 'domain-sync-for-runcloud' ) );
		}
		$missing = Credentials::read()->missing();
		/* translators: %s: names of constants. */
		return $missing ? self::because( 'constants', sprintf( __( 'Not set, or not a value that can be right: %s. Set it in wp-config.php or in the wizard.', 'domain-sync-for-runcloud' ), implode( ', ', $missing ) ) ) : null;
	}

	/** Ends the command where nothing can be sent from here. */
	public static function must_send(): void {
		$obstacle = self::obstacle();
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
			WP_CLI::error( self::no_ultimate_multisite() );
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
			: sprintf( __( '"%s" is no host name in ASCII (xn--…); without the PHP extension "runcloud" no other is understood.', 'domain-sync-for-runcloud' ), $name );
	}

	/** That Ultimate Multisite does not run. */
	private static function no_ultimate_multisite(): string {
		return __( 'Ultimate Multisite is not active on this network, or not set up yet. Activate it for the network, complete its setup, and leave out --skip-plugins.', 'domain-sync-for-runcloud' );
	}

	/**
	 * An obstacle.
	 *
	 * @param string $code     What is wrong.
	 * @param string $sentence The same, and what to do.
	 *
	 * @return array{code: string, sentence: string}
	 */
	private static function because( string $code, string $sentence ): array {
		return array(
			'code'     => $code,
			'sentence' => $sentence,
		);
	}
}
