<?php
/**
 * When the issuer of a certificate wants it renewed.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Store\Option;

/**
 * The issuer's renewal window (ARI, RFC 9773): a plain GET, without account or key, with the certificate's name made of what everybody is shown. As a
 * rule it ends when a third of the certificate's life is left, and then the share says as much. It says more when the issuer is about to revoke.
 *
 * Asked when a look comes for a host where all is well, once a day for a certificate. What does not answer says nothing.
 */
final class Renewal_Window {

	/** Network option of the main network: where issuers answer, and when one did not. */
	const OPTION = 'domain_sync_renewal_windows';

	/** A window that ends with more than this share of the life left says more than the share. */
	const EARLY_SHARE = 0.4;

	/** Directories of issuers, by what the certificate says of its issuer. */
	private const DIRECTORIES = array( "O=Let's Encrypt" => 'https://acme-v02.api.letsencrypt.org/directory' );

	/** Certificates that are asked about in one batch of looks at most, seconds that one question may take, and seconds for which one that was not answered is left alone. */
	private const MOST    = 10;
	private const TIMEOUT = 2;
	private const SILENCE = 3600;

	/**
	 * Windows of this batch, by the certificate's name: when they end.
	 *
	 * @var array<string, int>
	 */
	private static array $asked = array();

	/** A new batch of looks begins: a process may live for days. */
	public static function begin(): void {
		self::$asked = array();
	}

	/**
	 * When a certificate is to be renewed at the latest, where the issuer wants that early; 0 where the share of its life decides.
	 *
	 * @param array<string, mixed> $tls The certificate that is served, as an observation has it.
	 */
	public static function early_end( array $tls ): int {
		$id = self::id_of( (string) ( $tls['key_id'] ?? '' ), (string) ( $tls['serial'] ?? '' ) );
		if ( '' === $id ) {
			return 0;
		}
		if ( ! isset( self::$asked[ $id ] ) ) {
			if ( count( self::$asked ) >= self::MOST ) {
				return 0;
			}
			self::$asked[ $id ] = self::ask( $id, (string) ( $tls['issuer'] ?? '' ) );
		}
		return self::is_early( self::$asked[ $id ], (int) ( $tls['from'] ?? 0 ), (int) ( $tls['until'] ?? 0 ) ) ? self::$asked[ $id ] : 0;
	}

	/**
	 * The name of a certificate: base64url of its issuer's key identifier, a full stop, base64url of its serial number; "" when one is missing.
	 *
	 * @param string $key_id Hexadecimal digits.
	 * @param string $serial Hexadecimal digits, with the leading zeros of the number's own encoding.
	 */
	public static function id_of( string $key_id, string $serial ): string {
		$parts = array();
		foreach ( array( $key_id, $serial ) as $hex ) {
			if ( '' === $hex || 0 !== strlen( $hex ) % 2 || ! ctype_xdigit( $hex ) ) {
				return '';
			}
			$parts[] = rtrim( strtr( base64_encode( (string) hex2bin( $hex ) ), '+/', '-_' ), '=' ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- the name's form.
		}
		return implode( '.', $parts );
	}

	/**
	 * When the window of an answer ends, as a Unix time; 0 when it has none.
	 *
	 * @param string $body The answer.
	 */
	public static function end_of( string $body ): int {
		$window = json_decode( $body, true )['suggestedWindow'] ?? null;
		$start  = is_array( $window ) && is_string( $window['start'] ?? null ) ? (int) strtotime( $window['start'] ) : 0;
		$end    = is_array( $window ) && is_string( $window['end'] ?? null ) ? (int) strtotime( $window['end'] ) : 0;
		return $start > 0 && $end > $start ? $end : 0;
	}

	/**
	 * Whether a window ends so early that the share of the certificate's life would not show it.
	 *
	 * @param int $end   Unix time; 0 when there is none.
	 * @param int $from  When the certificate begins.
	 * @param int $until When it ends.
	 */
	public static function is_early( int $end, int $from, int $until ): bool {
		return 0 !== $end && $until > $from && $until - $end > ( $until - $from ) * self::EARLY_SHARE;
	}

	/**
	 * Asks the issuer.
	 *
	 * @param string $id     The certificate's name.
	 * @param string $issuer What the certificate says of its issuer.
	 *
	 * @return int When the window ends; 0 when nobody says.
	 */
	private static function ask( string $id, string $issuer ): int {
		$known = array_filter( self::DIRECTORIES, static fn( string $name ): bool => str_contains( $issuer, $name ), ARRAY_FILTER_USE_KEY );
		/**
		 * Filters where an issuer's ACME directory is, which says where its renewal windows are.
		 *
		 * @since 0.1.0
		 *
		 * @param string $directory Address; "" for none: the issuer is not asked.
		 * @param string $issuer    What the certificate says of its issuer.
		 */
		$directory = (string) Hooks::ask( static fn() => apply_filters( 'domain_sync_acme_directory', (string) reset( $known ), $issuer ), '', 'domain_sync_acme_directory' );
		if ( '' === $directory ) {
			return 0;
		}
		$places = (array) Option::read( self::OPTION, array() );
		$place  = (array) ( $places[ $directory ] ?? array() );
		if ( time() - (int) ( $place['silent_at'] ?? 0 ) < self::SILENCE ) {
			return 0;
		}
		$address = time() - (int) ( $place['at'] ?? 0 ) < WEEK_IN_SECONDS ? (string) ( $place['address'] ?? '' ) : '';
		if ( '' === $address ) {
			$address = (string) ( json_decode( self::get( $directory ), true )['renewalInfo'] ?? '' );
			self::keep( $directory, '' === $address ? array( 'silent_at' => time() ) : array( 'address' => $address, 'at' => time() ) );
		}
		$body = '' === $address ? '' : self::get( rtrim( $address, '/' ) . "/$id" );
		if ( '' === $body && '' !== $address ) {
			self::keep( $directory, array( 'silent_at' => time() ) + $place );
		}
		return self::end_of( $body );
	}

	/**
	 * What is found at an address; "" when that is no answer.
	 *
	 * @param string $url The address.
	 */
	private static function get( string $url ): string {
		if ( ! str_starts_with( $url, 'https://' ) ) {
			return '';
		}
		$answer = wp_remote_get(
			$url,
			array(
				'timeout'             => self::TIMEOUT,
				'redirection'         => 0,
				'limit_response_size' => 65536,
				'headers'             => array( 'Accept' => 'application/json' ),
			)
		);
		return 200 === (int) wp_remote_retrieve_response_code( $answer ) ? (string) wp_remote_retrieve_body( $answer ) : '';
	}

	/**
	 * Keeps what is known of an issuer.
	 *
	 * @param string               $directory Its directory.
	 * @param array<string, mixed> $place     address, at, silent_at.
	 */
	private static function keep( string $directory, array $place ): void {
		Option::update( self::OPTION, static fn( mixed $places ): array => array( $directory => $place ) + ( is_array( $places ) ? $places : array() ) );
	}
}
