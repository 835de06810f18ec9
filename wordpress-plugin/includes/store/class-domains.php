<?php
/**
 * Every change of one row.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Store;

/**
 * Each change is one UPDATE that names what it expects to find, so that it happens whole or not at all, whoever else is at work:
 *
 * - what is desired changes where nobody changed it since it was read (the generation);
 * - a run claims a row before it plans, and only one run can;
 * - a step starts only for the generation that it was planned for; its outcome is written whatever the generation is by then.
 *
 * A claim moves the row's due time to the claim's end: a run that dies leaves a row that is due again, and does not stand before others.
 */
final class Domains {

	const BITS = array(
		Domain::RECORD => 1,
		Domain::SITE   => 2,
		Domain::CODE   => 4,
	);

	/** Seconds after which somebody looks whether the DNS of a host that was removed still points here. */
	const LEFT_LOOK = 86400;

	/**
	 * Writes that the network, or somebody's code, wants a host. Nothing changes if it is wanted just so.
	 *
	 * @param string               $host    Host name as the extension writes it.
	 * @param array<string, mixed> $desired site_id, customer_id, www, redirection, suspended; ownership (who must prove a host, see Holder; null: the planner says so later).
	 * @param string|list<string>  $source  Who wants it: Domain::RECORD, SITE, CODE.
	 * @param string               $hold    Why it must not be done unasked, or "".
	 * @param bool                 $waits   Set to whether it waits for the proof that its customer has the host.
	 *
	 * @return bool Whether something is to be done for it now.
	 *
	 * @throws \RuntimeException Others changed the row five times meanwhile.
	 */
	public static function want( string $host, array $desired, string|array $source, string $hold = '', bool &$waits = false ): bool {
		$desired += array(
			'customer_id' => 0,
			'www'         => false,
			'redirection' => 'none',
			'suspended'   => false,
			'ownership'   => null,
		);
		$now      = Table::at( time() );
		$bits     = self::bits( $source );
		for ( $try = 0; $try < 5; $try++ ) {
			$row    = Domain_List::find( $host );
			$holder = Holder::on_coming( $row, (int) $desired['site_id'], (int) $desired['customer_id'], self::sibling( $host, $row, $desired ), $desired['ownership'], time() );
			if ( null === $row ) {
				if ( $holder['must_prove'] && '' !== $hold && 0 === $holder['last_customer_id'] ) {
					// Who was there before the plugin has taken the host from nobody.
					$holder = array( 'proven_customer_id' => $desired['customer_id'], 'must_prove' => false ) + $holder;
				}
				$hold    = $holder['must_prove'] ? Domain::HOLD_OWNERSHIP : $hold;
				$written = Table::change(
					"INSERT IGNORE INTO {domains} (host, site_id, customer_id, source, suspended, www, redirection, hold, last_customer_id, left_at, proven_customer_id, domain_status, domain_reason, domain_since, certificate_since, desired_since, due_at, changed_at) VALUES (%s, %d, %d, %d, %d, %d, %s, %s, %d, NULLIF( %s, '' ), %d, %s, %s, %s, %s, %s, NULLIF( %s, '' ), %s)",
					$host, $desired['site_id'], $desired['customer_id'], $bits, (int) $desired['suspended'], (int) $desired['www'], $desired['redirection'], $hold, $holder['last_customer_id'], Table::at( $holder['left_at'] ), $holder['proven_customer_id'], '' === $hold ? 'pending' : 'action', '' === $hold ? 'waiting' : $hold, $now, $now, $now, in_array( $hold, array( '', Domain::HOLD_OWNERSHIP ), true ) ? $now : '', $now
				);
			} elseif ( $row->is_wanted() && ! self::is_changed( $row, $desired ) ) {
				if ( array_diff( (array) $source, $row->source ) ) {
					Table::change( 'UPDATE {domains} SET source = source | %d WHERE id = %d AND generation = %d', $bits, $row->id, $row->generation );
				}
				return false;
			} else {
				$written = Table::change(
					"UPDATE {domains} SET last_customer_id = %d, left_at = NULLIF( %s, '' ), proven_customer_id = %d, site_id = %d, customer_id = %d, source = source | %d, suspended = %d, www = %d, redirection = %s, hold = %s, desired_since = %s, generation = generation + 1, domain_reason = IF( domain_status = 'ready' AND remote_state = 'present', domain_reason, 'waiting' ), domain_since = IF( domain_status = 'ready' AND remote_state = 'present', domain_since, %s ), domain_status = IF( domain_status = 'ready' AND remote_state = 'present', domain_status, 'pending' ), attempts = 0, unfinished = 0, failing_since = NULL, due_at = %s, look_at = IF( remote_state = 'present', %s, look_at ), changed_at = %s WHERE id = %d AND generation = %d AND proven_customer_id = %d",
					$holder['last_customer_id'], Table::at( $holder['left_at'] ), $holder['proven_customer_id'], $desired['site_id'], $desired['customer_id'], $bits, (int) $desired['suspended'], (int) $desired['www'], $desired['redirection'], $holder['must_prove'] ? Domain::HOLD_OWNERSHIP : $hold, $now, $now, $now, $now, $now, $row->id, $row->generation, $row->proven_customer_id
				);
			}
			if ( $written ) {
				$waits = $holder['must_prove'];
				return true;
			}
		}
		throw new \RuntimeException( "What is desired of $host could not be written." ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
	}

	/**
	 * Writes that somebody does not want a host any more. It counts when nobody is left who does.
	 *
	 * @param string              $host   Host name as the extension writes it.
	 * @param string|list<string> $source Who does not: Domain::RECORD, SITE, CODE, or "" for all.
	 * @param string              $hold   Why the removal must not be done unasked, or "".
	 *
	 * @return bool Whether something is to be done for it now.
	 *
	 * @throws \RuntimeException Others changed the row five times meanwhile.
	 */
	public static function unwant( string $host, string|array $source = '', string $hold = '' ): bool {
		$now = Table::at( time() );
		for ( $try = 0; $try < 5 && array() !== $source; $try++ ) {
			$row = Domain_List::find( $host );
			if ( null === $row || ! $row->is_wanted() ) {
				return false;
			}
			$left = '' === $source ? array() : array_diff( $row->source, (array) $source );
			if ( $left ) {
				if ( array_intersect( (array) $source, $row->source ) ) {
					Table::change( 'UPDATE {domains} SET source = source & %d WHERE id = %d AND generation = %d', 7 & ~self::bits( $source ), $row->id, $row->generation );
				}
				return false;
			}
			$holder  = Holder::on_leaving( $row, time() );
			$written = Table::change(
				"UPDATE {domains} SET last_customer_id = %d, left_at = NULLIF( %s, '' ), withheld = 0, site_id = 0, customer_id = 0, source = '', suspended = 0, hold = %s, desired_since = %s, generation = generation + 1, attempts = 0, unfinished = 0, failing_since = NULL, domain_status = 'pending', domain_reason = 'removal-waits', domain_since = %s, due_at = %s, look_at = NULL, changed_at = %s WHERE id = %d AND generation = %d AND proven_customer_id = %d",
				$holder['last_customer_id'], Table::at( $holder['left_at'] ), $hold, $now, $now, $now, $now, $row->id, $row->generation, $row->proven_customer_id
			);
			if ( $written ) {
				return true;
			}
		}
		if ( array() === $source ) {
			return false;
		}
		throw new \RuntimeException( "The removal of $host could not be written." ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
	}

	/**
	 * The row of the same name with "www.", or without, where it matters: a customer comes, or waits.
	 *
	 * @param string               $host    Host name.
	 * @param Domain|null          $row     Its row.
	 * @param array<string, mixed> $desired As want() gets it.
	 */
	private static function sibling( string $host, ?Domain $row, array $desired ): ?Domain {
		$is_asked = null === $row || ! $row->is_wanted() || $row->customer_id !== (int) $desired['customer_id'] || $row->proven_customer_id !== $row->customer_id;
		return $is_asked && ! in_array( $desired['ownership'], array( null, Holder::OFF ), true ) && 0 !== (int) $desired['customer_id'] ? Domain_List::find( Holder::sibling_of( $host ) ) : null;
	}

	/**
	 * Sources as the column holds them.
	 *
	 * @param string|list<string> $source Who wants a host.
	 */
	private static function bits( string|array $source ): int {
		return array_sum( array_map( static fn( string $one ): int => self::BITS[ $one ], (array) $source ) );
	}

	/**
	 * Takes rows that are due: by turns the one that became due last and the one that has waited longest. A domain that was mapped just now does
	 * not wait behind a thousand others, and what has waited gets half of every run. A row whose run ended without an outcome only waits: it may
	 * have ended that run.
	 *
	 * @param int $limit   How many at most.
	 * @param int $seconds How long the claim holds.
	 *
	 * @return list<Domain> The rows as this run has them, in the order in which they are to be worked.
	 */
	public static function claim_due( int $limit, int $seconds ): array {
		$now    = Table::at( time() );
		$oldest = array_column( Table::all( 'SELECT id, unfinished FROM {domains} WHERE due_at <= %s ORDER BY due_at, id LIMIT %d', $now, $limit ), 'unfinished', 'id' );
		$newest = count( $oldest ) < $limit
			? array_reverse( $oldest, true )
			: array_column( Table::all( 'SELECT id, unfinished FROM {domains} WHERE due_at <= %s ORDER BY due_at DESC, id DESC LIMIT %d', $now, $limit ), 'unfinished', 'id' );

		$ids = array_slice( array_unique( array_filter( array_merge( ...array_map( null, array_keys( $newest, '0', true ), array_keys( $oldest ) ) ) ) ), 0, $limit );
		if ( ! $ids ) {
			return array();
		}
		$claim = bin2hex( random_bytes( 16 ) );
		$end   = Table::at( time() + $seconds );
		$list  = Domain_List::placeholders( $ids, '%d' );
		Table::change( "UPDATE {domains} SET claim = %s, claimed_until = %s, due_at = %s WHERE id IN ($list) AND due_at <= %s AND ( claim = '' OR claimed_until <= %s )", $claim, $end, $end, ...array( ...$ids, $now, $now ) );
		$rows = array_column( Table::all( "SELECT * FROM {domains} WHERE id IN ($list) AND claim = %s", ...array( ...$ids, $claim ) ), null, 'id' );
		return array_map( array( Domain::class, 'from_row' ), array_values( array_filter( array_map( static fn( $id ): ?array => $rows[ $id ] ?? null, $ids ) ) ) );
	}

	/**
	 * Gives a row back undone.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public static function release( Domain $domain ): bool {
		return (bool) Table::change( "UPDATE {domains} SET claim = '', claimed_until = NULL, due_at = %s WHERE id = %d AND claim = %s", Table::at( time() ), $domain->id, $domain->claim );
	}

	/**
	 * Notes what RunCloud is about to be asked, and counts the attempt, before the request leaves: whatever ends it then leaves a trace.
	 *
	 * @param Domain $domain    The claimed row.
	 * @param string $asked     Domain::ASKED_ADD, ASKED_REMOVE, ASKED_UPDATE or ASKED_ORDER.
	 * @param int    $web_app   The web application that is asked.
	 * @param int    $due_at    When the row is due again if this process dies.
	 * @param string $order_set With an order, the hash of its names.
	 *
	 * @return bool False when the claim is lost, or something else is desired by now: nothing may be sent then.
	 */
	public static function mark_asked( Domain $domain, string $asked, int $web_app, int $due_at, string $order_set = '' ): bool {
		$now = Table::at( time() );
		return (bool) Table::change(
			"UPDATE {domains} SET asked = %s, asked_at = IF( asked_at >= desired_since, asked_at, %s ), ordered_at = IF( %s = '', ordered_at, %s ), order_set = IF( %s = '', order_set, %s ), remote_id = IF( web_app = %d, remote_id, 0 ), remote_state = IF( web_app = %d AND %s <> 'add', remote_state, 'unknown' ), owner = IF( web_app IN (0, %d), owner, '' ), web_app = %d, attempts = attempts + 1, unfinished = LEAST( unfinished, 250 ) + 1, due_at = %s, changed_at = %s WHERE id = %d AND claim = %s AND generation = %d",
			$asked, $now, $order_set, $now, $order_set, $order_set, $web_app, $web_app, $asked, $web_app, $web_app, Table::at( $due_at ), $now, $domain->id, $domain->claim, $domain->generation
		);
	}

	/**
	 * Counts a look at RunCloud before it is taken. It changes nothing there, so nothing is asked; only that it has no end must not go on for ever.
	 *
	 * @param Domain $domain The claimed row.
	 * @param int    $due_at When the row is due again if this process dies.
	 *
	 * @return bool False when the claim is lost.
	 */
	public static function mark_looking( Domain $domain, int $due_at ): bool {
		return (bool) Table::change( 'UPDATE {domains} SET unfinished = LEAST( unfinished, 250 ) + 1, due_at = %s WHERE id = %d AND claim = %s', Table::at( $due_at ), $domain->id, $domain->claim );
	}

	/**
	 * RunCloud has the domain. Who made it is never forgotten while it stands.
	 *
	 * @param Domain               $domain The claimed row.
	 * @param array<string, mixed> $remote id, type, www, redirection, owner, web_app.
	 */
	public static function mark_present( Domain $domain, array $remote ): bool {
		$now = Table::at( time() );
		return self::finish(
			$domain,
			"unfinished = 0, approved = 0, remote_state = 'present', remote_seen_at = %s, owner = IF( remote_id IN (0, %d) AND owner IN ('ours', 'adopted'), owner, %s ), remote_id = %d, remote_key = %s, remote_type = %s, remote_www = %d, remote_redirection = %s, web_app = %d, asked = IF( asked = 'order', asked, '' ), attempts = 0, failing_since = NULL, domain_since = IF( source = '' OR domain_status = 'ready', domain_since, %s ), domain_reason = IF( source = '' OR domain_status = 'ready', domain_reason, 'mapped' ), domain_status = IF( source = '' OR domain_status = 'ready', domain_status, 'pending' ), look_at = IF( source = '', NULL, LEAST( COALESCE( look_at, %s ), %s ) )",
			array( $now, $remote['id'], $remote['owner'], $remote['id'], Domain::key( $domain->host ), $remote['type'] ?? 'alias', (int) ( $remote['www'] ?? false ), $remote['redirection'] ?? '', $remote['web_app'], $now, $now, $now ),
			time()
		);
	}

	/**
	 * RunCloud has not got the domain (any more). Only a look by its id, or a removal that was answered, says so. Where an addition had failed and a
	 * look says that nothing came of it, the failing goes on.
	 *
	 * @param Domain $domain The claimed row.
	 * @param Reason $reason Why that is so.
	 * @param string $hold   Why it must not be added again unasked, or "".
	 */
	public static function mark_absent( Domain $domain, Reason $reason, string $hold = '' ): bool {
		return self::finish(
			$domain,
			"unfinished = IF( asked = 'add', %d, 0 ), attempts = IF( asked = 'add', attempts, 0 ), failing_since = IF( asked = 'add', failing_since, NULL ), approved = IF( source = '', 0, approved ), hold = IF( %s = '', hold, %s ), remote_state = 'absent', remote_seen_at = %s, remote_id = 0, remote_key = '', remote_type = '', remote_www = 0, remote_redirection = '', remote_wildcard = 0, owner = '', asked = '', domain_status = %s, domain_reason = %s, domain_since = %s, certificate_status = 'pending', certificate_reason = '', certificate_since = %s, certificate_id = 0, certificate_from = NULL, certificate_until = NULL, certificate_serial = '', ordered_at = NULL, order_set = '', dns_since = IF( source = '', NULL, dns_since ), look_at = IF( source = '' AND last_customer_id > 0, %s, NULL )",
			array( $domain->unfinished, $hold, $hold, Table::at( time() ), $reason->status()->value, $reason->value, Table::at( time() ), Table::at( time() ), Table::at( time() + self::LEFT_LOOK ) ),
			time()
		);
	}

	/**
	 * The step failed.
	 *
	 * @param Domain               $domain   The claimed row.
	 * @param Reason|null          $reason   Why; null leaves both conditions as they are (an order that failed for an outage).
	 * @param array<string, mixed> $details  Its arguments.
	 * @param int                  $due_at   When the next attempt is due; 0 when there is none.
	 * @param bool                 $is_known Whether it is certain that nothing was changed at RunCloud.
	 * @param bool                 $is_order Whether the step was an order: the reason is the certificate's then.
	 */
	public static function mark_failed( Domain $domain, ?Reason $reason, array $details, int $due_at, bool $is_known, bool $is_order = false ): bool {
		return self::finish(
			$domain,
			// Counted here as well: what only looks is not marked before.
			"attempts = %d, unfinished = 0, failing_since = COALESCE( failing_since, %s ), asked = IF( %d, '', asked ), ordered_at = IF( %d, NULL, ordered_at )",
			array( $domain->attempts + 1, Table::at( time() ), (int) $is_known, (int) ( $is_known && $is_order ) ),
			$due_at,
			$reason,
			$details,
			$is_order
		);
	}

	/**
	 * RunCloud answered an order.
	 *
	 * @param Domain $domain         The claimed row.
	 * @param Reason $reason         How the certificate is then.
	 * @param int    $certificate_id Its id, or 0.
	 */
	public static function mark_ordered( Domain $domain, Reason $reason, int $certificate_id ): bool {
		$under_way = Reason::Order_Under_Way === $reason;
		// What is served meanwhile works.
		$is_served = $under_way && Reason::Covers === $domain->certificate_reason;
		return self::finish(
			$domain,
			"unfinished = 0, attempts = 0, failing_since = NULL, certificate_id = IF( %d = 0, certificate_id, %d ), asked = IF( %d, asked, '' ), ordered_at = IF( %d, ordered_at, NULL ), look_at = IF( %d, LEAST( COALESCE( look_at, %s ), %s ), look_at )",
			array( $certificate_id, $certificate_id, (int) $under_way, (int) $under_way, (int) $under_way, Table::at( time() + 10 ), Table::at( time() + 10 ) ),
			// What somebody may put right in the dashboard is tried again the next day.
			match ( true ) {
				$under_way                    => 0,
				// The planner knows the mode now, and says what that means.
				Reason::Automatic === $reason => time(),
				default                       => time() + 86400,
			},
			$is_served || Reason::Automatic === $reason ? null : $reason
		);
	}

	/**
	 * RunCloud said which certificate it has, or could not: it is not asked again about the same order.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public static function mark_read( Domain $domain ): bool {
		return self::finish( $domain, "unfinished = 0, asked = IF( asked = 'order', '', asked )", array(), time() );
	}

	/**
	 * The step broke off: nobody knows what came of it. The attempt counts whether it was marked before or not.
	 *
	 * @param Domain $domain The claimed row, as it was before the step.
	 * @param int    $due_at When the next attempt is due.
	 *
	 * @return bool False when the claim was lost.
	 */
	public static function mark_broken( Domain $domain, int $due_at ): bool {
		$now = Table::at( time() );
		return (bool) Table::change(
			"UPDATE {domains} SET claim = '', claimed_until = NULL, attempts = %d, unfinished = %d, failing_since = COALESCE( failing_since, %s ), domain_reason = IF( domain_status = 'ready', domain_reason, 'outcome-unknown' ), due_at = %s, changed_at = %s WHERE id = %d AND claim = %s",
			$domain->attempts + 1, min( 250, $domain->unfinished ) + 1, $now, Table::at( $due_at ), $now, $domain->id, $domain->claim
		);
	}

	/**
	 * Ultimate Multisite found that a host's DNS points here. Our own look follows at once, and has the last word; where it came first, nothing is new.
	 * What has failed keeps its own time.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function mark_dns_ready( string $host ): bool {
		$now = Table::at( time() );
		return (bool) Table::change(
			"UPDATE {domains} SET dns_since = COALESCE( dns_since, %s ), look_at = IF( remote_state = 'present', %s, look_at ), due_at = IF( remote_state = 'present' AND hold = '' AND failing_since IS NULL, LEAST( COALESCE( due_at, %s ), %s ), due_at ), domain_since = IF( remote_state = 'present' AND domain_status IN ('pending', 'unknown') AND failing_since IS NULL, %s, domain_since ), domain_reason = IF( remote_state = 'present' AND domain_status IN ('pending', 'unknown') AND failing_since IS NULL, 'served', domain_reason ), domain_status = IF( domain_reason = 'served', 'ready', domain_status ), changed_at = %s WHERE host = %s AND source <> '' AND dns_since IS NULL AND certificate_status <> 'ready'",
			$now, $now, $now, $now, $now, $now, $host
		);
	}

	/**
	 * A row turns out to have the id of another name: the host goes on without it, and that name gets a row of its own, which nobody
	 * wants.
	 *
	 * @param Domain               $domain The claimed row.
	 * @param array<string, mixed> $remote host, id, type, www, redirection, of the other name.
	 */
	public static function split( Domain $domain, array $remote ): bool {
		$now = Table::at( time() );
		Table::change(
			"INSERT IGNORE INTO {domains} (host, owner, web_app, remote_id, remote_key, remote_type, remote_www, remote_redirection, remote_state, remote_seen_at, domain_status, domain_reason, domain_since, certificate_since, desired_since, due_at, changed_at) VALUES (%s, %s, %d, %d, %s, %s, %d, %s, 'present', %s, 'pending', 'removal-waits', %s, %s, %s, %s, %s)",
			$remote['host'], $domain->owner, $domain->web_app, $remote['id'], Domain::key( $remote['host'] ), $remote['type'], (int) $remote['www'], $remote['redirection'], $now, $now, $now, $now, $now, $now
		);
		return self::finish( $domain, "unfinished = 0, remote_state = 'unknown', remote_id = 0, remote_key = '', remote_type = '', owner = '', asked = ''", array(), time() );
	}

	/**
	 * Nothing is sent for the row at this time.
	 *
	 * @param Domain               $domain  The claimed row.
	 * @param Reason|null          $reason  Why, of the domain or of the certificate; null leaves both as they are.
	 * @param array<string, mixed> $details Its arguments.
	 * @param int                  $due_at  When the next step is due; 0 when it is settled.
	 * @param string               $hold    Why it waits for the admin's decision, or "".
	 */
	public static function settle( Domain $domain, ?Reason $reason, array $details, int $due_at, string $hold = '' ): bool {
		// Where nothing is to be done nothing fails any more, unless somebody has to look into it.
		$is_idle = (int) ( null === $reason && 0 === $due_at && '' === $hold );
		// An approval that came meanwhile stands, and the row is planned again.
		return self::finish(
			$domain,
			"unfinished = %d, failing_since = IF( %d AND domain_status <> 'action' AND certificate_status <> 'action', NULL, failing_since ), attempts = IF( %d AND domain_status <> 'action' AND certificate_status <> 'action', 0, attempts ), hold = IF( generation = %d AND approved = %d, %s, hold ), approved = IF( %d AND approved = %d, 0, approved ), look_at = IF( hold = 'ownership', %s, look_at )",
			array( $domain->unfinished, $is_idle, $is_idle, $domain->generation, $domain->approved, $hold, (int) ( 0 === $due_at ), $domain->approved, Table::at( time() ) ),
			$due_at,
			$reason,
			$details
		);
	}

	/**
	 * What others made at RunCloud is ours from now on: it is removed there when the host is unmapped.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public static function adopt( Domain $domain ): bool {
		return self::finish( $domain, "owner = 'adopted', approved = 0, look_at = %s", array( Table::at( time() ) ), time(), Reason::Adopted );
	}

	/**
	 * The row's customer has the host from now on, and need not prove it again. Without a proof that is so only where nobody else had the same name
	 * with "www.", or without; else the row remembers who.
	 *
	 * @param Domain $domain     The row, claimed or not.
	 * @param bool   $is_certain Whether it was proven, or nobody need prove anything.
	 *
	 * @return bool False when it must be planned anew: somebody else has it, or something else is desired by now.
	 */
	public static function admit( Domain $domain, bool $is_certain ): bool {
		$now   = Table::at( time() );
		$taken = $is_certain ? null : Holder::taken_from( $domain, Domain_List::find( Holder::sibling_of( $domain->host ) ), time() );
		if ( null !== $taken ) {
			self::remember( $domain, $taken['last_customer_id'], $taken['left_at'] );
			return false;
		}
		return (bool) Table::change(
			"UPDATE {domains} SET proven_customer_id = customer_id, domain_reason = IF( hold = 'ownership', 'waiting', domain_reason ), domain_since = IF( hold = 'ownership', %s, domain_since ), domain_status = IF( hold = 'ownership', 'pending', domain_status ), look_at = IF( hold = 'ownership', IF( remote_state = 'present', %s, NULL ), look_at ), due_at = IF( claim = '', %s, due_at ), changed_at = %s, hold = IF( hold = 'ownership', '', hold ) WHERE id = %d AND generation = %d AND customer_id > 0 AND source <> ''",
			$now, $now, $now, $now, $domain->id, $domain->generation
		);
	}

	/**
	 * Notes who had a host before.
	 *
	 * @param Domain $domain  The row.
	 * @param int    $last    Who.
	 * @param int    $left_at Until when; 0 when that is not known.
	 */
	public static function remember( Domain $domain, int $last, int $left_at ): void {
		Table::change( "UPDATE {domains} SET last_customer_id = %d, left_at = NULLIF( %s, '' ) WHERE id = %d AND generation = %d", $last, Table::at( $left_at ), $domain->id, $domain->generation );
	}

	/**
	 * Notes what we took from Ultimate Multisite's record of a host, beside what was taken before.
	 *
	 * @param string $host     Host name as the extension writes it.
	 * @param int    $withheld Domain::WAS_ACTIVE, WAS_PRIMARY, or both; 0: all was given back.
	 */
	public static function mark_withheld( string $host, int $withheld ): void {
		Table::change( 'UPDATE {domains} SET withheld = IF( %d, withheld | %d, 0 ) WHERE host = %s', $withheld, $withheld, $host );
	}

	/**
	 * The row goes: nobody wants the host, and RunCloud has nothing of ours under this name.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public static function forget( Domain $domain ): bool {
		return (bool) Table::change( "DELETE FROM {domains} WHERE id = %d AND claim = %s AND generation = %d AND source = ''", $domain->id, $domain->claim, $domain->generation );
	}

	/**
	 * What the panel has is not known any more, whoever has the row: for a process that finds its claim gone after a call.
	 *
	 * @param Domain $domain The row.
	 */
	public static function mark_unknown( Domain $domain ): void {
		Table::change( "UPDATE {domains} SET remote_state = 'unknown', due_at = %s, changed_at = %s WHERE id = %d", Table::at( time() ), Table::at( time() ), $domain->id );
	}

	/**
	 * Writes what came of a step, and lets the row go.
	 *
	 * @param Domain               $domain  The claimed row.
	 * @param string               $set     Assignments, written out by the caller.
	 * @param array<mixed>         $args    Their values.
	 * @param int                  $due_at  When the next step is due, if the same is desired still; else it is due now.
	 * @param Reason|null          $reason   The condition that changes, if one does.
	 * @param array<string, mixed> $details  Its arguments.
	 * @param bool                 $is_order Whether it is the certificate's in any case.
	 *
	 * @return bool False when the claim was lost; the row is then marked unknown.
	 */
	private static function finish( Domain $domain, string $set, array $args, int $due_at, ?Reason $reason = null, array $details = array(), bool $is_order = false ): bool {
		$now = Table::at( time() );
		if ( null !== $reason ) {
			$certificate = $is_order || $reason->is_about_certificate();
			$set        .= $certificate
				? ', certificate_since = IF( certificate_status = %s AND certificate_reason = %s, certificate_since, %s ), certificate_status = %s, certificate_reason = %s, details = %s'
				: ', domain_since = IF( domain_status = %s AND domain_reason = %s, domain_since, %s ), domain_status = %s, domain_reason = %s, details = %s';
			array_push( $args, $reason->status()->value, $reason->value, $now, $reason->status()->value, $reason->value, Domain::details( $certificate ? $domain->domain_details : $details, $certificate ? $details : $domain->certificate_details ) );
		}
		$written = Table::change( "UPDATE {domains} SET claim = '', claimed_until = NULL, due_at = IF( generation = %d AND approved = %d, NULLIF( %s, '' ), %s ), changed_at = %s, $set WHERE id = %d AND claim = %s", $domain->generation, $domain->approved, Table::at( $due_at ), $now, $now, ...array( ...$args, $domain->id, $domain->claim ) );
		if ( ! $written ) {
			self::mark_unknown( $domain );
		}
		return (bool) $written;
	}

	/**
	 * Whether something else is desired than what the row says.
	 *
	 * @param Domain               $row     The row.
	 * @param array<string, mixed> $desired As want() gets it.
	 */
	public static function is_changed( Domain $row, array $desired ): bool {
		return array( $row->site_id, $row->customer_id, $row->www, $row->redirection, $row->suspended )
			!== array( (int) $desired['site_id'], (int) $desired['customer_id'], (bool) $desired['www'], (string) $desired['redirection'], (bool) $desired['suspended'] );
	}
}
