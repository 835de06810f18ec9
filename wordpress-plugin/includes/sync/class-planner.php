<?php
/**
 * Says what is to be done next about a row.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Serving\Verdict;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Holder;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Pure: the same row, facts and time always give the same step; nothing is read, sent or written here. Total: every row gets one. The
 * run, the plan, the screens and the command line ask this and nothing else.
 */
final class Planner {

	/** Seconds between the two looks at the network that a removal rests on, and before the first: replicas lag. */
	const BETWEEN_LOOKS = 60;

	/** Attempts in a row without any outcome, after which somebody must look. */
	const MOST_UNFINISHED = 5;

	/** Seconds for which who had a host is remembered. */
	const MEMORY = Holder::MEMORY;

	/** Seconds that an order may take, orders for the same need, and seconds after which a failed need is tried anew. */
	const ORDER_PATIENCE = 600;
	const MOST_ORDERS    = 2;
	const ORDER_ANEW     = 7 * 86400;

	/**
	 * Seconds that the shared certificate waits for hosts that are not here before it is ordered all the same, seconds until that is tried anew, and
	 * seconds after which the hosts are looked at again.
	 */
	const SHARED_PATIENCE = 3600;
	const SHARED_ANEW     = 86400;
	const SHARED_AGAIN    = 300;

	/** The shortest time after which a renewal that failed is tried anew, however short the certificate's life is. */
	const RENEW_ANEW = 6 * 3600;

	/** Orders that Let's Encrypt would take that are left for whoever presses "Try again" when all that was tried from here brought nothing. */
	const KEPT_ORDERS = 1;

	/** Seconds that RunCloud has for a certificate that it looks after by itself. */
	const AUTOMATIC_WITHIN = 86400;

	/** Reasons for which a row waits for the admin, beside the first: it was there before the plugin. */
	private const REASONS_TO_ASK = array( Reason::Web_App_Changed, Reason::Deleted_By_Others, Reason::Renamed );

	/** The most names that a shared certificate can hold. */
	const MOST_NAMES = 100;

