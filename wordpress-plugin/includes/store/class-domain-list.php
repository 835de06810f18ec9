<?php
/**
 * Every statement about many rows, and every read.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Each goes by an index, whatever the size of the table; only counts() reads a whole index. Lists of hosts and ids come in pieces.
 */
final class Domain_List {

	/** Hosts or ids in one statement (MariaDB makes a table of its own of 1,000), and rows in one answer. */
	const PIECE = 500;
	const PAGE  = 1000;

	/**
	 * The row of a host, or null when there is none.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function find( string $host ): ?Domain {
		$row = Table::first( 'SELECT * FROM {domains} WHERE host = %s', $host );
		return null === $row ? null : Domain::from_row( $row );
	}

	/**
	 * The rows of many hosts.
	 *
	 * @param list<string> $hosts Host names as the extension writes them.
	 *
	 * @return array<string, Domain> By host.
	 */
	public static function find_many( array $hosts ): array {
		$domains = array();
		foreach ( array_chunk( $hosts, self::PIECE ) as $piece ) {
			$list = self::placeholders( $piece, '%s' );
			foreach ( Table::all( "SELECT * FROM {domains} WHERE host IN ($list)", ...$piece ) as $row ) {
				$domains[ $row['host'] ] = Domain::from_row( $row );
			}
		}
		return $domains;
	}

	/**
	 * Hosts of a site.
	 *
	 * @param int $site_id The site.
	 *
	 * @return list<string>
	 */
	public static function hosts_of_site( int $site_id ): array {
		return array_column( Table::all( 'SELECT host FROM {domains} WHERE site_id = %d ORDER BY id', $site_id ), 'host' );
	}

	/**
	 * Rows in the order of their ids, one piece after the other.
	 *
	 * @param int $after Id of the last row of the piece before.
	 * @param int $limit How many at most.
	 *
	 * @return list<Domain>
	 */
	public static function page( int $after = 0, int $limit = self::PAGE ): array {
		return self::domains( Table::all( 'SELECT * FROM {domains} WHERE id > %d ORDER BY id LIMIT %d', $after, $limit ) );
	}

	/**
	 * Rows whose domain has a status, in the order of their hosts.
	 *
	 * @param Status $status The status.
	 * @param string $after  Host of the last row of the piece before.
	 * @param int    $limit  How many at most.
	 *
	 * @return list<Domain>
	 */
	public static function with_status( Status $status, string $after = '', int $limit = self::PAGE ): array {
		return self::domains( Table::all( 'SELECT * FROM {domains} WHERE domain_status = %s AND host > %s ORDER BY host LIMIT %d', $status->value, $after, $limit ) );
	}

	/**
	 * Rows whose certificate ends before a time, the first to end first.
	 *
	 * @param int $until Unix time.
	 * @param int $limit How many at most.
	 *
	 * @return list<Domain>
	 */
	public static function ending( int $until, int $limit = self::PAGE ): array {
		return self::domains( Table::all( "SELECT * FROM {domains} WHERE certificate_status = 'ready' AND certificate_until < %s ORDER BY certificate_until LIMIT %d", Table::at( $until ), $limit ) );
	}

	/**
	 * Whether anything is due: asked each time a queue is about to be worked.
	 *
	 * @return array{steps: bool, looks: bool}
	 */
	public static function has_work(): array {
		$now = Table::at( time() );
		$row = Table::first( 'SELECT EXISTS( SELECT 1 FROM {domains} WHERE due_at <= %s ) AS steps, EXISTS( SELECT 1 FROM {domains} WHERE look_at <= %s ) AS looks', $now, $now );
		return array(
			'steps' => '1' === ( $row['steps'] ?? '' ),
			'looks' => '1' === ( $row['looks'] ?? '' ),
		);
	}

	/**
	 * When the next step or look is due, as a Unix time; 0 when nothing is.
	 */
	public static function next_at(): int {
		$row   = Table::first( 'SELECT ( SELECT MIN( due_at ) FROM {domains} ) AS due, ( SELECT MIN( look_at ) FROM {domains} ) AS look' );
		$times = array_map( static fn( string $time ): int => (int) strtotime( "$time UTC" ), array_filter( $row ?? array() ) );
		return $times ? min( $times ) : 0;
	}

