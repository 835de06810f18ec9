<?php
/**
 * Everything the plugin asks of RunCloud.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use RunCloud\Client;
use RunCloud\DnsRecord;
use RunCloud\Domain;
use RunCloud\Redirection;

/**
 * One method a call. None throws: each ends in a Result. Plain arrays and values come back, so that no other part needs to know the
 * extension's classes.
 */
final class Panel {

	/** What a run wants of the extension, in seconds: its calls fit into the lease, and nothing is repeated but by the queue. */
	private const RUN = array(
		'runcloud.deadline'        => 20,
		'runcloud.timeout'         => 15,
		'runcloud.connect_timeout' => 5,
	);

	/** Seconds that the question "are you there again?" may take. */
	private const PING = 5;

	/**
	 * The settings as the server has them, since for_run() and for_ping() change them one after the other.
	 *
	 * @var array<string, float>
	 */
	private static array $settings = array();

	/**
	 * From here on calls are as a run wants them. A smaller value of the server's stays.
	 */
	public static function for_run(): void {
		self::set( 'runcloud.max_retries', '0' );
		foreach ( self::RUN as $setting => $seconds ) {
			self::lower( $setting, $seconds );
		}
	}

	/**
	 * From here on calls are as short as a ping should be, until for_run() is called again.
	 */
	public static function for_ping(): void {
		self::for_run();
		self::lower( 'runcloud.deadline', self::PING );
	}

	/**
	 * Adds a host as an alias of the web application. What is there already is a success, with "created" false.
	 *
	 * @param string $host        Host name.
	 * @param bool   $www         Whether "www." is to be served as well.
	 * @param string $redirection Where visitors are to be sent: none, www or non-www.
	 *
	 * @return Result array{host: string, id: int, type: string, www: bool, redirection: string, wildcard: bool, created: bool, created_at: int}
	 */
	public function add( string $host, bool $www, string $redirection ): Result {
		return Call::make( 'add', $host, static fn( Client $client ): array => self::remote( $client->addDomain( $host, $www, Redirection::tryFrom( $redirection ) ?? Redirection::None ) ) );
	}

	/**
	 * Removes a host from the web application.
	 *
	 * @param string $host      Host name.
	 * @param int    $remote_id The domain's id there, which must be that of the host.
	 *
	 * @return Result Whether this call removed it; false when it was gone already.
	 */
	public function remove( string $host, int $remote_id ): Result {
		return Call::make( 'remove', $host, static fn( Client $client ): bool => $client->removeDomain( $host, $remote_id ) );
	}

	/**
	 * Sets what is served beside a host. The domain stays, with its certificate.
	 *
	 * @param string $host        Host name; only for listeners.
	 * @param int    $remote_id   The domain's id.
	 * @param bool   $www         Whether "www." is to be served as well.
	 * @param string $redirection Where visitors are to be sent: none, www or non-www.
	 *
	 * @return Result As add(), as RunCloud has it now.
	 */
	public function update( string $host, int $remote_id, bool $www, string $redirection ): Result {
		return Call::make( 'update', $host, static fn( Client $client ): array => self::remote( $client->updateDomain( $remote_id, $www, Redirection::tryFrom( $redirection ) ?? Redirection::None ) ) );
	}

	/**
	 * Reads a domain by its id: the only way to know that it is gone.
	 *
	 * @param string $host      Host name; only for listeners, so compare the host that comes back.
	 * @param int    $remote_id The domain's id.
	 *
	 * @return Result As add(), or null when RunCloud says that the web application has none with this id.
	 */
	public function look_up( string $host, int $remote_id ): Result {
		return Call::make( 'look-up', $host, static fn( Client $client ): ?array => self::remote( $client->domain( $remote_id ) ) );
	}

	/**
	 * Searches the list of domains for a host: a request for each 40 of them.
	 *
	 * @param string $host Host name; "*" may be its first label.
	 *
	 * @return Result As add(), or null when it is not among them.
	 */
	public function find( string $host ): Result {
		return Call::make( 'find', $host, static fn( Client $client ): ?array => self::remote( $client->findDomain( $host ) ) );
	}

