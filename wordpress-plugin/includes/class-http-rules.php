<?php
/**
 * WordPress's own rules for requests to other hosts.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * The extension's requests do not pass WordPress's HTTP functions, so WP_HTTP_BLOCK_EXTERNAL, WP_ACCESSIBLE_HOSTS and WP_PROXY_*
 * are asked here, with WordPress's own code.
 */
final class Http_Rules {

	/**
	 * Why no request may be sent, as a sentence; null when one may.
	 *
	 * @param string $url Where it would go.
	 */
	public function refusal( string $url ): ?string {
		if ( ! ( new \WP_Http() )->block_request( $url ) ) {
			return null;
		}
		return sprintf(
			/* translators: %s: a host name. */
			__( 'WP_HTTP_BLOCK_EXTERNAL in wp-config.php forbids requests to RunCloud; add %s to WP_ACCESSIBLE_HOSTS.', 'domain-sync-for-runcloud' ),
			(string) wp_parse_url( $url, PHP_URL_HOST )
		);
	}

	/**
	 * The proxy of WP_PROXY_HOST and WP_PROXY_PORT as an address, with the user and password if there are any; null when requests
	 * go directly (no proxy, or WP_PROXY_BYPASS_HOSTS names the panel).
	 *
	 * @param string $url Where the requests go.
	 */
	public function proxy( string $url ): ?string {
		$proxy = new \WP_HTTP_Proxy();
		if ( ! $proxy->is_enabled() || ! $proxy->send_through_proxy( $url ) ) {
			return null;
		}
		$user = $proxy->use_authentication()
			? rawurlencode( (string) $proxy->username() ) . ':' . rawurlencode( (string) $proxy->password() ) . '@'
			: '';
		return 'http://' . $user . preg_replace( '#^[a-z]+://#i', '', (string) $proxy->host() ) . ':' . $proxy->port();
	}
}
