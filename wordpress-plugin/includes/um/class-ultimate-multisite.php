<?php
/**
 * What the plugin asks of Ultimate Multisite itself.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

/**
 * Its switch, stored credentials and the log, the same way in all versions from 2.4.10 on.
 */
final class Ultimate_Multisite {

	const INTEGRATION = 'runcloud';

	/** Whether it runs in this process. While it is being updated, or its setup is unfinished, it does not. */
	public static function is_loaded(): bool {
		return function_exists( 'WP_Ultimo' ) && WP_Ultimo()->is_loaded();
	}

	/** Whether the admin switched the RunCloud integration on. All versions keep that in the same network option. */
	public static function is_switched_on(): bool {
		$enabled = get_network_option( null, 'wu_host_integrations_enabled', array() );
		return is_array( $enabled ) && ! empty( $enabled[ self::INTEGRATION ] );
	}

	/**
	 * What the wizard stored for a constant, or "".
	 *
	 * @param string $name The constant.
	 */
	public static function stored_credential( string $name ): string {
		$stored = get_network_option( null, "wu_hosting_credential_$name", '' );
		$store  = 'WP_Ultimo\Helpers\Credential_Store';
		if ( ! is_string( $stored ) || '' === $stored || ! class_exists( $store ) ) {
			return '';
		}
		try {
			return trim( (string) $store::decrypt( $stored ) );
		} catch ( \Throwable $e ) {
			// The salts of wp-config.php changed since: as good as not stored.
			return '';
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
