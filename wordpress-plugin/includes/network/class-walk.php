<?php
/**
 * Compares the network with the rows, slice by slice.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Table;

/**
 * A process may die after the network has written or deleted a record or a site, and before any event of it was handled; a table may be
 * restored, or rows deleted by hand. So the whole network is walked once an hour, and at once when somebody asks, by primary key: records,
 * sites, then back over our rows.
 */
final class Walk {

	/** Seconds between two walks. */
	const EVERY = 3600;

	/** More hosts than this do not vanish from a network at once by anybody's intention: it is another database, such as an old backup. */
	const MOST_GONE = 10;

	/** More hosts than this that cannot be written in one process stop the walk. */
	const MOST_FAILURES = 10;

	/** The parts, in their order. */
	private const PARTS = array( 'record', 'site', 'row' );

	/**
	 * Has the network walked at once.
	 *
	 * @param bool $is_review Whether all that it finds waits for the admin: nobody was there when it came about.
	 */
	public static function ask( bool $is_review = false ): void {
		Option::update(
			Options::WALK,
			static function ( mixed $value ) use ( $is_review ): array {
				$state = self::complete( $value );
				$asked = $state['asked'] + 1;
				return array(
					'asked'        => $asked,
					'review_until' => $is_review ? $asked : $state['review_until'],
				) + $state;
			}
		);
	}

	/**
	 * Whether a slice is due.
	 *
	 * @param int $now Unix time.
	 */
	public static function is_due( int $now ): bool {
		$state = self::state();
		// A time ahead of the clock was written by a clock that was ahead.
		if ( $state['asked'] !== $state['taken'] || ! self::is_at_start( $state ) || $state['ended_at'] <= $now - self::EVERY || $state['ended_at'] > $now + 60 ) {
			return true;
		}
		$lost_at = (int) Option::read( Table::OPTION_LOST_AT, 0 );
		return $lost_at >= $state['begun_at'] && $lost_at <= $now;
	}

	/**
	 * Walks slices, one at least, until it is through or the time is over. A slice that fails is left for the next run.
	 *
	 * @param int $until Unix time.
	 */
	public static function go_on( int $until ): void {
		try {
			$newest = self::newest_before();
			Desired::take_kept();
			do {
				$state = self::state();
				if ( self::is_at_start( $state ) ) {
					// Who asks from now on asks for the next one.
					$state = array(
						'gone'      => 0,
						'foreign'   => 0,
						'is_review' => $state['review_until'] > $state['taken'],
						'taken'     => $state['asked'],
						'begun_at'  => time(),
					) + $state;
				}
				$state = 'row' === $state['part'] ? self::walk_rows( $state ) : self::walk_names( $state, $newest );
				Option::update( Options::WALK, static fn( mixed $saved ): array => array_intersect_key( self::complete( $saved ), array_flip( array( 'asked', 'review_until' ) ) ) + $state );
			} while ( ! self::is_at_start( $state ) && time() < $until );
		} catch ( \Throwable $e ) {
			Log::error( 'The walk over the network stopped and goes on in the next run: ' . $e->getMessage() );
		}
	}