	/**
	 * The next step.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	public static function next( Domain $row, Facts $facts, int $now ): Step {
		$step = $row->is_wanted() ? self::wanted( $row, $facts, $now ) : self::unwanted( $row, $facts, $now );
		if ( ! $step->is_call() ) {
			return $step;
		}
		if ( 'paused' === $facts->policy ) {
			return Step::settled( Reason::Paused );
		}
		if ( $row->unfinished >= self::MOST_UNFINISHED ) {
			return Step::settled( Reason::Crashed, array( 'attempts' => $row->unfinished ) );
		}
		if ( self::has_failed( $row ) ) {
			return Step::settled( $row->domain_reason, $row->domain_details );
		}
		$block = $facts->block_of( $step->action, $now );
		return null === $block ? $step : $step->not_before( $block[1], $block[0] );
	}

	/**
	 * Nobody wants the host.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function unwanted( Domain $row, Facts $facts, int $now ): Step {
		$is_there = Domain::PRESENT === $row->remote_state;
		$is_nowhere = ! $is_there && 0 === $row->remote_id && '' === $row->asked;
		if ( $is_nowhere && ! $facts->is_listed && Domain::UNKNOWN === $row->remote_state ) {
			// It may be at RunCloud since before the plugin came; who drops it then is informed.
			return Step::wait( Reason::Removal_Waits, $now + 300 );
		}
		if ( ! self::is_intent_open( $row ) && ( Domain::ABSENT === $row->remote_state || $is_nowhere ) ) {
			$until = 0 === $row->last_customer_id ? 0 : $row->left_at + self::MEMORY;
			$reason = Reason::Removed_Dns_Here === $row->domain_reason ? $row->domain_reason : Reason::Removed;
			return $until > $now ? Step::wait( $reason, $until ) : Step::now( Step::FORGET, Reason::Removed, $now );
		}
		if ( self::is_elsewhere( $row, $facts ) ) {
			return Step::settled( $row->is_owned() || ! $is_there ? Reason::Left_Behind : Reason::Not_Ours, array( 'web_app' => $row->web_app ) );
		}
		if ( $is_there && 'primary' === $row->remote_type ) {
			return Step::settled( Reason::Primary );
		}
		if ( ! $is_there || self::is_intent_open( $row ) ) {
			return Domain::OTHERS === $row->owner ? Step::settled( Reason::Not_Ours ) : Step::now( Step::LOOK_UP, Reason::Outcome_Unknown, $now );
		}
		if ( ! $row->is_owned() ) {
			return Step::settled( Reason::Not_Ours );
		}
		if ( '' !== $row->hold ) {
			return self::held( $row );
		}
		if ( 'add-only' === $facts->policy ) {
			return Step::settled( Reason::Add_Only );
		}
		$first = $row->desired_since + self::BETWEEN_LOOKS;
		$until = max( $first, $row->is_approved() ? 0 : $row->desired_since + $facts->removal_delay );
		if ( $until > $now ) {
			return Step::wait( $until > $first ? Reason::Removal_Delayed : Reason::Removal_Waits, $until );
		}
		return ( $facts->confirmed[ $row->host ] ?? 0 ) >= $first
			? Step::now( Step::REMOVE, Reason::Removal_Waits, $now )
			: Step::now( Step::CONFIRM, Reason::Removal_Waits, $now );
	}

	/**
	 * Somebody wants the host.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function wanted( Domain $row, Facts $facts, int $now ): Step {
		$must_prove = Holder::must_prove( $row, $facts->ownership_of( $row->host ), $now );
		if ( '' !== $row->hold && ( $must_prove || Domain::HOLD_OWNERSHIP !== $row->hold ) ) {
			return self::held( $row );
		}
		if ( $must_prove ) {
			return Step::hold( Domain::HOLD_OWNERSHIP, Reason::Ownership, $row->domain_details );
		}
		if ( $row->suspended ) {
			return Step::settled( Reason::Suspended );
		}
		$is_move = self::is_elsewhere( $row, $facts );
		if ( $is_move && ! $row->is_approved() ) {
			return Step::hold( Domain::HOLD_EXISTING, Reason::Web_App_Changed );
		}
		$known = $is_move ? null : self::known( $row, $facts, $now );
		if ( null !== $known ) {
			return $known;
		}
		$wildcard = $facts->wildcard_of( $row->host );
		if ( '' !== $wildcard ) {
			return Step::settled( Reason::Wildcard_Covers, array( 'wildcard' => $wildcard ) );
		}
		if ( in_array( $row->host, $facts->with_domain, true ) ) {
			return Step::settled( Reason::Www_Covers, array( 'domain' => substr( $row->host, 4 ) ) );
		}
		if ( in_array( $row->host, $facts->unlisted, true ) ) {
			return isset( $facts->list_failures[ $row->host ] ) ? Step::now( Step::LIST, Reason::Waiting, $now ) : Step::wait( Reason::Waiting, $now + 30 );
		}
		if ( Reason::Deleted === $row->domain_reason && $facts->vanished > Remotes::MOST_VANISHED && ! $row->is_approved() ) {
			return Step::hold( Domain::HOLD_MASS_REMOVAL, Reason::Mass_Removal, array( 'count' => $facts->vanished ) );
		}
		$reason = match ( true ) {
			$is_move                                        => Reason::Web_App_Changed,
			Reason::Deleted === $row->domain_reason         => Reason::Deleted,
			Reason::Wildcard_Covers === $row->domain_reason => Reason::Wildcard_Gone,
			default                                         => Reason::Waiting,
		};
		return Step::now( Step::ADD, $reason, $now );
	}

	/**
	 * The host is wanted, and something is known of it at RunCloud; null when nothing is.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function known( Domain $row, Facts $facts, int $now ): ?Step {
		return match ( true ) {
			self::is_intent_open( $row )           => Step::now( Step::LOOK_UP, Reason::Outcome_Unknown, $now ),
			$row->has_foreign_id()                 => Step::now( Step::LOOK_UP, Reason::Renamed, $now ),
			Domain::PRESENT === $row->remote_state => self::present( $row, $facts, $now ),
			0 !== $row->remote_id                  => Step::now( Step::LOOK_UP, $row->domain_reason, $now ),
			default                                => null,
		};
	}

	/**
	 * The host is wanted, and RunCloud has it.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function present( Domain $row, Facts $facts, int $now ): Step {
		$may_change = 'primary' !== $row->remote_type;
		if ( $may_change && ! $row->is_owned() && $row->is_approved() ) {
			return Step::now( Step::ADOPT, Reason::Adopted, $now );
		}
		if ( $may_change && $row->is_owned() && $row->differs() ) {
			return Step::now( Step::UPDATE, Reason::Differs, $now );
		}
		return self::certificate( $row, $facts, $now );
	}

	/**
	 * The host is wanted and there; its certificate is next.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function certificate( Domain $row, Facts $facts, int $now ): Step {
		if ( 'automatic' === $facts->ssl_mode ) {
			return self::automatic( $row, $now );
		}
		$is_carried = self::is_carried_over( $row, $facts );
		$is_open    = $is_carried || match ( $row->certificate_status ) {
			Status::Ready, Status::Unknown => false,
			Status::Pending                => true,
			// What somebody put right (a full certificate, a failed order) is found by trying, what stands in DNS or comes from elsewhere by looking.
			Status::Action                 => null !== $row->certificate_reason && ( $row->certificate_reason->is_outage() || in_array( $row->certificate_reason, array( Reason::Renewal_Late, Reason::Order_Failed, Reason::First_Certificate, Reason::Names_Limit, Reason::Shared_Blocked ), true ) ),
		};
		// Where the mode is not known yet the order itself finds it out.
		if ( ! $is_open || ! $row->may_be_ordered() ) {
			return Step::settled();
		}
		if ( $row->ordered_at + self::ORDER_PATIENCE > $now ) {
			// What was never answered may be under way, and may not; that a renewal is late must not be forgotten over it.
			$stays = $row->has_failed_order() || Reason::Renewal_Late === $row->certificate_reason;
			return Step::wait( $stays ? null : Reason::Order_Under_Way, $row->ordered_at + self::ORDER_PATIENCE );
		}
		if ( ! $is_carried && self::is_unread( $row, $facts, $now ) ) {
			return Step::now( Step::READ, null, $now );
		}
		if ( 'basic' === $facts->ssl_mode ) {
			$step = self::shared( $row, $facts, $now );
			if ( null !== $step ) {
				return $step;
			}
		}
		$is_late = Reason::Renewal_Late === $row->certificate_reason;
		// Visitors had a certificate, so it is more urgent than a first one, when it has ended too.
		$is_renewal = $is_late || ( 0 !== $row->certificate_until && $row->certificate_until <= $now );
		$ends_at    = (int) ( $is_late ? $row->certificate_details['renew_by'] ?? $row->certificate_until : $row->certificate_until );
		// The nearer that is, the more often; after it ever more rarely.
		$anew  = $is_renewal ? max( self::RENEW_ANEW, min( self::ORDER_ANEW, intdiv( abs( $ends_at - $now ), 3 ) ) ) : self::ORDER_ANEW;
		$since = $is_renewal ? $row->certificate_from + Verdict::BACKDATED + self::ORDER_PATIENCE : $now - $anew;
		// One of a shared certificate before the last host became right says nothing about the next.
		$orders = $facts->orders_since( $row, max( $row->dns_since, 'basic' === $facts->ssl_mode ? $facts->shared_since : 0, $since ) );
		// Where two brought a shared certificate for the names that it had, a third for another host finds out whether that is so still.
		$is_kept   = ! $is_late && 'basic' === $facts->ssl_mode && $facts->is_kept( $row );
		$failed    = array( 'host' => $row->host ) + ( $is_kept ? array( 'panel' => 'kept' ) : $facts->said[ $row->host ] ?? array() );
		$is_repeat = count( $orders ) >= ( $is_kept ? 1 : self::MOST_ORDERS ) && 0 !== $row->ordered_at;
		$free_at   = $facts->order_at( $row, $now, $is_repeat ? self::KEPT_ORDERS : 0 );
		// An order that RunCloud may not have taken says nothing about the certificate.
		if ( $is_repeat && ! $row->has_failed_order() ) {
			$again_at = max( $free_at, max( $orders ) + $anew );
			if ( $again_at > $now ) {
				return $is_late ? Step::wait( Reason::Renewal_Late, $again_at, $row->certificate_details ) : Step::wait( Reason::Order_Failed, $again_at, $failed );
			}
		}
		if ( $free_at > $now ) {
			return match ( true ) {
				$is_carried, $is_late, $is_repeat => Step::wait( null, $free_at ),
				// The limit passes, and then it would come out the same.
				$is_kept                          => Step::wait( Reason::Order_Failed, $free_at, $failed ),
				default                           => Step::wait( Reason::Budget_Spent, $free_at, array( 'scope' => $facts->scope_of( $row->host ) ) ),
			};
		}
		return Step::now( Step::ORDER, Reason::Order_Under_Way, $now );
	}

	/**
	 * RunCloud looks after the certificate by itself. What a look finds says more, and it has a day.
	 *
	 * @param Domain $row The row.
	 * @param int    $now Unix time.
	 */
	private static function automatic( Domain $row, int $now ): Step {
		$is_due = 0 !== $row->dns_since && max( $row->dns_since, $row->desired_since ) + self::AUTOMATIC_WITHIN <= $now;
		return match ( true ) {
			in_array( $row->certificate_reason, array( Reason::Covers, Reason::Renewal_Late, Reason::Automatic ), true ) => Step::settled(),
			$is_due && Status::Ready === $row->domain_status && Status::Unknown !== $row->certificate_status
				=> Step::wait( Reason::Order_Failed, $now + self::AUTOMATIC_WITHIN, array( 'host' => $row->host, 'panel' => 'automatic' ) ),
			default => Step::settled( Reason::Automatic ),
		};
	}