	/**
	 * How many rows there are of each status, for domains or certificates. Reads a whole index: for screens, not for a run.
	 *
	 * @param string $which "domain" or "certificate".
	 *
	 * @return array<string, int> By status.
	 */
	public static function counts( string $which = 'domain' ): array {
		$rows = 'domain' === $which
			? Table::all( 'SELECT domain_status AS status, COUNT(*) AS number FROM {domains} GROUP BY domain_status' )
			: Table::all( 'SELECT certificate_status AS status, COUNT(*) AS number FROM {domains} GROUP BY certificate_status' );
		return array_map( 'intval', array_column( $rows, 'number', 'status' ) );
	}

	/**
	 * Takes rows that are to be looked at, the oldest first. Two processes that look at the same host do no harm, so the time is moved
	 * on and no claim is made. What is switched off, or waits for a decision, is looked at when that ends: until then
	 * its condition is that. What waits for a proof of ownership is looked at for that.
	 *
	 * @param int $limit   How many at most.
	 * @param int $seconds When they are looked at again if this process dies.
	 *
	 * @return list<Domain>
	 */
	public static function take_looks( int $limit, int $seconds ): array {
		$now  = Table::at( time() );
		$rows = Table::all( 'SELECT * FROM {domains} WHERE look_at <= %s ORDER BY look_at LIMIT %d', $now, $limit );
		if ( $rows ) {
			$ids  = array_column( $rows, 'id' );
			$list = self::placeholders( $ids, '%d' );
			Table::change( "UPDATE {domains} SET look_at = IF( hold <> 'ownership' AND ( suspended = 1 OR hold <> '' ), NULL, %s ) WHERE id IN ($list) AND look_at <= %s", Table::at( time() + $seconds ), ...array( ...$ids, $now ) );
		}
		return array_values( array_filter( self::domains( $rows ), static fn( Domain $row ): bool => Domain::HOLD_OWNERSHIP === $row->hold || ( ! $row->suspended && '' === $row->hold ) ) );
	}

	/**
	 * Writes what a look found, unless something else is desired by now, RunCloud has not got the domain any more, or another process that looked at
	 * the same time has written the same change: of the two one tells.
	 *
	 * @param Domain               $domain      The row as it was when it was looked at.
	 * @param Reason               $reason      The domain's condition.
	 * @param array<string, mixed> $details     Its arguments.
	 * @param Reason               $certificate The certificate's condition.
	 * @param array<string, mixed> $more        certificate_details, from, until, serial, dns_since, look_at, due_at.
	 */
	public static function write_look( Domain $domain, Reason $reason, array $details, Reason $certificate, array $more ): bool {
		$now = Table::at( time() );
		return (bool) Table::change(
			"UPDATE {domains} SET domain_since = IF( domain_status = %s AND domain_reason = %s, domain_since, %s ), domain_status = %s, domain_reason = %s, certificate_since = IF( certificate_status = %s AND certificate_reason = %s, certificate_since, %s ), certificate_status = %s, certificate_reason = %s, details = %s, certificate_from = NULLIF( %s, '' ), certificate_until = NULLIF( %s, '' ), certificate_serial = %s, dns_since = NULLIF( %s, '' ), asked = IF( asked = 'order' AND %s = 'ready', '', asked ), due_at = IF( %s = '', due_at, %s ), look_at = NULLIF( %s, '' ), changed_at = %s WHERE id = %d AND generation = %d AND remote_state = 'present' AND hold = '' AND ( domain_reason <> %s OR %d ) AND ( certificate_reason <> %s OR %d )",
			$reason->status()->value, $reason->value, $now, $reason->status()->value, $reason->value,
			$certificate->status()->value, $certificate->value, $now, $certificate->status()->value, $certificate->value,
			Domain::details( $details, $more['certificate_details'] ?? array() ),
			Table::at( $more['from'] ?? 0 ), Table::at( $more['until'] ?? 0 ), $more['serial'] ?? '', Table::at( $more['dns_since'] ?? 0 ),
			$certificate->status()->value,
			Table::at( $more['due_at'] ?? 0 ), Table::at( $more['due_at'] ?? 0 ), Table::at( $more['look_at'] ?? 0 ), $now,
			$domain->id, $domain->generation, $reason->value, (int) ( $reason === $domain->domain_reason ), $certificate->value, (int) ( $certificate === $domain->certificate_reason )
		);
	}

