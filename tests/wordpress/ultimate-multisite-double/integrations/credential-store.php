<?php
/** Credentials at rest: AES-256-CBC under a key from the site's salts, marked by a prefix. Unmarked values are plain text. */

namespace WP_Ultimo\Helpers;

class Credential_Store {

	const CIPHER_METHOD    = 'aes-256-cbc';
	const ENCRYPTED_PREFIX = '$wu_enc$';

	public static function encrypt( string $value ): string {
		$iv = random_bytes( openssl_cipher_iv_length( self::CIPHER_METHOD ) );
		return self::ENCRYPTED_PREFIX . base64_encode( $iv . openssl_encrypt( $value, self::CIPHER_METHOD, self::key(), 0, $iv ) );
	}

	public static function decrypt( string $value ): string {
		if ( ! str_starts_with( $value, self::ENCRYPTED_PREFIX ) ) {
			return $value;
		}
		$sealed = (string) base64_decode( substr( $value, strlen( self::ENCRYPTED_PREFIX ) ), true );
		$length = openssl_cipher_iv_length( self::CIPHER_METHOD );
		return (string) openssl_decrypt( substr( $sealed, $length ), self::CIPHER_METHOD, self::key(), 0, substr( $sealed, 0, $length ) );
	}

	private static function key(): string {
		return hash( 'sha256', wp_salt( 'auth' ), true );
	}
}
