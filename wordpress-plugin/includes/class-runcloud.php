<?php
/**
 * Everything the plugin knows of the PHP extension "runcloud".
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use RunCloud\Client;
use RunCloud\DnsRecord;
use RunCloud\Domain;
use RunCloud\Exception\ApiException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\ExceptionInterface;
use RunCloud\Exception\RateLimitException;
use RunCloud\Redirection;

/**
 * Calls the panel through the extension. Never throws: each call ends in an Outcome. Plain arrays and values come back, so that
 * no other part needs to know the extension's classes.
 */
final class Runcloud {

	/**
	 * Makes no client yet.
	 *
	 * @param Http_Rules $http WordPress's rules for requests.
	 * @param Log        $log  Where a listener's fault is written.
	 */
	public function __construct( private readonly Http_Rules $http, private readonly Log $log ) {}

	/**
	 * Adds a host as an alias of the web application.
	 *
	 * @param string $host Host name.
	 * @param bool   $www  Whether RunCloud also serves "www." and the name.
	 *
	 * @return Outcome array{id: int, created: bool, created_at: string}
	 */
	public function add( string $host, bool $www ): Outcome {
		/**
		 * Filters where RunCloud redirects a host that it serves with and without "www.".
		 *
		 * @param string $redirection "none", "www" (to the name with www) or "non-www" (to the name without).
		 * @param string $host        Host name.
		 * @param bool   $www         Whether RunCloud serves both names.
		 */
		$redirection = apply_filters( 'domain_sync_redirection', $www ? 'non-www' : 'none', $host, $www );
		$redirection = Redirection::tryFrom( (string) $redirection ) ?? Redirection::None;
		return $this->call(
			'add',
			$host,
			static fn( Client $client ): array => self::domain( $client->addDomain( $host, $www, $redirection ) )
		);
	}

	/**
	 * Removes a host from the web application.
	 *
	 * @param string $host      Host name.
	 * @param int    $remote_id The domain's id at RunCloud.
	 *
	 * @return Outcome Whether this call removed it; false when it was gone already.
	 */
	public function remove( string $host, int $remote_id ): Outcome {
		return $this->call( 'remove', $host, static fn( Client $client ): bool => $client->removeDomain( $host, $remote_id ) );
	}

	/**
	 * Looks a host up among the web application's domains.
	 *
	 * @param string $host Host name; "*" may be its first label.
	 *
	 * @return Outcome array{id: int, created: bool, created_at: string, wildcard: bool}, or null when there is none.
	 */
	public function find( string $host ): Outcome {
		return $this->call(
			'find',
			$host,
			static function ( Client $client ) use ( $host ): ?array {
				$domain = $client->findDomain( $host );
				return null === $domain ? null : self::domain( $domain );
			}
		);
	}

	/**
	 * Has a certificate made that covers the host.
	 *
	 * @param string $host           Host name.
	 * @param int    $certificate_id Id of an earlier answer, or 0.
	 * @param int    $domain_id      In advanced mode the domain's id at RunCloud, else 0.
	 *
	 * @return Outcome array{outcome: string, mode: string, certificate_id: int}
	 */
	public function redeploy( string $host, int $certificate_id, int $domain_id ): Outcome {
		return $this->call(
			'redeploy',
			$host,
			static function ( Client $client ) use ( $host, $certificate_id, $domain_id ): array {
				$ssl = $client->redeploySsl( $host, $certificate_id > 0 ? $certificate_id : null, $domain_id > 0 ? $domain_id : null );
				return array(
					'outcome'        => $ssl->outcome->value,
					'mode'           => $ssl->mode->value,
					'certificate_id' => (int) $ssl->certificateId,
				);
			}
		);
	}

	/**
	 * Addresses that a host's DNS records should have, as the panel sees it.
	 *
	 * @param string $host      Host name.
	 * @param int    $remote_id The domain's id at RunCloud.
	 *
	 * @return Outcome list<string>
	 */
	public function addresses( string $host, int $remote_id ): Outcome {
		return $this->call(
			'dns',
			$host,
			static function ( Client $client ) use ( $host, $remote_id ): array {
				$records = array_filter(
					$client->dnsRecords( $host, $remote_id ),
					static fn( DnsRecord $record ): bool => in_array( $record->type, array( 'A', 'AAAA' ), true )
				);
				return array_values( array_unique( array_map( static fn( DnsRecord $record ): string => $record->content, $records ) ) );
			}
		);
	}

