<?php
/**
 * Carries a step out.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Desired;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Panel;
use Domain_Sync_For_RunCloud\Panel\Result;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Store\Holder;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Um\Mapping;

/**
 * Every side effect of a step: writes what is asked for before it is, calls, writes what came of it. Whatever breaks the step off (a foreign filter
 * that throws, a process that is killed) leaves a counted attempt, and the row is due again later each time.
 */
final class Executor {

	/** Seconds that the panel's clock may be behind ours. More would take a domain that the admin made just before for ours. */
	const CLOCK_BEHIND = 2;

	/** Answers to an order that RunCloud has taken. */
	const TAKEN = array( 'redeployed', 'installed' );

	/** Domains of a web application that are searched for one name; in a larger one the inventory finds it. */
	const MOST_SEARCHED = 1000;

	/** Seconds until an alias that RunCloud does not show any more is looked up once more, before that is believed. */
	const BETWEEN_LOOKS = 60;

	/**
	 * Carries nothing out yet.
	 *
	 * @param Panel   $panel   RunCloud.
	 * @param Web_App $web_app What is known of the web application.
	 */
	public function __construct( private readonly Panel $panel, private readonly Web_App $web_app ) {}

	/**
	 * Carries a step out that is due. Never throws.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Step   $step  What is to be done.
	 * @param Facts  $facts What it was planned by.
	 *
	 * @return Result|null How the call ended; null when there was none.
	 */
	public function carry_out( Domain $row, Step $step, Facts $facts ): ?Result {
		try {
			if ( ! self::see_to_holder( $row, $facts ) ) {
				Domains::release( $row );
				return null;
			}
			// What is blocked until later has its action still.
			return match ( $step->due_at > time() ? Step::NONE : $step->action ) {
				Step::ADD     => $this->add( $row, $facts ),
				Step::REMOVE  => $this->remove( $row, $facts ),
				Step::UPDATE  => $this->update( $row, $facts ),
				Step::LOOK_UP => $this->look_up( $row ),
				Step::ORDER   => $this->order( $row, $facts ),
				Step::READ    => $this->read_certificate( $row, $facts ),
				default       => $this->settle( $row, $step, $facts ),
			};
		} catch ( \Throwable $e ) {
			self::broke_off( $row, $step->action, $e );
			return null;
		}
	}

	/**
	 * Keeps a host that is not proven from being served by Ultimate Multisite; one that need not be is its customer's from now on.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Facts  $facts Who must prove a host.
	 *
	 * @return bool False when the row must be planned anew.
	 */
	private static function see_to_holder( Domain $row, Facts $facts ): bool {
		if ( ! $row->is_wanted() ) {
			return true;
		}
		$policy   = $facts->ownership_of( $row->host );
		$is_known = $row->proven_customer_id === $row->customer_id;
		if ( Holder::must_prove( $row, $policy, time() ) ) {
			Mapping::withhold( $row->host );
			return true;
		}
		if ( 0 !== $row->customer_id && ( ! $is_known || Domain::HOLD_OWNERSHIP === $row->hold ) && ! Domains::admit( $row, $is_known || Holder::OFF === $policy ) ) {
			return false;
		}
		if ( $row->withheld ) {
			Mapping::give_back( $row->host );
		}
		return true;
	}

