<?php
/**
 * Statements about what RunCloud has.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * An inventory writes here what it sees, page by page, and at its end what it did not see. That is never "absent": only a look by the domain's id
 * says so.
 */
final class Remotes {

	/** More domains than this do not vanish at once by anybody's intention. */
	const MOST_VANISHED = 10;

	/**
	 * Writes one page of RunCloud's list of domains. A host that nobody knew gets a row; one that is otherwise than before becomes due.
	 *
	 * Whose a domain is stays known while it has the same id. Where the row does not say, the history does.
	 *
	 * @param int                        $web_app   The web application.
	 * @param int                        $inventory Number of the inventory.
	 * @param list<array<string, mixed>> $remotes   host, id, type, www, redirection, wildcard.
	 *
	 * @return int How many are otherwise than they were known.
	 */
	public static function mark_seen( int $web_app, int $inventory, array $remotes ): int {
		if ( ! $remotes ) {
			return 0;
		}
		$now     = Table::at( time() );
		$hosts   = array_column( $remotes, 'host' );
		$rows    = Domain_List::find_many( $hosts );
		$unknown = array_filter( $hosts, static fn( string $host ): bool => ! isset( $rows[ $host ] ) || ! $rows[ $host ]->is_owned() );
		$made    = $unknown ? History::made( array_values( $unknown ) ) : array();
		$other   = 0;
		$list    = array();
		$args    = array();
		foreach ( $remotes as $remote ) {
			$host    = $remote['host'];
			$row     = $rows[ $host ] ?? null;
			$is_ours = ( $made[ $host ] ?? 0 ) === $remote['id'];
			$other  += null === $row || self::is_other( $row, $remote, $web_app ) ? 1 : 0;
			if ( null !== $row && $row->is_owned() && Domain::PRESENT === $row->remote_state && $row->web_app !== $web_app ) {
				History::add( $host, Reason::Left_Behind->value, array( 'web_app' => $row->web_app, 'id' => $row->remote_id ) );
			}
			$list[] = "(%s, %s, %s, %d, %d, %s, %s, %d, %s, %d, 'present', %s, %d, %s, %s, %s, %s, %s, %s)";
			array_push(
				$args,
				$host, $is_ours ? Domain::HOLD_EXISTING : '', $is_ours ? Domain::OURS : Domain::OTHERS,
				$web_app, $remote['id'], Domain::key( $host ), $remote['type'], (int) $remote['www'], $remote['redirection'], (int) $remote['wildcard'],
				$now, $inventory,
				$is_ours ? 'pending' : 'ready', $is_ours ? 'existing' : ( 'primary' === $remote['type'] ? 'primary' : 'not-ours' ),
				$now, $now, $now, $now
			);
		}
		$list = implode( ', ', $list );
		// What comes first in the list of changes is decided by the row as it was.
		$is_new  = "( source <> '' AND hold = '' AND asked = '' AND remote_state <> 'present' )";
		$is_same = "( asked = '' AND remote_state = 'present' AND web_app = VALUES( web_app ) AND remote_id = VALUES( remote_id ) AND remote_www = VALUES( remote_www ) AND remote_redirection = VALUES( remote_redirection ) )";
		Table::change(
			"INSERT INTO {domains} (host, hold, owner, web_app, remote_id, remote_key, remote_type, remote_www, remote_redirection, remote_wildcard, remote_state, remote_seen_at, inventory, domain_status, domain_reason, domain_since, certificate_since, desired_since, changed_at) VALUES $list ON DUPLICATE KEY UPDATE due_at = IF( hold <> '' OR $is_same, due_at, %s ), look_at = IF( $is_new AND suspended = 0, %s, look_at ), attempts = IF( $is_new, 0, attempts ), failing_since = IF( $is_new, NULL, failing_since ), domain_reason = IF( $is_new AND domain_status <> 'ready', 'mapped', domain_reason ), domain_status = IF( $is_new AND domain_status <> 'ready', 'pending', domain_status ), owner = IF( ( owner IN ('ours', 'adopted') AND remote_id IN (0, VALUES( remote_id )) ) OR asked = 'add', owner, VALUES( owner ) ), web_app = VALUES( web_app ), remote_id = VALUES( remote_id ), remote_key = VALUES( remote_key ), remote_type = VALUES( remote_type ), remote_www = VALUES( remote_www ), remote_redirection = VALUES( remote_redirection ), remote_wildcard = VALUES( remote_wildcard ), remote_state = 'present', remote_seen_at = VALUES( remote_seen_at ), inventory = VALUES( inventory )",
			...array( ...$args, $now, $now )
		);
		return $other;
	}

