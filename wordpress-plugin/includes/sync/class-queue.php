<?php
/**
 * The one job, in Action Scheduler.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Admin\Mail;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Events;
use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Network\Walk;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * A job carries nothing: what is to be done stands in the rows. An event enqueues one at once; for all else a look at the rows before each turn of
 * the queue decides whether one is needed. So there is no chain of jobs that could break, and a job that is lost, doubled, or cloned into another
 * site's queue does no harm.
 *
 * Action Scheduler keeps a queue for each site. The job lives in the main site's, as Ultimate Multisite's own do. Its means against doubles are not
 * used: they count a job that is running.
 */
final class Queue {

	const JOB   = 'domain_sync_run';
	const GROUP = 'domain_sync';

	/** Before the jobs of others (10): a run is short, and Ultimate Multisite's own look at a host may take many seconds. */
	private const PRIORITY = 5;

	/** Whether this process has enqueued a job since the last run. */
	private static bool $is_enqueued = false;

	/** Has all that is due worked as soon as possible. */
	public static function run_soon(): void {
		if ( self::$is_enqueued ) {
			return;
		}
		self::on_main_site(
			static function (): void {
				// Only what can begin now counts: a job for later must not stand in the way of one that is due.
				$pending = array(
					'hook'         => self::JOB,
					'group'        => self::GROUP,
					'status'       => 'pending',
					'date'         => gmdate( 'Y-m-d H:i:s' ),
					'date_compare' => '<=',
					'per_page'     => 1,
				);
				if ( ! as_get_scheduled_actions( $pending, 'ids' ) ) {
					as_enqueue_async_action( self::JOB, array(), self::GROUP, false, self::PRIORITY );
				}
				self::$is_enqueued = true;
			}
		);
	}

	/** The main site's queue is about to be worked: enqueues a run if there is anything for it. */
	public static function wake(): void {
		if ( ! Plugin::is_main_site() || ! Plugin::is_switched_on() ) {
			return;
		}
		if ( ! Ultimate_Multisite::is_loaded() ) {
			// Another plugin's queue may hold its events.
			Events::bind_to_queue();
			return;
		}
		try {
			$now = time();
			if ( ! self::has_work( $now ) ) {
				return;
			}
			if ( null !== Identity::obstacle() ) {
				Identity::say_so( $now );
			} elseif ( Plugin::is_in_charge() ) {
				self::run_soon();
			} elseif ( Plugin::is_set_up() ) {
				// This PHP can do none of it, and a job would only be eaten. A mail it can send: where its requests do not arrive nobody else does.
				Handover::ask();
				Mail::send_if_due();
			}
		} catch ( \Throwable $e ) {
			Log::error( 'Whether anything is due could not be read: ' . $e->getMessage() );
		}
	}

	/** The job. Never throws. */
	public static function run(): void {
		self::$is_enqueued = false;
		if ( ! Plugin::is_main_site() ) {
			return;
		}
		try {
			Credentials::read_anew();
			if ( Plugin::is_in_charge() ) {
				Last_Run::note();
				Origin::during( Origin::RUN, static fn() => ( new Reconciler() )->run() );
			} elseif ( Plugin::is_set_up() ) {
				Handover::ask();
			}
		} catch ( \Throwable $e ) {
			Log::error( 'A run could not begin; the next turn of the queue tries again: ' . $e->getMessage() );
		}
	}

	/** Whether other plugins' jobs wait: a run is shorter then. */
	public static function has_others(): bool {
		$waiting = array(
			'status'       => 'pending',
			'date'         => gmdate( 'Y-m-d H:i:s' ),
			'date_compare' => '<=',
			'per_page'     => 5,
		);
		foreach ( function_exists( 'as_get_scheduled_actions' ) ? as_get_scheduled_actions( $waiting ) : array() as $action ) {
			if ( self::JOB !== $action->get_hook() ) {
				return true;
			}
		}
		return false;
	}

	/** Removes the job, also while Action Scheduler is not loaded. */
	public static function clear(): void {
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			self::on_main_site( static fn() => as_unschedule_all_actions( '', array(), self::GROUP ) );
			return;
		}
		global $wpdb;
		$table = $wpdb->get_blog_prefix( get_main_site_id() ) . 'actionscheduler_actions';
		// phpcs:disable WordPress.DB -- a table's name cannot be a placeholder.
		if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) ) {
			$wpdb->query( $wpdb->prepare( "DELETE FROM `$table` WHERE hook = %s AND status = 'pending'", self::JOB ) );
		}
		// phpcs:enable
	}

	/**
	 * Whether there is anything for a run: a look, a slice of the walk, or a step or a page of the inventory while RunCloud may be called.
	 *
	 * @param int $now Unix time.
	 */
	private static function has_work( int $now ): bool {
		if ( Walk::is_due( $now ) ) {
			return true;
		}
		$work = Domain_List::has_work();
		if ( $work['looks'] ) {
			return true;
		}
		$is_listing = Inventory::is_due( $now );
		$is_open    = static fn( array $block ): bool => ( $block['until'] ?? 0 ) <= $now;
		$blocks     = $work['steps'] || $is_listing ? Limits::blocks( $now ) : array();
		// An inventory can wait for better times.
		return $is_open( $blocks[ Breaker::ALL ] ?? array() ) && ( $work['steps'] || ( $is_listing && array() === array_filter( $blocks, static fn( array $block ): bool => ! $is_open( $block ) ) ) );
	}

	/**
	 * Does something with the main site's queue. If that fails the rows are still written, and the next turn of the queue finds them.
	 *
	 * @param callable $work What to do.
	 */
	private static function on_main_site( callable $work ): void {
		if ( ! function_exists( 'as_enqueue_async_action' ) ) {
			return;
		}
		$is_switched = ! is_main_site();
		if ( $is_switched ) {
			switch_to_blog( get_main_site_id() );
		}
		try {
			$work();
		} catch ( \Throwable $e ) {
			Log::error( 'The queue could not be written; its next turn will find what is due: ' . $e->getMessage() );
		} finally {
			if ( $is_switched ) {
				restore_current_blog();
			}
		}
	}
}
