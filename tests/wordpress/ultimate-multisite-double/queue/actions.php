<?php
/** Queued actions as callers read them. */

class ActionScheduler_Action {

	public function __construct(
		protected string $hook,
		protected array $args = array(),
		protected ?ActionScheduler_Schedule $schedule = null,
		protected string $group = '',
		protected int $priority = 10
	) {
		$this->schedule ??= new ActionScheduler_NullSchedule();
	}

	public function get_hook() {
		return $this->hook;
	}

	public function get_args() {
		return $this->args;
	}

	public function get_group() {
		return $this->group;
	}

	public function get_schedule() {
		return $this->schedule;
	}

	public function get_priority() {
		return $this->priority;
	}

	public function is_finished() {
		return false;
	}

	/** The arguments go to the callbacks by position. */
	public function execute() {
		if ( ! has_action( $this->hook ) ) {
			throw new Exception( "Nobody listens to {$this->hook}: no callbacks are registered." );
		}
		do_action_ref_array( $this->hook, array_values( $this->args ) );
	}
}

/** Whatever is not waiting any more: complete, failed, and also one that runs right now. */
class ActionScheduler_FinishedAction extends ActionScheduler_Action {

	public function execute() {}

	public function is_finished() {
		return true;
	}
}

class ActionScheduler_CanceledAction extends ActionScheduler_FinishedAction {}

/** What a caller gets for an id that the queue does not know. */
class ActionScheduler_NullAction extends ActionScheduler_Action {

	public function __construct() {
		parent::__construct( '' );
	}

	public function execute() {}
}
