<?php
/**
 * DNS records of a host.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Which records somebody has to set, what a look found of them, and which are in the way.
 */
final class Records {

	/** The address is among those that DNS gives, beside others. */
	private const BESIDE = array( Reason::Dns_Some_Elsewhere, Reason::Dns_Aaaa_Elsewhere );

	/** DNS is right, and something else is wrong. */
	private const BEHIND = array( Reason::Not_Served_Yet, Reason::Port_Closed, Reason::Redirects_Away, Reason::Another_Server );

	/** Only reached when the domain itself is right. */
	private const WWW = array( Reason::Www_Missing, Reason::Www_Elsewhere );

	/**
	 * The records, one for each name and address; then those that are to be removed.
	 *
	 * @param Domain       $row       The row.
	 * @param list<string> $addresses Addresses that DNS should have; none when they are not known.
	 *
	 * @return list<array{name: string, field: string, type: string, should_be: string, is_now: list<string>, is_right: bool, is_known: bool}> Field: the
	 *         name as forms of DNS providers want it. Should_be: "" for one that is to be removed. Is_known: whether anybody has looked.
	 */
	public static function of( Domain $row, array $addresses ): array {
		$records = array();
		$surplus = array();
		foreach ( array() === $addresses ? array() : $row->names() as $name ) {
			$found = self::found( $row, $name );
			foreach ( $addresses as $address ) {
				$type      = self::type( $address );
				$is_right  = self::is_right( $row, $name, $type );
				$now       = array_values( array_filter( $found ?? array(), static fn( string $one ): bool => self::type( $one ) === $type ) );
				$records[] = array(
					'name'      => $name,
					'field'     => self::field( $name ),
					'type'      => $type,
					'should_be' => $address,
					'is_now'    => $is_right ? array( $address ) : $now,
					'is_right'  => $is_right,
					'is_known'  => $is_right || null !== $found,
				);
			}
			foreach ( array_diff( $found ?? array(), $addresses ) as $other ) {
				$type = self::type( $other );
				// One that has nothing to be replaced by.
				if ( self::is_right( $row, $name, $type ) || ! in_array( $type, array_map( array( self::class, 'type' ), $addresses ), true ) ) {
					$surplus[] = array(
						'name'      => $name,
						'field'     => self::field( $name ),
						'type'      => $type,
						'should_be' => '',
						'is_now'    => array( $other ),
						'is_right'  => false,
						'is_known'  => true,
					);
				}
			}
		}
		return array_merge( $records, $surplus );
	}

	/**
	 * A name as the form of a DNS provider wants it: "@" for the domain that was registered, else what stands before it.
	 *
	 * @param string $name Host name; labels that begin with an underscore may stand before it.
	 */
	public static function field( string $name ): string {
		if ( ! function_exists( 'RunCloud\registrable_domain' ) ) {
			return $name;
		}
		// With an underscore it would be no host.
		$base = (string) \RunCloud\registrable_domain( (string) preg_replace( '/^(_[^.]*\.)+/', '', $name ) );
		return match ( true ) {
			'' === $base                     => $name,
			$base === $name                  => '@',
			str_ends_with( $name, ".$base" ) => substr( $name, 0, -strlen( ".$base" ) ),
			default                          => $name,
		};
	}

	/**
	 * Addresses that are not as they should be; null where nobody has looked.
	 *
	 * @param Domain $row  The row.
	 * @param string $name One of its names.
	 *
	 * @return list<string>|null
	 */
	private static function found( Domain $row, string $name ): ?array {
		$details = $row->domain_details;
		if ( Status::Ready === $row->domain_status || ( $details['host'] ?? '' ) !== $name || ! isset( $details['found'] ) ) {
			return null;
		}
		return array_values( array_filter( (array) $details['found'], static fn( mixed $one ): bool => false !== filter_var( $one, FILTER_VALIDATE_IP ) ) );
	}

	/**
	 * Whether a name has the right record of a type.
	 *
	 * @param Domain $row  The row.
	 * @param string $name One of its names.
	 * @param string $type A or AAAA.
	 */
	private static function is_right( Domain $row, string $name, string $type ): bool {
		$reason = $row->domain_reason;
		$is_it  = ( $row->domain_details['host'] ?? '' ) === $name;
		return match ( true ) {
			Status::Ready === $row->domain_status       => true,
			in_array( $reason, self::WWW, true )        => ! $is_it,
			in_array( $reason, self::BEHIND, true )     => $is_it && array() !== (array) ( $row->domain_details['expected'] ?? array() ),
			Reason::Dns_Aaaa_Elsewhere === $reason      => $is_it && 'A' === $type,
			in_array( $reason, self::BESIDE, true )     => $is_it,
			default                                     => false,
		};
	}

	/**
	 * The type of record that holds an address.
	 *
	 * @param string $address IPv4 or IPv6.
	 */
	private static function type( string $address ): string {
		return str_contains( $address, ':' ) ? 'AAAA' : 'A';
	}
}
