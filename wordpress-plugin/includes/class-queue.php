<?php
/**
 * The jobs, in Action Scheduler.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Jobs carry ids only; what is to be done stands in the table of domains. So a job that is lost, doubled or late does no harm: the
 * hourly sweep makes new ones, and a job with nothing to do does nothing.
 *
 * Action Scheduler keeps a queue per site. All jobs live in the main site's, as Ultimate Multisite's own do.
 */
final class Queue {

	const GROUP     = 'domain_sync';
	const CARRY_OUT = 'domain_sync_carry_out';
	const REDEPLOY  = 'domain_sync_redeploy';
	const SWEEP     = 'domain_sync_sweep';
	const WAKE      = 'domain_sync_wake';

	/** Wake-ups closer together than this share one. */
	const WAKE_EVERY = 15;

	/** Whether this process has said already that it cannot do any job. */
	private bool $skipped = false;

	/**
	 * Schedules nothing yet.
	 *
	 * @param Log $log Where a queue that cannot be written is logged.
	 */
	public function __construct( private readonly Log $log ) {}

	/**
	 * Binds the jobs in every kind of request: a queue's job without a callback fails for good.
	 *
	 * @param Plugin $plugin Whose parts do the work.
	 */
	public static function bind( Plugin $plugin ): void {
		$jobs = array(
			self::CARRY_OUT => static fn( mixed $id ) => $plugin->worker()->carry_out( (int) $id ),
			self::REDEPLOY  => static fn() => $plugin->certificates()->redeploy(),
			self::SWEEP     => static fn() => $plugin->sweep()->run(),
			self::WAKE      => static fn() => $plugin->sweep()->run(),
		);
		foreach ( $jobs as $hook => $job ) {
			add_action(
				$hook,
				static function ( mixed ...$args ) use ( $plugin, $job ): void {
					if ( $plugin->is_in_charge() ) {
						$job( ...$args );
					} else {
						$plugin->queue()->skip( $plugin );
					}
				}
			);
		}
		add_action(
			'action_scheduler_init',
			static function () use ( $plugin ): void {
				if ( ( is_admin() || wp_doing_cron() || 'cli' === PHP_SAPI ) && $plugin->um()->is_enabled() ) {
					$plugin->queue()->ensure_sweep();
				}
			}
		);
	}

	/**
	 * Leaves everything as it is, for another time or another process. Where only the extension is missing the admin should know:
	 * often PHP-FPM has it and the PHP that runs WordPress's cron has not. So should who copied the network, or moved it.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	private function skip( Plugin $plugin ): void {
		$missing = Extension::missing();
		if ( null !== $missing && $plugin->um()->is_enabled() && ! $this->skipped ) {
			$this->skipped = true;
			$this->log->error( sprintf( 'Jobs were left undone in %s with %s: %s', PHP_SAPI, php_ini_loaded_file() ? php_ini_loaded_file() : 'no php.ini', $missing ) );
		} elseif ( ! Network_Identity::is_known() && ! $this->skipped ) {
			$this->skipped = true;
			$this->log->error( 'Jobs were left undone. ' . Network_Identity::advice() );
		}
	}

	/**
	 * Has a step carried out as soon as possible.
	 *
	 * @param int $id The row's id.
	 */
	public function carry_out( int $id ): void {
		$this->on_main_site(
			static function () use ( $id ): void {
				$pending = array(
					'hook'     => self::CARRY_OUT,
					'args'     => array( $id ),
					'group'    => self::GROUP,
					'status'   => 'pending',
					'per_page' => 1,
				);
				if ( ! as_get_scheduled_actions( $pending, 'ids' ) ) {
					as_enqueue_async_action( self::CARRY_OUT, array( $id ), self::GROUP );
				}
			}
		);
	}

	/**
	 * Has certificates asked for, a little later, so that hosts that become ready together share one request.
	 *
	 * @param int $seconds How much later.
	 */
	public function redeploy_in( int $seconds ): void {
		$this->once_by( self::REDEPLOY, time() + $seconds, 1 );
	}

	/**
	 * Has the table swept at that time, beside the hourly sweep.
	 *
	 * @param int $time Unix time.
	 */
	public function wake_at( int $time ): void {
		$this->once_by( self::WAKE, $time, self::WAKE_EVERY );
	}

	/**
	 * Keeps the hourly sweep going.
	 */
	public function ensure_sweep(): void {
		$this->on_main_site(
			static function (): void {
				if ( false === as_next_scheduled_action( self::SWEEP, array(), self::GROUP ) ) {
					as_schedule_recurring_action( time() + HOUR_IN_SECONDS, HOUR_IN_SECONDS, self::SWEEP, array(), self::GROUP );
				}
			}
		);
	}

	/**
	 * Removes all jobs.
	 */
	public function clear(): void {
		$this->on_main_site(
			static function (): void {
				as_unschedule_all_actions( '', array(), self::GROUP );
			}
		);
	}

	/**
	 * Schedules a job unless one is waiting that runs early enough.
	 *
	 * @param string $hook  The job.
	 * @param int    $time  Unix time by which it should run.
	 * @param int    $slack Seconds that it may run later.
	 */
	private function once_by( string $hook, int $time, int $slack ): void {
		$time = (int) ceil( $time / $slack ) * $slack;
		$this->on_main_site(
			static function () use ( $hook, $time ): void {
				$next = as_next_scheduled_action( $hook, array(), self::GROUP );
				// True means that one is running at this moment; whether another waits behind it is then not known.
				if ( ! is_int( $next ) || $next > $time ) {
					as_schedule_single_action( $time, $hook, array(), self::GROUP );
				}
			}
		);
	}

	/**
	 * Does something with the main site's queue. If that fails the rows are still written, and a later sweep finds them.
	 *
	 * @param callable $work What to do.
	 */
	private function on_main_site( callable $work ): void {
		if ( ! function_exists( 'as_enqueue_async_action' ) ) {
			return;
		}
		switch_to_blog( get_main_site_id() );
		try {
			$work();
		} catch ( \Throwable $e ) {
			$this->log->error( 'The queue could not be written; the hourly sweep will try again: ' . $e->getMessage() );
		} finally {
			restore_current_blog();
		}
	}
}