	/**
	 * A look whether somebody has proved a host, or whether the DNS of a host that was removed still points here.
	 *
	 * @param Domain      $domain  The row as it was when it was looked at.
	 * @param int         $look_at When the next look is due, as a Unix time.
	 * @param Reason|null $reason  For a host that was removed, what was found.
	 */
	public static function look_again( Domain $domain, int $look_at, ?Reason $reason = null ): bool {
		$now = Table::at( time() );
		return (bool) ( null === $reason
			? Table::change( 'UPDATE {domains} SET look_at = %s WHERE id = %d AND generation = %d AND hold = %s', Table::at( $look_at ), $domain->id, $domain->generation, $domain->hold )
			: Table::change( "UPDATE {domains} SET domain_since = IF( domain_reason = %s, domain_since, %s ), domain_reason = %s, look_at = %s WHERE id = %d AND generation = %d AND source = '' AND remote_state <> 'present' AND domain_reason IN ('removed', 'removed-dns-here')", $reason->value, $now, $reason->value, Table::at( $look_at ), $domain->id, $domain->generation ) );
	}

	/**
	 * Of hosts those whose record in Ultimate Multisite was made inactive by us.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; PIECE at most.
	 *
	 * @return list<string>
	 */
	public static function withheld( array $hosts ): array {
		$list = self::placeholders( $hosts, '%s' );
		return array_column( Table::all( "SELECT host FROM {domains} WHERE host IN ($list) AND withheld & %d", ...array( ...$hosts, Domain::WAS_ACTIVE ) ), 'host' );
	}

	/**
	 * How many hosts there are that nobody uses any more and whose DNS still points here.
	 */
	public static function count_left_behind_dns(): int {
		return (int) Table::first( "SELECT COUNT(*) AS number FROM {domains} WHERE domain_status = 'ready' AND domain_reason = 'removed-dns-here'" )['number'];
	}

	/**
	 * An outage has ended: what failed for it is tried again, and nothing else.
	 *
	 * @param Reason ...$reasons What had ended them.
	 */
	public static function wake( Reason ...$reasons ): int {
		$now   = Table::at( time() );
		$codes = array_map( static fn( Reason $reason ): string => $reason->value, $reasons );
		$list  = self::placeholders( $codes, '%s' );
		return Table::change( "UPDATE {domains} SET due_at = %s, attempts = 0, failing_since = NULL, domain_status = 'pending' WHERE domain_status IN ('pending', 'action') AND domain_reason IN ($list) AND claim = ''", $now, ...$codes )
			+ Table::change( "UPDATE {domains} SET due_at = %s, attempts = 0, failing_since = NULL, certificate_status = 'pending' WHERE certificate_status IN ('pending', 'action') AND certificate_reason IN ($list) AND claim = ''", $now, ...$codes );
	}

	/**
	 * The admin tested the connection, and it works: whatever had failed is tried again.
	 */
	public static function retry_failed(): int {
		$now = Table::at( time() );
		return Table::change( "UPDATE {domains} SET due_at = %s, attempts = 0, unfinished = 0, failing_since = NULL, domain_status = 'pending' WHERE domain_status = 'action' AND ( failing_since IS NOT NULL OR domain_reason = 'crashed' ) AND hold = '' AND claim = ''", $now )
			// What came by itself meanwhile is found before it is ordered.
			+ Table::change( "UPDATE {domains} SET due_at = %s, look_at = IF( remote_state = 'present' AND source <> '', %s, look_at ), attempts = 0, unfinished = 0, failing_since = NULL, ordered_at = NULL, certificate_status = 'pending' WHERE certificate_status = 'action' AND ( failing_since IS NOT NULL OR certificate_reason IN ('order-failed', 'first-certificate', 'not-renewable') ) AND hold = '' AND claim = ''", $now, $now )
			+ Table::change( "UPDATE {domains} SET due_at = %s WHERE domain_status = 'pending' AND failing_since IS NOT NULL AND hold = '' AND claim = ''", $now );
	}