	/**
	 * A slice of the network's names: each that the rows do not know is looked at.
	 *
	 * @param array<string, mixed> $state  How far the walk is.
	 * @param array<string, int>   $newest Ids of the newest record and site when the plugin came.
	 *
	 * @return array<string, mixed> How far it is then.
	 */
	private static function walk_names( array $state, array $newest ): array {
		$page  = Network::page( $state['part'], $state['after'] );
		$hosts = array();
		foreach ( $page as $one ) {
			$hosts[ $one['id'] ] = Network::host_of( $one['name'] );
		}
		$rows = Domain_List::find_many( array_values( array_filter( $hosts ) ) );
		$lost  = array();
		$left  = array();
		$names = array();
		foreach ( $page as $one ) {
			$host = $hosts[ $one['id'] ];
			$row  = null === $host ? null : ( $rows[ $host ] ?? null );
			// Whether what is known of it is still so is seen on the way back.
			if ( null === $host || ( null !== $row && in_array( $state['part'], $row->source, true ) ) ) {
				continue;
			}
			$is_lost = null === $row && array() !== History::list( $host, 1 );
			$is_old  = null === $row && ! $is_lost && $one['id'] <= $newest[ $state['part'] ];
			// An old record whose site has lost a host has a new name, and somebody gave it that.
			$is_old = $is_old && ! ( $left[ $one['site_id'] ] ??= self::has_lost_host( $one['site_id'] ) );
			$waits  = $is_old || ( $state['is_review'] && Domain::PRESENT !== $row?->remote_state );
			$names[ $waits ? Domain::HOLD_EXISTING : '' ][] = $one['name'];
			if ( $is_lost ) {
				$lost[] = $host;
			}
		}
		foreach ( $names as $hold => $some ) {
			self::refresh_many( $some, (string) $hold );
		}
		if ( $lost ) {
			Log::warning( sprintf( 'The rows of %d hosts were gone, as after deleting them by hand or restoring a backup: %s. They are made again.', count( $lost ), implode( ', ', array_slice( $lost, 0, 5 ) ) ) );
		}
		return self::moved( $state, array_column( $page, 'id' ) );
	}

	/**
	 * Writes what the network wants of a host, or that it wants it no more.
	 *
	 * @param string $name Host name.
	 * @param string $hold What it has to wait for.
	 */
	private static function refresh( string $name, string $hold ): void {
		try {
			Desired::refresh( $name, false, $hold );
		} catch ( \Throwable $e ) {
			self::failed( $name, $e );
		}
	}

	/**
	 * The same for many names that the rows do not know, or not so.
	 *
	 * @param list<string> $names Host names.
	 * @param string       $hold  What they have to wait for.
	 */
	private static function refresh_many( array $names, string $hold ): void {
		foreach ( Desired::refresh_many( $names, $hold ) as $name => $e ) {
			self::failed( (string) $name, $e );
		}
	}

