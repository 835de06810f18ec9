<?php
/**
 * Brings RunCloud, and what visitors are served, to what the network wants.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Admin\Mail;
use Domain_Sync_For_RunCloud\Lifecycle;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Walk;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Panel;
use Domain_Sync_For_RunCloud\Panel\Result;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Serving\Looks;
use Domain_Sync_For_RunCloud\Serving\Neighbours;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Table;

/**
 * One run works all that is due: looks first, then steps at the panel, and again what these two have made due.
 */
final class Reconciler {

	/**
	 * Rows that are claimed together, and calls for rows that one run makes at most: as many as RunCloud permits in a minute, since cron comes once in
	 * each. Rows that it works at most, most of which need no call.
	 */
	const ROWS      = 60;
	const MOST_ROWS = 2000;

	/** Seconds that a run aims at, alone in the queue and while other plugins' jobs wait. */
	const SECONDS_ALONE        = 20;
	const SECONDS_AMONG_OTHERS = 7;

	/** Seconds that a row is a run's. A run begins no call after 20 seconds, and a call takes 20. Where it is killed, the next minute goes on. */
	const CLAIM = Limits::LEASE;

	private readonly string $owner;
	private readonly Panel $panel;
	private readonly Web_App $web_app;
	private readonly Executor $executor;
	private readonly Gather $gather;

	/** Pages of the list of domains that this run may still read. */
	private int $pages = Inventory::PAGES;

	/** Calls for rows that this run may still make, and rows that it may still work. */
	private int $calls = self::ROWS;
	private int $rows  = self::MOST_ROWS;

	/** When this run begins nothing more, as a Unix time. */
	private int $until = 0;

	/** Makes a run. */
	public function __construct() {
		$this->owner    = bin2hex( random_bytes( 8 ) );
		$this->panel    = new Panel();
		$this->web_app  = new Web_App();
		$this->executor = new Executor( $this->panel, $this->web_app );
	}

	/** Works all that is due. Never throws. */
	public function run(): void {
		try {
			$now         = time();
			$this->until = $now + ( Queue::has_others() ? self::SECONDS_AMONG_OTHERS : self::SECONDS_ALONE );
			Table::read_primary();
			Lifecycle::take_charge();
			Panel::for_run();
			$this->gather = new Gather( $this->web_app );
			if ( Limits::mend_clock( $now ) ) {
				Domain_List::make_all_due();
				Log::warning( 'The clock was ahead before; everything that waited for a later time is due now.' );
			}
			if ( Walk::is_due( $now ) ) {
				Walk::go_on( $now + 3 );
				History::prune();
			}
			$waiting = null;
			do {
				$looked  = Looks::take( $this->web_app, $this->until );
				$waiting = $waiting ?? $looked['waiting'];
				Neighbours::look( $this->web_app, $this->until );
				$worked  = $this->work();
				$is_idle = 0 === $looked['count'] + $worked;
			} while ( ( ! $is_idle || $this->read_next_page() ) && $this->calls > 0 && $this->rows > 0 && time() < $this->until );
			if ( null !== $waiting && null === $this->web_app->addresses() ) {
				$this->learn_addresses( $waiting );
			}
		} catch ( \Throwable $e ) {
			Log::error( sprintf( 'A run broke off and goes on in the next minute: %s', $e->getMessage() ) );
		}
		Mail::send_if_due();
	}

	/**
	 * Asks which addresses DNS should have: once a day, and only when a host has waited for its DNS for a while.
	 *
	 * @param Domain $row A row that waits.
	 */
	private function learn_addresses( Domain $row ): void {
		if ( time() >= $this->until || ! $this->is_open() || ! Limits::take_lease( $this->owner ) ) {
			return;
		}
		try {
			$result = $this->panel->addresses( $row->host, $row->remote_id );
			$this->note( 'dns', $result );
			if ( $result->is_ok ) {
				$this->web_app->keep_addresses( $result->value );
			} elseif ( 'domain-not-found' === ( $result->details['code'] ?? '' ) ) {
				Remotes::mark_unknown( array( $row->host ) );
			}
		} finally {
			Limits::end_lease( $this->owner );
		}
	}

	/**
	 * Works rows that are due at the panel, while this process has the lease.
	 *
	 * @return int How many.
	 */
	private function work(): int {
		if ( time() >= $this->until || ! Domain_List::has_work()['steps'] || ! Limits::take_lease( $this->owner ) ) {
			return 0;
		}
		$rows = array();
		try {
			if ( ! $this->is_open() ) {
				return 0;
			}
			$rows  = Domains::claim_due( $this->calls, self::CLAIM );
			$count = count( $rows );

			$this->rows -= $count;
			$this->carry_out( $rows );
			return $count;
		} finally {
			foreach ( $rows as $row ) {
				Domains::release( $row );
			}
			Limits::end_lease( $this->owner );
		}
	}

