<?php
/**
 * Reads the web application's list of domains, page by page.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;

/**
 * A request for each 40 domains. How far it is read is kept after each page, so that a limit, a kill or the end of a run costs one page at most.
 *
 * A whole inventory reads every page: at first, when somebody asks, and from time to time. Each day a check reads the first page and the last
 * one; while both and the total are as they are known, the list is.
 */
final class Inventory {

	/** Network option of the main network: how far it is. */
	const OPTION = 'domain_sync_inventory';

	/** Pages that one run reads where RunCloud does not say what its rate limit leaves, and requests that are left to others where it does. */
	const PAGES   = 15;
	const RESERVE = 20;

	/** Seconds between two checks; the list counts as known for an hour longer. */
	const EVERY = 86400;
	const FRESH = self::EVERY + 3600;

	/** Seconds after which a list that RunCloud refused to show is asked for again, where it was read before. */
	const AFTER_REFUSAL = 21600;

	/** Pages that are read whole each day; days between whole inventories of more where no quota is known, and at most. */
	const FEW_PAGES = 10;
	const DAYS      = 7;
	const MOST_DAYS = 30;

	/** What is known before the first page. */
	private const NOTHING = array(
		'web_app'    => '',
		'number'     => 0,
		'page'       => 0,
		'pages'      => 0,
		'total'      => 0,
		'changed'    => 0,
		'is_check'   => false,
		'begun_at'   => 0,
		'ended_at'   => 0,
		'checked_at' => 0,
		'whole_from' => 0,
		'differs_at' => 0,
		'again_at'   => 0,
		'asked'      => 0,
		'taken'      => 0,
	);

	/**
	 * Has the whole list read as soon as possible.
	 */
	public static function ask(): void {
		Option::update( self::OPTION, static fn( mixed $value ): array => array( 'asked' => self::complete( $value )['asked'] + 1 ) + self::complete( $value ) );
	}

	/**
	 * Whether a page is to be read.
	 *
	 * @param int $now Unix time.
	 */
	public static function is_due( int $now ): bool {
		$state = self::state();
		// A time ahead of the clock was written by a clock that was ahead.
		$may_be = $state['again_at'] <= $now || $state['again_at'] > $now + self::AFTER_REFUSAL;
		$is_old = $state['checked_at'] <= $now - self::EVERY || $state['checked_at'] > $now + 60;
		$is_due = $state['asked'] !== $state['taken'] || ( $may_be && ( 0 !== $state['page'] || $is_old ) );
		return $is_due && 'paused' !== Settings::get( 'policy' );
	}

	/**
	 * Whether the rows say what RunCloud has, as of a day ago at most.
	 *
	 * @param int $now Unix time.
	 */
	public static function is_fresh( int $now ): bool {
		$at = self::state()['checked_at'];
		return 0 !== $at && $at > $now - self::FRESH && $at <= $now + 60;
	}

	/**
	 * Whether the whole list of this web application was ever read.
	 */
	public static function is_listed(): bool {
		return 0 !== self::state()['ended_at'];
	}

	/**
	 * Whether the whole list was read from its beginning after a time.
	 *
	 * @param int $time Unix time.
	 */
	public static function is_whole_since( int $time ): bool {
		return self::state()['whole_from'] > $time;
	}

	/**
	 * How far it is, for people.
	 *
	 * @return array{is_reading: bool, is_asked: bool, page: int, pages: int, total: int, minutes_left: int, begun_at: int, ended_at: int, checked_at: int, differs_at: int}
	 *         page: how many are read. pages, total: 0 when they are not known. minutes_left: -1 when nobody can say. Unix times; 0 for never.
	 */
	public static function progress(): array {
		$state  = self::state();
		$read   = max( 0, $state['page'] - 1 );
		$passed = max( 1, time() - $state['begun_at'] );
		$left   = max( 0, $state['pages'] - $read );
		return array(
			'is_reading'   => 0 !== $state['page'],
			'is_asked'     => $state['asked'] !== $state['taken'],
			'page'         => $read,
			'minutes_left' => 0 === $state['page'] || 0 === $read || 0 === $state['pages'] ? -1 : (int) ceil( $left * max( 1, $passed ) / $read / 60 ),
		) + array_intersect_key( $state, array_flip( array( 'pages', 'total', 'begun_at', 'ended_at', 'checked_at', 'differs_at' ) ) );
	}

	/**
	 * Reads the next page, the first one of a new inventory where none is under way. Needs the lease.
	 *
	 * @param Panel $panel RunCloud.
	 *
	 * @return Result How the call ended.
	 */
	public static function read_next_page( Panel $panel ): Result {
		$now   = time();
		$state = self::state();
		// What was begun more than a day ago says too little of now.
		if ( 0 === $state['page'] || $state['begun_at'] < $now - self::EVERY || $state['begun_at'] > $now + 60 ) {
			$state = self::begun( $state, $now );
		}
		$result = $panel->page( $state['page'] );
		if ( ! $result->is_ok ) {
			if ( ! $result->is_retryable() && 0 !== $state['ended_at'] ) {
				self::save( array( 'again_at' => $now + self::AFTER_REFUSAL ) + $state );
			}
			return $result;
		}
		$page    = $result->value;
		$remotes = array_map(
			static fn( array $domain ): array => array_intersect_key( $domain, array_flip( array( 'host', 'id', 'type', 'www', 'redirection', 'wildcard' ) ) ),
			$page['domains']
		);

		$state['changed'] += Remotes::mark_seen( Web_App::id(), $state['number'], $remotes );
		$state['pages']    = $page['pages'] ?? 0;
		$state['total']    = $page['total'] ?? 0;
		$is_last           = array() === $page['domains'] || ( null !== $page['pages'] && $state['page'] >= $page['pages'] );
		self::save( $is_last ? self::ended( $state ) : self::turned( $state ) );
		return $result;
	}

