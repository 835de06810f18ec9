<?php
/**
 * One line of the plan.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Pure: what the planner says of a row, and what it would say if the admin approved that.
 */
final class Line {

	// Kinds.
	const ADD         = 'add';
	const ADOPT       = 'adopt';
	const DIFFERS     = 'differs';
	const REMOVE      = 'remove';
	const MOVE        = 'move';
	const RENAME      = 'rename';
	const OWNERSHIP   = 'ownership';
	const LEAVE       = 'leave';
	const LEFT_BEHIND = 'left-behind';
	const OTHER_APP   = 'other-app';
	const COVERED     = 'covered';
	const NO_WILDCARD = 'wildcard-gone';
	const SUSPENDED   = 'suspended';
	const LOOK_UP     = 'look-up';
	const FAILED      = 'failed';

	/** All kinds, in the order in which they are shown: what is to be decided first. */
	const KINDS = array( self::ADD, self::ADOPT, self::DIFFERS, self::MOVE, self::RENAME, self::REMOVE, self::OWNERSHIP, self::NO_WILDCARD, self::OTHER_APP, self::FAILED, self::LOOK_UP, self::COVERED, self::SUSPENDED, self::LEAVE, self::LEFT_BEHIND );

	// What becomes of a line.
	/** It waits for the admin. */
	const WAITS = 'waits';
	/** The admin may approve it; without that all stays as it is. */
	const OPTIONAL = 'optional';
	/** The admin approved it, and it is not done yet. */
	const APPROVED = 'approved';
	/** The admin declined it. */
	const DECLINED = 'declined';
	/** It is done by itself. */
	const ITSELF = 'by-itself';
	/** Nothing is done. */
	const STAYS = 'stays';

	/** What stands there for a reason, where nothing is to be sent. */
	private const BY_REASON = array(
		'not-ours'            => self::LEAVE,
		'left-at-old-web-app' => self::LEFT_BEHIND,
		'wildcard-covered'    => self::COVERED,
		'www-covered'         => self::COVERED,
		'site-suspended'      => self::SUSPENDED,
		'other-app'           => self::OTHER_APP,
		'ownership'           => self::OWNERSHIP,
		'removal-waits'       => self::REMOVE,
		'removal-delayed'     => self::REMOVE,
		'policy-add-only'     => self::REMOVE,
	);

	/**
	 * See of().
	 *
	 * @param Domain      $row      The row.
	 * @param string      $kind     What it is about.
	 * @param string      $state    What becomes of it.
	 * @param Reason|null $reason   Why.
	 * @param int         $requests How many requests to RunCloud it takes, its certificate's order included.
	 */
	private function __construct(
		public readonly Domain $row,
		public readonly string $kind,
		public readonly string $state,
		public readonly ?Reason $reason,
		public readonly int $requests
	) {}

	/**
	 * The line of a row; null when it is in order.
	 *
	 * @param Domain $row   The row.
	 * @param Facts  $facts What else is known.
	 * @param int    $now   Unix time.
	 */
	public static function of( Domain $row, Facts $facts, int $now ): ?self {
		if ( 'primary' === $row->remote_type && Domain::PRESENT === $row->remote_state && $row->web_app === $facts->web_app ) {
			return null;
		}
		$step        = Planner::next( $row, $facts, $now );
		$then        = Planner::next( $row->approved(), $facts, $now );
		$is_foreign  = $row->is_wanted() && Domain::PRESENT === $row->remote_state && ! $row->is_owned() && $row->web_app === $facts->web_app;
		$is_declined = Domain::HOLD_DECLINED === $row->hold;
		$is_asked    = '' !== $step->hold || ( $is_foreign && Step::ADOPT === $then->action );
		$kind        = self::kind_of( $row, $is_asked ? $then : $step );
		if ( null === $kind ) {
			return null;
		}
		$state = match ( true ) {
			$is_declined                                                        => self::DECLINED,
			$row->is_approved() && 0 !== $row->due_at                           => self::APPROVED,
			'' !== $step->hold                                                  => self::WAITS,
			$is_asked                                                           => self::OPTIONAL,
			'add-only' === $facts->policy && self::REMOVE === $kind             => self::STAYS,
			$step->is_call() || 0 !== $step->due_at || 0 !== $row->due_at       => self::ITSELF,
			default                                                             => self::STAYS,
		};
		return new self( $row, $kind, $state, '' !== $step->hold || ! $is_asked ? $step->reason ?? $then->reason : Reason::Not_Ours, self::STAYS === $state ? 0 : self::requests_of( $kind ) );
	}

