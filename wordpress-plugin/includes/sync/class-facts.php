<?php
/**
 * What the planner must know beside the row.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Panel\Result;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Holder;
use Domain_Sync_For_RunCloud\Store\Reason;

/**
 * Gathered once for many rows, never changed. Whoever gathers it asks the database, the settings and the filters; the planner asks none.
 */
final class Facts {

	/** Let's Encrypt's limits as token buckets: how many at once, and after how many seconds one comes back. */
	const SAME_NAMES  = array( 5, 122400 );
	const SAME_SCOPE  = array( 50, 12096 );
	const ALL_ORDERS  = array( 300, 36 );
	const VALIDATIONS = array( 5, 720 );

	/** Seconds after an order within which Let's Encrypt counts it: RunCloud may take that long. */
	const LAG = 600;

	/**
	 * Seconds for which orders are counted at least, and twice that at most; failed validations; and the orders of the account. A bucket that is used
	 * without a break remembers longer than the time that it takes to fill, so what was before counts as if it had emptied it.
	 */
	const COUNTED             = 42 * 86400;
	const COUNTED_VALIDATIONS = 7 * 86400;
	const COUNTED_ALL         = 3 * 3600;

	/**
	 * See above.
	 *
	 * @param int                             $web_app            The web application that the network uses now.
	 * @param string                          $policy             "sync", "add-only" or "paused".
	 * @param Reason|null                     $blocked            Why nothing is sent at present.
	 * @param int                             $blocked_until      Until when; 0 when nobody knows.
	 * @param array<string, array{Reason, int}> $blocked_steps    The same for single actions: why, and until when.
	 * @param int                             $removal_delay      Seconds that a host stays after it was dropped.
	 * @param string                          $ownership          Who must prove a host: "off", "after-another-customer" or "always".
	 * @param list<string>                    $bases              Domains of the network itself.
	 * @param list<string>                    $wildcards          Wildcards of the web application, without "*.".
	 * @param array<string, bool>             $covered            What the filter says about single hosts.
	 * @param list<string>                    $with_domain        Hosts with "www." that RunCloud serves together with a domain that stays.
	 * @param list<string>                    $unlisted           Hosts that must wait: a wildcard may serve them, and the list is still being read; or a domain that goes serves them.
	 * @param array<string, Result>           $list_failures      Those for which the list could not be read, and why.
	 * @param bool                            $is_listed          Whether the whole list of domains was ever read.
	 * @param int                             $vanished           Domains that vanished at RunCloud at once.
	 * @param array<string, int>              $confirmed          Hosts that the primary database did not have, and when that was seen.
	 * @param string                          $ssl_mode           "basic", "advanced", "automatic", or "" when it is not known.
	 * @param int                             $shared_certificate In basic mode the certificate's id, or 0.
	 * @param string                          $shared_set         In basic mode the hash of all names.
	 * @param int                             $shared_names       In basic mode the number of names.
	 * @param string                          $shared_blocker     In basic mode hosts that would spoil the order, or "".
	 * @param int                             $shared_since       In basic mode when the last of the hosts became right.
	 * @param int                             $shared_ordered_at  In basic mode when the certificate was last ordered.
	 * @param int                             $certificate_delay  In basic mode seconds from one order to the next, so that hosts share them.
	 * @param int                             $reachable          Rows of this run whose DNS is right.
	 * @param array<string, string>           $scopes             Registrable domains by host.
	 * @param array<string, list<int>>        $orders_of_scope    When certificates of a registrable domain were ordered or appeared.
	 * @param array<string, list<int>>        $orders_of_set      When certificates for just these names were.
	 * @param list<int>                       $orders             When any certificate was ordered in the last hours.
	 * @param array<string, list<int>>        $failed_validations When a host's validation failed in the last days.
	 * @param int                             $shared_read_at     In basic mode the order after which RunCloud was asked last which certificate it has.
	 * @param bool                            $shared_missed      In basic mode, whether a look did not find the certificate of the last order yet.
	 * @param array<string, array<string, mixed>> $said           What RunCloud said of its certificate after an order that brought none, by host.
	 * @param int                             $shared_brought_at  In basic mode the order that brought the certificate that was seen last; 0 when none did.
	 * @param int                             $shared_kept        How many orders in a row brought one for the same names as before.
	 * @param string                          $shared_kept_set    Where there were such, the hash of those names: the next one would be for them.
	 */
	public function __construct(
		public readonly int $web_app,
		public readonly string $policy = 'sync',
		public readonly ?Reason $blocked = null,
		public readonly int $blocked_until = 0,
		public readonly array $blocked_steps = array(),
		public readonly int $removal_delay = 0,
		public readonly string $ownership = Holder::AFTER_ANOTHER,
		public readonly array $bases = array(),
		public readonly array $wildcards = array(),
		public readonly array $covered = array(),
		public readonly array $with_domain = array(),
		public readonly array $unlisted = array(),
		public readonly array $list_failures = array(),
		public readonly bool $is_listed = true,
		public readonly int $vanished = 0,
		public readonly array $confirmed = array(),
		public readonly string $ssl_mode = '',
		public readonly int $shared_certificate = 0,
		public readonly string $shared_set = '',
		public readonly int $shared_names = 0,
		public readonly string $shared_blocker = '',
		public readonly int $shared_since = 0,
		public readonly int $shared_ordered_at = 0,
		public readonly int $certificate_delay = 60,
		public readonly int $reachable = 0,
		public readonly array $scopes = array(),
		public readonly array $orders_of_scope = array(),
		public readonly array $orders_of_set = array(),
		public readonly array $orders = array(),
		public readonly array $failed_validations = array(),
		public readonly int $shared_read_at = 0,
		public readonly bool $shared_missed = false,
		public readonly array $said = array(),
		public readonly int $shared_brought_at = 0,
		public readonly int $shared_kept = 0,
		public readonly string $shared_kept_set = ''
	) {}

