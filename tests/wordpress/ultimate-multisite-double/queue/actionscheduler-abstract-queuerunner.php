<?php
/** How one action is run, and how long a process may go on. */

abstract class ActionScheduler_Abstract_QueueRunner {

	private const SECONDS = 30;

	/** After so many failures in a row a recurring action gets no successor. */
	private const FAILURES = 5;

	/** Processes that have worked on something else before have less time for the queue. */
	private float $created_time;

	protected function __construct() {
		$this->created_time = microtime( true );
	}

	/**
	 * One action, whatever its time and whoever claimed it; nothing happens to one that does not wait. A failure is written down, not thrown, and is final.
	 *
	 * @throws InvalidArgumentException When the action is gone.
	 */
	public function process_action( $action_id, $context = '' ): void {
		$store   = ActionScheduler::store();
		$waiting = true;
		// Errors that can be caught are an action's failure, not the end of the process.
		set_error_handler( static fn( $type, $message ) => throw new Exception( $message ), E_USER_ERROR | E_RECOVERABLE_ERROR ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
		try {
			do_action( 'action_scheduler_before_execute', $action_id, $context );
			$waiting = ActionScheduler_Store::STATUS_PENDING === $store->get_status( $action_id );
			if ( ! $waiting ) {
				do_action( 'action_scheduler_execution_ignored', $action_id, $context );
				return;
			}
			do_action( 'action_scheduler_begin_execute', $action_id, $context );
			$action = $store->fetch_action( $action_id );
			$store->log_execution( $action_id );
			$action->execute();
			do_action( 'action_scheduler_after_execute', $action_id, $action, $context );
			$store->mark_complete( $action_id );
		} catch ( Throwable $error ) {
			$error = new Exception( $error->getMessage(), (int) $error->getCode(), $error );
			if ( $waiting ) {
				$store->mark_failure( $action_id );
			}
			do_action( $waiting ? 'action_scheduler_failed_execution' : 'action_scheduler_failed_validation', $action_id, $error, $context );
		} finally {
			restore_error_handler();
		}
		if ( isset( $action ) && $action->get_schedule()->is_recurring() ) {
			$this->schedule_next_instance( $action, $action_id );
		}
	}

	public function get_allowed_concurrent_batches() {
		return apply_filters( 'action_scheduler_queue_runner_concurrent_batches', 1 );
	}

	public function has_maximum_concurrent_batches() {
		return ActionScheduler::store()->get_claim_count() >= $this->get_allowed_concurrent_batches();
	}

	protected function run_cleanup(): void {
		( new ActionScheduler_QueueCleaner() )->clean( 10 * $this->seconds() );
	}

	/** Whether three more actions such as those so far would take too long, or nine tenths of the memory are taken. */
	protected function batch_limits_exceeded( int $processed ): bool {
		return $this->memory_exceeded() || $this->time_likely_to_be_exceeded( $processed );
	}

	private function time_likely_to_be_exceeded( int $processed ): bool {
		$worked = microtime( true ) - $this->created_time;
		if ( 0 === $processed ) {
			return $worked >= $this->seconds();
		}
		$exceeded = $worked + 3 * $worked / $processed > $this->seconds();
		return apply_filters( 'action_scheduler_maximum_execution_time_likely_to_be_exceeded', $exceeded, $this, $processed, $worked, $this->seconds() );
	}

	private function memory_exceeded(): bool {
		$limit = wp_convert_hr_to_bytes( ini_get( 'memory_limit' ) );
		return apply_filters( 'action_scheduler_memory_exceeded', $limit > 0 && memory_get_usage( true ) >= 0.9 * $limit, $this );
	}

	private function seconds(): int {
		return absint( apply_filters( 'action_scheduler_queue_runner_time_limit', self::SECONDS ) );
	}

	/** Only now: while a recurring action runs, none of it waits. */
	private function schedule_next_instance( ActionScheduler_Action $action, $action_id ): void {
		$store = ActionScheduler::store();
		if ( ActionScheduler_Store::STATUS_FAILED === $store->get_status( $action_id ) && $this->always_fails( $action ) ) {
			return;
		}
		try {
			$next = new ActionScheduler_IntervalSchedule( $action->get_schedule()->get_next( as_get_datetime_object() ), $action->get_schedule()->get_recurrence() );
			$store->save_action( new ActionScheduler_Action( $action->get_hook(), $action->get_args(), $next, $action->get_group(), $action->get_priority() ) );
		} catch ( Exception $error ) {
			do_action( 'action_scheduler_failed_to_schedule_next_instance', $action_id, $error, $action );
		}
	}

	/** Whether the first so many actions of the hook, whatever their arguments, all have failed. */
	private function always_fails( ActionScheduler_Action $action ): bool {
		$nth    = array(
			'hook'         => $action->get_hook(),
			'date'         => as_get_datetime_object(),
			'date_compare' => '<',
			'offset'       => (int) apply_filters( 'action_scheduler_recurring_action_failure_threshold', self::FAILURES ) - 1,
		);
		$failed = ActionScheduler::store()->query_action( array( 'status' => ActionScheduler_Store::STATUS_FAILED ) + $nth );
		return null !== $failed
			&& apply_filters( 'action_scheduler_recurring_action_is_consistently_failing', ActionScheduler::store()->query_action( $nth ) === $failed, $action );
	}
}
