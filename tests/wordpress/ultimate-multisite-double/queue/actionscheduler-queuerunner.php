<?php
/** Runs due actions, a batch at a time, from WordPress's cron: of the site whose cron it is. */

class ActionScheduler_QueueRunner extends ActionScheduler_Abstract_QueueRunner {

	private const BATCH = 25;

	private static ?ActionScheduler_QueueRunner $instance = null;

	private int $processed = 0;

	public static function instance(): ActionScheduler_QueueRunner {
		self::$instance ??= new self();
		return self::$instance;
	}

	public function add_minute( $schedules ) {
		$schedules['every_minute'] = array(
			'interval' => 60,
			'display'  => 'Every minute',
		);
		return $schedules;
	}

	public function init(): void {
		add_filter( 'cron_schedules', array( $this, 'add_minute' ) ); // phpcs:ignore WordPress.WP.CronInterval
		add_action( 'action_scheduler_run_queue', array( $this, 'run' ) );
		if ( ! wp_next_scheduled( 'action_scheduler_run_queue', array( 'WP Cron' ) ) ) {
			wp_schedule_event( time(), apply_filters( 'action_scheduler_run_schedule', 'every_minute' ), 'action_scheduler_run_queue', array( 'WP Cron' ) );
		}
	}

	/** How many actions were run. Whether another batch is unfinished is asked once, before the first. */
	public function run( $context = 'WP Cron' ): int {
		do_action( 'action_scheduler_before_process_queue' );
		$this->run_cleanup();
		$this->processed = 0;
		if ( ! $this->has_maximum_concurrent_batches() ) {
			do {
				$batch            = $this->do_batch( (int) apply_filters( 'action_scheduler_queue_runner_batch_size', self::BATCH ), $context );
				$this->processed += $batch;
			} while ( $batch > 0 && ! $this->batch_limits_exceeded( $this->processed ) );
		}
		do_action( 'action_scheduler_after_process_queue' );
		return $this->processed;
	}

	private function do_batch( int $size, string $context ): int {
		$store     = ActionScheduler::store();
		$monitor   = new ActionScheduler_FatalErrorMonitor();
		$processed = 0;
		$claim_id  = $store->stake_claim( $size );
		$monitor->attach( $claim_id );
		foreach ( $store->find_actions_by_claim_id( $claim_id ) as $action_id ) {
			// Another process may have taken us for dead and freed it.
			if ( ! in_array( $action_id, $store->find_actions_by_claim_id( $claim_id ), true ) ) {
				break;
			}
			$this->process_action( $action_id, $context );
			++$processed;
			if ( $this->batch_limits_exceeded( $processed + $this->processed ) ) {
				break;
			}
		}
		$store->release_claim( $claim_id );
		$monitor->detach();
		wp_cache_flush_runtime();
		return $processed;
	}
}