	/**
	 * Carries out what the planner says, row by row. What there is no time for stays in the list.
	 *
	 * @param list<Domain> $rows The claimed rows; those that are done are taken out.
	 */
	private function carry_out( array &$rows ): void {
		$known = $this->gather->for_run( $rows, $this->read_list_for( $rows ) );
		$rows  = array_values( array_filter( $rows, fn( Domain $row ): bool => ! isset( $this->gather->broken[ $row->host ] ) ) );
		$facts = new Facts( ...$known );
		while ( $rows ) {
			$row     = array_shift( $rows );
			$step    = Planner::next( $row, $facts, time() );
			$is_call = $step->is_call() && $step->due_at <= time();
			if ( $is_call && ( time() >= $this->until || ! Limits::renew_lease( $this->owner ) ) ) {
				array_unshift( $rows, $row );
				return;
			}
			$result = $this->executor->carry_out( $row, $step, $facts );
			if ( null === $result ) {
				continue;
			}
			// Where RunCloud says that its limit leaves nothing, a further call would only be refused.
			$this->calls = 0 === $result->remaining ? 0 : $this->calls - 1;
			$this->note( $step->action, $result );
			if ( 0 === $this->calls ) {
				return;
			}
			$known = Gather::blocks() + $known;
			if ( in_array( $step->action, array( Step::ORDER, Step::READ ), true ) ) {
				// It may have been for all of them, and each counts for Let's Encrypt's limits.
				$rows  = array_values( array_filter( Domain_List::find_many( array_column( $rows, 'host' ) ), static fn( Domain $other ): bool => $other->claim === $row->claim ) );
				$known = $this->gather->orders( array( $row, ...$rows ) ) + $known;
			}
			$facts = new Facts( ...$known );
			if ( null !== $facts->blocked && $facts->blocked_until > time() ) {
				return;
			}
		}
	}

	/**
	 * Reads the list of domains where rows need it: a wildcard may serve them. Hosts that have to wait for its end do not keep the others.
	 *
	 * @param list<Domain> $rows The claimed rows.
	 *
	 * @return Result|null How it failed.
	 */
	private function read_list_for( array $rows ): ?Result {
		$failure = null;
		if ( Gather::below_shared_domains( $rows ) && 'paused' !== $this->gather->policy() ) {
			while ( null === $failure && ! Inventory::is_fresh( time() ) && $this->pages > 0 ) {
				$result  = $this->read_page();
				$failure = $result->is_ok ? null : $result;
			}
		}
		return $failure;
	}

	/**
	 * Reads a page of the list of domains, if one is due, the limits leave it, and nothing is blocked: it can wait for better times.
	 *
	 * @return bool Whether one was read.
	 */
	private function read_next_page(): bool {
		if ( $this->pages < 1 || time() >= $this->until || ! Inventory::is_due( time() ) || ! Limits::take_lease( $this->owner ) ) {
			return false;
		}
		try {
			$blocks = array_filter( Limits::blocks(), static fn( array $block ): bool => $block['until'] > time() );
			return ! $blocks && $this->is_open() && $this->read_page()->is_ok;
		} finally {
			Limits::end_lease( $this->owner );
		}
	}

	/**
	 * Reads a page, while this process has the lease.
	 *
	 * @return Result How the call ended.
	 */
	private function read_page(): Result {
		list( $reason, $until ) = Gather::blocks()['blocked_steps']['page'] ?? array( null, 0 );

		$result = $until > time() ? Result::failed( $reason ) : Inventory::read_next_page( $this->panel );
		if ( $until <= time() ) {
			$this->note( 'page', $result );
		}
		// Where RunCloud says what its limit leaves that decides: due rows come first, in the next minute as well.
		$this->pages = match ( true ) {
			! $result->is_ok            => 0,
			null === $result->remaining => $this->pages - 1,
			default                     => $result->remaining > Inventory::RESERVE ? Inventory::PAGES : 0,
		};
		return $result;
	}

	/**
	 * Notes how a call ended; when that ends a block, what failed for it is tried again.
	 *
	 * @param string $action What was called.
	 * @param Result $result How it ended.
	 */
	private function note( string $action, Result $result ): void {
		$before = Limits::blocks();
		Limits::note( $action, $result, time() );
		if ( ! $result->is_ok || ! $before ) {
			return;
		}
		foreach ( array_diff_key( $before, Limits::blocks() ) as $block ) {
			$reason = Reason::tryFrom( $block['reason'] );
			if ( null !== $reason ) {
				Domain_List::wake( $reason );
			}
		}
	}

	/** Whether RunCloud may be called. After a time in which it could not be, one ping asks whether it can. */
	private function is_open(): bool {
		$now = time();
		if ( Limits::is_half_open( $now ) ) {
			Panel::for_ping();
			$ping = $this->panel->ping();
			$this->note( 'ping', $ping );
			Log::info( sprintf( 'RunCloud was asked whether it can be called again: %s (%s)', $ping->is_ok ? 'yes' : (string) $ping->reason?->value, $ping->cost() ) );
			Panel::for_run();
		}
		return ( Limits::blocks()[ Breaker::ALL ]['until'] ?? 0 ) <= time();
	}
}