	/**
	 * Orders a certificate that covers the host.
	 *
	 * @param string $host           Host name.
	 * @param int    $certificate_id Id of an earlier answer, or 0.
	 * @param int    $domain_id      In advanced mode the domain's id, else 0.
	 *
	 * @return Result array{outcome: string, mode: string, certificate_id: int}; the values of RunCloud\SslOutcome and RunCloud\SslMode.
	 */
	public function order( string $host, int $certificate_id, int $domain_id ): Result {
		return Call::make(
			'order',
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
	 * Addresses that a host's DNS records should have, as RunCloud sees it.
	 *
	 * @param string $host      Host name.
	 * @param int    $remote_id The domain's id, or 0.
	 *
	 * @return Result list<string>
	 */
	public function addresses( string $host, int $remote_id ): Result {
		return Call::make(
			'dns',
			$host,
			static function ( Client $client ) use ( $host, $remote_id ): array {
				$records = array_filter(
					$client->dnsRecords( $host, $remote_id > 0 ? $remote_id : null ),
					static fn( DnsRecord $record ): bool => in_array( $record->type, array( 'A', 'AAAA' ), true )
				);
				return array_values( array_unique( array_map( static fn( DnsRecord $record ): string => $record->content, $records ) ) );
			}
		);
	}

	/**
	 * Reads one page of the list of domains.
	 *
	 * @param int $page From 1.
	 *
	 * @return Result array{domains: list<array>, page: int, pages: int|null, total: int|null}; domains as add().
	 */
	public function page( int $page ): Result {
		return Call::make(
			'page',
			'',
			static function ( Client $client ) use ( $page ): array {
				$found = $client->domainsPage( $page );
				return array(
					'domains' => array_map( static fn( Domain $domain ): array => self::remote( $domain ), $found->domains ),
					'page'    => $found->page,
					'pages'   => $found->pages,
					'total'   => $found->total,
				);
			}
		);
	}

	/**
	 * Asks whether RunCloud answers and accepts the credentials.
	 *
	 * @return Result True.
	 */
	public function ping(): Result {
		return Call::make(
			'ping',
			'',
			static function ( Client $client ): bool {
				$client->ping();
				return true;
			}
		);
	}

	/**
	 * Asks who we are: the token, then the server, the web application and how its SSL is set up. Four requests.
	 *
	 * @return Result array{server: string, web_app: string, root_path: string, public_path: string, ssl_mode: string}
	 */
	public function introduce(): Result {
		return Call::make(
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
	 * Asks which web applications of the account hold a folder: at least one request for each server and one more.
	 *
	 * @param string $folder Absolute path, as the server sees it.
	 *
	 * @return Result list<array{server_id: int, web_app_id: int, name: string, root_path: string, public_path: string}>
	 */
	public function discover( string $folder ): Result {
		return Call::discover( $folder );
	}

	/**
	 * Asks how the web application's SSL is set up.
	 *
	 * @param string $host Host name; only for listeners.
	 *
	 * @return Result "basic", "advanced" or "automatic".
	 */
	public function ssl_mode( string $host ): Result {
		return Call::make( 'ssl-mode', $host, static fn( Client $client ): string => $client->sslMode()->value );
	}

	/**
	 * Asks how the web application's SSL is set up, and which certificate RunCloud has. Two requests; where there is none RunCloud is asked whether the
	 * domain is there as well.
	 *
	 * @param string $host      Host name; only for listeners.
	 * @param int    $domain_id The domain's id, for advanced mode.
	 *
	 * @return Result array{mode: string, certificate: array{id: int, method: string, until: int, is_staging: bool}|null}
	 */
	public function certificate( string $host, int $domain_id ): Result {
		return Call::make(
			'certificate',
			$host,
			static function ( Client $client ) use ( $domain_id ): array {
				$mode  = $client->sslMode()->value;
				$found = $client->certificate( 'basic' === $mode ? null : $domain_id );
				return array(
					'mode'        => $mode,
					'certificate' => null === $found ? null : array(
						'id'         => $found->id,
						'method'     => (string) $found->method,
						'until'      => self::time( $found->validUntil ), // phpcs:ignore WordPress.NamingConventions -- the extension's name.
						'is_staging' => true === $found->staging,
					),
				);
			}
		);
	}

	/**
	 * What others need of a domain.
	 *
	 * @param Domain|null $domain The extension's answer.
	 *
	 * @return array{host: string, id: int, type: string, www: bool, redirection: string, wildcard: bool, created: bool, created_at: int}|null
	 */
	private static function remote( ?Domain $domain ): ?array {
		return null === $domain ? null : array(
			'host'        => $domain->name,
			'id'          => $domain->id,
			'type'        => $domain->type->value,
			'www'         => $domain->www,
			'redirection' => $domain->redirection->value,
			'wildcard'    => $domain->wildcard,
			'created'     => $domain->created,
			'created_at'  => self::time( $domain->createdAt ), // phpcs:ignore WordPress.NamingConventions -- the extension's name.
		);
	}

	/**
	 * A time of RunCloud's as a Unix time. UTC is assumed; 0 when it did not say.
	 *
	 * @param string|null $text The time.
	 */
	private static function time( ?string $text ): int {
		// To PHP "UTC" alone is now.
		return '' === trim( (string) $text ) ? 0 : (int) strtotime( "$text UTC" );
	}

	/**
	 * Lowers a setting of the extension; what the server has set lower stays, and so does what is no number, for the extension to refuse.
	 *
	 * @param string $setting Name of the setting.
	 * @param int    $seconds What it should be at most.
	 */
	private static function lower( string $setting, int $seconds ): void {
		if ( ! function_exists( 'ini_get' ) ) {
			return;
		}
		self::$settings[ $setting ] ??= (float) ini_get( $setting );
		if ( self::$settings[ $setting ] > 0 ) {
			self::set( $setting, (string) min( $seconds, self::$settings[ $setting ] ) );
		}
	}

	/**
	 * Changes a setting, where the server lets anybody do so. It works without, only for longer than is good for other jobs.
	 *
	 * @param string $setting Name of the setting.
	 * @param string $value   Its value.
	 */
	private static function set( string $setting, string $value ): void {
		// A function of disable_functions does not exist; calling it would be fatal.
		if ( function_exists( 'ini_set' ) ) {
			ini_set( $setting, $value ); // phpcs:ignore WordPress.PHP.IniSet -- a setting of the extension, for this process.
		}
	}
}
