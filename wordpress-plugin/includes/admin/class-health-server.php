<?php
/**
 * Tests of the server and of what is set.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Sync\Handover;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * One method a test; each gives a result as Site_Health has it, and sends nothing.
 */
final class Health_Server {

	/** Until when PHP itself mends security faults of a version. */
	public const PHP_ENDS = array(
		'8.2' => '2026-12-31',
		'8.3' => '2027-12-31',
		'8.4' => '2028-12-31',
		'8.5' => '2029-12-31',
	);

	/** Where a system has the certificates that it trusts, as the extension looks for them. */
	public const ROOTS = array( '/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/cert.pem', '/etc/ssl/certs', '/etc/pki/tls/certs' );

	private const INSTALL = 'pie install domain-sync-for-runcloud/ext-runcloud';

	/**
	 * The extension is there, and of a version that this plugin knows.
	 *
	 * @return array<string, mixed>
	 */
	public static function extension(): array {
		$missing = Plugin::missing_extension();
		$version = (string) phpversion( 'runcloud' );
		if ( null !== $missing ) {
			return Site_Health::result(
				'extension',
				Site_Health::CRITICAL,
				__( 'The PHP extension for RunCloud cannot be used', 'domain-sync-for-runcloud' ),
				/* translators: %s: what is wrong, a sentence. */
				sprintf( __( '%s Without it no domain is added, looked at or removed.', 'domain-sync-for-runcloud' ), $missing ),
				array(
					/* translators: %s: file of PHP's settings. */
					sprintf( __( 'On the server, run `%1$s`, see that `%2$s` loads it, and reload PHP-FPM.', 'domain-sync-for-runcloud' ), self::INSTALL, php_ini_loaded_file() ? (string) php_ini_loaded_file() : 'php.ini' ),
				)
			);
		}
		if ( self::line( $version ) !== self::line( Plugin::MINIMUM_EXTENSION ) ) {
			return Site_Health::result(
				'extension',
				Site_Health::RECOMMENDED,
				__( 'The PHP extension for RunCloud is newer than this plugin', 'domain-sync-for-runcloud' ),
				/* translators: 1: a version, 2: a version. */
				sprintf( __( 'Version %1$s of the extension is loaded; this plugin was made for version %2$s.', 'domain-sync-for-runcloud' ), $version, self::line( Plugin::MINIMUM_EXTENSION ) ),
				array( __( 'Update the plugin.', 'domain-sync-for-runcloud' ) )
			);
		}
		/* translators: %s: a version. */
		return Site_Health::result( 'extension', Site_Health::GOOD, __( 'The PHP extension for RunCloud is loaded', 'domain-sync-for-runcloud' ), sprintf( __( 'It is version %s.', 'domain-sync-for-runcloud' ), $version ) );
	}

	/**
	 * The PHP that runs cron has the extension as well.
	 *
	 * @return array<string, mixed>
	 */
	public static function runners(): array {
		$handover = Handover::condition( time() );
		if ( null === $handover ) {
			return Site_Health::result(
				'runners',
				Site_Health::GOOD,
				__( 'The PHP that runs cron has the extension too', 'domain-sync-for-runcloud' ),
				__( 'No run had to be handed over to another PHP within a day.', 'domain-sync-for-runcloud' )
			);
		}
		/* translators: %s: a kind of PHP and its file of settings. */
		$sentence = sprintf( __( 'The PHP that runs cron (%s) has not loaded the extension, and hands its work over to the PHP of the web server.', 'domain-sync-for-runcloud' ), $handover['php'] );
		/* translators: %s: a command. */
		$steps = array( sprintf( __( 'Install the extension there as well, with `%s`, or let cron visit wp-cron.php.', 'domain-sync-for-runcloud' ), self::INSTALL ) );
		if ( $handover['arrives'] ) {
			return Site_Health::result( 'runners', Site_Health::RECOMMENDED, __( 'The PHP that runs cron lacks the extension', 'domain-sync-for-runcloud' ), $sentence, $steps );
		}
		return Site_Health::result(
			'runners',
			Site_Health::CRITICAL,
			__( 'The PHP that runs cron lacks the extension, and cannot hand its work over', 'domain-sync-for-runcloud' ),
			$sentence . ' ' . __( 'Its requests do not arrive, so domains wait until somebody opens a page of the dashboard.', 'domain-sync-for-runcloud' ),
			/* translators: %s: an address. */
			array( ...$steps, sprintf( __( 'Or see that this server may post to `%s` without a password.', 'domain-sync-for-runcloud' ), get_admin_url( get_main_site_id(), 'admin-ajax.php' ) ) )
		);
	}