	/**
	 * A new inventory: whole where that is asked for or due, else a check.
	 *
	 * @param array<string, mixed> $state How far it is.
	 * @param int                  $now   Unix time.
	 *
	 * @return array<string, mixed>
	 */
	private static function begun( array $state, int $now ): array {
		$is_asked = $state['asked'] !== $state['taken'] || 0 === $state['ended_at'];
		return array(
			'number'   => 0 === $state['number'] ? $now : $state['number'] + 1,
			'page'     => 1,
			'changed'  => 0,
			'is_check' => ! $is_asked && $state['ended_at'] > $now - self::days( $state['pages'] ) * DAY_IN_SECONDS,
			'begun_at' => $now,
			'taken'    => $state['asked'],
		) + $state;
	}

	/**
	 * A page is read that is not the last.
	 *
	 * @param array<string, mixed> $state How far it is.
	 *
	 * @return array<string, mixed>
	 */
	private static function turned( array $state ): array {
		$page = $state['page'] + 1;
		if ( $state['is_check'] && 1 === $state['page'] && 0 !== $state['pages'] ) {
			$page = $state['pages'];
		}
		return array( 'page' => $page ) + $state;
	}

	/**
	 * The last page is read.
	 *
	 * @param array<string, mixed> $state How far it is.
	 *
	 * @return array<string, mixed>
	 */
	private static function ended( array $state ): array {
		$now      = time();
		$is_whole = ! $state['is_check'] || $state['pages'] <= 2;
		if ( ! $is_whole ) {
			$is_same = 0 === $state['changed'] && ( 0 === $state['total'] || Remotes::count( Web_App::id() ) === $state['total'] );
			if ( ! $is_same && $state['pages'] <= self::FEW_PAGES ) {
				// So few that the rest is read as well.
				return array( 'page' => 2, 'is_check' => false ) + $state;
			}
			if ( ! $is_same ) {
				Log::warning( 'The list of domains at RunCloud is not as it is known. The whole of it is read when the share of the month\'s requests permits, or with: wp domain-sync inventory' );
			}
			return array( 'page' => 0, 'checked_at' => $now, 'differs_at' => $is_same ? 0 : $now ) + $state;
		}
		$unseen   = Hooks::are_followed() ? Remotes::unseen( Web_App::id(), $state['number'], $state['begun_at'] ) : array();
		$vanished = Remotes::mark_unseen( Web_App::id(), $state['number'], $state['begun_at'] );
		Domain_List::wake( Reason::Waiting );
		$total = Remotes::count( Web_App::id() );
		Log::info( sprintf( 'The list of domains at RunCloud is read: %d domains on %d pages, %d that are mapped here were not among them.', $total, max( 1, $state['pages'], $state['page'] ), $vanished ) );
		foreach ( $vanished > Remotes::MOST_VANISHED ? $unseen : array() as $host => $old ) {
			Hooks::changed( (string) $host, Reason::tryFrom( $old ), Reason::Mass_Removal );
		}
		Hooks::inventory_finished( $total, $vanished );
		return array( 'page' => 0, 'total' => $total, 'ended_at' => $now, 'checked_at' => $now, 'whole_from' => $state['begun_at'], 'differs_at' => 0 ) + $state;
	}

	/**
	 * Days from one whole inventory to the next that nobody asks for: as the share of the month's requests permits.
	 *
	 * @param int $pages Pages of the list; 0 when they are not known.
	 */
	private static function days( int $pages ): int {
		$quota = Settings::quota();
		if ( 0 === $quota ) {
			return $pages <= self::FEW_PAGES ? 1 : self::DAYS;
		}
		$share = max( 1, intdiv( $quota * Settings::get( 'inventory_share' ), 100 ) );
		return max( 1, min( self::MOST_DAYS, (int) ceil( self::MOST_DAYS * max( 1, $pages ) / $share ) ) );
	}

	/**
	 * How far it is, of the web application that the credentials name now.
	 *
	 * @return array<string, mixed>
	 */
	private static function state(): array {
		return self::complete( Option::read( self::OPTION ) );
	}

	/**
	 * Writes how far it is. Who asked meanwhile is not forgotten.
	 *
	 * @param array<string, mixed> $state How far it is.
	 */
	private static function save( array $state ): void {
		Option::update( self::OPTION, static fn( mixed $saved ): array => array( 'asked' => self::complete( $saved )['asked'] ) + $state );
	}

	/**
	 * An option's value with all its parts; of another web application only what is no fact about it.
	 *
	 * @param mixed $value The value.
	 *
	 * @return array<string, mixed>
	 */
	private static function complete( mixed $value ): array {
		$value   = is_array( $value ) ? $value : array();
		$web_app = Web_App::name();
		if ( ( $value['web_app'] ?? '' ) !== $web_app ) {
			$value = array( 'web_app' => $web_app ) + array_intersect_key( $value, array_flip( array( 'number', 'asked', 'taken' ) ) );
		}
		return $value + self::NOTHING;
	}
}
