<?php
/**
 * Looks at what visitors of hosts are served.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Store\Domain;
use RunCloud\DnsAnswer;
use RunCloud\HostInspection;
use RunCloud\HttpAnswer;
use RunCloud\HttpHop;
use RunCloud\TlsAnswer;

/**
 * Many hosts in one call of the extension: DNS, plain HTTP on the way to our nonce, and TLS.
 */
final class Probe {

	/** Network option: name, content and time of the nonce. */
	const OPTION = 'domain_sync_nonce';

	/** How many addresses of the server are looked at; the extension takes no more. */
	private const MOST_ADDRESSES = 8;

	/** Why a connection failed on this side, which says nothing about a host: no time, no socket, no way there. */
	private const OURS = array( 'deadline', 'no-socket', 'unreachable' );

	/** Verdicts on certificates, the worst for a visitor first. */
	private const WORST_FIRST = array(
		Observation::NONE,
		Observation::SELF_SIGNED,
		Observation::OTHER_NAME,
		Observation::UNKNOWN_ISSUER,
		Observation::STAGING,
		Observation::NOT_YET_VALID,
		Observation::EXPIRED,
		Observation::TRUSTED,
	);

	/**
	 * Looks at the hosts of rows and at the network's own main host. Never throws.
	 *
	 * @param list<Domain> $rows      Rows, at most 1,000.
	 * @param list<string> $addresses Addresses that the panel would have DNS hold; none when they are not known.
	 * @param float        $deadline  Seconds for everything.
	 *
	 * @return array{seen: array<string, Observation>, main: ?Observation, error: string} By the row's host; null where the network has no
	 *         main host that can be looked at; why less was looked at than should be, or "".
	 */
	public static function look( array $rows, array $addresses, float $deadline ): array {
		$expected = array_values( array_filter( $addresses, static fn( mixed $address ): bool => false !== filter_var( $address, FILTER_VALIDATE_IP ) ) );
		$deadline = is_finite( $deadline ) ? max( 0.1, min( 600.0, $deadline ) ) : 0.1;
		$until    = microtime( true ) + $deadline;
		$main     = self::main_host();
		$error    = '';
		$nonce    = null;
		try {
			self::need_extension();
			$nonce = Nonce::get();
		} catch ( \Throwable $e ) {
			$error = $e->getMessage();
		}
		// The main host first: without it nothing is proved against the others.
		$names = array_merge( array_filter( array( $main ), 'is_string' ), ...array_map( static fn( Domain $row ): array => $row->names(), array_values( $rows ) ) );
		$names = array_values( array_unique( $names ) );
		$found = array();
		try {
			self::need_extension();
			$inspections = \RunCloud\inspect_hosts(
				$names,
				null === $nonce ? array() : array( $nonce['path'] ),
				array_slice( $expected, 0, self::MOST_ADDRESSES ),
				null,
				// One host that hangs must not take the time of those that may be asked once more.
				Challenge::may_follow( $rows ) ? 0.7 * $deadline : $deadline
			);
			$found = array_combine( $names, $inspections );
		} catch ( \Throwable $e ) {
			// Whatever is wrong with our settings, or with the process, says nothing about a host.
			$error = $e->getMessage();
		}
		// Another process may have renewed the nonce meanwhile; whoever does not serve the old one then is not to blame.
		$is_there = null !== $nonce && Nonce::is_there( $nonce );
		$observe  = static fn( string $name, ?Observation $www = null ): Observation => isset( $found[ $name ] )
			? self::observation( $found[ $name ], $expected, $nonce['content'] ?? '', $is_there, $www )
			: new Observation( $name, $expected, www: $www );

		$seen = array();
		foreach ( $rows as $row ) {
			$seen[ $row->host ] = $observe( $row->host, $row->www ? $observe( "www.{$row->host}" ) : null );
		}
		if ( null !== $nonce && '' === $error ) {
			$seen = Challenge::look( $seen, array_slice( $expected, 0, self::MOST_ADDRESSES ), basename( $nonce['path'], '.txt' ), $until );
		}
		return array(
			'seen'  => $seen,
			'main'  => null === $main ? null : $observe( $main ),
			'error' => $error,
		);
	}

