<?php
/**
 * Who had a host, who has it now, and whether that must be proven.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Pure: the one rule by which nobody gets somebody else's host. A row remembers one customer who had the host before, and one whom nobody asks
 * any more: who proved it, was approved by the admin, or came when there was nobody to take it from.
 *
 * Who waits for the proof has not had the host: when they leave, it is remembered as it was. Else mapping it twice would do.
 */
final class Holder {

	// Who must prove a host.
	const OFF           = 'off';
	const AFTER_ANOTHER = 'after-another-customer';
	const ALWAYS        = 'always';

	/** Seconds for which who had a host is remembered. */
	const MEMORY = 365 * 86400;

	/**
	 * Whether the row's customer must prove that the host is theirs. The network's own sites (customer 0) need not.
	 *
	 * @param Domain $row    The row.
	 * @param string $policy OFF, AFTER_ANOTHER or ALWAYS.
	 * @param int    $now    Unix time.
	 */
	public static function must_prove( Domain $row, string $policy, int $now ): bool {
		if ( self::OFF === $policy || 0 === $row->customer_id || $row->proven_customer_id === $row->customer_id ) {
			return false;
		}
		return self::ALWAYS === $policy || self::was_anothers( $row->last_customer_id, $row->left_at, $row->customer_id, $now );
	}

	/**
	 * Who must prove a host: nobody whose host is below a domain of the network itself, in whose zone only the admin can write.
	 *
	 * @param string       $host   Host name.
	 * @param string       $policy OFF, AFTER_ANOTHER or ALWAYS.
	 * @param list<string> $bases  Domains of the network.
	 */
	public static function policy_of( string $host, string $policy, array $bases ): string {
		foreach ( $bases as $base ) {
			if ( $base === $host || str_ends_with( $host, ".$base" ) ) {
				return self::OFF;
			}
		}
		return $policy;
	}

	/**
	 * What a row remembers when a customer has the host from now on.
	 *
	 * @param Domain|null $row         The row as it is; null when it is new.
	 * @param int         $site_id     The site that has the host then.
	 * @param int         $customer_id Whose site that is.
	 * @param Domain|null $sibling     The row of the same name with "www.", or without: Ultimate Multisite serves both for either.
	 * @param string|null $policy      Who must prove it; null when the planner is to say.
	 * @param int         $now         Unix time.
	 *
	 * @return array{last_customer_id: int, left_at: int, proven_customer_id: int, must_prove: bool}
	 */
	public static function on_coming( ?Domain $row, int $site_id, int $customer_id, ?Domain $sibling, ?string $policy, int $now ): array {
		$known = array(
			'last_customer_id'   => $row->last_customer_id ?? 0,
			'left_at'            => $row->left_at ?? 0,
			'proven_customer_id' => $row->proven_customer_id ?? 0,
		);
		$stays = null !== $row && $row->is_wanted() && $row->customer_id === $customer_id;
		if ( ! $stays && 0 === $known['left_at'] ) {
			// What was heard of the other name was for somebody else, and may be long over: that name is asked again.
			$known['last_customer_id'] = 0;
		}
		if ( ! $stays || $known['proven_customer_id'] !== $customer_id ) {
			$is_given = false;
			if ( null !== $row && ! $stays && self::has( $row, $now ) ) {
				// A site that changes hands takes its hosts along: only an admin of the network can do that.
				$is_given = $row->is_wanted() && $row->site_id === $site_id && 0 !== $customer_id && $row->proven_customer_id === $row->customer_id;
				$known    = array(
					'last_customer_id'   => $row->customer_id,
					'left_at'            => $now,
					'proven_customer_id' => $is_given ? $customer_id : $known['proven_customer_id'],
				);
			}
			$known = 0 === $customer_id ? $known : self::latest( $known['last_customer_id'], $known['left_at'], $sibling, $now ) + $known;
			if ( ! $is_given && 0 !== $customer_id && self::was_anothers( $known['last_customer_id'], $known['left_at'], $customer_id, $now ) ) {
				// Somebody else had it since this customer proved it.
				$known['proven_customer_id'] = 0;
			}
		}
		$must_prove = 0 !== $customer_id && null !== $policy && self::must_prove( new Domain( ...$known + array( 'id' => 0, 'host' => '', 'customer_id' => $customer_id ) ), $policy, $now );
		if ( 0 !== $customer_id && null !== $policy && ! $must_prove ) {
			$known['proven_customer_id'] = $customer_id;
		}
		return $known + array( 'must_prove' => $must_prove );
	}

