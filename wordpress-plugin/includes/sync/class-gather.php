<?php
/**
 * Gathers what the planner must know about rows.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Network\Desired;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Result;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Serving\Neighbours;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Asks the database, the settings and the filters; sends nothing. A run and the plan ask the same questions, so that what is shown is what is done.
 */
final class Gather {

	/**
	 * What is the same for all rows, as arguments of Facts.
	 *
	 * @var array<string, mixed>
	 */
	private readonly array $same;

	/**
	 * Hosts whose step broke off while it was gathered: a filter threw.
	 *
	 * @var array<string, true>
	 */
	public array $broken = array();

	/**
	 * Begins; what is the same for all rows is asked once.
	 *
	 * @param Web_App $web_app What is known of the web application.
	 */
	public function __construct( private readonly Web_App $web_app ) {
		/**
		 * Filters how many seconds lie between two orders of the one certificate of basic mode, so that hosts share them.
		 *
		 * @since 0.1.0
		 *
		 * @param int $seconds Seconds.
		 */
		$delay = max( 0, (int) Hooks::ask( static fn() => apply_filters( 'domain_sync_certificate_delay', 60 ), 60, 'domain_sync_certificate_delay' ) );
		$settings = Settings::all();
		Limits::keep_quota( Settings::quota( $settings['monthly_quota'] ) );
		$this->same = array(
			'web_app'           => Web_App::id(),
			'policy'            => $settings['policy'],
			'removal_delay'     => $settings['removal_delay'],
			'certificate_delay' => $delay,
			'ownership'         => Settings::ownership( $settings['ownership'] ),
			'bases'             => Network::get_bases(),
		);
	}

	/** "sync", "add-only" or "paused". */
	public function policy(): string {
		return $this->same['policy'];
	}

	/**
	 * For rows that a run has claimed.
	 *
	 * @param list<Domain> $rows         The rows.
	 * @param Result|null  $list_failure How reading the list of domains ended, where that failed.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	public function for_run( array $rows, ?Result $list_failure ): array {
		return self::blocks() + array(
			'is_listed' => Inventory::is_listed(),
			'confirmed' => Desired::confirm( $rows, time() ),
			'vanished'  => in_array( Reason::Deleted, array_column( $rows, 'domain_reason' ), true ) ? Remotes::count_vanished( Remotes::MOST_VANISHED ) : 0,
		) + $this->same + array_merge_recursive( $this->wildcards( $rows, $list_failure ), self::www( $rows ) ) + $this->orders( $rows );
	}

	/**
	 * For rows that are shown. Blocks pass and orders follow, so neither counts; a removal is taken for confirmed.
	 *
	 * @param list<Domain> $rows      The rows.
	 * @param bool         $is_listed Whether the whole list of domains was ever read.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	public function for_plan( array $rows, bool $is_listed ): array {
		$below = array_keys( self::below_shared_domains( $rows ) );
		$known = Remotes::wildcards( $this->same['web_app'], $below );
		$is    = static fn( string $host ): bool => in_array( substr( (string) strstr( $host, '.' ), 1 ), $known, true );
		return array(
			'is_listed' => $is_listed,
			'confirmed' => array_fill_keys( array_column( array_filter( $rows, static fn( Domain $row ): bool => ! $row->is_wanted() ), 'host' ), PHP_INT_MAX ),
			'ssl_mode'  => 'automatic',
			'wildcards' => $known,
			'covered'   => array_combine( $below, array_map( static fn( string $host ): bool => (bool) Hooks::ask( static fn() => apply_filters( 'domain_sync_wildcard_covers', $is( $host ), $host ), $is( $host ), 'domain_sync_wildcard_covers' ), $below ) ),
			// A pause ends.
			'policy'    => 'paused' === $this->policy() ? 'sync' : $this->policy(),
		) + $this->same + self::www( $rows );
	}

	/**
	 * Rows for which the list of domains must be known: a wildcard may serve them.
	 *
	 * @param list<Domain> $rows The rows.
	 *
	 * @return array<string, Domain> By host.
	 */
	public static function below_shared_domains( array $rows ): array {
		$below = array();
		$bases = Network::get_bases();
		foreach ( $rows as $row ) {
			$is_new = Domain::PRESENT !== $row->remote_state || Web_App::id() !== $row->web_app;
			if ( $is_new && $row->is_wanted() && '' !== Network::get_base_of( $row->host, $bases ) ) {
				$below[ $row->host ] = $row;
			}
		}
		return $below;
	}