	/**
	 * What a finished inventory has not seen is unknown, and due: a look by its id says whether it is gone. Of many at once the admin decides. What
	 * nobody wants and others made just goes.
	 *
	 * @param int $web_app   The web application.
	 * @param int $inventory Number of the inventory.
	 * @param int $begun_at  When it began, as a Unix time; what was seen or added since is left out.
	 *
	 * @return int How many wanted domains were not seen.
	 */
	public static function mark_unseen( int $web_app, int $inventory, int $begun_at ): int {
		$now    = Table::at( time() );
		$unseen = "web_app = %d AND remote_state = 'present' AND inventory <> %d AND remote_seen_at < %s";
		$which  = array( $web_app, $inventory, Table::at( $begun_at ) );
		Table::change( "DELETE FROM {domains} WHERE $unseen AND source = '' AND owner = 'others' AND asked = '' AND last_customer_id = 0 AND claim = ''", ...$which );
		$vanished = (int) Table::first( "SELECT COUNT(*) AS number FROM {domains} WHERE $unseen AND source <> '' AND hold = ''", ...$which )['number'];
		if ( $vanished > self::MOST_VANISHED ) {
			Table::change(
				"UPDATE {domains} SET hold = 'mass-removal', domain_status = 'action', domain_reason = 'mass-removal', domain_since = %s, details = %s, remote_state = 'unknown', due_at = NULL, look_at = NULL, changed_at = %s WHERE $unseen AND source <> '' AND hold = ''",
				...array( $now, Domain::details( array( 'count' => $vanished ), array() ), $now, ...$which )
			);
		}
		Table::change( "UPDATE {domains} SET remote_state = 'unknown', due_at = IF( hold = '', %s, due_at ), changed_at = %s WHERE $unseen", ...array( $now, $now, ...$which ) );
		return $vanished;
	}

	/**
	 * What the inventory that has just been read has not seen, of what is wanted and does not wait already.
	 *
	 * @param int $web_app   The web application.
	 * @param int $inventory Number of the inventory.
	 * @param int $begun_at  When it began, as a Unix time.
	 *
	 * @return array<string, string> Codes of the domains' reasons by host.
	 */
	public static function unseen( int $web_app, int $inventory, int $begun_at ): array {
		return array_column( Table::all( "SELECT host, domain_reason FROM {domains} WHERE web_app = %d AND remote_state = 'present' AND inventory <> %d AND remote_seen_at < %s AND source <> '' AND hold = ''", $web_app, $inventory, Table::at( $begun_at ) ), 'domain_reason', 'host' );
	}

	/**
	 * Hosts that wait for the shared certificate of basic mode.
	 *
	 * @param int $web_app The web application.
	 *
	 * @return array<string, string> Codes of the certificates' reasons by host; of more than a page the first ones.
	 */
	public static function without_certificate( int $web_app ): array {
		return array_column( Table::all( "SELECT host, certificate_reason FROM {domains} WHERE web_app = %d AND remote_state = 'present' AND source <> '' AND dns_since IS NOT NULL AND certificate_status <> 'ready' ORDER BY id LIMIT %d", $web_app, Domain_List::PAGE ), 'certificate_reason', 'host' );
	}

	/**
	 * How many domains the web application has, as far as they are known.
	 *
	 * @param int $web_app The web application.
	 */
	public static function count( int $web_app ): int {
		return (int) Table::first( "SELECT COUNT(*) AS number FROM {domains} WHERE web_app = %d AND remote_state = 'present'", $web_app )['number'];
	}

