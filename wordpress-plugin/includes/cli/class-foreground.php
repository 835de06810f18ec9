<?php
/**
 * Runs in the foreground, while somebody watches.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Admin\Overview;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Sync\Queue;
use WP_CLI;
use WP_CLI\Utils;

/**
 * The queue's own job, one after the other: the same lease, the same limits, and nothing that the queue would not do later. So whoever breaks it off loses
 * nothing, and where another process has the lease this one only watches.
 */
final class Foreground {

	/** Seconds until it is seen again whether anything can be done, at most, and where another process may be at it. */
	private const LONGEST_NAP = 10;
	private const NAP         = 2;

	/** A wait of more seconds than this is said. */
	private const SAID = 15;

	/**
	 * What was said already.
	 *
	 * @var array<string, true>
	 */
	private static array $said = array();

	/** The bar, how far it is, and how many domains it counts. */
	private static ?object $bar = null;
	private static int $at      = 0;
	private static int $total   = 0;

	/** Works until nothing that is approved is left. */
	public static function work_approved(): void {
		$total = Decisions::count_approved();
		$left  = $total;
		self::begin_bar( __( 'Domains', 'domain-sync-for-runcloud' ), $total );
		self::$total = $total;
		add_action( 'domain_sync_after_call', array( self::class, 'after_call' ) );
		while ( $left > 0 ) {
			self::run();
			$before = $left;
			$left   = Decisions::count_approved();
			self::move_bar( $total - $left );
			if ( $left >= $before ) {
				self::wait( max( Domain_List::next_at(), self::open_at( Breaker::ALL ) ) );
			}
		}
		self::$bar?->finish();
		$failed = Decisions::count_failed();
		if ( $failed > 0 ) {
			/* translators: 1: number of domains, 2: number of domains, 3: a command. */
			WP_CLI::error( sprintf( __( 'Worked: %1$d. Approved and failed: %2$d; see %3$s', 'domain-sync-for-runcloud' ), $total, $failed, 'wp domain-sync list --status=action --fields=host,sentence,next_step' ) );
		}
		/* translators: %d: number of domains. */
		WP_CLI::success( sprintf( __( 'Done: %d.', 'domain-sync-for-runcloud' ), $total ) );
	}

	/**
	 * Works until hosts are as somebody waits for, or nothing more comes by itself.
	 *
	 * @param list<string>                        $hosts   Host names as the extension writes them.
	 * @param callable( Domain|null ): (bool|null) $is_done Whether a row is as it should be; null when it never will by itself. No row is null.
	 *
	 * @return bool Whether all of them are.
	 */
	public static function work_hosts( array $hosts, callable $is_done ): bool {
		while ( true ) {
			self::run();
			$rows  = Domain_List::find_many( $hosts );
			$state = array_map( static fn( string $host ): ?bool => $is_done( $rows[ $host ] ?? null ), $hosts );
			if ( ! in_array( false, $state, true ) ) {
				return ! in_array( null, $state, true );
			}
			$times = array();
			foreach ( array_keys( $state, false, true ) as $at ) {
				$row = $rows[ $hosts[ $at ] ] ?? null;
				array_push( $times, ...array_filter( array( $row->due_at ?? 0, $row->look_at ?? 0 ) ) );
			}
			self::wait( max( $times ? min( $times ) : 0, self::open_at( Breaker::ALL ) ) );
		}
	}

	/** Reads the list of domains to its end. */
	public static function read_list(): void {
		$read = 0;
		while ( true ) {
			$begun = time();
			self::run();
			$progress = Inventory::progress();
			if ( ! $progress['is_reading'] && ! $progress['is_asked'] ) {
				break;
			}
			if ( null === self::$bar && $progress['pages'] > 1 ) {
				self::begin_bar( __( 'Pages', 'domain-sync-for-runcloud' ), $progress['pages'] );
			}
			self::move_bar( $progress['page'] );
			$is_on = $progress['page'] > $read;
			$read  = $progress['page'];
			if ( $progress['minutes_left'] > 0 ) {
				/* translators: 1: number of pages, 2: number of pages, 3: number of minutes. */
				self::tell( sprintf( __( '%1$d of %2$d pages are read; RunCloud\'s rate limit leaves the rest for about %3$d minutes.', 'domain-sync-for-runcloud' ), $progress['page'], $progress['pages'], $progress['minutes_left'] ) );
			}
			// A run reads what one minute's requests leave for it, and another one before that would read what is left for others.
			$until = max( $is_on ? $begun + 60 : 0, self::open_at( Breaker::ALL ), self::open_at( 'page' ) );
			do {
				self::wait( $until );
			} while ( $until > time() && Inventory::progress()['page'] === $read );
		}
		self::$bar?->finish();
		/* translators: 1: number of domains, 2: number of pages. */
		WP_CLI::success( sprintf( __( 'The list is read: %1$d domains on %2$d pages.', 'domain-sync-for-runcloud' ), $progress['total'], max( 1, $progress['pages'] ) ) );
	}

	/** A call was made: moves the bar, before the run is at its end. */
	public static function after_call(): void {
		self::move_bar( self::$total - Decisions::count_approved() );
	}

	/** One run, as the queue does it. Ends the command where none may be made any more. */
	private static function run(): void {
		Context::must_send();
		Context::must_not_be_paused();
		Queue::run();
		// What WordPress remembers in each run would add up.
		Utils\wp_clear_object_cache();
	}

	/**
	 * Begins a bar.
	 *
	 * @param string $label What it counts.
	 * @param int    $total How many there are.
	 */
	private static function begin_bar( string $label, int $total ): void {
		self::$bar = Utils\make_progress_bar( $label, max( 1, $total ) );
	}

	/**
	 * Moves the bar on, never back: more may have been approved meanwhile.
	 *
	 * @param int $at How far it is.
	 */
	private static function move_bar( int $at ): void {
		if ( $at > self::$at ) {
			self::$bar?->tick( $at - self::$at );
			self::$at = $at;
		}
	}

	/**
	 * When RunCloud may be called again; 0 when it may be now.
	 *
	 * @param string $scope Breaker::ALL, or a kind of call.
	 */
	private static function open_at( string $scope ): int {
		$block = Limits::blocks()[ $scope ] ?? null;
		if ( null === $block || $block['until'] <= time() ) {
			return 0;
		}
		self::tell( Reason::tryFrom( $block['reason'] )?->sentence( array( 'until' => $block['until'] ) ) ?? $block['reason'] );
		return $block['until'];
	}

	/**
	 * Waits, and not longer than it takes to see what others have done meanwhile.
	 *
	 * @param int $until Unix time; one that is over means that another process may be at it.
	 */
	private static function wait( int $until ): void {
		$seconds = $until - time();
		if ( $seconds > self::SAID ) {
			/* translators: %s: a time. */
			self::tell( sprintf( __( 'It goes on at %s. Ctrl-C does no harm: the queue goes on without you.', 'domain-sync-for-runcloud' ), Overview::time( $until ) ) );
		}
		sleep( $seconds > 0 ? min( self::LONGEST_NAP, $seconds ) : self::NAP );
	}

	/**
	 * Tells what has not been said before.
	 *
	 * @param string $text The text.
	 */
	private static function tell( string $text ): void {
		if ( ! isset( self::$said[ $text ] ) ) {
			if ( null !== self::$bar && ! Utils\isPiped() ) {
				// Not behind the bar.
				WP_CLI::log( '' );
			}
			WP_CLI::log( $text );
			self::$said[ $text ] = true;
		}
	}
}
