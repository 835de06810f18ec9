<?php
/** Once a day plugins are asked to see whether their recurring actions are still there: action_scheduler_ensure_recurring_actions. */

final class ActionScheduler_RecurringActionScheduler {

	private const HOOK = 'action_scheduler_run_recurring_actions_schedule_hook';

	public static function init(): void {
		add_action( self::HOOK, static fn() => do_action( 'action_scheduler_ensure_recurring_actions' ) );
		if ( is_admin() && ! wp_doing_ajax() ) {
			add_action( 'action_scheduler_init', array( self::class, 'schedule' ) );
		}
	}

	/** In the queue of whichever site the admin looks at. */
	public static function schedule(): void {
		if ( ! as_has_scheduled_action( self::HOOK ) ) {
			as_schedule_recurring_action( time(), DAY_IN_SECONDS, self::HOOK, array(), 'ActionScheduler', true, 20 );
		}
	}
}
