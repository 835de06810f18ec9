<?php
/**
 * What the plugin asks of Ultimate Multisite itself.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Network\Network;

/**
 * Its switch, stored credentials and the log, the same way in all versions from 2.4.10 on.
 */
final class Ultimate_Multisite {

	const INTEGRATION = 'runcloud';

	/** Its network options: which integrations are on, and the beginning of those with what its wizard stored. */
	private const SWITCHES   = 'wu_host_integrations_enabled';
	private const CREDENTIAL = 'wu_hosting_credential_';

	/** What encrypts credentials, from 2.4.11 on. */
	private const STORE = 'WP_Ultimo\Helpers\Credential_Store';

	/** Whether it runs in this process. While it is being updated, or its setup is unfinished, it does not. */
	public static function is_loaded(): bool {
		return function_exists( 'WP_Ultimo' ) && WP_Ultimo()->is_loaded();
	}

	/** Whether the admin switched the RunCloud integration on. All versions keep that in the same network option. */
	public static function is_switched_on(): bool {
		$enabled = get_network_option( null, self::SWITCHES, array() );
		return is_array( $enabled ) && ! empty( $enabled[ self::INTEGRATION ] );
	}

	/** Switches the RunCloud integration on, as the wizard does. Other integrations stay as they are. */
	public static function switch_on(): void {
		$enabled = get_network_option( null, self::SWITCHES, array() );
		update_network_option( null, self::SWITCHES, array( self::INTEGRATION => true ) + ( is_array( $enabled ) ? $enabled : array() ) );
	}

	/** Whether it can store credentials, encrypted. Versions before 2.4.11 know wp-config.php only. */
	public static function can_store(): bool {
		return self::is_loaded() && class_exists( self::STORE );
	}

	/**
	 * Stores a credential where the wizard does, in its form.
	 *
	 * @param string $name  The constant in whose place it is.
	 * @param string $value What it is; "" takes away what is stored.
	 */
	public static function store_credential( string $name, #[\SensitiveParameter] string $value ): void {
		if ( '' === $value ) {
			delete_network_option( null, self::CREDENTIAL . $name );
		} elseif ( self::can_store() ) {
			update_network_option( null, self::CREDENTIAL . $name, ( self::STORE )::encrypt( $value ) );
		}
	}

	/** Its wizard for the RunCloud integration, in all versions. */
	public static function wizard_address(): string {
		return network_admin_url( 'admin.php?page=wp-ultimo-hosting-integration-wizard&integration=' . self::INTEGRATION );
	}

	/**
	 * What the wizard stored for a constant, or "".
	 *
	 * @param string $name The constant.
	 */
	public static function stored_credential( string $name ): string {
		$stored = get_network_option( null, self::CREDENTIAL . $name, '' );
		if ( ! is_string( $stored ) || '' === $stored || ! class_exists( self::STORE ) ) {
			return '';
		}
		try {
			return trim( (string) ( self::STORE )::decrypt( $stored ) );
		} catch ( \Throwable $e ) {
			// The salts of wp-config.php changed since: as good as not stored.
			return '';
		}
	}

	/**
	 * Those constants in whose place the wizard stored something that cannot be read any more, since the salts of wp-config.php changed.
	 *
	 * @param list<string> $names The constants.
	 *
	 * @return list<string>
	 */
	public static function unreadable_credentials( array $names ): array {
		$unreadable = array();
		foreach ( $names as $name ) {
			$stored = get_network_option( null, self::CREDENTIAL . $name, '' );
			// With another key it comes out empty or, rarely, as noise.
			if ( is_string( $stored ) && '' !== $stored && 1 !== preg_match( '/^[\x20-\x7e]+$/D', self::stored_credential( $name ) ) ) {
				$unreadable[] = $name;
			}
		}
		return $unreadable;
	}

	/**
	 * Whether a site is one of the current user's own, as a customer of the network. The network's admins may see every site.
	 *
	 * @param int $site_id The site.
	 */
	public static function is_of_current_customer( int $site_id ): bool {
		if ( $site_id < 1 || ! is_user_logged_in() ) {
			return false;
		}
		if ( current_user_can( 'manage_network' ) ) {
			return true;
		}
		$customer = function_exists( 'wu_get_current_customer' ) ? wu_get_current_customer() : null;
		$id       = $customer ? (int) $customer->get_id() : 0;
		return $id > 0 && (int) get_site_meta( $site_id, Network::CUSTOMER, true ) === $id;
	}

	/**
	 * Lets WordPress's caches forget the switch and what the wizard stored, so that both are read from the database.
	 *
	 * @param list<string> $names The constants in whose place it is.
	 */
	public static function read_anew( array $names ): void {
		$network = get_current_network_id();
		foreach ( array( 'notoptions', self::SWITCHES, ...array_map( static fn( string $name ): string => self::CREDENTIAL . $name, $names ) ) as $option ) {
			wp_cache_delete( "$network:$option", 'site-options' );
		}
	}

	/**
	 * Writes a line to a log channel.
	 *
	 * @param string $channel The channel.
	 * @param string $message One line.
	 * @param string $level   A level of PSR-3.
	 *
	 * @return bool False when there is no Ultimate Multisite to write it.
	 */
	public static function log( string $channel, string $message, string $level ): bool {
		if ( ! function_exists( 'wu_log_add' ) ) {
			return false;
		}
		wu_log_add( $channel, $message, $level );
		return true;
	}
}