	/**
	 * One order was for all domains of a web application, as in basic mode.
	 *
	 * @param int    $web_app    The web application.
	 * @param string $order_set  Hash of the names.
	 * @param int    $ordered_at Unix time.
	 */
	public static function mark_all_ordered( int $web_app, string $order_set, int $ordered_at ): void {
		$at = Table::at( $ordered_at );
		Table::change(
			"UPDATE {domains} SET ordered_at = %s, order_set = %s, attempts = 0, failing_since = NULL, certificate_since = %s, certificate_reason = 'order-under-way', certificate_status = 'pending', look_at = LEAST( COALESCE( look_at, %s ), %s ) WHERE web_app = %d AND remote_state = 'present' AND source <> '' AND ( dns_since IS NOT NULL OR domain_reason = 'move-prepared' ) AND certificate_status <> 'ready'",
			$at, $order_set, $at, Table::at( $ordered_at + 10 ), Table::at( $ordered_at + 10 ), $web_app
		);
	}

	/**
	 * Whether a host was looked at after an order for all and its certificate was not there.
	 *
	 * @param int $web_app    The web application.
	 * @param int $ordered_at When it was ordered, as a Unix time.
	 */
	public static function is_order_missed( int $web_app, int $ordered_at ): bool {
		// Before the first look nobody knows.
		return null !== Table::first(
			"SELECT id FROM {domains} WHERE web_app = %d AND remote_state = 'present' AND certificate_status = 'pending' AND certificate_reason = 'order-under-way' AND ordered_at BETWEEN %s AND %s LIMIT 1",
			$web_app, Table::at( $ordered_at - 60 ), Table::at( time() - 20 )
		);
	}

	/**
	 * The shared certificate has other names than before, or is none any more: what waited for it is planned anew.
	 *
	 * @param int $web_app The web application.
	 */
	public static function wake_shared( int $web_app ): int {
		return Table::change(
			"UPDATE {domains} SET due_at = %s WHERE web_app = %d AND remote_state = 'present' AND source <> '' AND hold = '' AND claim = '' AND failing_since IS NULL AND certificate_status IN ('pending', 'action') AND certificate_reason IN ('names-limit', 'order-failed', 'budget-spent', 'shared-order-waits', 'renewal-late')",
			Table::at( time() ), $web_app
		);
	}

	/**
	 * RunCloud has a certificate for each host from now on, and no shared one any more. Hosts that are covered get theirs one after the other, within a
	 * day; nothing is taken from them. Those that the run has claimed, which noticed it, are let go: it would order for all of them at once.
	 *
	 * @param int $web_app The web application.
	 *
	 * @return int How many.
	 */
	public static function carry_over( int $web_app ): int {
		return Table::change(
			"UPDATE {domains} SET order_set = 'shared', due_at = DATE_ADD( %s, INTERVAL MOD( CRC32( host ), 86400 ) SECOND ), claim = '', claimed_until = NULL WHERE web_app = %d AND remote_state = 'present' AND source <> '' AND hold = '' AND suspended = 0 AND certificate_reason = 'certificate-covers' AND certificate_id = 0 AND failing_since IS NULL",
			Table::at( time() ), $web_app
		);
	}

	/**
	 * One order was for all domains of a web application, and RunCloud did not take it. Those that wait for it are let go, too.
	 *
	 * @param int                  $web_app  The web application.
	 * @param Reason               $reason   Why.
	 * @param array<string, mixed> $details  Its arguments.
	 * @param int                  $due_at   When the next attempt is due; 0 when there is none.
	 * @param int                  $attempts How often it has failed; 0 when it was answered.
	 */
	public static function mark_all_unordered( int $web_app, Reason $reason, array $details, int $due_at, int $attempts ): void {
		$now = Table::at( time() );
		// What is served needs no arguments, so the certificate's are all.
		Table::change(
			"UPDATE {domains} SET claim = '', claimed_until = NULL, attempts = IF( %d, GREATEST( attempts, %d ), 0 ), failing_since = IF( %d, COALESCE( failing_since, %s ), NULL ), certificate_since = IF( certificate_reason = %s, certificate_since, %s ), certificate_status = %s, certificate_reason = %s, details = %s, due_at = NULLIF( %s, '' ), changed_at = %s WHERE web_app = %d AND remote_state = 'present' AND source <> '' AND ( ( dns_since IS NOT NULL AND domain_status = 'ready' ) OR domain_reason = 'move-prepared' ) AND ( certificate_status = 'pending' OR ( certificate_status = 'action' AND ( failing_since IS NOT NULL OR certificate_reason = %s ) ) ) AND ordered_at IS NULL AND www = remote_www AND hold = ''",
			$attempts, $attempts, $attempts, $now, $reason->value, $now, $reason->status()->value, $reason->value, Domain::details( array(), $details ), Table::at( $due_at ), $now, $web_app, $reason->value
		);
	}