	/**
	 * Who must prove a host: "off", "after-another-customer" or "always".
	 *
	 * @param string $host Host name.
	 */
	public function ownership_of( string $host ): string {
		return Holder::policy_of( $host, $this->ownership, $this->bases );
	}

	/**
	 * The wildcard that serves a host, or "".
	 *
	 * @param string $host Host name.
	 */
	public function wildcard_of( string $host ): string {
		$base = substr( (string) strstr( $host, '.' ), 1 );
		// A wildcard stands for one label only, and not for another wildcard.
		$covers = '' !== $base && ! str_starts_with( $host, '*.' ) && in_array( $base, $this->wildcards, true );
		return $this->covered[ $host ] ?? $covers ? "*.$base" : '';
	}

	/**
	 * Why a step is not carried out at present, and until when; null when it may be.
	 *
	 * @param string $action The step's action.
	 * @param int    $now    Unix time.
	 *
	 * @return array{Reason, int}|null
	 */
	public function block_of( string $action, int $now ): ?array {
		foreach ( array( null === $this->blocked ? null : array( $this->blocked, $this->blocked_until ), $this->blocked_steps[ $action ] ?? null ) as $block ) {
			if ( null !== $block && ( 0 === $block[1] || $block[1] > $now ) ) {
				return array( $block[0], 0 === $block[1] ? $now + Step::LONGEST_WAIT : $block[1] );
			}
		}
		return null;
	}

	/**
	 * Hash of the names that would be ordered together for a row.
	 *
	 * @param Domain $domain The row.
	 */
	public function order_set( Domain $domain ): string {
		return 'basic' === $this->ssl_mode && '' !== $this->shared_set ? $this->shared_set : Domain::set_of( $domain->names() );
	}

	/**
	 * When those names were ordered since a time. Where RunCloud issues the shared certificate for the names that it had, that is the same order whatever
	 * names were to be on it.
	 *
	 * @param Domain $domain The row.
	 * @param int    $since  Unix time.
	 *
	 * @return list<int>
	 */
	public function orders_since( Domain $domain, int $since ): array {
		$of_set = fn( string $set ): array => array_values( array_filter( $this->orders_of_set[ $set ] ?? array(), static fn( int $at ): bool => $at >= $since ) );
		$asked  = $of_set( $this->order_set( $domain ) );
		$issued = '' === $this->shared_kept_set ? array() : $of_set( $this->shared_kept_set );
		return count( $issued ) > count( $asked ) ? $issued : $asked;
	}

