<?php
/**
 * Finds what was left undone.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Runs every hour, and whenever a step comes due: at the end of a pause, at the time of another try, when a dead job's claim runs
 * out. It makes jobs for rows that are due, and sends nothing itself but the daily question of an outage.
 */
final class Sweep {

	/** Rows that one sweep makes jobs for: as many as the panel's usual limit lets through in a minute. */
	const BATCH = 60;

	/**
	 * Sweeps nothing yet.
	 *
	 * @param Domain_Reader $reader       Finds rows.
	 * @param Certificates  $certificates Finds certificates that are due.
	 * @param Queue         $queue        Where the jobs go.
	 * @param Pause         $pause        Whether all jobs wait.
	 * @param Outage        $outage       Whether RunCloud refuses everything.
	 * @param Missed        $missed       Finds hosts of which no event came.
	 */
	public function __construct(
		private readonly Domain_Reader $reader,
		private readonly Certificates $certificates,
		private readonly Queue $queue,
		private readonly Pause $pause,
		private readonly Outage $outage,
		private readonly Missed $missed
	) {}

	/**
	 * Makes jobs for what is due, and sees to it that the next sweep comes in time.
	 */
	public function run(): void {
		$this->queue->ensure_sweep();
		$this->missed->look();
		$paused_until = $this->pause->ends_at();
		if ( 0 !== $paused_until ) {
			$this->queue->wake_at( $paused_until );
			return;
		}
		$this->outage->ask_if_over();
		foreach ( $this->reader->due( self::BATCH ) as $id ) {
			$this->queue->carry_out( $id );
		}
		$this->certificates->sweep();
		$next = $this->reader->next_due_at();
		if ( 0 !== $next ) {
			$this->queue->wake_at( max( $next, time() + MINUTE_IN_SECONDS ) );
		}
	}
}
