<?php
/**
 * What happened to each host, and what Let's Encrypt's limits are counted by.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Lines are added and, after 90 days, removed. An order is written before it leaves, one line for each scope; only where it is certain that RunCloud did
 * not take it these lines change.
 */
final class History {

	/** A certificate was ordered by us. */
	const ORDER = 'order';
	/** It was not taken, and counts no more. */
	const NOT_TAKEN = 'order-not-taken';
	/** A certificate appeared that we did not order: it counts as well, since the account is RunCloud's. */
	const ISSUED = 'certificate';
	/** An order was taken and no certificate came of it, or RunCloud refused it: Let's Encrypt may have counted a failed validation. */
	const INVALID = 'validation-failed';

	const KEEP_DAYS = 90;

	/** Lines that one call of prune() removes. */
	const PRUNE = 5000;

	/**
	 * Adds a line.
	 *
	 * @param string               $host    Host name as the extension writes it; "" for the whole network.
	 * @param string               $kind    What happened: a reason's code, or a word of its own.
	 * @param array<string, mixed> $details Arguments for the sentence.
	 * @param int                  $actor   Id of the user who did it; 0 for the plugin.
	 * @param array<string, mixed> $more    scope (registrable domain), order_set, at (Unix time), via (see Origin; what is being done by now).
	 */
	public static function add( string $host, string $kind, array $details = array(), int $actor = 0, array $more = array() ): void {
		Table::change(
			'INSERT INTO {events} (host, scope, kind, order_set, details, actor, at, via) VALUES (%s, %s, %s, %s, %s, %d, %s, %s)',
			$host,
			$more['scope'] ?? '',
			$kind,
			$more['order_set'] ?? '',
			Domain::details( $details, array() ),
			$actor,
			Table::at( $more['at'] ?? time() ),
			$more['via'] ?? Origin::now()
		);
	}

	/**
	 * Counts an order, before it leaves: one line for each registrable domain.
	 *
	 * @param string       $host   The host that it is for.
	 * @param list<string> $scopes Registrable domains of its names.
	 * @param string       $set    Hash of its names.
	 */
	public static function add_order( string $host, array $scopes, string $set ): void {
		$at   = Table::at( time() );
		$args = array();
		foreach ( $scopes as $scope ) {
			array_push( $args, $host, $scope, $set, $at, Origin::now() );
		}
		$list = implode( ', ', array_fill( 0, count( $scopes ), "(%s, %s, 'order', %s, %s, %s)" ) );
		Table::change( "INSERT INTO {events} (host, scope, kind, order_set, at, via) VALUES $list", ...$args );
	}

	/**
	 * An order that was counted was not taken: Let's Encrypt never heard of it.
	 *
	 * @param string $host  The host that it was for.
	 * @param string $set   Hash of its names.
	 * @param int    $since When it was counted at the earliest, as a Unix time.
	 */
	public static function take_order_back( string $host, string $set, int $since ): void {
		Table::change( 'UPDATE {events} SET kind = %s WHERE host = %s AND at >= %s AND kind = %s AND order_set = %s', self::NOT_TAKEN, $host, Table::at( $since ), self::ORDER, $set );
	}

	/**
	 * An order that was counted for one host turns out to be for all that share its certificate.
	 *
	 * @param string       $host   The host that it was for.
	 * @param string       $set    Hash of its names, as it was counted.
	 * @param int          $since  When it was counted at the earliest, as a Unix time.
	 * @param string       $shared Hash of all names.
	 * @param list<string> $scopes Their registrable domains.
	 */
	public static function share_order( string $host, string $set, int $since, string $shared, array $scopes ): void {
		$of_host = Table::all( 'SELECT scope FROM {events} WHERE host = %s AND at >= %s AND kind = %s AND order_set = %s', $host, Table::at( $since ), self::ORDER, $set );
		Table::change( 'UPDATE {events} SET order_set = %s WHERE host = %s AND at >= %s AND kind = %s AND order_set = %s', $shared, $host, Table::at( $since ), self::ORDER, $set );
		foreach ( array_diff( array_unique( $scopes ), array_column( $of_host, 'scope' ) ) as $scope ) {
			self::add( $host, self::ORDER, array(), 0, array( 'scope' => $scope, 'order_set' => $shared, 'at' => $since ) );
		}
	}

	/**
	 * The lines of a host, the newest first.
	 *
	 * @param string $host  Host name as the extension writes it.
	 * @param int    $limit How many at most.
	 *
	 * @return list<array{kind: string, details: array<string, mixed>, actor: int, via: string, at: int}>
	 */
	public static function list( string $host, int $limit = 100 ): array {
		return array_map(
			static fn( array $row ): array => array(
				'kind'    => (string) $row['kind'],
				'details' => (array) ( json_decode( (string) $row['details'], true )['domain'] ?? array() ),
				'actor'   => (int) $row['actor'],
				'via'     => (string) $row['via'],
				'at'      => (int) strtotime( "{$row['at']} UTC" ),
			),
			Table::all( 'SELECT kind, details, actor, via, at FROM {events} WHERE host = %s ORDER BY at DESC, id DESC LIMIT %d', $host, $limit )
		);
	}