	/**
	 * Something is wrong with one name (a filter that throws): that does not stop the walk.
	 *
	 * @param string     $name Host name.
	 * @param \Throwable $e    What was thrown.
	 *
	 * @throws \Throwable It is wrong with many: the database does not answer.
	 */
	private static function failed( string $name, \Throwable $e ): void {
		static $failures = 0;
		if ( ++$failures > self::MOST_FAILURES ) {
			throw $e;
		}
		Log::error( sprintf( '%s: what is wanted of it could not be written: %s in %s, line %d', $name, get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
	}

	/**
	 * Whether the network has not got a host any more that a site had, and no event was taken in.
	 *
	 * @param int $site_id The site.
	 */
	private static function has_lost_host( int $site_id ): bool {
		$rows  = Domain_List::find_many( Domain_List::hosts_of_site( $site_id ) );
		$hosts = array_keys( array_filter( $rows, static fn( Domain $row ): bool => array() !== array_intersect( array( Domain::RECORD, Domain::SITE ), $row->source ) ) );
		return array() !== array_diff( $hosts, array_keys( Network::find( $hosts ) ) );
	}

	/**
	 * A slice of the rows: what the network has no more, or otherwise, is looked at, and what has another name than it had at RunCloud.
	 *
	 * @param array<string, mixed> $state How far the walk is.
	 *
	 * @return array<string, mixed> How far it is then.
	 */
	private static function walk_rows( array $state ): array {
		$rows    = Domain_List::page( $state['after'], Network::PAGE );
		$foreign = array_filter( $rows, static fn( Domain $row ): bool => $row->has_foreign_id() && Domain::PRESENT === $row->remote_state && '' === $row->hold && ! $row->is_approved() );

		$state['foreign'] += count( $foreign );
		if ( $foreign && ( $state['is_review'] || $state['foreign'] > self::MOST_GONE ) ) {
			Decisions::hold( array_column( $foreign, 'host' ), Domain::HOLD_EXISTING, Reason::Renamed );
			foreach ( $foreign as $row ) {
				Hooks::condition_changed( $row, Reason::Renamed, false );
			}
		} elseif ( $foreign ) {
			Remotes::mark_unknown( array_column( $foreign, 'host' ) );
		}
		$wanted = array();
		foreach ( $rows as $row ) {
			if ( array_intersect( array( Domain::RECORD, Domain::SITE ), $row->source ) ) {
				$wanted[ $row->host ] = $row;
			}
		}
		$found = Network::find( array_keys( $wanted ) );
		foreach ( array_intersect_key( $wanted, $found ) as $host => $row ) {
			$lost = array_diff( $row->source, array( Domain::CODE ), $found[ $host ]['sources'] );
			if ( $lost || Desired::is_other( $row, $found[ $host ] ) ) {
				self::refresh( $host, '' );
			}
		}
		$gone          = array_keys( array_diff_key( $wanted, $found ) );
		$state['gone'] = $state['gone'] + count( $gone );
		$is_accident   = $state['gone'] > self::MOST_GONE;
		$hold          = $state['is_review'] ? Domain::HOLD_EXISTING : '';
		foreach ( $gone as $host ) {
			self::refresh( $host, $is_accident ? Domain::HOLD_MASS_REMOVAL : $hold );
		}
		if ( $gone && $is_accident ) {
			Log::warning( sprintf( '%d hosts are missing from the network at once, as after restoring a backup. They are left at RunCloud until the admin approves their removal.', $state['gone'] ) );
		}
		return self::moved( $state, array_column( $rows, 'id' ) );
	}

	/**
	 * How far the walk is after a slice.
	 *
	 * @param array<string, mixed> $state How far it was.
	 * @param list<int>            $ids   Ids of the slice.
	 *
	 * @return array<string, mixed>
	 */
	private static function moved( array $state, array $ids ): array {
		if ( count( $ids ) >= Network::PAGE ) {
			return array( 'after' => max( $ids ) ) + $state;
		}
		$next = (int) array_search( $state['part'], self::PARTS, true ) + 1;
		return array(
			'part'     => self::PARTS[ $next ] ?? self::PARTS[0],
			'after'    => 0,
			'walking'  => isset( self::PARTS[ $next ] ),
			'ended_at' => isset( self::PARTS[ $next ] ) ? $state['ended_at'] : time(),
		) + $state;
	}

	/**
	 * The newest record and site when the plugin came. Where nobody could note them then, this is when it came.
	 *
	 * @return array{record: int, site: int}
	 */
	public static function newest_before(): array {
		$newest = Option::read( Options::BEFORE );
		if ( ! is_array( $newest ) || ! isset( $newest['record'], $newest['site'] ) ) {
			Table::read_primary();
			$newest = Network::newest();
			Option::write( Options::BEFORE, $newest );
		}
		return $newest;
	}

	/**
	 * How far the walk is: the part and the last id of it; how many hosts were gone so far; when it began, and when the last one ended; how often
	 * anybody asked for one, and how often when this one began; up to which of these all that is found waits for the admin.
	 *
	 * @return array<string, mixed>
	 */
	private static function state(): array {
		return self::complete( Option::read( Options::WALK ) );
	}

	/**
	 * The same of an option's value.
	 *
	 * @param mixed $value The value.
	 *
	 * @return array<string, mixed>
	 */
	private static function complete( mixed $value ): array {
		return ( is_array( $value ) ? $value : array() ) + array(
			'part'         => self::PARTS[0],
			'after'        => 0,
			'gone'         => 0,
			'foreign'      => 0,
			'begun_at'     => 0,
			'ended_at'     => 0,
			'asked'        => 0,
			'taken'        => 0,
			'review_until' => 0,
			'is_review'    => false,
		);
	}

	/**
	 * Whether the next slice is the first.
	 *
	 * @param array<string, mixed> $state How far the walk is.
	 */
	private static function is_at_start( array $state ): bool {
		return self::PARTS[0] === $state['part'] && 0 === $state['after'];
	}
}