	/**
	 * Asks the panel who we are: the token, then the server, the web application and how its SSL is set up.
	 *
	 * @return Outcome array{server: string, web_app: string, root_path: string, public_path: string, ssl_mode: string}
	 */
	public function introduce(): Outcome {
		return $this->call(
			'test',
			'',
			static function ( Client $client ): array {
				$client->ping();
				$server  = $client->server();
				$web_app = $client->webApp();
				return array(
					'server'      => $server->name,
					'web_app'     => $web_app->name,
					'root_path'   => (string) $web_app->rootPath,
					'public_path' => (string) $web_app->publicPath,
					'ssl_mode'    => $client->sslMode()->value,
				);
			}
		);
	}

	/**
	 * One call, timed and counted, with an action before and after.
	 *
	 * @param string   $operation What is done: add, remove, find, redeploy, dns or test.
	 * @param string   $host      Host name, or "".
	 * @param callable $send      Gets the client, gives the value.
	 */
	private function call( string $operation, string $host, callable $send ): Outcome {
		$credentials = Credentials::read();
		$call        = array(
			'operation'  => $operation,
			'host'       => $host,
			'server_id'  => $credentials->server_id,
			'web_app_id' => $credentials->web_app_id,
		);
		$this->notify( 'domain_sync_before_call', $call );
		$outcome = $this->outcome( $credentials, $send );
		$this->notify( 'domain_sync_after_call', $call, $outcome->report() );
		return $outcome;
	}

	/**
	 * Sends, and turns what the extension throws into an Outcome.
	 *
	 * @param Credentials $credentials Who we are.
	 * @param callable    $send        Gets the client, gives the value.
	 */
	private function outcome( #[\SensitiveParameter] Credentials $credentials, callable $send ): Outcome {
		$started = hrtime( true );
		$client  = null;
		$cost    = static function () use ( &$client, $started ): array {
			return array(
				'requests'     => $client instanceof Client ? $client->requestCount() : 0,
				'milliseconds' => intdiv( hrtime( true ) - $started, 1000000 ),
			);
		};
		try {
			$refusal = Extension::missing() ?? $this->http->refusal( self::panel() );
			if ( null !== $refusal ) {
				return Outcome::impossible( $refusal );
			}
			$client = $this->client( $credentials );
			$value  = $send( $client );
			return Outcome::done( $value, ...$cost() );
		} catch ( ApiException $e ) {
			// An expired certificate or a proxy that refuses does not mend itself within a call, but it is nobody's fault here.
			$may_pass = $e->isRetryable() || $e instanceof ConnectionException;
			return Outcome::failed( $e->getMessage(), $may_pass, $e->getRetryAfter(), $e instanceof RateLimitException, $e->getStatus(), ...$cost() );
		} catch ( ExceptionInterface $e ) {
			return Outcome::impossible( $e->getMessage(), ...$cost() );
		} catch ( \Throwable $e ) {
			/* translators: %s: an error of PHP. */
			return Outcome::broken( sprintf( __( 'The call to RunCloud broke off: %s', 'domain-sync-for-runcloud' ), $e->getMessage() ), ...$cost() );
		}
	}

	/**
	 * A client of its own for each call: it opens no connection, and counts the call's requests from zero.
	 *
	 * @param Credentials $credentials Who we are.
	 */
	private function client( #[\SensitiveParameter] Credentials $credentials ): Client {
		return new Client(
			$credentials->server_id,
			$credentials->web_app_id,
			$credentials->token,
			$credentials->key,
			$credentials->secret,
			$this->http->proxy( self::panel() )
		);
	}

	/**
	 * Where the extension sends its requests.
	 */
	private static function panel(): string {
		return (string) ini_get( 'runcloud.base_url' );
	}

	/**
	 * What others need of a domain.
	 *
	 * @param Domain $domain The extension's answer.
	 *
	 * @return array{id: int, created: bool, created_at: string, wildcard: bool}
	 */
	private static function domain( Domain $domain ): array {
		return array(
			'id'         => $domain->id,
			'created'    => $domain->created,
			'created_at' => (string) $domain->createdAt,
			'wildcard'   => $domain->wildcard,
		);
	}

	/**
	 * Tells listeners; a fault of theirs does not stop the call.
	 *
	 * @param string $action  Name of the action.
	 * @param mixed  ...$args Redacted data.
	 */
	private function notify( string $action, mixed ...$args ): void {
		try {
			/**
			 * Fires before ("domain_sync_before_call") and after ("domain_sync_after_call") each call to RunCloud.
			 *
			 * @param array $call   operation, host, server_id, web_app_id.
			 * @param array $report Only after: see Outcome::report().
			 */
			do_action( $action, ...$args ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- both names begin with "domain_sync_".
		} catch ( \Throwable $e ) {
			$this->log->warning( "A listener of $action failed: " . $e->getMessage() );
		}
	}
}
