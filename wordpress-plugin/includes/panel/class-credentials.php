<?php
/**
 * Which server and web application, and the keys to them.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The constants of wp-config.php; where one is not set, what Ultimate Multisite's wizard stored.
 *
 * A pasted value is read just as the extension reads the same constants, so that both never disagree about what is set: white space
 * around it is dropped, that of Unicode too (a no-break space from a web page), and so is nothing else. What nobody sees but is no
 * white space (a zero-width space), quotation marks and what is not UTF-8 stay, and the extension refuses the value by its name. One
 * thing differs: "0" counts as not set.
 */
final class Credentials {

	const TOKEN      = 'WU_RUNCLOUD_API_TOKEN';
	const KEY        = 'WU_RUNCLOUD_API_KEY';
	const SECRET     = 'WU_RUNCLOUD_API_SECRET';
	const SERVER_ID  = 'WU_RUNCLOUD_SERVER_ID';
	const WEB_APP_ID = 'WU_RUNCLOUD_APP_ID';

	/** All of them. */
	const NAMES = array( self::TOKEN, self::KEY, self::SECRET, self::SERVER_ID, self::WEB_APP_ID );

	/** Unicode's white space, as Rust's trim() knows it. PHP's trim() knows ASCII only, and takes NUL for white space. */
	private const WHITE = '[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+';

	/** Stands for a value that cannot be sent, and is refused as that. */
	private const UNFIT = "\u{fffd}";

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
			$token = self::stored( self::TOKEN );
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
	 * From here on they, and the admin's switch, are what stands in the database: this process, or the cache, may have older ones.
	 */
	public static function read_anew(): void {
		Ultimate_Multisite::read_anew( self::NAMES );
	}

	/**
	 * Names of the constants in whose place something is stored that cannot be read any more.
	 *
	 * @return list<string>
	 */
	public static function unreadable(): array {
		return Ultimate_Multisite::unreadable_credentials( self::NAMES );
	}

	/**
	 * Whether a constant of wp-config.php says it: then nothing that is stored counts.
	 *
	 * @param string $name The constant.
	 */
	public static function is_constant( string $name ): bool {
		return '' !== self::constant( $name );
	}

	/**
	 * Whether Ultimate Multisite stored it, and it can be read.
	 *
	 * @param string $name The constant.
	 */
	public static function is_stored( string $name ): bool {
		return '' !== self::stored( $name );
	}

	/**
	 * Whether there is something to ask RunCloud with: a token, or a key with its secret.
	 */
	public function has_key(): bool {
		return '' !== $this->token || $this->is_v2();
	}

	/**
	 * Whether a client can be made of them. They may still be wrong.
	 */
	public function is_complete(): bool {
		return array() === $this->missing();
	}

	/**
	 * Whether a key with its secret is used, and so API v2.
	 */
	public function is_v2(): bool {
		return '' === $this->token && '' !== $this->key && '' !== $this->secret;
	}

	/**
	 * Names of the constants that are still needed.
	 *
	 * @return list<string>
	 */
	public function missing(): array {
		$missing = array();
		if ( '' === $this->token && ! $this->is_v2() ) {
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
		return '' !== $constant ? $constant : self::stored( $name );
	}

	/**
	 * A constant's text. An id may be a number; any other type than these cannot be right.
	 *
	 * @param string $name The constant.
	 */
	private static function constant( string $name ): string {
		$value = defined( $name ) ? constant( $name ) : '';
		$is_id = self::SERVER_ID === $name || self::WEB_APP_ID === $name;
		if ( null === $value || false === $value || 0 === $value ) {
			return '';
		}
		return is_string( $value ) || ( $is_id && is_int( $value ) ) ? self::text( (string) $value ) : self::UNFIT;
	}

	/**
	 * What Ultimate Multisite's wizard stored.
	 *
	 * @param string $name The constant in whose place it is.
	 */
	private static function stored( string $name ): string {
		return self::text( Ultimate_Multisite::stored_credential( $name ) );
	}

	/**
	 * A value as it was meant. "0" counts as not set: old versions of Ultimate Multisite wrote it for a field left empty.
	 *
	 * @param string $value What somebody pasted.
	 */
	private static function text( #[\SensitiveParameter] string $value ): string {
		$text = preg_replace( '/^' . self::WHITE . '|' . self::WHITE . '$/Du', '', $value ) ?? self::UNFIT;
		return '0' === $text ? '' : $text;
	}

	/**
	 * A positive id, or 0 for anything else.
	 *
	 * @param string $name The constant.
	 */
	private static function id( string $name ): int {
		$value  = self::value( $name );
		$digits = ctype_digit( $value ) ? ltrim( $value, '0' ) : '';
		// A number that is too long for PHP ends as another one.
		return (string) (int) $digits === $digits ? (int) $digits : 0;
	}
}