	/** Whether the admin can approve it. */
	public function can_approve(): bool {
		return in_array( $this->state, array( self::WAITS, self::OPTIONAL, self::DECLINED ), true ) || ( self::REMOVE === $this->kind && Reason::Removal_Delayed === $this->reason );
	}

	/** Whether the admin can decline it. */
	public function can_decline(): bool {
		return self::WAITS === $this->state || ( self::REMOVE === $this->kind && self::ITSELF === $this->state );
	}

	/**
	 * Whether it is one of those that somebody asks for.
	 *
	 * @param string $kind  A kind, or "" for all.
	 * @param string $state A state, or "" for all.
	 */
	public function is_among( string $kind, string $state ): bool {
		return ( '' === $kind || $kind === $this->kind ) && ( '' === $state || $state === $this->state );
	}

	/** What it is about, in a few words. */
	public function label(): string {
		return self::label_of( $this->kind );
	}

	/**
	 * What a kind is about, in a few words.
	 *
	 * @param string $kind The kind.
	 */
	public static function label_of( string $kind ): string {
		return match ( $kind ) {
			self::ADD         => __( 'Add to RunCloud', 'domain-sync-for-runcloud' ),
			self::ADOPT       => __( 'Adopt: it is there, and others made it', 'domain-sync-for-runcloud' ),
			self::DIFFERS     => __( 'Adopt and change: www or redirection differs', 'domain-sync-for-runcloud' ),
			self::REMOVE      => __( 'Remove from RunCloud', 'domain-sync-for-runcloud' ),
			self::MOVE        => __( 'Add to the new web application', 'domain-sync-for-runcloud' ),
			self::RENAME      => __( 'Add the new name, remove the old one', 'domain-sync-for-runcloud' ),
			self::OWNERSHIP   => __( 'Ownership is to be proven', 'domain-sync-for-runcloud' ),
			self::LEAVE       => __( 'Leave: others made it, and nobody wants it', 'domain-sync-for-runcloud' ),
			self::LEFT_BEHIND => __( 'Left at the old web application', 'domain-sync-for-runcloud' ),
			self::OTHER_APP   => __( 'In another web application', 'domain-sync-for-runcloud' ),
			self::COVERED     => __( 'Served by a wildcard or with its domain', 'domain-sync-for-runcloud' ),
			self::NO_WILDCARD => __( 'Add: its wildcard is gone', 'domain-sync-for-runcloud' ),
			self::SUSPENDED   => __( 'Site is switched off', 'domain-sync-for-runcloud' ),
			self::LOOK_UP     => __( 'Look up', 'domain-sync-for-runcloud' ),
			default           => __( 'Failed', 'domain-sync-for-runcloud' ),
		};
	}

	/**
	 * What a step is about; null when nothing is to be done, or only a certificate to be seen to.
	 *
	 * @param Domain $row  The row.
	 * @param Step   $step The step.
	 */
	private static function kind_of( Domain $row, Step $step ): ?string {
		return match ( $step->action ) {
			Step::ADD     => match ( $step->reason ) {
				Reason::Web_App_Changed => self::MOVE,
				Reason::Wildcard_Gone   => self::NO_WILDCARD,
				default                 => self::ADD,
			},
			Step::ADOPT   => $row->differs() ? self::DIFFERS : self::ADOPT,
			Step::UPDATE  => self::DIFFERS,
			Step::REMOVE, Step::CONFIRM => self::REMOVE,
			Step::LOOK_UP => Reason::Renamed === $step->reason ? self::RENAME : self::LOOK_UP,
			Step::NONE    => self::BY_REASON[ (string) $step->reason?->value ] ?? ( Status::Action === $step->reason?->status() && '' === $step->hold ? self::FAILED : null ),
			default       => null,
		};
	}

	/**
	 * How many requests a kind takes at most, as long as RunCloud answers.
	 *
	 * @param string $kind The kind.
	 */
	private static function requests_of( string $kind ): int {
		return match ( $kind ) {
			self::ADD, self::MOVE, self::NO_WILDCARD => Step::REQUESTS[ Step::ADD ] + 1,
			self::DIFFERS                            => Step::REQUESTS[ Step::UPDATE ],
			self::REMOVE                             => Step::REQUESTS[ Step::REMOVE ],
			self::RENAME                             => Step::REQUESTS[ Step::LOOK_UP ] + Step::REQUESTS[ Step::ADD ] + 1 + Step::REQUESTS[ Step::REMOVE ],
			self::LOOK_UP                            => Step::REQUESTS[ Step::LOOK_UP ],
			default                                  => 0,
		};
	}
}