	/**
	 * What a row remembers when nobody wants the host any more.
	 *
	 * @param Domain $row The row as it is.
	 * @param int    $now Unix time.
	 *
	 * @return array{last_customer_id: int, left_at: int}
	 */
	public static function on_leaving( Domain $row, int $now ): array {
		return self::has( $row, $now )
			? array(
				'last_customer_id' => $row->customer_id,
				'left_at'          => $now,
			)
			: array(
				'last_customer_id' => 0 === $row->left_at ? 0 : $row->last_customer_id,
				'left_at'          => $row->left_at,
			);
	}

	/**
	 * The same name with "www.", or without.
	 *
	 * @param string $host Host name.
	 */
	public static function sibling_of( string $host ): string {
		return str_starts_with( $host, 'www.' ) ? substr( $host, 4 ) : "www.$host";
	}

	/**
	 * Whom a row takes the host from though it does not know that: who had the same name with "www.", or without, more lately. Asked before a customer
	 * gets a host without a proof; much may have happened since they came.
	 *
	 * @param Domain      $row     The row.
	 * @param Domain|null $sibling The row of the other name.
	 * @param int         $now     Unix time.
	 *
	 * @return array{last_customer_id: int, left_at: int}|null
	 */
	public static function taken_from( Domain $row, ?Domain $sibling, int $now ): ?array {
		list( $last, $left_at ) = self::last_of( $sibling, $now );
		if ( ! self::was_anothers( $last, $left_at, $row->customer_id, $now ) || ( $row->last_customer_id === $row->customer_id && $left_at <= $row->left_at ) ) {
			return null;
		}
		return array(
			'last_customer_id' => $last,
			'left_at'          => PHP_INT_MAX === $left_at ? 0 : $left_at,
		);
	}

	/**
	 * A row that waits for a proof, with what its host's other name tells of it by now: while it waits, its customer may get that name, by a proof or by
	 * the admin, or whoever has it may leave.
	 *
	 * @param Domain      $row     The row.
	 * @param Domain|null $sibling The row of the other name.
	 * @param int         $now     Unix time.
	 */
	public static function renewed( Domain $row, ?Domain $sibling, int $now ): Domain {
		return new Domain( ...self::latest( $row->last_customer_id, $row->left_at, $sibling, $now ) + get_object_vars( $row ) );
	}

	/**
	 * Who had a host last by either name.
	 *
	 * @param int         $last    Who had it by its own name; 0 for nobody.
	 * @param int         $left_at Until when; 0 where they had its other name still when that was asked.
	 * @param Domain|null $sibling The row of the other name.
	 * @param int         $now     Unix time.
	 *
	 * @return array{last_customer_id: int, left_at: int}
	 */
	private static function latest( int $last, int $left_at, ?Domain $sibling, int $now ): array {
		list( $other, $other_left_at ) = self::last_of( $sibling, $now );
		$is_later = 0 !== $other && ( 0 === $last || $other_left_at > $left_at );
		return array(
			'last_customer_id' => $is_later ? $other : $last,
			'left_at'          => $is_later ? ( PHP_INT_MAX === $other_left_at ? 0 : $other_left_at ) : $left_at,
		);
	}

	/**
	 * Whether a customer has the host, and does not only wait for it.
	 *
	 * @param Domain $row The row.
	 * @param int    $now Unix time.
	 */
	private static function has( Domain $row, int $now ): bool {
		if ( 0 === $row->customer_id || $row->proven_customer_id === $row->customer_id ) {
			return 0 !== $row->customer_id;
		}
		return ! in_array( $row->hold, array( Domain::HOLD_OWNERSHIP, Domain::HOLD_DECLINED ), true )
			&& ! self::was_anothers( $row->last_customer_id, $row->left_at, $row->customer_id, $now );
	}

	/**
	 * Who had a host last, and until when; one who has it still is the last in any case. What its row only heard of its other name does not count:
	 * whoever asks is that name, and two that believe each other would never forget.
	 *
	 * @param Domain|null $row Its row.
	 * @param int         $now Unix time.
	 *
	 * @return array{int, int}
	 */
	private static function last_of( ?Domain $row, int $now ): array {
		if ( null === $row ) {
			return array( 0, 0 );
		}
		if ( self::has( $row, $now ) ) {
			return array( $row->customer_id, PHP_INT_MAX );
		}
		return 0 === $row->left_at ? array( 0, 0 ) : array( $row->last_customer_id, $row->left_at );
	}

	/**
	 * Whether another customer had a host, and not too long ago.
	 *
	 * @param int $last        Who had it last; 0 for nobody.
	 * @param int $left_at     Until when; 0 where they had its other name still when that was asked.
	 * @param int $customer_id Who has it now.
	 * @param int $now         Unix time.
	 */
	private static function was_anothers( int $last, int $left_at, int $customer_id, int $now ): bool {
		return 0 !== $last && $last !== $customer_id && ( 0 === $left_at || $left_at > $now - self::MEMORY );
	}
}