	/**
	 * PHP itself mends faults of this version.
	 *
	 * @param string   $version The version; by default that of this process.
	 * @param int|null $now     Unix time; null for now.
	 *
	 * @return array<string, mixed>
	 */
	public static function php( string $version = PHP_VERSION, ?int $now = null ): array {
		$line  = self::line( $version );
		$date  = self::PHP_ENDS[ $line ] ?? '';
		$days  = '' === $date ? 366 : (int) floor( ( strtotime( "$date 23:59:59 UTC" ) - ( $now ?? time() ) ) / DAY_IN_SECONDS );
		$steps = array( __( 'Switch the web application to a newer PHP, and install the extension for that version first.', 'domain-sync-for-runcloud' ), __( 'Where your system\'s distribution mends this version itself, it may stay.', 'domain-sync-for-runcloud' ) );
		if ( $days < 0 ) {
			/* translators: 1: a version of PHP, 2: a date. */
			return Site_Health::result( 'php', Site_Health::CRITICAL, sprintf( __( 'PHP %s gets no security updates any more', 'domain-sync-for-runcloud' ), $line ), sprintf( __( 'PHP ended its support of version %1$s on %2$s.', 'domain-sync-for-runcloud' ), $line, $date ), $steps );
		}
		if ( $days < 90 ) {
			/* translators: 1: a version of PHP, 2: a date. */
			return Site_Health::result( 'php', Site_Health::RECOMMENDED, sprintf( __( 'PHP %s gets no security updates soon', 'domain-sync-for-runcloud' ), $line ), sprintf( __( 'PHP ends its support of version %1$s on %2$s.', 'domain-sync-for-runcloud' ), $line, $date ), $steps );
		}
		return Site_Health::result(
			'php',
			Site_Health::GOOD,
			/* translators: %s: a version of PHP. */
			sprintf( __( 'PHP %s gets security updates', 'domain-sync-for-runcloud' ), $line ),
			/* translators: %s: a date. */
			'' === $date ? __( 'It is newer than this plugin knows.', 'domain-sync-for-runcloud' ) : sprintf( __( 'PHP supports it until %s.', 'domain-sync-for-runcloud' ), $date )
		);
	}

	/**
	 * There are certificates to trust, without which no connection to RunCloud is safe.
	 *
	 * @param string|null       $file   PEM file that the extension is to read beside the system's; null for its setting.
	 * @param list<string>|null $places Where the system has its own; null for the usual places.
	 *
	 * @return array<string, mixed>
	 */
	public static function roots( ?string $file = null, ?array $places = null ): array {
		$file ??= function_exists( 'ini_get' ) ? (string) ini_get( 'runcloud.ca_file' ) : '';
		// Outside of open_basedir PHP sees nothing, and the extension all.
		$is_blind = '' !== (string) ini_get( 'open_basedir' );
		if ( '' !== $file && ! $is_blind && ! is_readable( $file ) ) {
			/* translators: %s: name of a file. */
			return Site_Health::result( 'roots', Site_Health::CRITICAL, __( 'A file of trusted certificates cannot be read', 'domain-sync-for-runcloud' ), sprintf( __( 'The setting runcloud.ca_file names %s, which PHP cannot read.', 'domain-sync-for-runcloud' ), $file ), array( __( 'Correct `runcloud.ca_file` in PHP\'s settings, or take it out, and reload PHP-FPM.', 'domain-sync-for-runcloud' ) ) );
		}
		$named   = array_filter( array( (string) getenv( 'SSL_CERT_FILE' ), ...explode( PATH_SEPARATOR, (string) getenv( 'SSL_CERT_DIR' ) ) ) );
		$places ??= $named ? array_values( $named ) : self::ROOTS;
		$found   = $is_blind ? array() : array_filter( $places, array( self::class, 'has_roots' ) );
		if ( array() === $found && ! $is_blind && '' === $file ) {
			return Site_Health::result( 'roots', Site_Health::CRITICAL, __( 'This server trusts no certificates', 'domain-sync-for-runcloud' ), __( 'There are no certificates of authorities on this server, so no safe connection to RunCloud can be made.', 'domain-sync-for-runcloud' ), array( __( 'Install the package `ca-certificates`, or set `runcloud.ca_file` in PHP\'s settings, and reload PHP-FPM.', 'domain-sync-for-runcloud' ) ) );
		}
		return Site_Health::result(
			'roots',
			Site_Health::GOOD,
			__( 'There are certificates to trust', 'domain-sync-for-runcloud' ),
			/* translators: %s: name of a file or folder. */
			$is_blind ? __( 'PHP may not look for them (open_basedir); the extension may.', 'domain-sync-for-runcloud' ) : sprintf( __( 'They are in %s.', 'domain-sync-for-runcloud' ), implode( ', ', array_filter( array( (string) reset( $found ), $file ) ) ) )
		);
	}

