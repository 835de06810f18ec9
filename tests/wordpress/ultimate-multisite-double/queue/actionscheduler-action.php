<?php
/** A queued action as callers read it. */

final class ActionScheduler_Action {

	public function __construct( private array $row ) {}

	public function get_hook() {
		return $this->row['hook'];
	}

	public function get_args() {
		return json_decode( $this->row['args'], true );
	}

	public function get_group() {
		return $this->row['group_slug'];
	}

	public function get_schedule() {
		return $this;
	}

	/** Null for an asynchronous action, as with the original. */
	public function get_date() {
		$date = $this->row['scheduled_date_gmt'];
		return '0000-00-00 00:00:00' === $date ? null : new DateTime( $date, new DateTimeZone( 'UTC' ) );
	}

	public function get_interval(): int {
		return (int) $this->row['recurrence'];
	}

	public function is_finished() {
		return in_array( $this->row['status'], array( 'complete', 'canceled', 'failed' ), true );
	}

	/** The arguments go to the callbacks by position. */
	public function execute(): void {
		if ( ! has_action( $this->get_hook() ) ) {
			throw new RuntimeException( sprintf( 'Scheduled action for %s will not be executed as no callbacks are registered.', $this->get_hook() ) );
		}
		do_action_ref_array( $this->get_hook(), array_values( $this->get_args() ) );
	}
}
