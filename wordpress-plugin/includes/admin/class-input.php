<?php
/**
 * What a request of the Network Admin says.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Network;

/**
 * The one place where the screens read the words of a request. Who may ask is seen to by Access.
 */
final class Input {

	/** "GET", "POST" or another one. */
	public static function method(): string {
		return is_string( $_SERVER['REQUEST_METHOD'] ?? null ) ? strtoupper( sanitize_key( $_SERVER['REQUEST_METHOD'] ) ) : '';
	}

	/**
	 * A word or a line; "" when there is none.
	 *
	 * @param string $name Its name.
	 */
	public static function text( string $name ): string {
		$value = $_POST[ $name ] ?? $_GET[ $name ] ?? ''; // phpcs:ignore WordPress.Security -- nonces are looked at by Access.
		return is_string( $value ) ? sanitize_text_field( wp_unslash( $value ) ) : '';
	}

	/**
	 * A whole number; 0 when there is none.
	 *
	 * @param string $name Its name.
	 */
	public static function number( string $name ): int {
		$text = self::text( $name );
		return ctype_digit( $text ) && strlen( $text ) < 10 ? (int) $text : 0;
	}

	/**
	 * Words.
	 *
	 * @param string $name Their name.
	 *
	 * @return list<string>
	 */
	public static function texts( string $name ): array {
		$values = $_POST[ $name ] ?? $_GET[ $name ] ?? array(); // phpcs:ignore WordPress.Security -- nonces are looked at by Access.
		return array_values( array_map( 'sanitize_text_field', array_filter( is_array( $values ) ? wp_unslash( $values ) : array(), 'is_string' ) ) );
	}

	/**
	 * Hosts as their rows have them, each once. What cannot be a host is left out.
	 *
	 * @param list<string> $names As they came.
	 * @param int          $most  How many at most.
	 *
	 * @return list<string>
	 */
	public static function hosts( array $names, int $most ): array {
		return array_values( array_unique( array_filter( array_map( array( Network::class, 'row_host_of' ), array_slice( $names, 0, $most ) ) ) ) );
	}
}