	/**
	 * Whether RunCloud redeploys the shared certificate for the names that it had: two orders in a row brought such a one, and so did the last of a row.
	 *
	 * @param Domain $domain The row, whose certificate is missing.
	 */
	public function is_kept( Domain $domain ): bool {
		return $this->shared_kept >= Planner::MOST_ORDERS && ( 0 === $domain->ordered_at || $this->has_brought( $domain ) );
	}

	/**
	 * Whether the last order of a row brought a shared certificate, whatever names it is for.
	 *
	 * @param Domain $domain The row.
	 */
	public function has_brought( Domain $domain ): bool {
		// A row has the time before the call, and the order the one after it.
		return 0 !== $domain->ordered_at && $this->shared_brought_at >= $domain->ordered_at;
	}

	/**
	 * When Let's Encrypt's limits permit the next order for a row, as a Unix time: now, or later.
	 *
	 * @param Domain $domain The row.
	 * @param int    $now    Unix time.
	 * @param int    $kept   How many orders of the same names are to be left after it.
	 */
	public function order_at( Domain $domain, int $now, int $kept = 0 ): int {
		$failed = $this->failed_validations[ $domain->host ] ?? array();
		// Let's Encrypt does not forget what failed before DNS was right. So one of its tokens is kept for the order after that, which need not wait then.
		$reserve = array() === $failed || max( $failed ) < $domain->dns_since ? 0 : 1;
		return max(
			self::free_at( $this->orders_of_set[ $this->order_set( $domain ) ] ?? array(), self::SAME_NAMES, $now, self::counted_since( $now ), $kept ),
			self::free_at( $this->orders_of_set[ $this->shared_kept_set ] ?? array(), self::SAME_NAMES, $now, self::counted_since( $now ), $kept ),
			self::free_at( $this->orders_of_scope[ $this->scope_of( $domain->host ) ] ?? array(), self::SAME_SCOPE, $now, self::counted_since( $now ) ),
			self::free_at( $this->orders, self::ALL_ORDERS, $now, $now - self::COUNTED_ALL ),
			self::free_at( $failed, array( self::VALIDATIONS[0] - $reserve, self::VALIDATIONS[1] ), $now, $now - self::COUNTED_VALIDATIONS )
		);
	}

	/**
	 * The registrable domain that a host's certificates are counted by.
	 *
	 * @param string $host Host name.
	 */
	public function scope_of( string $host ): string {
		return $this->scopes[ $host ] ?? $host;
	}

	/**
	 * Since when orders are counted: for weeks since the same day. If that moved on with each second, so would the times that are said.
	 *
	 * @param int $now Unix time.
	 */
	public static function counted_since( int $now ): int {
		return $now - $now % self::COUNTED - self::COUNTED;
	}

	/**
	 * When a token bucket has a token again.
	 *
	 * @param array<int>      $times  When tokens were taken, the oldest first.
	 * @param array{int, int} $bucket Its size, and the seconds after which a token comes back.
	 * @param int             $now    Unix time.
	 * @param int             $since  Since when these were counted.
	 * @param int             $kept   How many tokens are to be left.
	 */
	private static function free_at( array $times, array $bucket, int $now, int $since, int $kept = 0 ): int {
		list( $size, $seconds ) = $bucket;

		// In seconds, each token as many as it takes to come back: nothing is rounded, so what is said of a later time is so then.
		$saved = 0;
		$last  = $since;
		foreach ( $times as $time ) {
			$time += self::LAG;
			if ( $time >= $last ) {
				// What Let's Encrypt turned away took no token, and what it issued had one, so there is never less than none.
				$saved = max( 0, min( $size * $seconds, $saved + $time - $last ) - $seconds );
				$last  = $time;
			}
		}
		// What was ordered a moment ago is counted later than now.
		$from  = max( $now, $last );
		$saved = min( $size * $seconds, $saved + $from - $last );
		$asked = ( 1 + $kept ) * $seconds;
		return $saved >= $asked ? $now : $from + $asked - $saved;
	}
}