	/**
	 * The clock was ahead: all times that lie in the future count as now.
	 */
	public static function make_all_due(): void {
		$now = Table::at( time() );
		Table::change( 'UPDATE {domains} SET due_at = %s, claimed_until = LEAST( claimed_until, %s ) WHERE due_at > %s', $now, $now, $now );
		Table::change( 'UPDATE {domains} SET look_at = %s WHERE look_at > %s', $now, $now );
		// Since when somebody is needed.
		Table::change( "UPDATE {domains} SET domain_since = %s WHERE domain_status = 'action' AND domain_since > %s", $now, $now );
		Table::change( "UPDATE {domains} SET certificate_since = %s WHERE certificate_status = 'action' AND certificate_since > %s", $now, $now );
	}

	/**
	 * A setting was changed: what waited for the old one is planned anew.
	 */
	public static function make_due_for_settings(): void {
		foreach ( array( array( 'pending', 'policy-paused' ), array( 'ready', 'policy-add-only' ), array( 'pending', 'removal-delayed' ) ) as $waits ) {
			Table::change( "UPDATE {domains} SET due_at = %s WHERE domain_status = %s AND domain_reason = %s AND claim = ''", Table::at( time() ), ...$waits );
		}
		Table::change( "UPDATE {domains} SET due_at = %s WHERE hold = 'ownership' AND claim = ''", Table::at( time() ) );
	}

	/**
	 * Somebody wants hosts tried again now. An order that RunCloud may have taken keeps its time: it may be under way.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; PIECE at most.
	 */
	public static function retry( array $hosts ): int {
		$list = self::placeholders( $hosts, '%s' );
		return Table::change( "UPDATE {domains} SET due_at = %s, look_at = IF( remote_state = 'present' AND source <> '', %s, look_at ), attempts = 0, unfinished = 0, failing_since = NULL, ordered_at = IF( asked = 'order', ordered_at, NULL ), domain_status = IF( domain_status = 'ready', domain_status, 'pending' ), certificate_status = IF( certificate_status = 'ready', certificate_status, 'pending' ) WHERE host IN ($list) AND hold = '' AND claim = ''", Table::at( time() ), Table::at( time() ), ...$hosts );
	}

	/**
	 * Somebody wants hosts looked at now.
	 *
	 * @param list<string> $hosts Host names as the extension writes them; PIECE at most.
	 */
	public static function look_now( array $hosts ): int {
		$list = self::placeholders( $hosts, '%s' );
		$now  = Table::at( time() );
		return Table::change( "UPDATE {domains} SET look_at = %s WHERE host IN ($list) AND remote_state = 'present' AND source <> '' AND suspended = 0 AND hold = '' AND ( look_at IS NULL OR look_at > %s )", $now, ...array( ...$hosts, $now ) );
	}

	/**
	 * Placeholders for a list of values.
	 *
	 * @param array<mixed> $values      The values.
	 * @param string       $placeholder "%s" or "%d".
	 */
	public static function placeholders( array $values, string $placeholder ): string {
		return $values ? implode( ', ', array_fill( 0, count( $values ), $placeholder ) ) : 'NULL';
	}

	/**
	 * Rows as objects.
	 *
	 * @param list<array<string, string|null>> $rows Rows of the table.
	 *
	 * @return list<Domain>
	 */
	private static function domains( array $rows ): array {
		return array_map( array( Domain::class, 'from_row' ), $rows );
	}
}
