<?php
/**
 * What was seen of one host from outside.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

/**
 * A look, as plain values: DNS by record type, plain HTTP on the way to our nonce, TLS at the address that DNS gives and at our server.
 * What was not looked at counts as "late".
 */
final class Observation {

	// How looking up one type of record ended.
	const FOUND   = 'found';
	const NONE    = 'none';
	const REFUSED = 'refused';
	const FAILED  = 'failed';
	const BOGUS   = 'bogus';
	const LATE    = 'late';

	// What a certificate is worth; "none" and "late" as above.
	const TRUSTED        = 'trusted';
	const EXPIRED        = 'expired';
	const NOT_YET_VALID  = 'not-yet-valid';
	const SELF_SIGNED    = 'self-signed';
	const OTHER_NAME     = 'other-name';
	const UNKNOWN_ISSUER = 'unknown-issuer';
	const STAGING        = 'staging';

	/**
	 * See above.
	 *
	 * @param string                                                  $host     Host name.
	 * @param list<string>                                            $expected Addresses that the panel would have DNS hold; none when they are not known.
	 * @param array<string, array{outcome: string, values?: string[]}> $dns      By type: A, AAAA, CNAME, NS, CAA (of the nearest parent that has any), and ZONE: the zone's name servers.
	 * @param list<array{url: string, status?: int, error?: string}>  $http     Hops; an error is "refused", "late" or another word.
	 * @param bool                                                    $nonce    Whether our nonce came back.
	 * @param array<string, mixed>                                    $tls      verdict, names, issuer, serial, key_id, from, until: at the address that DNS gives.
	 * @param array<string, mixed>                                    $tls_here The same at this server's own addresses.
	 * @param Observation|null                                        $www      The same look at "www." and the host.
	 * @param bool|null                                               $challenge Where DNS leads elsewhere: whether what Let's Encrypt asks this host for is sent on to our server. Null: not looked at.
	 */
	public function __construct(
		public readonly string $host,
		public readonly array $expected = array(),
		public readonly array $dns = array(),
		public readonly array $http = array(),
		public readonly bool $nonce = false,
		public readonly array $tls = array(),
		public readonly array $tls_here = array(),
		public readonly ?Observation $www = null,
		public readonly ?bool $challenge = null
	) {}

	/**
	 * How looking up a type ended.
	 *
	 * @param string $type The type.
	 */
	public function outcome( string $type ): string {
		return $this->dns[ $type ]['outcome'] ?? self::LATE;
	}

	/**
	 * What was found of a type.
	 *
	 * @param string $type The type.
	 *
	 * @return list<string>
	 */
	public function values( string $type ): array {
		return self::FOUND === $this->outcome( $type ) ? array_values( $this->dns[ $type ]['values'] ?? array() ) : array();
	}

	/**
	 * Addresses of a type that are ours, or those that are not.
	 *
	 * @param string $type A or AAAA.
	 * @param bool   $ours Which.
	 *
	 * @return list<string>
	 */
	public function addresses( string $type, bool $ours ): array {
		$found = $this->values( $type );
		if ( array() === $found ) {
			return array();
		}
		$expected = array_map( array( self::class, 'plain' ), $this->expected );
		return array_values( array_filter( $found, static fn( string $address ): bool => in_array( self::plain( $address ), $expected, true ) === $ours ) );
	}

	/**
	 * The same look, with what became of a request as Let's Encrypt makes it.
	 *
	 * @param bool|null        $challenge Whether it is sent on to our server.
	 * @param Observation|null $www       The same look at "www." and the host.
	 */
	public function with_challenge( ?bool $challenge, ?self $www ): self {
		return new self( ...array_replace( get_object_vars( $this ), compact( 'challenge', 'www' ) ) );
	}

	/** Whether DNS gives addresses, and all of them are others' than the panel would have. */
	public function is_elsewhere(): bool {
		return ! $this->nonce && array() !== $this->expected && $this->has_address()
			&& array() === $this->addresses( 'A', true ) && array() === $this->addresses( 'AAAA', true );
	}