	/**
	 * Whether the host is covered by a shared certificate that nobody renews any more: RunCloud has one for each host now, and none for this one. The
	 * row became due at its own time within a day after that was noticed (Domain_List::carry_over()).
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 */
	private static function is_carried_over( Domain $row, Facts $facts ): bool {
		return 'advanced' === $facts->ssl_mode && Reason::Covers === $row->certificate_reason && 0 === $row->certificate_id
			&& ! in_array( $row->order_set, array( '', $facts->order_set( $row ) ), true );
	}

	/**
	 * Whether an order was taken, has brought no certificate in time, and RunCloud was not asked yet what it has. Of a shared one it is asked once.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function is_unread( Domain $row, Facts $facts, int $now ): bool {
		if ( 0 === $row->ordered_at || $row->has_failed_order() ) {
			return false;
		}
		return 'basic' === $facts->ssl_mode
			? $facts->shared_read_at < $facts->shared_ordered_at && $facts->shared_ordered_at + self::ORDER_PATIENCE <= $now
			: Domain::ASKED_ORDER === $row->asked;
	}

	/**
	 * Why the one certificate of basic mode cannot be ordered for a row at this time; null when it can.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	private static function shared( Domain $row, Facts $facts, int $now ): ?Step {
		$gathers_until = $facts->shared_ordered_at + $facts->certificate_delay;
		// An order that left since the host became right, and brought nothing. One that brought a certificate without this host was stopped by nobody.
		$is_tried      = 0 !== $row->ordered_at && $row->ordered_at >= $row->dns_since && ! $row->has_failed_order() && ! ( $facts->shared_kept > 0 && $facts->has_brought( $row ) );
		$blocked_until = match ( true ) {
			// What is about to end is renewed, whoever stands in the way.
			'' === $facts->shared_blocker, Reason::Renewal_Late === $row->certificate_reason => 0,
			$is_tried => $row->ordered_at + self::SHARED_ANEW,
			// Nobody knows whether RunCloud leaves out who is not here: an order finds out, for all hosts and once an hour at most.
			default   => max( $facts->shared_ordered_at, $row->ordered_at, $row->dns_since ) + self::SHARED_PATIENCE,
		};
		return match ( true ) {
			$facts->shared_names > self::MOST_NAMES  => Step::settled( Reason::Names_Limit, array( 'names' => $facts->shared_names, 'most' => self::MOST_NAMES ) ),
			$blocked_until > $now                    => Step::wait( $is_tried ? Reason::Shared_Blocked : Reason::Shared_Waits, min( $blocked_until, $now + self::SHARED_AGAIN ), array( 'blocker' => $facts->shared_blocker, 'until' => $blocked_until ) ),
			$gathers_until > $now                    => Step::wait( Reason::Order_Waits, $gathers_until ),
			default                                  => null,
		};
	}

	/**
	 * A row that waits for the admin.
	 *
	 * @param Domain $row The row.
	 */
	private static function held( Domain $row ): Step {
		$reason = match ( $row->hold ) {
			Domain::HOLD_DECLINED     => Reason::Declined,
			Domain::HOLD_MASS_REMOVAL => Reason::Mass_Removal,
			Domain::HOLD_OTHER_APP    => Reason::Other_App,
			Domain::HOLD_OWNERSHIP    => Reason::Ownership,
			default                   => match ( true ) {
				in_array( $row->domain_reason, self::REASONS_TO_ASK, true ) => $row->domain_reason,
				$row->is_wanted()                                           => Reason::Existing,
				default                                                     => Reason::Unmapped_Meanwhile,
			},
		};
		return Step::hold( $row->hold, $reason, $row->domain_details );
	}

	/**
	 * Whether what the row says is about another web application than the network uses now.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 */
	private static function is_elsewhere( Domain $row, Facts $facts ): bool {
		return 0 !== $row->web_app && $row->web_app !== $facts->web_app && Domain::ABSENT !== $row->remote_state;
	}

	/**
	 * Whether RunCloud was asked for something and no look has confirmed it. What became of an order is seen in what is served.
	 *
	 * @param Domain $row The row.
	 */
	private static function is_intent_open( Domain $row ): bool {
		return ! in_array( $row->asked, array( '', Domain::ASKED_ORDER ), true );
	}

	/**
	 * Whether the last attempt failed for a reason that only somebody can end.
	 *
	 * @param Domain $row The row.
	 */
	private static function has_failed( Domain $row ): bool {
		return Status::Action === $row->domain_status && 0 !== $row->failing_since && null !== $row->domain_reason
			&& ! $row->domain_reason->is_retryable() && ! $row->domain_reason->is_outage();
	}
}
