<?php
/**
 * What is known of the queue.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Sync\Handover;
use Domain_Sync_For_RunCloud\Sync\Last_Run;

/**
 * From Action Scheduler, from WordPress's cron, from the last run and from what another PHP asked for. What nobody knows is said to be so.
 */
final class Queue_Report {

	/** Seconds after which the queue should have been worked: it is once a minute. */
	private const LATE = 600;

	/**
	 * Reads it.
	 *
	 * @return array{is_known: bool, is_late: bool, last_at: int, next_at: int, run: array{at: int, php: string}, handover: array{php: string, arrives: bool}|null}
	 *         last_at: when a job of any plugin was last done; next_at: when WordPress's cron is to visit the queue; run: our own last one; Unix times, 0
	 *         where nobody knows.
	 */
	public static function read(): array {
		$last_at = self::last_at();
		$next_at = (int) wp_next_scheduled( 'action_scheduler_run_queue', array( 'WP Cron' ) );
		return array(
			'is_known' => function_exists( 'as_get_scheduled_actions' ),
			'is_late'  => 0 !== $next_at && $next_at < time() - self::LATE && $last_at < time() - self::LATE,
			'last_at'  => $last_at,
			'next_at'  => $next_at,
			'run'      => Last_Run::read(),
			'handover' => Handover::condition( time() ),
		);
	}

	/**
	 * The same for people: sentences, the most important first.
	 *
	 * @param array<string, mixed> $report See read().
	 *
	 * @return list<string>
	 */
	public static function sentences( array $report ): array {
		$sentences = array();
		if ( ! $report['is_known'] ) {
			$sentences[] = __( 'The queue is not loaded: Ultimate Multisite brings it.', 'domain-sync-for-runcloud' );
		} elseif ( $report['is_late'] ) {
			/* translators: %s: a length of time, as "5 minutes". */
			$sentences[] = sprintf( __( 'Nobody has worked the queue for %s. Have the system\'s cron open wp-cron.php each minute.', 'domain-sync-for-runcloud' ), human_time_diff( max( $report['next_at'], $report['last_at'] ), time() ) );
		} elseif ( 0 !== $report['last_at'] ) {
			/* translators: %s: a length of time, as "5 minutes". */
			$sentences[] = sprintf( __( 'The last job in the queue was done %s ago.', 'domain-sync-for-runcloud' ), human_time_diff( $report['last_at'], time() ) );
		} else {
			$sentences[] = __( 'No job is known to have been done yet.', 'domain-sync-for-runcloud' );
		}
		if ( 0 !== $report['run']['at'] ) {
			/* translators: 1: a length of time, as "5 minutes"; 2: version and kind of a PHP. */
			$sentences[] = sprintf( __( 'The plugin\'s last run began %1$s ago, in a PHP with the extension (%2$s).', 'domain-sync-for-runcloud' ), human_time_diff( $report['run']['at'], time() ), $report['run']['php'] );
		}
		if ( null === $report['handover'] ) {
			$sentences[] = __( 'No PHP without the extension has asked for help within a day.', 'domain-sync-for-runcloud' );
		} else {
			/* translators: %s: a kind of PHP and its file of settings. */
			$sentences[] = sprintf( __( 'The PHP that runs cron (%s) lacks the extension, and hands its work over.', 'domain-sync-for-runcloud' ), $report['handover']['php'] );
			if ( ! $report['handover']['arrives'] ) {
				$sentences[] = __( 'Its requests do not arrive.', 'domain-sync-for-runcloud' );
			}
		}
		return $sentences;
	}

	/** When a job was last done, of whatever plugin; 0 where nobody knows. */
	private static function last_at(): int {
		if ( ! function_exists( 'as_get_scheduled_actions' ) || ! class_exists( 'ActionScheduler' ) ) {
			return 0;
		}
		try {
			$done = as_get_scheduled_actions(
				array(
					'status'   => 'complete',
					'orderby'  => 'modified',
					'order'    => 'DESC',
					'per_page' => 1,
				),
				'ids'
			);
			return $done ? \ActionScheduler::store()->get_date( current( $done ) )->getTimestamp() : 0;
		} catch ( \Throwable $e ) {
			return 0;
		}
	}
}