	/**
	 * Ids of the domains that we made for hosts, or adopted, as far as the history goes back.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; Domain_List::PIECE at most.
	 *
	 * @return array<string, int> The last id, by host.
	 */
	public static function made( array $hosts ): array {
		$list = Domain_List::placeholders( $hosts, '%s' );
		$made = array();
		foreach ( Table::all( "SELECT host, details FROM {events} WHERE host IN ($list) AND kind IN ('added', 'adopted') ORDER BY at, id", ...$hosts ) as $row ) {
			$made[ $row['host'] ] = (int) ( json_decode( (string) $row['details'], true )['domain']['id'] ?? 0 );
		}
		return $made;
	}

	/**
	 * Orders and certificates since a time, by what Let's Encrypt counts them by.
	 *
	 * @param int          $since  Unix time.
	 * @param list<string> $scopes Registrable domains.
	 * @param list<string> $sets   Hashes of names that were or are to be ordered together.
	 *
	 * @return array{scope: array<string, list<int>>, set: array<string, list<int>>} Unix times, the oldest first.
	 */
	public static function orders_since( int $since, array $scopes, array $sets ): array {
		$found = array(
			'scope' => array(),
			'set'   => array(),
		);
		foreach ( array_chunk( $scopes, 500 ) as $piece ) {
			$list = Domain_List::placeholders( $piece, '%s' );
			foreach ( Table::all( "SELECT DISTINCT scope, order_set, at FROM {events} WHERE kind IN ('order', 'certificate') AND scope IN ($list) AND at >= %s ORDER BY at", ...array( ...$piece, Table::at( $since ) ) ) as $row ) {
				$found['scope'][ $row['scope'] ][] = (int) strtotime( "{$row['at']} UTC" );
			}
		}
		foreach ( array_chunk( $sets, 500 ) as $piece ) {
			$list = Domain_List::placeholders( $piece, '%s' );
			// An order of several scopes has a line for each of them, and is one order of its set.
			foreach ( Table::all( "SELECT DISTINCT order_set, at FROM {events} WHERE kind IN ('order', 'certificate') AND order_set IN ($list) AND at >= %s ORDER BY at", ...array( ...$piece, Table::at( $since ) ) ) as $row ) {
				$found['set'][ $row['order_set'] ][] = (int) strtotime( "{$row['at']} UTC" );
			}
		}
		return $found;
	}

	/**
	 * All orders of the account since a time, and the certificates that others ordered.
	 *
	 * @param int $since Unix time.
	 *
	 * @return list<int> Unix times, the oldest first.
	 */
	public static function all_orders_since( int $since ): array {
		$rows = Table::all( "SELECT DISTINCT order_set, at FROM {events} WHERE at >= %s AND kind IN ('order', 'certificate') ORDER BY at", Table::at( $since ) );
		return array_map( static fn( array $row ): int => (int) strtotime( "{$row['at']} UTC" ), $rows );
	}

	/**
	 * When the last order of the last hours left, as a Unix time; 0 when there was none.
	 */
	public static function last_order(): int {
		$at = Table::first( "SELECT MAX( at ) AS at FROM {events} WHERE at >= %s AND kind = 'order'", Table::at( time() - 3 * 3600 ) )['at'] ?? '';
		return '' === $at ? 0 : (int) strtotime( "$at UTC" );
	}

	/**
	 * Failed validations since a time.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; "" for those of the shared certificate, which are everybody's.
	 * @param int          $since Unix time.
	 *
	 * @return array<string, array{at: list<int>, said: array<string, mixed>}> By host: Unix times, the oldest first, and what RunCloud said after the last.
	 */
	public static function failed_validations( array $hosts, int $since ): array {
		$found = array();
		foreach ( array_chunk( $hosts, Domain_List::PIECE ) as $piece ) {
			$list = Domain_List::placeholders( $piece, '%s' );
			// Who was killed after a line was written wrote it again.
			foreach ( Table::all( "SELECT DISTINCT host, at, details FROM {events} WHERE host IN ($list) AND at >= %s AND kind = 'validation-failed' ORDER BY at", ...array( ...$piece, Table::at( $since ) ) ) as $row ) {
				$found[ $row['host'] ]['at'][] = (int) strtotime( "{$row['at']} UTC" );
				$found[ $row['host'] ]['said'] = (array) ( json_decode( (string) $row['details'], true )['domain'] ?? array() );
			}
		}
		return $found;
	}

	/**
	 * Removes lines that are older than 90 days, a part of them at a time.
	 *
	 * @return int How many went; as long as it is PRUNE there are more.
	 */
	public static function prune(): int {
		return Table::change( 'DELETE FROM {events} WHERE at < %s ORDER BY at LIMIT %d', Table::at( time() - self::KEEP_DAYS * 86400 ), self::PRUNE );
	}
}
