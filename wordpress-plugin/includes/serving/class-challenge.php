<?php
/**
 * Finds out whether Let's Encrypt would reach this server for hosts that are still served elsewhere.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use RunCloud\HttpAnswer;

/**
 * A host that moves can have its certificate before its DNS is switched: its old server redirects what Let's Encrypt asks for
 * (/.well-known/acme-challenge/) to a name of this server. It is asked for a name there that looks like one of Let's Encrypt's. That the request,
 * with its path as it was, is answered at an address of this server proves it; what is answered does not matter, since only RunCloud can answer
 * an order's own question. To an address in place of a name Let's Encrypt does not follow.
 */
final class Challenge {

	/** What Let's Encrypt asks for lies below it. */
	const PATH = '/.well-known/acme-challenge/';

	/** How many names are asked in one look, and seconds of the look that must be left. */
	private const MOST  = 200;
	private const LEAST = 1.0;

	/**
	 * Whether any of these hosts was elsewhere before, so that it may be asked.
	 *
	 * @param array<Domain> $rows Rows.
	 */
	public static function may_follow( array $rows ): bool {
		return array() !== array_filter( $rows, static fn( Domain $row ): bool => in_array( $row->domain_reason, array( Reason::Dns_Elsewhere, Reason::Move_Prepared ), true ) );
	}

	/**
	 * Asks those hosts whose DNS leads elsewhere. What there is no time for stays not looked at. Never throws.
	 *
	 * @param array<string, Observation> $seen    What was seen of hosts, by host.
	 * @param array<string>              $addresses This server's own.
	 * @param string                     $token   Name to ask for.
	 * @param float                      $until   When to be through, as a Unix time.
	 *
	 * @return array<string, Observation> The same, with what became of it.
	 */
	public static function look( array $seen, array $addresses, string $token, float $until ): array {
		$names = array();
		foreach ( $seen as $host => $one ) {
			if ( $one->is_elsewhere() && ! str_starts_with( (string) $host, '*.' ) ) {
				array_push( $names, $one->host, ...( null !== $one->www && $one->www->is_elsewhere() ? array( $one->www->host ) : array() ) );
			}
		}
		// Each has its turn, whatever the others' order.
		shuffle( $names );
		$names    = array_slice( $names, 0, self::MOST );
		$deadline = $until - microtime( true );
		if ( ! $names || ! $addresses || $deadline < self::LEAST ) {
			return $seen;
		}
		$arrives = array();
		try {
			foreach ( \RunCloud\inspect_hosts( $names, array( self::PATH . $token ), $addresses, null, $deadline ) as $inspection ) {
				$arrives[ $inspection->host ] = isset( $inspection->http[0] ) ? self::arrives( $inspection->http[0], $addresses ) : null;
			}
		} catch ( \Throwable ) {
			// The look before this one has said what is wrong.
			return $seen;
		}
		foreach ( $seen as $host => $one ) {
			if ( isset( $arrives[ $one->host ] ) || isset( $arrives[ $one->www->host ?? '' ] ) ) {
				$seen[ $host ] = $one->with_challenge( $arrives[ $one->host ] ?? null, $one->www?->with_challenge( $arrives[ $one->www->host ] ?? null, null ) );
			}
		}
		return $seen;
	}

	/**
	 * Whether a request came to this server by a redirection that leaves its path as it is.
	 *
	 * @param HttpAnswer    $answer    What plain HTTP served.
	 * @param array<string> $addresses This server's own.
	 *
	 * @return bool|null Null: there was no time.
	 */
	private static function arrives( HttpAnswer $answer, array $addresses ): ?bool {
		$ours = array_map( 'inet_pton', $addresses );
		foreach ( $answer->hops as $hop ) {
			$at       = parse_url( $hop->url );
			$is_named = false === filter_var( trim( $at['host'] ?? '', '[]' ), FILTER_VALIDATE_IP );
			if ( null !== $hop->status && null !== $hop->address && in_array( inet_pton( $hop->address ), $ours, true ) && $is_named && ( $at['path'] ?? '' ) === $answer->path ) {
				return true;
			}
		}
		return in_array( $answer->error, array( 'deadline', 'no-socket', 'unreachable' ), true ) ? null : false;
	}
}