	/** Whether DNS gave any address at all. */
	public function has_address(): bool {
		return array() !== $this->values( 'A' ) || array() !== $this->values( 'AAAA' );
	}

	/** The worst that stood in the way of an address: bogus, refused, failed, late; "none" when there really is none. */
	public function obstacle(): string {
		$outcomes = array( $this->outcome( 'A' ), $this->outcome( 'AAAA' ) );
		foreach ( array( self::BOGUS, self::REFUSED, self::FAILED, self::LATE ) as $outcome ) {
			if ( in_array( $outcome, $outcomes, true ) ) {
				return $outcome;
			}
		}
		return self::NONE;
	}

	/** Whether the name has a CNAME beside other records. */
	public function has_cname_conflict(): bool {
		return array() !== $this->values( 'CNAME' ) && array() !== $this->values( 'NS' );
	}

	/**
	 * Issuers that CAA records permit, when Let's Encrypt is not among them; none when it may issue.
	 *
	 * @return list<string>
	 */
	public function issuers_without_lets_encrypt(): array {
		$tag     = str_starts_with( $this->host, '*.' ) ? 'issuewild' : 'issue';
		$issuers = array();
		foreach ( $this->values( 'CAA' ) as $record ) {
			if ( preg_match( '/^(?:\d+\s+)?(issue|issuewild)\s+"?\s*([^";\s]*)/i', $record, $found ) ) {
				$issuers[ strtolower( $found[1] ) ][] = '' === $found[2] ? '-' : strtolower( $found[2] );
			}
		}
		$permitted = $issuers[ $tag ] ?? $issuers['issue'] ?? array();
		return in_array( 'letsencrypt.org', $permitted, true ) ? array() : $permitted;
	}

	/** Where the request ended: the last hop's host, without port. */
	public function ends_at(): string {
		return strtolower( (string) parse_url( $this->last_hop()['url'] ?? '', PHP_URL_HOST ) );
	}

	/**
	 * The last hop, or null when there is none.
	 *
	 * @return array{url: string, status?: int, error?: string}|null
	 */
	public function last_hop(): ?array {
		return array() === $this->http ? null : $this->http[ array_key_last( $this->http ) ];
	}

	/**
	 * Kinds of look that do not pass.
	 *
	 * @return list<string> Of "dns", "http", "tls".
	 */
	public function fails_in(): array {
		// With a certificate of its own the main host can still be looked at; "expired" or "late" may as well be our own clock or way.
		$can_see = array( self::TRUSTED, self::SELF_SIGNED, self::OTHER_NAME, self::STAGING );
		return array_keys(
			array_filter(
				array(
					'dns'  => ! $this->has_address(),
					'http' => ! $this->nonce,
					'tls'  => ! in_array( $this->tls['verdict'] ?? self::LATE, $can_see, true ),
				)
			)
		);
	}

	/**
	 * Names that a certificate does not cover. A wildcard stands for one label.
	 *
	 * @param array<string, mixed> $tls   What was seen of it.
	 * @param list<string>         $names Host names.
	 *
	 * @return list<string>
	 */
	public static function not_covered( array $tls, array $names ): array {
		$covered = array_map( 'strtolower', array_filter( (array) ( $tls['names'] ?? array() ), 'is_string' ) );
		return array_values( array_filter( $names, static fn( string $name ): bool => ! in_array( $name, $covered, true ) && ! in_array( '*' . strstr( $name, '.' ), $covered, true ) ) );
	}

	/**
	 * An address as it is compared.
	 *
	 * @param string $address IPv4 or IPv6.
	 */
	private static function plain( string $address ): string {
		$packed = filter_var( $address, FILTER_VALIDATE_IP ) ? inet_pton( $address ) : false;
		return false === $packed ? $address : (string) inet_ntop( $packed );
	}
}
