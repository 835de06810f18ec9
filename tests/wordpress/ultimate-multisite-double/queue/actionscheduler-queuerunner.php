<?php
/** Runs due actions, a batch at a time, from WordPress's cron. */

class ActionScheduler_QueueRunner {

	private const BATCH           = 25;
	private const SECONDS         = 30;
	private const FAILURE_SECONDS = 300;

	private static ?ActionScheduler_QueueRunner $instance = null;

	/** The action this process has begun and not ended. */
	private int $begun = 0;

	public static function instance(): ActionScheduler_QueueRunner {
		self::$instance ??= new self();
		return self::$instance;
	}

	public static function add_minute( $schedules ) {
		$schedules['every_minute'] = array(
			'interval' => 60,
			'display'  => 'Every minute',
		);
		return $schedules;
	}

	public function init(): void {
		add_action( 'action_scheduler_run_queue', array( $this, 'run' ) );
		if ( ! wp_next_scheduled( 'action_scheduler_run_queue', array( 'WP Cron' ) ) ) {
			wp_schedule_event( time(), 'every_minute', 'action_scheduler_run_queue', array( 'WP Cron' ) );
		}
		register_shutdown_function( array( $this, 'note_fatal_error' ) );
	}

	public function run( $context = 'WP Cron' ): int {
		$this->clean();
		$processed = 0;
		if ( ActionScheduler::store()->get_claim_count() >= apply_filters( 'action_scheduler_queue_runner_concurrent_batches', 1 ) ) {
			return $processed;
		}
		$deadline = time() + apply_filters( 'action_scheduler_queue_runner_time_limit', self::SECONDS );
		do {
			$batch      = $this->run_batch( $context, $deadline );
			$processed += $batch;
		} while ( $batch > 0 && time() < $deadline );
		return $processed;
	}

	/** One action, whatever its time. A failure is written down, not thrown, and is final. */
	public function process_action( $action_id, $context = '' ): void {
		$store       = ActionScheduler::store();
		$this->begun = (int) $action_id;
		$action      = $store->fetch_action( $action_id );
		try {
			do_action( 'action_scheduler_before_execute', $action_id, $context );
			if ( ActionScheduler_Store::STATUS_PENDING !== $store->get_status( $action_id ) ) {
				do_action( 'action_scheduler_execution_ignored', $action_id, $context );
				return;
			}
			$store->log_execution( $action_id );
			$action->execute();
			do_action( 'action_scheduler_after_execute', $action_id, $action, $context );
			$store->mark_complete( $action_id );
		} catch ( Throwable $error ) {
			$store->mark_failure( $action_id );
			do_action( 'action_scheduler_failed_execution', $action_id, $error, $context );
		} finally {
			$this->begun = 0;
		}
		if ( $action->get_interval() ) {
			$store->save( $action->get_hook(), $action->get_args(), $action->get_group(), time() + $action->get_interval(), $action->get_interval(), false, 10 );
		}
	}

	public function note_fatal_error(): void {
		if ( $this->begun && in_array( error_get_last()['type'] ?? 0, array( E_ERROR, E_PARSE, E_CORE_ERROR, E_COMPILE_ERROR, E_USER_ERROR, E_RECOVERABLE_ERROR ), true ) ) {
			ActionScheduler::store()->mark_failure( $this->begun );
			do_action( 'action_scheduler_unexpected_shutdown', $this->begun, error_get_last() );
		}
	}

	private function run_batch( string $context, int $deadline ): int {
		$store     = ActionScheduler::store();
		$claim_id  = random_int( 1, PHP_INT_MAX );
		$processed = 0;
		foreach ( $store->stake_claim( $claim_id, apply_filters( 'action_scheduler_queue_runner_batch_size', self::BATCH ) ) as $action_id ) {
			// Another process may have given up our claim meanwhile.
			if ( (int) $store->row( $action_id )['claim_id'] !== $claim_id ) {
				break;
			}
			$this->process_action( $action_id, $context );
			++$processed;
			if ( time() >= $deadline ) {
				break;
			}
		}
		$store->release_claim( $claim_id );
		return $processed;
	}

	private function clean(): void {
		$store = ActionScheduler::store();
		foreach ( $store->give_up_old( apply_filters( 'action_scheduler_failure_period', self::FAILURE_SECONDS ) ) as $action_id ) {
			$store->mark_failure( $action_id );
			do_action( 'action_scheduler_failed_action', $action_id, self::FAILURE_SECONDS );
		}
	}
}
