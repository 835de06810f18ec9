<?php
/**
 * Where somebody has the DNS of a domain.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * Pure: a provider by its name servers, out of dns-providers.php.
 */
final class Dns_Provider {

	/**
	 * The provider that a name server is of; null where it is none that is known.
	 *
	 * @param string $name_server Name of one of the zone's name servers, or "".
	 *
	 * @return array{name: string, url: string}|null
	 */
	public static function of( string $name_server ): ?array {
		static $providers = null;
		$providers ??= require __DIR__ . '/dns-providers.php';

		$server = strtolower( rtrim( $name_server, '.' ) );
		foreach ( $providers as list( $name, $url, $suffixes ) ) {
			foreach ( $suffixes as $suffix ) {
				if ( self::is_of( $server, $suffix ) ) {
					return compact( 'name', 'url' );
				}
			}
		}
		return null;
	}

	/**
	 * Whether a name ends in a suffix. With "*" at its end the suffix is the beginning of a label (Amazon has a domain for each number).
	 *
	 * @param string $server The name.
	 * @param string $suffix The suffix.
	 */
	private static function is_of( string $server, string $suffix ): bool {
		return str_ends_with( $suffix, '*' )
			? 1 === preg_match( '/\.' . preg_quote( rtrim( $suffix, '*' ), '/' ) . '\d+\./', $server )
			: str_ends_with( ".$server", ".$suffix" );
	}
}