	/**
	 * How SSL is set up, and what was ordered so far.
	 *
	 * @param list<Domain> $rows The rows.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	public function orders( array $rows ): array {
		$ready = array_filter( $rows, static fn( Domain $row ): bool => ( 0 !== $row->dns_since || $row->may_be_ordered() ) && $row->is_wanted() && Domain::PRESENT === $row->remote_state );
		$mode  = $this->web_app->ssl_mode();
		$known = array(
			'ssl_mode'           => $mode,
			'shared_certificate' => $this->web_app->certificate_id(),
			'shared_ordered_at'  => 'basic' === $mode ? $this->web_app->ordered_at() : 0,
			'shared_read_at'     => 'basic' === $mode ? $this->web_app->read_at() : 0,
		);
		if ( ! $ready ) {
			return $known;
		}
		$hosts = array_column( $ready, 'host' );

		$known['reachable'] = count( $ready );
		if ( 'basic' === $mode || '' === $mode ) {
			$shared                  = Remotes::shared( Web_App::id() );
			$known['shared_blocker'] = implode( ', ', array_slice( Neighbours::in_the_way( $shared, $this->web_app->neighbours() ), 0, 3 ) );
			$known['shared_since']   = max( 0, ...array_column( $shared, 'dns_since' ) );
		}
		if ( 'basic' === $mode ) {
			$names                 = Remotes::shared_names( $shared );
			$known['shared_names'] = count( $names );
			$known['shared_set']   = Domain::set_of( $names );
			$hosts                 = array_unique( array( ...$hosts, ...$names ) );

			$seen = $this->web_app->shared_certificate();

			$known['shared_brought_at'] = $seen['order'] ?? 0;
			$known['shared_kept']       = $seen['kept'] ?? 0;
			$known['shared_kept_set']   = 0 === $known['shared_kept'] ? '' : $seen['set'];

			// Of one that was never answered nobody knows whether RunCloud took it, so it counts as one that failed.
			$last    = History::last_order();
			$is_lost = $last > $known['shared_ordered_at'];

			$known['shared_ordered_at'] = $is_lost ? $last : $known['shared_ordered_at'];
			$known['shared_missed']     = $is_lost || ( count( $names ) <= Planner::MOST_NAMES && $known['shared_read_at'] < $known['shared_ordered_at'] && Domain_List::is_order_missed( Web_App::id(), $known['shared_ordered_at'] ) );
		}
		$known['scopes'] = array();
		foreach ( $hosts as $host ) {
			$known['scopes'][ $host ] = \RunCloud\registrable_domain( $host ) ?? $host;
		}
		$facts   = new Facts( 0, ...$known );
		$sets    = array( ...array_map( array( $facts, 'order_set' ), array_values( $ready ) ), $facts->shared_kept_set );
		$history = History::orders_since( Facts::counted_since( time() ), array_values( array_unique( $known['scopes'] ) ), array_values( array_filter( array_unique( $sets ) ) ) );
		return $known + self::failed_validations( array_column( $ready, 'host' ), $known ) + array(
			'orders_of_scope' => $history['scope'],
			'orders_of_set'   => $history['set'],
			'orders'          => History::all_orders_since( time() - Facts::COUNTED_ALL ),
		);
	}

	/**
	 * Which validations failed, and what RunCloud said then. Those of the shared certificate are everybody's: it does not say whose fault it was.
	 *
	 * @param list<string>         $hosts Hosts that a certificate may be ordered for.
	 * @param array<string, mixed> $known Arguments of Facts so far.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	private static function failed_validations( array $hosts, array $known ): array {
		$failed = History::failed_validations( array( '', ...$hosts ), time() - Facts::COUNTED_VALIDATIONS );
		$shared = $failed['']['at'] ?? array();
		if ( $known['shared_missed'] ?? false ) {
			$shared[] = $known['shared_ordered_at'];
		}
		$at   = array();
		$said = array();
		foreach ( $hosts as $host ) {
			$times = array_unique( array( ...$shared, ...( $failed[ $host ]['at'] ?? array() ) ) );
			sort( $times );
			$at[ $host ]   = $times;
			$said[ $host ] = array_intersect_key( 'basic' === $known['ssl_mode'] ? $failed['']['said'] ?? array() : $failed[ $host ]['said'] ?? array(), array_flip( array( 'panel', 'panel_until' ) ) );
		}
		return array(
			'failed_validations' => array_filter( $at ),
			'said'               => array_filter( $said ),
		);
	}

	/**
	 * What may not be called at present.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	public static function blocks(): array {
		$blocks = Limits::blocks();
		$all    = $blocks[ Breaker::ALL ] ?? null;
		unset( $blocks[ Breaker::ALL ] );
		return array(
			'blocked'       => null === $all ? null : Reason::tryFrom( $all['reason'] ),
			'blocked_until' => $all['until'] ?? 0,
			'blocked_steps' => array_map( static fn( array $block ): array => array( Reason::tryFrom( $block['reason'] ) ?? Reason::Panel_Down, $block['until'] ), $blocks ),
		);
	}

	/**
	 * Which hosts a wildcard of the web application serves; those for which that is not known wait.
	 *
	 * @param list<Domain> $rows         The rows.
	 * @param Result|null  $list_failure How reading the list of domains ended, where that failed.
	 *
	 * @return array<string, mixed> Arguments of Facts.
	 */
	private function wildcards( array $rows, ?Result $list_failure ): array {
		$below = self::below_shared_domains( $rows );
		if ( ! $below ) {
			return array();
		}
		if ( ! Inventory::is_fresh( time() ) ) {
			return array(
				'unlisted'      => array_keys( $below ),
				'list_failures' => null === $list_failure ? array() : array_fill_keys( array_keys( $below ), $list_failure ),
			);
		}
		$known   = Remotes::wildcards( Web_App::id(), array_keys( $below ) );
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
	 * Hosts with "www." that RunCloud serves together with another domain: it would refuse them as taken. Where that domain goes, or is about to come, they wait for it.
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
			} elseif ( $domain->is_wanted() && $domain->www && '' === $domain->hold && ! $domain->suspended
				&& ( Domain::PRESENT === $domain->remote_state ? $domain->is_owned() && $domain->differs() : Status::Pending === $domain->domain_status ) ) {
				$found['unlisted'][] = "www.$host";
			}
		}
		return $found;
	}
}
