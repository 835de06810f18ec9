<?php
/**
 * What somebody asks for about hosts by their names.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Beside what Domain_List has (retry, look_now): an order although there is a certificate, and lines of the history that say who asked.
 */
final class By_Hand {

	/** Seconds that an order may take; one without an outcome counts as under way for so long. */
	private const ORDER_TAKES = 600;

	/**
	 * Somebody wants certificates ordered, also where one is served. All limits hold as always, and an order that may be under way is not
	 * repeated. The next look waits, since it would find that all is well.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; Domain_List::PIECE at most.
	 *
	 * @return int How many.
	 */
	public static function order( array $hosts ): int {
		$list = Domain_List::placeholders( $hosts, '%s' );
		$now  = Table::at( time() );
		return Table::change( "UPDATE {domains} SET certificate_status = 'pending', certificate_since = %s, ordered_at = NULL, attempts = 0, unfinished = 0, failing_since = NULL, due_at = %s, look_at = GREATEST( look_at, %s ), changed_at = %s WHERE host IN ($list) AND domain_status = 'ready' AND dns_since IS NOT NULL AND remote_state = 'present' AND source <> '' AND suspended = 0 AND hold = '' AND claim = '' AND ( asked <> 'order' OR ordered_at IS NULL OR ordered_at < %s )", ...array( $now, $now, Table::at( time() + 180 ), $now, ...$hosts, Table::at( time() - self::ORDER_TAKES ) ) );
	}

	/**
	 * Notes who asked for what.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; Domain_List::PIECE at most.
	 * @param string       $kind  What was asked for.
	 * @param int          $actor Id of the user.
	 */
	public static function note( array $hosts, string $kind, int $actor ): void {
		$at   = Table::at( time() );
		$args = array();
		foreach ( $hosts as $host ) {
			array_push( $args, $host, $kind, $actor, $at, Origin::now() );
		}
		$list = implode( ', ', array_fill( 0, count( $hosts ), '(%s, %s, %d, %s, %s)' ) );
		if ( $hosts ) {
			Table::change( "INSERT INTO {events} (host, kind, actor, at, via) VALUES $list", ...$args );
		}
	}
}
