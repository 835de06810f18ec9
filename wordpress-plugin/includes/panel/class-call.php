<?php
/**
 * One call to RunCloud.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Reason;
use RunCloud\Client;
use RunCloud\WebApp;

/**
 * Asks WordPress's rules for requests, sends, counts, and tells listeners before and after. Never throws.
 */
final class Call {

	/** Where the extension sends its requests when nothing else is set. */
	private const ADDRESS = 'https://manage.runcloud.io/api';

	/**
	 * Makes a call.
	 *
	 * @param string                    $operation What is done.
	 * @param string                    $host      Host name, or "".
	 * @param callable( Client ): mixed $send      Gets the client, gives the value.
	 */
	public static function make( string $operation, string $host, callable $send ): Result {
		return self::announced( $operation, $host, static fn( #[\SensitiveParameter] Credentials $credentials ): Result => self::send( $credentials, $send ) );
	}

	/**
	 * Asks which web applications hold a folder. That needs no ids: they are what is looked for. How many requests it took the extension does not say; what is
	 * counted is one for the servers and one for each server with such a folder, the least that it can have been.
	 *
	 * @param string $folder Absolute path, as the server sees it.
	 *
	 * @return Result list<array{server_id: int, web_app_id: int, name: string, root_path: string, public_path: string}>
	 */
	public static function discover( string $folder ): Result {
		return self::announced(
			'discover',
			'',
			static function ( #[\SensitiveParameter] Credentials $credentials ) use ( $folder ): Result {
				try {
					$refusal = self::refusal( $credentials, false );
					if ( null !== $refusal ) {
						return $refusal;
					}
					$found = Client::discover( $folder, $credentials->token, $credentials->key, $credentials->secret, self::proxy() );
					return Result::done( array_map( array( self::class, 'web_app' ), $found ), 1 + max( 1, count( array_unique( array_column( $found, 'serverId' ) ) ) ) );
				} catch ( \Throwable $e ) {
					return Result::from_exception( $e, 1 );
				}
			}
		);
	}

	/**
	 * Makes a call, counts its requests, and tells listeners before and after.
	 *
	 * @param string                          $operation What is done.
	 * @param string                          $host      Host name, or "".
	 * @param callable( Credentials ): Result $send      Sends.
	 */
	private static function announced( string $operation, string $host, callable $send ): Result {
		$credentials = Credentials::read();
		$call        = array(
			'operation'  => $operation,
			'host'       => $host,
			'server_id'  => $credentials->server_id,
			'web_app_id' => $credentials->web_app_id,
		);
		self::guard(
			'A listener of domain_sync_before_call',
			static function () use ( $call ): void {
				/**
				 * Fires before each call to RunCloud.
				 *
				 * @since 0.1.0
				 *
				 * @param array $call operation (add, remove, update, look-up, find, order, certificate, ssl-mode, dns, page, ping, test or discover), host, server_id, web_app_id.
				 */
				do_action( 'domain_sync_before_call', $call );
			}
		);
		$result = $send( $credentials );
		self::guard( 'The count of requests', static fn() => Limits::count( $result->requests, $operation ) );
		self::guard(
			'A listener of domain_sync_after_call',
			static function () use ( $call, $result ): void {
				/**
				 * Fires after each call to RunCloud, however it ended.
				 *
				 * @since 0.1.0
				 *
				 * @param array $call   As before the call.
				 * @param array $report ok, reason (a code), retryable, retry_after (seconds), status, requests, milliseconds.
				 */
				do_action( 'domain_sync_after_call', $call, $result->report() );
			}
		);
		return $result;
	}

	/**
	 * Sends, with a client of its own: making one opens no connection, and it counts this call's requests from zero.
	 *
	 * @param Credentials $credentials Who we are.
	 * @param callable    $send        Gets the client, gives the value.
	 */
	private static function send( #[\SensitiveParameter] Credentials $credentials, callable $send ): Result {
		$started = hrtime( true );
		$client  = null;
		$cost    = static function () use ( &$client, $started ): array {
			return array( $client instanceof Client ? $client->requestCount() : 0, intdiv( hrtime( true ) - $started, 1000000 ) );
		};
		try {
			$refusal = self::refusal( $credentials );
			if ( null !== $refusal ) {
				return $refusal;
			}
			$client = new Client( $credentials->server_id, $credentials->web_app_id, $credentials->token, $credentials->key, $credentials->secret, self::proxy() );
			$value  = $send( $client );
			list( $requests, $milliseconds ) = $cost();
			return Result::done( $value, $requests, $milliseconds, $client->rateLimitRemaining() );
		} catch ( \Throwable $e ) {
			return Result::from_exception( $e, ...$cost() );
		}
	}

	/**
	 * What others need of a web application.
	 *
	 * @param WebApp $found The extension's answer.
	 *
	 * @return array{server_id: int, web_app_id: int, name: string, root_path: string, public_path: string}
	 */
	private static function web_app( WebApp $found ): array {
		// phpcs:disable WordPress.NamingConventions -- the extension's names.
		return array(
			'server_id'   => $found->serverId,
			'web_app_id'  => $found->id,
			'name'        => $found->name,
			'root_path'   => (string) $found->rootPath,
			'public_path' => (string) $found->publicPath,
		);
		// phpcs:enable
	}

	/**
	 * Why nothing may be sent, or null when it may. The extension's requests do not pass WordPress's HTTP functions, so its rules are
	 * asked here, with WordPress's own code.
	 *
	 * @param Credentials $credentials Who we are.
	 * @param bool        $with_ids    Whether the ids of server and web application are needed.
	 */
	private static function refusal( #[\SensitiveParameter] Credentials $credentials, bool $with_ids = true ): ?Result {
		$missing = Plugin::missing_extension();
		if ( null !== $missing ) {
			return Result::failed( Reason::No_Extension, array( 'code' => 'extension-missing' ), message: $missing );
		}
		$is_id = array( Credentials::SERVER_ID, Credentials::WEB_APP_ID );
		$names = array_values( array_diff( $credentials->missing(), $with_ids ? array() : $is_id ) );
		if ( array() !== $names ) {
			return Result::failed(
				array() === array_diff( $names, $is_id ) ? Reason::Web_App_Not_Found : Reason::Unauthorized,
				array( 'code' => 'constant-missing' ),
				/* translators: %s: names of constants. */
				message: sprintf( __( 'Not set, or not a value that can be right: %s. Set it in wp-config.php or in the wizard.', 'domain-sync-for-runcloud' ), implode( ', ', $names ) )
			);
		}
		if ( ( new \WP_Http() )->block_request( self::address() ) ) {
			$host = (string) wp_parse_url( self::address(), PHP_URL_HOST );
			return Result::failed(
				Reason::Blocked,
				array(
					'code' => 'requests-blocked',
					'host' => $host,
				),
				/* translators: %s: a host name. */
				message: sprintf( __( 'WP_HTTP_BLOCK_EXTERNAL in wp-config.php forbids requests to RunCloud; add %s to WP_ACCESSIBLE_HOSTS.', 'domain-sync-for-runcloud' ), $host )
			);
		}
		return null;
	}

	/**
	 * The proxy of WP_PROXY_HOST and WP_PROXY_PORT as an address, with the user and password if there are any; null when requests
	 * go directly (no proxy, or WP_PROXY_BYPASS_HOSTS names RunCloud).
	 */
	private static function proxy(): ?string {
		$proxy = new \WP_HTTP_Proxy();
		if ( ! $proxy->is_enabled() || ! $proxy->send_through_proxy( self::address() ) ) {
			return null;
		}
		$user = $proxy->use_authentication()
			? rawurlencode( (string) $proxy->username() ) . ':' . rawurlencode( (string) $proxy->password() ) . '@'
			: '';
		return 'http://' . $user . preg_replace( '#^[a-z]+://#i', '', (string) $proxy->host() ) . ':' . $proxy->port();
	}

	/**
	 * Where the extension sends its requests.
	 */
	private static function address(): string {
		// A function of disable_functions does not exist; calling it would be fatal.
		$address = function_exists( 'ini_get' ) ? (string) ini_get( 'runcloud.base_url' ) : '';
		return '' !== $address ? $address : self::ADDRESS;
	}

	/**
	 * Runs what must not stop a call. The log says where it failed and no text: nobody knows what a stranger's message holds.
	 *
	 * @param string   $what For the log.
	 * @param callable $run  What to run.
	 */
	private static function guard( string $what, callable $run ): void {
		try {
			$run();
		} catch ( \Throwable $e ) {
			Log::warning( sprintf( '%s failed: %s in %s, line %d', $what, get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
		}
	}
}