	/**
	 * All that a client needs is set, and Ultimate Multisite's switch is on.
	 *
	 * @return array<string, mixed>
	 */
	public static function constants(): array {
		$missing = Credentials::read()->missing();
		if ( ! Ultimate_Multisite::is_loaded() ) {
			return Site_Health::result( 'constants', Site_Health::CRITICAL, __( 'Ultimate Multisite does not run', 'domain-sync-for-runcloud' ), __( 'This plugin works together with Ultimate Multisite, which is not active on this network, or not set up yet.', 'domain-sync-for-runcloud' ), array( __( 'Activate it for the network, and complete its setup.', 'domain-sync-for-runcloud' ) ) );
		}
		if ( array() !== $missing ) {
			/* translators: %s: names of constants. */
			return Site_Health::result( 'constants', Site_Health::CRITICAL, __( 'Settings for RunCloud are missing', 'domain-sync-for-runcloud' ), sprintf( __( 'Not set, or not a value that can be right: %s.', 'domain-sync-for-runcloud' ), implode( ', ', $missing ) ), array( __( 'Set it in wp-config.php, or with the wizard of Ultimate Multisite (Settings, Integrations, RunCloud).', 'domain-sync-for-runcloud' ) ) );
		}
		if ( ! Plugin::is_switched_on() ) {
			return Site_Health::result( 'constants', Site_Health::RECOMMENDED, __( 'The RunCloud integration is switched off', 'domain-sync-for-runcloud' ), __( 'All settings are there, but nothing is done.', 'domain-sync-for-runcloud' ), array( __( 'Switch it on in Ultimate Multisite, under Settings, Integrations.', 'domain-sync-for-runcloud' ) ) );
		}
		return Site_Health::result( 'constants', Site_Health::GOOD, __( 'All settings for RunCloud are there', 'domain-sync-for-runcloud' ), __( 'Whether RunCloud accepts them is another test.', 'domain-sync-for-runcloud' ) );
	}

	/**
	 * What the wizard stored can still be read.
	 *
	 * @return array<string, mixed>
	 */
	public static function stored(): array {
		$unreadable = Credentials::unreadable();
		if ( array() === $unreadable ) {
			return Site_Health::result( 'stored', Site_Health::GOOD, __( 'Stored settings for RunCloud can be read', 'domain-sync-for-runcloud' ), __( 'What the wizard of Ultimate Multisite stored is readable, or nothing is stored.', 'domain-sync-for-runcloud' ) );
		}
		return Site_Health::result(
			'stored',
			array() === Credentials::read()->missing() ? Site_Health::RECOMMENDED : Site_Health::CRITICAL,
			__( 'Stored settings for RunCloud cannot be read any more', 'domain-sync-for-runcloud' ),
			/* translators: %s: names of constants. */
			sprintf( __( 'The salts in wp-config.php were changed since the wizard of Ultimate Multisite stored: %s. Values stored with the old salts are lost.', 'domain-sync-for-runcloud' ), implode( ', ', $unreadable ) ),
			array( __( 'Enter them in the wizard again (Ultimate Multisite, Settings, Integrations, RunCloud), or set them in wp-config.php.', 'domain-sync-for-runcloud' ) )
		);
	}

	/**
	 * Whether a file or folder holds certificates.
	 *
	 * @param string $place Its name.
	 */
	private static function has_roots( string $place ): bool {
		return is_readable( $place ) && ( is_dir( $place ) ? array() !== array_diff( (array) scandir( $place ), array( '.', '..' ) ) : filesize( $place ) > 0 );
	}

	/**
	 * The first two numbers of a version.
	 *
	 * @param string $version The version.
	 */
	private static function line( string $version ): string {
		return implode( '.', array_slice( explode( '.', $version ), 0, 2 ) );
	}
}
