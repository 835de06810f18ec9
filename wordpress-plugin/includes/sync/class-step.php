<?php
/**
 * What is to be done next about one row, and why.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;

/**
 * A step that is not done at once says when it is due; 0 means that the row is settled until something happens.
 */
final class Step {

	/** Nothing is to be done now. */
	const NONE = 'none';
	/** RunCloud is to have the domain. */
	const ADD = 'add';
	/** RunCloud is not to have it any more. */
	const REMOVE = 'remove';
	/** RunCloud is to serve it with other settings. */
	const UPDATE = 'update';
	/** RunCloud is to be asked what it has: by the domain's id, or by its name where no id is known. */
	const LOOK_UP = 'look-up';
	/** A certificate is to be ordered. */
	const ORDER = 'order';
	/** RunCloud is to be asked which certificate it has: one that was ordered is not served. */
	const READ = 'certificate';
	/** What others made is from now on ours. Sends nothing. */
	const ADOPT = 'adopt';
	/** The network is to be asked once more, in its primary database, whether it really does not want the host. Sends nothing. */
	const CONFIRM = 'confirm';
	/** The list of domains is to be read first. The run that plans reads it, and could not; nothing is sent for the row. */
	const LIST = 'list';
	/** The row is to go. Sends nothing. */
	const FORGET = 'forget';

	/** Seconds after which a step that never works is given up, and between attempts at most. */
	const GIVE_UP_AFTER = 86400;
	const LONGEST_WAIT  = 3600;

	/** Requests that a step takes, as it is foretold in a plan. */
	const REQUESTS = array(
		self::ADD     => 1,
		self::REMOVE  => 2,
		self::UPDATE  => 3,
		self::LOOK_UP => 1,
		self::ORDER   => 2,
		self::READ    => 2,
	);

	/**
	 * See the named ones below.
	 *
	 * @param string               $action  What is to be done.
	 * @param Reason|null          $reason  Why; null leaves the row's conditions as they are.
	 * @param int                  $due_at  When it is due, as a Unix time: now for what is to be done, 0 for what is settled.
	 * @param string               $hold    What the admin must decide first, or "".
	 * @param array<string, mixed> $details Arguments of the reason.
	 */
	private function __construct(
		public readonly string $action,
		public readonly ?Reason $reason,
		public readonly int $due_at = 0,
		public readonly string $hold = '',
		public readonly array $details = array()
	) {}

	/**
	 * To be done now.
	 *
	 * @param string      $action What.
	 * @param Reason|null $reason Why.
	 * @param int         $now    Unix time.
	 */
	public static function now( string $action, ?Reason $reason, int $now ): self {
		return new self( $action, $reason, $now );
	}

	/**
	 * Nothing is to be done until something happens.
	 *
	 * @param Reason|null          $reason  Why.
	 * @param array<string, mixed> $details Its arguments.
	 */
	public static function settled( ?Reason $reason = null, array $details = array() ): self {
		return new self( self::NONE, $reason, 0, '', $details );
	}

	/**
	 * To be decided again at a later time.
	 *
	 * @param Reason|null          $reason  Why not now.
	 * @param int                  $due_at  Unix time.
	 * @param array<string, mixed> $details Arguments of the reason.
	 */
	public static function wait( ?Reason $reason, int $due_at, array $details = array() ): self {
		return new self( self::NONE, $reason, $due_at, '', $details + array( 'until' => $due_at ) );
	}

	/**
	 * The admin decides.
	 *
	 * @param string               $hold    What about.
	 * @param Reason               $reason  Why.
	 * @param array<string, mixed> $details Arguments of the reason.
	 */
	public static function hold( string $hold, Reason $reason, array $details = array() ): self {
		return new self( self::NONE, $reason, 0, $hold, $details );
	}

	/**
	 * After an attempt that failed: when the next is due, or that there is none. What only somebody can end is not repeated; what meets
	 * every call goes on for as long as it lasts; the rest is given up after a day of failing, whatever the age of the row.
	 *
	 * @param Domain               $row         The row as it was before the attempt.
	 * @param Reason               $reason      Why it failed.
	 * @param array<string, mixed> $details     Its arguments.
	 * @param int                  $now         Unix time.
	 * @param int                  $retry_after Seconds that RunCloud asked to wait.
	 */
	public static function after_failure( Domain $row, Reason $reason, array $details, int $now, int $retry_after = 0 ): self {
		if ( ! $reason->is_retryable() && ! $reason->is_outage() ) {
			return self::settled( $reason, $details );
		}
		$seconds = min( self::LONGEST_WAIT, 30 * 2 ** min( 10, $row->attempts ) );
		if ( 0 !== $row->failing_since && $now - $row->failing_since >= self::GIVE_UP_AFTER ) {
			if ( ! $reason->is_outage() ) {
				return self::settled( Reason::Gave_Up, array( 'message' => $reason->sentence( $details ) ) );
			}
			$seconds = self::GIVE_UP_AFTER;
		}
		// Rows that failed together come back apart.
		$spread = crc32( "{$row->host} {$row->attempts}" ) % intdiv( $seconds, 2 );
		return self::wait( $reason, $now + max( min( $retry_after, self::LONGEST_WAIT ), $seconds - $spread ), $details );
	}

	/**
	 * The same, but not before a time.
	 *
	 * @param int    $due_at Unix time.
	 * @param Reason $reason Why not before.
	 */
	public function not_before( int $due_at, Reason $reason ): self {
		return new self( $this->action, $reason, $due_at, $this->hold, array( 'until' => $due_at ) + $this->details );
	}

	/** Whether RunCloud is called for it. */
	public function is_call(): bool {
		return isset( self::REQUESTS[ $this->action ] );
	}

	/** Whether it takes something away that visitors may be served. */
	public function is_destructive(): bool {
		return self::REMOVE === $this->action;
	}

	/** How many requests it takes. */
	public function requests(): int {
		return self::REQUESTS[ $this->action ] ?? 0;
	}
}
