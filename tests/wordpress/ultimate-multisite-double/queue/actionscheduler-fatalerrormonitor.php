<?php
/**
 * Sees to a batch whose process ends before its end: after a fatal error the action has failed, and after an error of any kind, also one that did no
 * harm, the rest of the batch is free again. Without one (exit, a kill) nothing is done: the batch lies there until it is old.
 */

final class ActionScheduler_FatalErrorMonitor {

	private const FATAL = array( E_ERROR, E_PARSE, E_COMPILE_ERROR, E_USER_ERROR, E_RECOVERABLE_ERROR );

	private const ENDS = array( 'action_scheduler_after_execute', 'action_scheduler_execution_ignored', 'action_scheduler_failed_execution' );

	private int $claim_id = 0;

	private int $action_id = 0;

	public function attach( int $claim_id ): void {
		$this->claim_id = $claim_id;
		add_action( 'shutdown', array( $this, 'handle_unexpected_shutdown' ) );
		add_action( 'action_scheduler_before_execute', array( $this, 'begin' ), 0 );
		foreach ( self::ENDS as $end ) {
			add_action( $end, array( $this, 'end' ), 0, 0 );
		}
	}

	public function detach(): void {
		$this->claim_id = 0;
		$this->end();
		remove_action( 'shutdown', array( $this, 'handle_unexpected_shutdown' ) );
		remove_action( 'action_scheduler_before_execute', array( $this, 'begin' ), 0 );
		foreach ( self::ENDS as $end ) {
			remove_action( $end, array( $this, 'end' ), 0 );
		}
	}

	public function begin( $action_id ): void {
		$this->action_id = (int) $action_id;
	}

	public function end(): void {
		$this->action_id = 0;
	}

	public function handle_unexpected_shutdown(): void {
		$error = error_get_last();
		if ( ! $error ) {
			return;
		}
		if ( $this->action_id && in_array( $error['type'], self::FATAL, true ) ) {
			ActionScheduler::store()->mark_failure( $this->action_id );
			do_action( 'action_scheduler_unexpected_shutdown', $this->action_id, $error );
		}
		ActionScheduler::store()->release_claim( $this->claim_id );
	}
}
