<?php
/** Before each run: forgets what is long over, frees what a dead process had claimed, gives up what one had begun. No more than 20 of each at a time. */

final class ActionScheduler_QueueCleaner {

	private const KEEP_SECONDS = 2678400;

	private ActionScheduler_Store $store;

	public function __construct() {
		$this->store = ActionScheduler::store();
	}

	public function clean( int $seconds ): void {
		$this->delete_old_actions();
		$this->reset_timeouts( $seconds );
		$this->mark_failures( $seconds );
	}

	/** Failed ones stay for good. One that was cancelled before anybody claimed it has no last attempt, and goes at once. */
	private function delete_old_actions(): void {
		$age      = (int) apply_filters( 'action_scheduler_retention_period', self::KEEP_SECONDS );
		$statuses = (array) apply_filters( 'action_scheduler_default_cleaner_statuses', array( ActionScheduler_Store::STATUS_COMPLETE, ActionScheduler_Store::STATUS_CANCELED ) );
		foreach ( $statuses as $status ) {
			array_map( array( $this->store, 'delete_action' ), $this->older_than( $age, array( 'status' => $status ) ) );
		}
	}

	/** Of a claim with more than 20 actions some stay for another run, and block the queue until then. */
	private function reset_timeouts( int $seconds ): void {
		$age     = (int) apply_filters( 'action_scheduler_timeout_period', $seconds );
		$claimed = array(
			'status'  => ActionScheduler_Store::STATUS_PENDING,
			'claimed' => true,
		);
		foreach ( $age < 0 ? array() : $this->older_than( $age, $claimed ) as $action_id ) {
			$this->store->unclaim_action( $action_id );
			do_action( 'action_scheduler_reset_action', $action_id );
		}
	}

	/** A recurring action that fails in this way has no successor. */
	private function mark_failures( int $seconds ): void {
		$age = (int) apply_filters( 'action_scheduler_failure_period', $seconds );
		foreach ( $age < 0 ? array() : $this->older_than( $age, array( 'status' => ActionScheduler_Store::STATUS_RUNNING ) ) as $action_id ) {
			$this->store->mark_failure( $action_id );
			do_action( 'action_scheduler_failed_action', $action_id, $age );
		}
	}

	/** @return string[] Ids of those that nothing happened to for so long. */
	private function older_than( int $seconds, array $query ): array {
		return $this->store->query_actions(
			$query + array(
				'modified' => as_get_datetime_object( time() - $seconds ),
				'per_page' => absint( apply_filters( 'action_scheduler_cleanup_batch_size', 20 ) ),
				'orderby'  => 'none',
			)
		);
	}
}