	/**
	 * What the extension saw, as the verdict reads it.
	 *
	 * @param HostInspection   $seen     What was seen.
	 * @param list<string>     $expected Addresses that the panel would have DNS hold.
	 * @param string           $content  The nonce's content; "" when there is none.
	 * @param bool             $is_there Whether the nonce was there all the time; otherwise its absence proves nothing.
	 * @param Observation|null $www      The same look at "www." and the host.
	 */
	public static function observation( HostInspection $seen, array $expected, string $content, bool $is_there = true, ?Observation $www = null ): Observation {
		if ( null !== $seen->error ) {
			return new Observation( $seen->host, $expected, www: $www );
		}
		$hops  = array_map( static fn( HttpHop $hop ): array => self::hop( $hop, $seen->host ), $seen->http[0]->hops ?? array() );
		$names = null === $www ? array( $seen->host ) : array( $seen->host, $www->host );
		$came  = isset( $seen->http[0] ) && self::is_nonce( $seen->http[0], $content, $hops, $seen->host );
		$here  = array_map( 'inet_pton', $expected );
		return new Observation(
			$seen->host,
			$expected,
			array(
				'A'     => self::dns( $seen->a ),
				'AAAA'  => self::dns( $seen->aaaa ),
				'CNAME' => self::dns( $seen->cname ),
				// Behind an alias they are those of another name.
				'NS'    => array() === $seen->ns->aliases ? self::dns( $seen->ns ) : array( 'outcome' => Observation::NONE ),
				'CAA'   => self::dns( $seen->caa ),
				// Whose they are says at which provider somebody has to change something.
				'ZONE'  => array( 'outcome' => array() === $seen->nameServers ? Observation::NONE : Observation::FOUND, 'values' => $seen->nameServers ), // phpcs:ignore WordPress.NamingConventions -- the extension's name.
			),
			$came || $is_there ? $hops : array(),
			$came,
			// Some visitors get the worst; that our server has a certificate is shown by the best.
			self::tls( array_filter( $seen->tls, static fn( TlsAnswer $answer ): bool => $answer->inDns ), $names )[0] ?? array(),
			array_slice( self::tls( array_filter( $seen->tls, static fn( TlsAnswer $answer ): bool => in_array( inet_pton( $answer->address ), $here, true ) ), $names ), -1 )[0] ?? array(),
			$www
		);
	}

	/** Removes the nonce: its file and its option. */
	public static function forget(): void {
		Nonce::forget();
	}

	/**
	 * An answer of the DNS.
	 *
	 * @param DnsAnswer $answer The answer.
	 *
	 * @return array{outcome: string, values: list<string>}
	 */
	private static function dns( DnsAnswer $answer ): array {
		return array(
			'outcome' => match ( true ) {
				'too-late' === $answer->outcome,
				// Nobody could be asked. (Name servers out of reach are the zone's own trouble as a rule; else the main host fails too.)
				in_array( $answer->detail, array( 'no-socket', 'no-resolver' ), true ) => Observation::LATE,
				'lame' === $answer->detail                                             => Observation::REFUSED,
				default                                                                => $answer->outcome,
			},
			'values'  => $answer->records,
		);
	}