	/**
	 * Names that wildcards of the web application stand below of, such as shop.example of *.shop.example.
	 *
	 * @param int          $web_app The web application.
	 * @param list<string> $hosts   Hosts that a wildcard may serve.
	 *
	 * @return list<string>
	 */
	public static function wildcards( int $web_app, array $hosts ): array {
		$bases = array();
		foreach ( $hosts as $host ) {
			$base = substr( (string) strstr( $host, '.' ), 1 );
			if ( str_contains( $base, '.' ) ) {
				$bases[ $base ] = $base;
			}
		}
		$found = array();
		foreach ( array_chunk( array_values( $bases ), intdiv( Domain_List::PIECE, 2 ) ) as $piece ) {
			$names = array( ...$piece, ...array_map( static fn( string $base ): string => "*.$base", $piece ) );
			$list  = Domain_List::placeholders( $names, '%s' );
			foreach ( Table::all( "SELECT host, remote_wildcard FROM {domains} WHERE host IN ($list) AND web_app = %d AND remote_state = 'present'", ...array( ...$names, $web_app ) ) as $row ) {
				if ( '1' === $row['remote_wildcard'] || str_starts_with( $row['host'], '*.' ) ) {
					$found[] = (string) preg_replace( '/^\*\./', '', $row['host'] );
				}
			}
		}
		return array_values( array_unique( $found ) );
	}

	/**
	 * What RunCloud has of hosts is not known any more, and is looked up.
	 *
	 * @param list<string> $hosts Host names as the extension writes them.
	 */
	public static function mark_unknown( array $hosts ): void {
		foreach ( array_chunk( $hosts, Domain_List::PIECE ) as $piece ) {
			$list = Domain_List::placeholders( $piece, '%s' );
			Table::change( "UPDATE {domains} SET remote_state = 'unknown', due_at = %s, changed_at = %s WHERE host IN ($list) AND remote_state = 'present'", Table::at( time() ), Table::at( time() ), ...$piece );
		}
	}

	/**
	 * A domain is gone: what it had served as well needs one of its own now.
	 *
	 * @param string $host Host name of the domain.
	 */
	public static function make_www_due( string $host ): void {
		Table::change( "UPDATE {domains} SET due_at = %s WHERE host = %s AND source <> '' AND remote_state <> 'present' AND claim = ''", Table::at( time() ), "www.$host" );
	}

	/**
	 * Domains that share the one certificate of basic mode, a few more than it can hold at most.
	 *
	 * @param int $web_app The web application.
	 * @param int $most    How many rows are read.
	 *
	 * @return list<Domain>
	 */
	public static function shared( int $web_app, int $most = 200 ): array {
		return array_map( array( Domain::class, 'from_row' ), Table::all( "SELECT * FROM {domains} WHERE web_app = %d AND remote_state = 'present' LIMIT %d", $web_app, $most ) );
	}

	/**
	 * Names that the shared certificate is to cover.
	 *
	 * @param list<Domain> $rows As from shared().
	 *
	 * @return list<string>
	 */
	public static function shared_names( array $rows ): array {
		$names = array();
		foreach ( $rows as $row ) {
			array_push( $names, $row->host, ...( $row->remote_www ? array( "www.{$row->host}" ) : array() ) );
		}
		$names = array_values( array_unique( $names ) );
		sort( $names );
		return $names;
	}

	/**
	 * Whether a host of a web application is due for the order of its certificate.
	 *
	 * @param int $web_app The web application.
	 */
	public static function is_order_due( int $web_app ): bool {
		return array() !== Table::all( "SELECT 1 FROM {domains} WHERE due_at <= %s AND web_app = %d AND remote_state = 'present' AND source <> '' AND hold = '' AND certificate_status <> 'ready' AND ( dns_since IS NOT NULL OR domain_reason = 'move-prepared' ) LIMIT 1", Table::at( time() ), $web_app );
	}

	/**
	 * Whether more wanted domains than this wait because they vanished at RunCloud.
	 *
	 * @param int $most How many are too many.
	 */
	public static function count_vanished( int $most ): int {
		return (int) ( Table::first( "SELECT COUNT(*) AS number FROM ( SELECT 1 FROM {domains} WHERE domain_status = 'pending' AND domain_reason = 'deleted-at-runcloud' AND approved <> generation LIMIT %d ) AS vanished", $most + 1 )['number'] ?? 0 );
	}

	/**
	 * Whether RunCloud has a domain otherwise than its row says.
	 *
	 * @param Domain               $row     The row.
	 * @param array<string, mixed> $remote  id, www, redirection.
	 * @param int                  $web_app The web application.
	 */
	private static function is_other( Domain $row, array $remote, int $web_app ): bool {
		return array( Domain::PRESENT, $web_app, $remote['id'], $remote['www'], $remote['redirection'] ) !== array( $row->remote_state, $row->web_app, $row->remote_id, $row->remote_www, $row->remote_redirection );
	}
}