	/**
	 * Writes down that a step broke off.
	 *
	 * @param Domain     $row  The claimed row.
	 * @param string     $step What was being done.
	 * @param \Throwable $e    What was thrown; its text may be anything, and stays out of the log.
	 */
	public static function broke_off( Domain $row, string $step, \Throwable $e ): void {
		Log::error( sprintf( '%s: the step "%s" broke off: %s in %s, line %d', $row->host, $step, get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
		if ( Domains::mark_broken( $row, self::after_break( $row ) ) && Status::Ready !== $row->domain_status ) {
			Hooks::condition_changed( $row, Reason::Outcome_Unknown, false );
		}
	}

	/**
	 * Writes down a step for which nothing is sent.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Step   $step  The step; one that would be sent is blocked.
	 * @param Facts  $facts How reading the list of domains ended.
	 */
	private function settle( Domain $row, Step $step, Facts $facts ): null {
		match ( $step->action ) {
			Step::ADOPT   => $this->adopt( $row ),
			Step::FORGET  => Domains::forget( $row ) || Domains::release( $row ),
			// The network was asked a moment ago, and has the host again.
			Step::CONFIRM => Domains::release( $row ),
			Step::LIST    => $this->failed( $row, Step::LIST, $facts->list_failures[ $row->host ] ),
			default       => $this->wait( $row, $step ),
		};
		return null;
	}

	/**
	 * What others made at RunCloud is ours from now on. The history remembers it, should the row be lost.
	 *
	 * @param Domain $row The claimed row.
	 */
	private function adopt( Domain $row ): void {
		if ( Domains::adopt( $row ) ) {
			Hooks::condition_changed( $row, Reason::Adopted, false );
		}
		History::add( $row->host, 'adopted', array( 'id' => $row->remote_id ) );
		Log::info( "$row->host: adopted" );
	}

	/**
	 * Writes down that a step is not to be done, or not now.
	 *
	 * @param Domain $row  The claimed row.
	 * @param Step   $step The step.
	 */
	private function wait( Domain $row, Step $step ): void {
		// What keeps an order back says nothing about the domain.
		$reason  = in_array( $step->action, array( Step::ORDER, Step::READ ), true ) ? null : $step->reason;
		$details = $step->details;
		if ( Reason::Ownership === $reason ) {
			$record  = Ownership::record_of( $row );
			$details = array(
				'record' => $record['name'],
				'value'  => $record['value'],
			);
		}
		$is_written = Domains::settle( $row, $reason, $details, $step->due_at, $step->hold );
		if ( null !== $reason && $is_written ) {
			if ( Reason::Ownership === $reason && Reason::Ownership !== $row->domain_reason ) {
				History::add( $row->host, $reason->value, array( 'customer_id' => $row->customer_id, 'last_customer_id' => $row->last_customer_id ) + $details );
				Log::info( "$row->host: $reason->value" );
			}
			Hooks::condition_changed( $row, $reason, $reason->is_about_certificate() );
			if ( Reason::Not_Ours === $reason && Reason::Not_Ours !== $row->domain_reason ) {
				History::add( $row->host, 'left' );
				Log::info( "$row->host: left at RunCloud, since it was there before" );
			}
		}
	}

	/**
	 * RunCloud is to have the domain.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Facts  $facts Which web application.
	 */
	private function add( Domain $row, Facts $facts ): ?Result {
		// When it was first asked for what is desired now, of which the answer may have been lost.
		$asked_at = 0 !== $row->asked_at && $row->asked_at >= $row->desired_since ? $row->asked_at : time();
		if ( $row->is_owned() && Domain::PRESENT === $row->remote_state && $row->web_app !== $facts->web_app ) {
			History::add( $row->host, Reason::Left_Behind->value, array( 'web_app' => $row->web_app, 'id' => $row->remote_id ) );
		}
		if ( ! $this->may_begin( $row, Domain::ASKED_ADD, $facts ) ) {
			return null;
		}
		$result = $this->panel->add( $row->host, $row->www, $row->redirection );
		return $result->is_ok ? $this->is_there( $row, $result, $facts->web_app, $asked_at ) : $this->failed( $row, Step::ADD, $result );
	}

	/**
	 * RunCloud is not to have the domain any more.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Facts  $facts Which web application.
	 */
	private function remove( Domain $row, Facts $facts ): ?Result {
		if ( ! $this->may_begin( $row, Domain::ASKED_REMOVE, $facts ) ) {
			return null;
		}
		$result = $this->panel->remove( $row->host, $row->remote_id );
		if ( ! $result->is_ok ) {
			return $this->failed( $row, Step::REMOVE, $result );
		}
		$is_written = Domains::mark_absent( $row, Reason::Removed );
		if ( $row->remote_www ) {
			Remotes::make_www_due( $row->host );
		}
		if ( 'basic' === $facts->ssl_mode ) {
			// It may have been what kept the others from their certificate.
			Domain_List::wake_shared( $facts->web_app );
		}
		History::add( $row->host, 'removed', array( 'id' => $row->remote_id ) );
		Log::info( sprintf( '%s: removed from RunCloud (domain %d, %s)', $row->host, $row->remote_id, $result->cost() ) );
		if ( $is_written ) {
			Hooks::condition_changed( $row, Reason::Removed, false );
		}
		return $result;
	}

	/**
	 * RunCloud is to serve the domain with other settings.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Facts  $facts Which web application.
	 */
	private function update( Domain $row, Facts $facts ): ?Result {
		if ( ! $this->may_begin( $row, Domain::ASKED_UPDATE, $facts ) ) {
			return null;
		}
		$result = $this->panel->update( $row->host, $row->remote_id, $row->www, $row->redirection );
		if ( $result->is_ok && ( $row->www !== $result->value['www'] || $row->redirection !== $result->value['redirection'] ) ) {
			$result = Result::failed( Reason::Failed, array( 'code' => 'not-taken-over' ), $result->requests, $result->milliseconds, __( 'RunCloud did not take over the settings for www and the redirection. Set them in the RunCloud dashboard.', 'domain-sync-for-runcloud' ) );
		}
		if ( ! $result->is_ok ) {
			return $this->failed( $row, Step::UPDATE, $result );
		}
		$is_written = Domains::mark_present( $row, array( 'owner' => $row->owner, 'web_app' => $facts->web_app ) + $result->value );
		// The list of domains was read after the network had said what it wants: somebody changed the domain there.
		$is_drift = $row->remote_seen_at > $row->desired_since;
		History::add( $row->host, 'updated', array(), 0, $is_drift ? array( 'via' => Origin::DRIFT ) : array() );
		Log::info( sprintf( '%s: settings changed (%s)', $row->host, $result->cost() ) );
		self::is_mapped( $row, $is_written );
		return $result;
	}

	/**
	 * RunCloud is asked what it has.
	 *
	 * @param Domain $row The claimed row.
	 */
	private function look_up( Domain $row ): ?Result {
		if ( ! Domains::mark_looking( $row, self::after_break( $row ) ) ) {
			return null;
		}
		$by_id = 0 !== $row->remote_id;
		if ( ! $by_id && Inventory::is_whole_since( $row->asked_at ) ) {
			// The whole list was read after RunCloud was asked, and it was not in it.
			$this->is_gone( $row );
			return null;
		}
		if ( ! $by_id && Inventory::progress()['total'] > self::MOST_SEARCHED ) {
			// Searching would take a request for each 40 domains, for this host alone.
			Inventory::progress()['is_asked'] || Inventory::ask();
			$this->is_settled( $row, Reason::Outcome_Unknown );
			return null;
		}
		$result = $by_id ? $this->panel->look_up( $row->host, $row->remote_id ) : $this->panel->find( $row->host );
		if ( ! $result->is_ok ) {
			return $this->failed( $row, $by_id ? Step::LOOK_UP : 'find', $result );
		}
		if ( null === $result->value ) {
			$this->is_gone( $row );
		} elseif ( $row->host !== $result->value['host'] ) {
			Log::warning( sprintf( '%s: its id at RunCloud is that of %s; both are put right', $row->host, $result->value['host'] ) );
			Domains::split( $row, $result->value );
		} else {
			$this->is_there( $row, $result, $row->web_app, $row->asked_at );
		}
		return $result;
	}

	/**
	 * RunCloud has the domain.
	 *
	 * @param Domain $row      The claimed row.
	 * @param Result $result   Its answer.
	 * @param int    $web_app  The web application.
	 * @param int    $asked_at When it was first asked for the host; 0 when it was not.
	 */
	private function is_there( Domain $row, Result $result, int $web_app, int $asked_at ): Result {
		$remote  = $result->value;
		$is_ours = $remote['created'] || $row->is_owned() || $this->is_ours( $row, $remote, $asked_at );
		$is_written = Domains::mark_present( $row, array( 'owner' => $is_ours ? Domain::OURS : Domain::OTHERS, 'web_app' => $web_app ) + $remote );
		if ( $row->remote_id !== $remote['id'] ) {
			History::add( $row->host, $is_ours ? 'added' : 'found', array( 'id' => $remote['id'] ), 0, Reason::Deleted === $row->domain_reason ? array( 'via' => Origin::DRIFT ) : array() );
			Log::info( sprintf( '%s: %s (domain %d, %s)', $row->host, $remote['created'] ? 'added to RunCloud' : ( $is_ours ? 'is at RunCloud, and ours' : 'was at RunCloud before' ), $remote['id'], $result->cost() ) );
		}
		self::is_mapped( $row, $is_written );
		return $result;
	}

	/**
	 * Tells that RunCloud has a domain, unless it was served before.
	 *
	 * @param Domain $row        The claimed row.
	 * @param bool   $is_written Whether that is written down.
	 */
	private static function is_mapped( Domain $row, bool $is_written ): void {
		if ( $is_written && $row->is_wanted() && Status::Ready !== $row->domain_status ) {
			Hooks::condition_changed( $row, Reason::Mapped, false );
		}
	}

	/**
	 * Whether a domain that is there was made by us though no answer said so: it came into being after we had asked, or the history says that we made
	 * the one with this id.
	 *
	 * @param Domain               $row      The row.
	 * @param array<string, mixed> $remote   id, created_at.
	 * @param int                  $asked_at When RunCloud was first asked for the host.
	 */
	private function is_ours( Domain $row, array $remote, int $asked_at ): bool {
		if ( 0 !== $asked_at && $remote['created_at'] >= $asked_at - self::CLOCK_BEHIND ) {
			return true;
		}
		foreach ( History::list( $row->host ) as $event ) {
			if ( in_array( $event['kind'], array( 'added', 'adopted' ), true ) ) {
				return (int) ( $event['details']['id'] ?? 0 ) === $remote['id'];
			}
		}
		return false;
	}

	/**
	 * RunCloud has not got the domain. Of one that was there that is believed when it says so twice.
	 *
	 * @param Domain $row The claimed row.
	 */
	private function is_gone( Domain $row ): void {
		if ( ! $row->is_wanted() ) {
			$this->is_absent( $row, Reason::Removed );
			History::add( $row->host, 'removed', array( 'id' => $row->remote_id ), 0, array( 'via' => Origin::DRIFT ) );
			Log::info( "$row->host: is not at RunCloud any more" );
		} elseif ( 0 === $row->remote_id ) {
			$this->is_absent( $row, Reason::Waiting );
		} elseif ( Reason::Deleted !== $row->domain_reason || time() - $row->domain_since < self::BETWEEN_LOOKS ) {
			$this->is_settled( $row, Reason::Deleted );
		} elseif ( ! $row->is_owned() && ! $row->is_approved() ) {
			// Who made it may have meant that.
			$this->is_absent( $row, Reason::Deleted_By_Others, Domain::HOLD_EXISTING );
			History::add( $row->host, Reason::Deleted_By_Others->value, array(), 0, array( 'via' => Origin::DRIFT ) );
			Log::warning( "$row->host: is not at RunCloud any more, and was not ours; it waits in the plan" );
		} else {
			$this->is_absent( $row, Reason::Deleted );
			History::add( $row->host, Reason::Deleted->value, array(), 0, array( 'via' => Origin::DRIFT ) );
			Log::warning( "$row->host: was deleted at RunCloud by somebody; it is added again" );
		}
	}

	/**
	 * Writes down that RunCloud has not got the domain, and tells.
	 *
	 * @param Domain $row    The claimed row.
	 * @param Reason $reason Why that is so.
	 * @param string $hold   Why it must not be added again unasked, or "".
	 */
	private function is_absent( Domain $row, Reason $reason, string $hold = '' ): void {
		if ( Domains::mark_absent( $row, $reason, $hold ) ) {
			Hooks::condition_changed( $row, $reason, false );
		}
	}

	/**
	 * Writes down that RunCloud is to be looked at once more in a while, and tells.
	 *
	 * @param Domain $row    The claimed row.
	 * @param Reason $reason How it is until then.
	 */
	private function is_settled( Domain $row, Reason $reason ): void {
		if ( Domains::settle( $row, $reason, array(), time() + self::BETWEEN_LOOKS ) ) {
			Hooks::condition_changed( $row, $reason, false );
		}
	}

	/**
	 * A certificate is to be ordered. The order is counted before it leaves.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Facts  $facts How SSL is set up.
	 */
	private function order( Domain $row, Facts $facts ): ?Result {
		if ( '' === $facts->ssl_mode && '' !== $facts->shared_blocker ) {
			return $this->ask_mode( $row );
		}
		$set       = $facts->order_set( $row );
		$is_shared = 'basic' === $facts->ssl_mode;
		if ( ! $this->may_begin( $row, Domain::ASKED_ORDER, $facts, $set ) ) {
			return null;
		}
		$now = time();
		if ( $is_shared ? $facts->shared_missed : 0 !== $row->ordered_at && $row->has_failed_order() ) {
			// What this one takes the place of has brought no certificate.
			$this->note_failure( $row, $is_shared, $is_shared ? $facts->shared_ordered_at : $row->ordered_at );
		}
		History::add_order( $row->host, $is_shared ? array_values( array_unique( $facts->scopes ) ) : array( $facts->scope_of( $row->host ) ), $set );
		if ( '' !== $facts->shared_kept_set ) {
			// That is what RunCloud will make of it.
			History::add_order( $row->host, array( '' ), $facts->shared_kept_set );
		}
		$certificate = $is_shared ? $this->web_app->certificate_id() : $row->certificate_id;
		$result      = $this->panel->order( $row->host, $certificate, $is_shared && 0 !== $certificate ? 0 : $row->remote_id );
		$is_taken    = $result->is_ok ? in_array( $result->value['outcome'], self::TAKEN, true ) : $result->is_outcome_unknown;
		if ( ! $is_taken ) {
			History::take_order_back( $row->host, $set, $now );
			History::take_order_back( $row->host, $facts->shared_kept_set, $now );
		}
		if ( Reason::Refused === $result->reason ) {
			// RunCloud may have asked Let's Encrypt before it said no.
			$this->note_failure( $row, $is_shared, $now );
		}
		if ( $result->is_ok ) {
			return $this->ordered( $row, $result, $facts, $set, $now );
		}
		$this->failed( $row, Step::ORDER, $result );
		if ( ! $is_taken && $this->is_for_all( $row, $result, $facts ) ) {
			$next = Step::after_failure( $row, $result->reason, $result->details, time(), $result->retry_after );
			self::tell_others( $row, $facts->web_app, $next->reason, static fn() => Domain_List::mark_all_unordered( $facts->web_app, $next->reason, $next->details, $next->due_at, $row->attempts + 1 ) );
		}
		return $result;
	}

	/**
	 * Not all hosts are here, and whether they would share the certificate is not known: that is asked before the order.
	 *
	 * @param Domain $row The claimed row.
	 */
	private function ask_mode( Domain $row ): ?Result {
		if ( ! Domains::mark_looking( $row, self::after_break( $row ) ) ) {
			return null;
		}
		$mode = $this->panel->ssl_mode( $row->host );
		if ( ! $mode->is_ok ) {
			return $this->failed( $row, Step::ORDER, $mode );
		}
		$this->web_app->keep_ssl( $mode->value );
		Domains::release( $row );
		return $mode;
	}

	/**
	 * Whether an order that failed would have been for all domains. Where it is not known how SSL is set up and this order was refused or not permitted, that is asked:
	 * else each of the others would be refused in turn. What may meet every call is found out by the others' own orders, three at most (see Breaker).
	 *
	 * @param Domain $row    The row that it was for.
	 * @param Result $result How it ended.
	 * @param Facts  $facts  How SSL is set up.
	 */
	private function is_for_all( Domain $row, Result $result, Facts $facts ): bool {
		if ( '' !== $facts->ssl_mode || $facts->reachable < 2 || ( $result->reason->is_outage() && Reason::Forbidden !== $result->reason ) ) {
			return 'basic' === $facts->ssl_mode;
		}
		$mode = $this->panel->ssl_mode( $row->host );
		if ( $mode->is_ok ) {
			$this->web_app->keep_ssl( $mode->value );
		}
		return $mode->is_ok && 'basic' === $mode->value;
	}

	/**
	 * RunCloud took an order, or said why it did not.
	 *
	 * @param Domain $row    The claimed row.
	 * @param Result $result Its answer.
	 * @param Facts  $facts  Which web application.
	 * @param string $set    Hash of the names.
	 * @param int    $at     When it was counted, as a Unix time.
	 */
	private function ordered( Domain $row, Result $result, Facts $facts, string $set, int $at ): Result {
		$is_taken = in_array( $result->value['outcome'], self::TAKEN, true );
		$is_basic = 'basic' === $result->value['mode'];
		// The id of a certificate that cannot be renewed would make the next order one for that.
		$this->web_app->keep_ssl( $result->value['mode'], $is_taken ? $result->value['certificate_id'] : 0 );
		$reason = match ( $result->value['outcome'] ) {
			'redeployed', 'installed' => Reason::Order_Under_Way,
			'automatic'               => Reason::Automatic,
			'not-installed'           => Reason::First_Certificate,
			default                   => Reason::Not_Renewable,
		};
		$is_written = Domains::mark_ordered( $row, $reason, $is_basic || ! $is_taken ? 0 : $result->value['certificate_id'] );
		if ( $is_basic && $is_taken ) {
			if ( 'basic' !== $facts->ssl_mode ) {
				// Nobody knew: it was counted as one for this host.
				$names = Remotes::shared_names( Remotes::shared( $facts->web_app ) );
				$known = Domain::set_of( $names );
				History::share_order( $row->host, $set, $at, $known, array_map( static fn( string $name ): string => \RunCloud\registrable_domain( $name ) ?? $name, $names ) );
				$set = $known;
			}
			self::tell_others( $row, $facts->web_app, $reason, static fn() => Domain_List::mark_all_ordered( $facts->web_app, $set, time() ) );
			$this->web_app->keep_order( time(), '' === $facts->shared_kept_set ? $set : $facts->shared_kept_set );
		} elseif ( $is_taken && ! $is_basic && 'basic' === $facts->ssl_mode ) {
			// It was counted as one for all, and its certificate is for this host alone.
			History::add_order( $row->host, array( '' ), Domain::set_of( $row->names() ) );
		} elseif ( $is_basic ) {
			self::tell_others( $row, $facts->web_app, $reason, static fn() => Domain_List::mark_all_unordered( $facts->web_app, $reason, array(), time() + 86400, 0 ) );
		}
		Log::info( sprintf( '%s: certificate %s (%s mode, %s)', $row->host, $result->value['outcome'], $result->value['mode'], $result->cost() ) );
		if ( $is_written && Reason::Automatic !== $reason ) {
			Hooks::condition_changed( $row, $reason, true );
		}
		return $result;
	}

	/**
	 * Writes down what an answer means for all that share the certificate, and tells of the others.
	 *
	 * @param Domain   $row     The row that the order was for.
	 * @param int      $web_app The web application.
	 * @param Reason   $reason  How their certificates are then.
	 * @param callable $write   Writes it down.
	 */
	private static function tell_others( Domain $row, int $web_app, Reason $reason, callable $write ): void {
		$before = Hooks::are_followed() ? Remotes::without_certificate( $web_app ) : array();
		$write();
		unset( $before[ $row->host ] );
		if ( $before ) {
			$changed = array_keys( array_intersect_key( Remotes::without_certificate( $web_app ), $before ), $reason->value, true );
			foreach ( $changed as $host ) {
				Hooks::changed( (string) $host, Reason::tryFrom( $before[ $host ] ), $reason, true );
			}
		}
	}

	/**
	 * An order has brought no certificate in time: RunCloud is asked which one it has, and how SSL is set up by now. Whatever it says, it is asked once.
	 *
	 * @param Domain $row   The claimed row.
	 * @param Facts  $facts How SSL is set up.
	 */
	private function read_certificate( Domain $row, Facts $facts ): ?Result {
		if ( ! Domains::mark_looking( $row, self::after_break( $row ) ) ) {
			return null;
		}
		$is_shared = 'basic' === $facts->ssl_mode;
		$result    = $this->panel->certificate( $row->host, $row->remote_id );
		$said      = $result->is_ok ? self::said( $result->value['certificate'], time() ) : array();
		$this->note_failure( $row, $is_shared, $is_shared ? $facts->shared_ordered_at : $row->ordered_at, $said );
		if ( $is_shared ) {
			$this->web_app->keep_read( $facts->shared_ordered_at );
		}
		if ( $result->is_ok ) {
			$this->web_app->keep_ssl( $result->value['mode'] );
		}
		Domains::mark_read( $row );
		Log::warning( sprintf( '%s: no certificate came of the order; RunCloud says: %s (%s)', $row->host, $said['panel'] ?? (string) $result->reason?->value, $result->cost() ) );
		return $result;
	}

	/**
	 * What RunCloud has, as arguments of a reason.
	 *
	 * @param array<string, mixed>|null $certificate As Panel::certificate() gives it.
	 * @param int                       $now         Unix time.
	 *
	 * @return array<string, mixed> panel (none, staging, elsewhere, expired or held), panel_until.
	 */
	private static function said( ?array $certificate, int $now ): array {
		$code = match ( true ) {
			null === $certificate                                                     => 'none',
			$certificate['is_staging']                                                => 'staging',
			! in_array( $certificate['method'], array( '', 'letsencrypt' ), true )     => 'elsewhere',
			0 !== $certificate['until'] && $certificate['until'] <= $now              => 'expired',
			default                                                                   => 'held',
		};
		return array_filter(
			array(
				'panel'       => $code,
				'panel_until' => $certificate['until'] ?? 0,
			)
		);
	}

	/**
	 * Counts what Let's Encrypt may have counted as a failed validation. The shared certificate's is everybody's.
	 *
	 * @param Domain               $row       The row.
	 * @param bool                 $is_shared Whether the order was for all.
	 * @param int                  $at        When it was ordered, as a Unix time.
	 * @param array<string, mixed> $said      What RunCloud said of its certificate.
	 */
	private function note_failure( Domain $row, bool $is_shared, int $at, array $said = array() ): void {
		History::add( $is_shared ? '' : $row->host, History::INVALID, $said, 0, array( 'at' => $at ) );
	}

	/**
	 * Whether a step may begin: notes what RunCloud is about to be asked, if the row is still ours and the same is desired.
	 *
	 * @param Domain $row   The claimed row.
	 * @param string $asked What for.
	 * @param Facts  $facts Which web application.
	 * @param string $set   With an order, the hash of its names.
	 */
	private function may_begin( Domain $row, string $asked, Facts $facts, string $set = '' ): bool {
		if ( Domains::mark_asked( $row, $asked, $facts->web_app, self::after_break( $row ), $set ) ) {
			return true;
		}
		Domains::release( $row );
		return false;
	}

	/**
	 * When a row is due again whose step breaks off: later each time.
	 *
	 * @param Domain $row The row.
	 */
	private static function after_break( Domain $row ): int {
		return time() + min( Step::LONGEST_WAIT, 60 * 2 ** min( 6, $row->unfinished ) );
	}

	/**
	 * Writes down that a call failed, and when it is made again.
	 *
	 * @param Domain $row       The claimed row.
	 * @param string $operation What was called.
	 * @param Result $result    How it ended.
	 */
	private function failed( Domain $row, string $operation, Result $result ): Result {
		$code     = $result->details['code'] ?? '';
		$is_order = Step::ORDER === $operation;
		// With an order it may be the certificate that went.
		$is_other = in_array( $code, array( 'domain-not-found', 'domain-id-mismatch' ), true ) || ( 'gone-meanwhile' === $code && ! $is_order );
		if ( $is_other && 0 !== $row->remote_id && Step::LOOK_UP !== $operation ) {
			// What RunCloud has is not what the row says: look, and then go on.
			Remotes::mark_unknown( array( $row->host ) );
			Domains::mark_failed( $row, null, array(), time() + self::BETWEEN_LOOKS, true );
			return $result;
		}
		$next = Step::after_failure( $row, $result->reason, $result->details, time(), $result->retry_after );
		// A question that failed says nothing about what was asked for before.
		$is_known = ! $result->is_outcome_unknown && in_array( $operation, array( Step::ADD, Step::REMOVE, Step::UPDATE, Step::ORDER ), true );
		$is_written = Domains::mark_failed( $row, $next->reason, $next->details, $next->due_at, $is_known, $is_order );
		$known = $is_order ? $row->certificate_reason : $row->domain_reason;
		if ( $known !== $next->reason ) {
			History::add( $row->host, $next->reason->value, $next->details );
		}
		$line = sprintf( '%s: could not %s: %s%s (%s)', $row->host, $operation, $next->reason->value, null === $result->status ? '' : " ($result->status)", $result->cost() );
		0 === $next->due_at
			? Log::error( "$line. Put it right, then press \"Test connection\" in Ultimate Multisite: what had failed is tried again then." )
			: Log::warning( sprintf( '%s, next try in %d s', $line, $next->due_at - time() ) );
		if ( $is_written ) {
			Hooks::condition_changed( $row, $next->reason, $is_order );
		}
		return $result;
	}
}