	/**
	 * A request on the way to the nonce. A host that lets it wait is one that does not answer; "late" is only what our side cut off.
	 *
	 * @param HttpHop $hop  The request.
	 * @param string  $host The host; a wildcard was asked by a name below it, which is the host's own.
	 *
	 * @return array{url: string, status?: int, error?: string}
	 */
	private static function hop( HttpHop $hop, string $host ): array {
		$url   = str_starts_with( $host, '*.' ) ? (string) preg_replace( '~^(https?://)[^./]+(?=' . preg_quote( substr( $host, 1 ), '~' ) . '[:/])~', '$1*', $hop->url ) : $hop->url;
		$error = match ( true ) {
			in_array( $hop->error, self::OURS, true ) => Observation::LATE,
			'connect-refused' === $hop->error         => Observation::REFUSED,
			default                                   => $hop->error,
		};
		return array_filter( array( 'url' => $url, 'status' => $hop->status, 'error' => $error ), static fn( mixed $value ): bool => null !== $value );
	}

	/**
	 * Whether the nonce came back, and from the host itself: a redirection to another host of the network brings it too, and there it
	 * proves nothing about this one.
	 *
	 * @param HttpAnswer                 $answer  What plain HTTP served.
	 * @param string                     $content The nonce's content.
	 * @param list<array<string, mixed>> $hops    The requests.
	 * @param string                     $host    The host.
	 */
	private static function is_nonce( HttpAnswer $answer, string $content, array $hops, string $host ): bool {
		$bare = static fn( string $name ): string => (string) preg_replace( '/^www\./', '', $name );
		$last = (string) parse_url( (string) ( $hops[ array_key_last( $hops ) ]['url'] ?? '' ), PHP_URL_HOST );
		return '' !== $content && 200 === $answer->status && hash_equals( $content, trim( $answer->body ) ) && $bare( $host ) === $bare( strtolower( $last ) );
	}

	/**
	 * What TLS showed, the worst first: by verdict, by names that are missing, by the end of its time. What could not be seen counts only
	 * where nothing else was.
	 *
	 * @param array<TlsAnswer> $answers What was seen.
	 * @param list<string>     $names   Names that a certificate must cover.
	 *
	 * @return list<array<string, mixed>>
	 */
	private static function tls( array $answers, array $names ): array {
		$shown = array();
		foreach ( $answers as $answer ) {
			$certificate = $answer->certificate;
			$is_unseen   = 'too-late' === $answer->verdict || ( null === $certificate && in_array( $answer->error, array( ...self::OURS, 'not-public' ), true ) );
			$shown[]     = array(
				'verdict' => $is_unseen ? Observation::LATE : $answer->verdict,
				'names'   => $certificate->names ?? array(),
				'issuer'  => $certificate->issuer ?? '',
				'serial'  => $certificate->serial ?? '',
				'key_id'  => $certificate->authorityKeyId ?? '', // phpcs:ignore WordPress.NamingConventions -- the extension's name.
				'from'    => $certificate->validFrom ?? 0,
				'until'   => $certificate->validUntil ?? 0,
			);
		}
		$looked = array_filter( $shown, static fn( array $tls ): bool => Observation::LATE !== $tls['verdict'] );
		$shown  = $looked ? $looked : $shown;
		$rank   = static fn( array $tls ): array => array( array_search( $tls['verdict'], self::WORST_FIRST, true ), -count( Observation::not_covered( $tls, $names ) ), $tls['until'] );
		usort( $shown, static fn( array $one, array $other ): int => $rank( $one ) <=> $rank( $other ) );
		return $shown;
	}

	/**
	 * Where PHP keeps compiled files (opcache.file_cache) and another PHP with the extension compiled this one, a call without it ends the
	 * process in place of an exception. So would function_exists(), which is settled when it is compiled; this is not.
	 *
	 * @throws \RuntimeException The extension is not there.
	 */
	private static function need_extension(): void {
		if ( false === phpversion( 'runcloud' ) ) {
			throw new \RuntimeException( 'The PHP extension "runcloud" is not loaded.' );
		}
	}

	/** The network's main host, or null where it cannot be one. */
	private static function main_host(): ?string {
		try {
			self::need_extension();
			return \RunCloud\normalize_host( (string) get_network()?->domain );
		} catch ( \Throwable ) {
			return null;
		}
	}
}
