<?php
/**
 * Which server and web application, and the keys to them.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The constants of wp-config.php; where one is not set, what Ultimate Multisite's wizard stored.
 */
final class Credentials {

	const TOKEN      = 'WU_RUNCLOUD_API_TOKEN';
	const KEY        = 'WU_RUNCLOUD_API_KEY';
	const SECRET     = 'WU_RUNCLOUD_API_SECRET';
	const SERVER_ID  = 'WU_RUNCLOUD_SERVER_ID';
	const WEB_APP_ID = 'WU_RUNCLOUD_APP_ID';

	/**
	 * A token, or a key with its secret, and two ids. Empty and 0 mean "not set".
	 *
	 * @param string $token      Workspace token of API v3.
	 * @param string $key        Key of a legacy personal space, API v2.
	 * @param string $secret     Secret that belongs to the key.
	 * @param int    $server_id  The server's id at RunCloud.
	 * @param int    $web_app_id The web application's id at RunCloud.
	 */
	private function __construct(
		#[\SensitiveParameter] public readonly string $token,
		#[\SensitiveParameter] public readonly string $key,
		#[\SensitiveParameter] public readonly string $secret,
		public readonly int $server_id,
		public readonly int $web_app_id
	) {}

	/**
	 * Reads them as they are now. What a constant says wins over what was stored, a token over a key.
	 */
	public static function read(): self {
		$token  = self::constant( self::TOKEN );
		$key    = self::constant( self::KEY );
		$secret = self::constant( self::SECRET );
		if ( '' === $token && ( '' === $key || '' === $secret ) ) {
			$token = Ultimate_Multisite::stored_credential( self::TOKEN );
			if ( '' === $token ) {
				$key    = self::value( self::KEY );
				$secret = self::value( self::SECRET );
			}
		}
		if ( '' !== $token ) {
			$key    = '';
			$secret = '';
		}
		return new self( $token, $key, $secret, self::id( self::SERVER_ID ), self::id( self::WEB_APP_ID ) );
	}

	/**
	 * Whether a client can be made of them. They may still be wrong.
	 */
	public function is_complete(): bool {
		return array() === $this->missing();
	}

	/**
	 * Names of the constants that are still needed.
	 *
	 * @return list<string>
	 */
	public function missing(): array {
		$missing = array();
		if ( '' === $this->token && ( '' === $this->key || '' === $this->secret ) ) {
			$missing = '' === $this->key && '' === $this->secret ? array( self::TOKEN ) : array( '' === $this->key ? self::KEY : self::SECRET );
		}
		if ( 0 === $this->server_id ) {
			$missing[] = self::SERVER_ID;
		}
		if ( 0 === $this->web_app_id ) {
			$missing[] = self::WEB_APP_ID;
		}
		return $missing;
	}

	/**
	 * Shows no secret in a dump.
	 *
	 * @return array<string, mixed>
	 */
	public function __debugInfo(): array {
		return array(
			'server_id'  => $this->server_id,
			'web_app_id' => $this->web_app_id,
		);
	}

	/**
	 * A constant's text, or what was stored where it is not set.
	 *
	 * @param string $name The constant.
	 */
	private static function value( string $name ): string {
		$constant = self::constant( $name );
		return '' !== $constant ? $constant : Ultimate_Multisite::stored_credential( $name );
	}

	/**
	 * A constant's text. "0" counts as not set: old versions of Ultimate Multisite wrote it for a field left empty.
	 *
	 * @param string $name The constant.
	 */
	private static function constant( string $name ): string {
		$value = defined( $name ) ? constant( $name ) : '';
		return is_scalar( $value ) && $value ? trim( (string) $value ) : '';
	}

	/**
	 * A positive id, or 0 for anything else.
	 *
	 * @param string $name The constant.
	 */
	private static function id( string $name ): int {
		$value = self::value( $name );
		return ctype_digit( $value ) && strlen( $value ) <= 18 ? (int) $value : 0;
	}
}
