<?php
/**
 * Brings RunCloud, and what visitors are served, to what the network wants.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Lifecycle;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Desired;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Network\Walk;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Panel;
use Domain_Sync_For_RunCloud\Panel\Result;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Serving\Looks;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Table;

/**
 * One run works all that is due: looks first, then steps at the panel, and again what these two have made due.
 */
final class Reconciler {

	/** Rows that one run works at the panel at most. */
	const ROWS = 50;

	/** Seconds that a run aims at, alone in the queue and while other plugins' jobs wait. */
	const SECONDS_ALONE        = 20;
	const SECONDS_AMONG_OTHERS = 7;

	/** Seconds that a row is a run's. A run begins no call after 20 seconds, and a call takes 20. Where it is killed, the next minute goes on. */
	const CLAIM = Limits::LEASE;

	private readonly string $owner;
	private readonly Panel $panel;
	private readonly Web_App $web_app;
	private readonly Executor $executor;

	/**
	 * Hosts whose step broke off before it began.
	 *
	 * @var array<string, true>
	 */
	private array $broken = array();

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
			if ( Limits::mend_clock( $now ) ) {
				Domain_List::make_all_due();
				Log::warning( 'The clock was ahead before; everything that waited for a later time is due now.' );
			}
			if ( Walk::is_due( $now ) ) {
				Walk::go_on( $now + 3 );
				History::prune();
			}
			$rows    = self::ROWS;
			$waiting = null;
			do {
				$looked  = Looks::take( $this->web_app, $this->until );
				$waiting = $waiting ?? $looked['waiting'];
				$worked  = $this->work( $rows );
				$rows   -= $worked;
			} while ( $looked['count'] + $worked > 0 && $rows > 0 && time() < $this->until );
			if ( null !== $waiting && null === $this->web_app->addresses() ) {
				$this->learn_addresses( $waiting );
			}
		} catch ( \Throwable $e ) {
			Log::error( sprintf( 'A run broke off and goes on in the next minute: %s', $e->getMessage() ) );
		}
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
				Domain_List::mark_unknown( array( $row->host ) );
			}
		} finally {
			Limits::end_lease( $this->owner );
		}
	}

	/**
	 * Works rows that are due at the panel, while this process has the lease.
	 *
	 * @param int $most How many at most.
	 *
	 * @return int How many.
	 */
	private function work( int $most ): int {
		if ( time() >= $this->until || ! Domain_List::has_work()['steps'] || ! Limits::take_lease( $this->owner ) ) {
			return 0;
		}
		$rows = array();
		try {
			if ( ! $this->is_open() ) {
				return 0;
			}
			$rows  = Domains::claim_due( $most, self::CLAIM );
			$count = count( $rows );
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
		$known = $this->learn( $rows );
		$rows  = array_values( array_filter( $rows, fn( Domain $row ): bool => ! isset( $this->broken[ $row->host ] ) ) );
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
			$this->note( $step->action, $result );
			$known = self::blocks() + $known;
			if ( Step::ORDER === $step->action ) {
				// It may have been for all of them, and each counts for Let's Encrypt's limits.
				$rows  = array_values( array_filter( Domain_List::find_many( array_column( $rows, 'host' ) ), static fn( Domain $other ): bool => $other->claim === $row->claim ) );
				$known = $this->orders( array( $row, ...$rows ) ) + $known;
			}
			$facts = new Facts( ...$known );
			if ( null !== $facts->blocked && $facts->blocked_until > time() ) {
				return;
			}
		}
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

	/**
	 * What the planner must know about claimed rows.
	 *
	 * @param list<Domain> $rows The rows.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	private function learn( array $rows ): array {
		$hosts = array_column( $rows, 'host' );
		/**
		 * Filters how many seconds lie between two orders of the one certificate of basic mode, so that hosts share them.
		 *
		 * @since 0.1.0
		 *
		 * @param int $seconds Seconds.
		 */
		$delay = max( 0, (int) Hooks::ask( static fn() => apply_filters( 'domain_sync_certificate_delay', 60 ), 60, 'domain_sync_certificate_delay' ) );
		/**
		 * Filters who must prove that a host is theirs: "off", "after-another-customer" (whoever takes a host over that another customer had) or
		 * "always". Until there is a way to prove it, a host that must be proven waits until code approves it.
		 *
		 * @since 0.1.0
		 *
		 * @param string $policy The policy.
		 */
		$ownership = (string) Hooks::ask( static fn() => apply_filters( 'domain_sync_ownership_policy', 'off' ), 'off', 'domain_sync_ownership_policy' );
		$wildcards = $this->wildcards( $rows );
		// What is blocked may have been found by reading the list.
		return self::blocks() + array(
			'web_app'           => Web_App::id(),
			'confirmed'         => Desired::confirm( $rows, time() ),
			'vanished'          => in_array( Reason::Deleted, array_column( $rows, 'domain_reason' ), true ) ? Domain_List::count_vanished( Planner::MOST_VANISHED ) : 0,
			'certificate_delay' => $delay,
			'ownership'         => $ownership,
		) + array_merge_recursive( $wildcards, self::www( $rows ) ) + $this->orders( $rows );
	}

	/**
	 * Which hosts a wildcard of the web application serves. The list of domains is read for that, once a day, page by page; hosts that have to wait for
	 * its end do not keep the others.
	 *
	 * @param list<Domain> $rows The rows.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	private function wildcards( array $rows ): array {
		$below = array();
		foreach ( $rows as $row ) {
			$is_new = Domain::PRESENT !== $row->remote_state || Web_App::id() !== $row->web_app;
			if ( $is_new && $row->is_wanted() && '' !== Network::get_base_of( $row->host ) ) {
				$below[ $row->host ] = $row;
			}
		}
		list( $reason, $until ) = self::blocks()['blocked_steps']['page'] ?? array( null, 0 );

		$failure = $until > time() ? Result::failed( $reason ) : null;
		$read    = function ( Result $result ) use ( &$failure ): void {
			$this->note( 'page', $result );
			$failure = $result->is_ok ? null : $result;
		};
		$known   = $below && null === $failure ? Inventory::wildcards( $this->panel, $this->web_app, $read ) : ( $below ? $this->web_app->wildcards() : array() );
		if ( null === $known ) {
			return array(
				'unlisted'      => array_keys( $below ),
				'list_failures' => null === $failure ? array() : array_fill_keys( array_keys( $below ), $failure ),
			);
		}
		$covered = array();
		foreach ( $below as $host => $row ) {
			$by_list = in_array( substr( (string) strstr( $host, '.' ), 1 ), $known, true );
			try {
				/**
				 * Filters whether a wildcard serves a host, so that it gets no domain of its own at RunCloud.
				 *
				 * @since 0.1.0
				 *
				 * @param bool   $covered What the web application's domains say.
				 * @param string $host    Host name.
				 */
				$covered[ $host ] = (bool) apply_filters( 'domain_sync_wildcard_covers', $by_list, $host );
			} catch ( \Throwable $e ) {
				Executor::broke_off( $row, 'wildcards', $e );
				$this->broken[ $host ] = true;
			}
		}
		return array(
			'wildcards' => $known,
			'covered'   => $covered,
		);
	}

	/**
	 * Hosts with "www." that RunCloud serves together with another domain: it would refuse them as taken. Where that domain goes they wait for it.
	 *
	 * @param list<Domain> $rows The rows.
	 *
	 * @return array<string, list<string>> Arguments of Facts.
	 */
	private static function www( array $rows ): array {
		$without = array();
		foreach ( $rows as $row ) {
			if ( str_starts_with( $row->host, 'www.' ) && $row->is_wanted() && Domain::PRESENT !== $row->remote_state ) {
				$without[] = substr( $row->host, 4 );
			}
		}
		$found = array(
			'with_domain' => array(),
			'unlisted'    => array(),
		);
		foreach ( $without ? Domain_List::find_many( $without ) : array() as $host => $domain ) {
			if ( Domain::PRESENT === $domain->remote_state && $domain->remote_www ) {
				$found[ $domain->is_wanted() && $domain->www ? 'with_domain' : 'unlisted' ][] = "www.$host";
			}
		}
		return $found;
	}

	/**
	 * How SSL is set up, and what was ordered so far.
	 *
	 * @param list<Domain> $rows The rows.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	private function orders( array $rows ): array {
		$ready = array_filter( $rows, static fn( Domain $row ): bool => 0 !== $row->dns_since && $row->is_wanted() && Domain::PRESENT === $row->remote_state );
		$mode  = $this->web_app->ssl_mode();
		$known = array(
			'ssl_mode'           => $mode,
			'shared_certificate' => $this->web_app->certificate_id(),
			'shared_ordered_at'  => 'basic' === $mode ? $this->web_app->ordered_at() : 0,
		);
		if ( ! $ready ) {
			return $known;
		}
		$hosts = array_column( $ready, 'host' );

		$known['reachable'] = count( $ready );
		if ( 'basic' === $mode ) {
			$names                 = Domain_List::shared_names( Web_App::id() );
			$known['shared_names'] = count( $names );
			$known['shared_set']   = hash( 'sha256', implode( ' ', $names ) );
			$hosts                 = array_unique( array( ...$hosts, ...$names ) );
		}
		$known['scopes'] = array();
		foreach ( $hosts as $host ) {
			$known['scopes'][ $host ] = \RunCloud\registrable_domain( $host ) ?? $host;
		}
		$facts   = new Facts( 0, ...$known );
		$sets    = array_map( array( $facts, 'order_set' ), array_values( $ready ) );
		$history = History::orders_since( time() - 7 * 86400, array_values( array_unique( $known['scopes'] ) ), array_values( array_unique( $sets ) ) );
		return $known + array(
			'orders_of_scope' => $history['scope'],
			'orders_of_set'   => $history['set'],
			'orders'          => History::all_orders_since( time() - 3 * 3600 ),
		);
	}

	/**
	 * What may not be called at present.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	private static function blocks(): array {
		$blocks = Limits::blocks();
		$all    = $blocks[ Breaker::ALL ] ?? null;
		unset( $blocks[ Breaker::ALL ] );
		return array(
			'blocked'       => null === $all ? null : Reason::tryFrom( $all['reason'] ),
			'blocked_until' => $all['until'] ?? 0,
			'blocked_steps' => array_map( static fn( array $block ): array => array( Reason::tryFrom( $block['reason'] ) ?? Reason::Panel_Down, $block['until'] ), $blocks ),
		);
	}
}
