<?php
/** The functions that plugins call. */

function as_enqueue_async_action( $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
	return ActionScheduler::is_initialized( __FUNCTION__ )
		? wu_double_store_action( new ActionScheduler_NullSchedule(), $hook, $args, $group, $unique, $priority )
		: 0;
}

function as_schedule_single_action( $timestamp, $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
	return ActionScheduler::is_initialized( __FUNCTION__ )
		? wu_double_store_action( new ActionScheduler_SimpleSchedule( as_get_datetime_object( $timestamp ) ), $hook, $args, $group, $unique, $priority )
		: 0;
}

/** Without an interval it is a single action. */
function as_schedule_recurring_action( $timestamp, $interval_in_seconds, $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return 0;
	}
	$interval = (int) $interval_in_seconds;
	if ( ! is_numeric( $interval_in_seconds ) || (float) $interval_in_seconds !== (float) $interval ) {
		_doing_it_wrong( __FUNCTION__, 'The interval is a whole number of seconds.', '3.6.0' );
		return 0;
	}
	$date     = as_get_datetime_object( $timestamp );
	$schedule = $interval ? new ActionScheduler_IntervalSchedule( $date, $interval ) : new ActionScheduler_SimpleSchedule( $date );
	return wu_double_store_action( $schedule, $hook, $args, $group, $unique, $priority );
}

/** Cancels the next waiting action, also one that a batch has claimed. Without arguments that is one without arguments; null is one with any. */
function as_unschedule_action( $hook, $args = array(), $group = '' ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return 0;
	}
	$action_id = ActionScheduler::store()->query_action( wu_double_queue_query( $hook, $args, $group, ActionScheduler_Store::STATUS_PENDING ) );
	if ( $action_id ) {
		ActionScheduler::store()->cancel_action( $action_id );
	}
	return $action_id;
}

/** A hook alone or a group alone means all of it; a hook and a group without arguments mean those that have none. */
function as_unschedule_all_actions( $hook, $args = array(), $group = '' ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return;
	}
	if ( ! $args && ( $hook xor $group ) ) {
		ActionScheduler::store()->cancel_waiting( $hook ? array( 'hook' => $hook ) : array( 'group' => $group ) );
		return;
	}
	do {
		$action_id = as_unschedule_action( $hook, $args, $group );
	} while ( $action_id );
}

/** The time of the next action, true when one runs now or the next has no time, false when there is none. */
function as_next_scheduled_action( $hook, $args = null, $group = '' ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return false;
	}
	$store = ActionScheduler::store();
	if ( $store->query_action( wu_double_queue_query( $hook, $args, $group, ActionScheduler_Store::STATUS_RUNNING ) ) ) {
		return true;
	}
	$next = $store->query_action( wu_double_queue_query( $hook, $args, $group, ActionScheduler_Store::STATUS_PENDING ) );
	if ( ! $next ) {
		return false;
	}
	$date = $store->fetch_action( $next )->get_schedule()->get_date();
	return $date ? $date->getTimestamp() : true;
}

function as_has_scheduled_action( $hook, $args = null, $group = '' ) {
	$alive = array( ActionScheduler_Store::STATUS_RUNNING, ActionScheduler_Store::STATUS_PENDING );
	return ActionScheduler::is_initialized( __FUNCTION__ )
		&& null !== ActionScheduler::store()->query_action( wu_double_queue_query( $hook, $args, $group, $alive ) );
}

/** Ids (strings), or the actions by id. */
function as_get_scheduled_actions( $args = array(), $return_format = OBJECT ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return array();
	}
	foreach ( array( 'date', 'modified' ) as $key ) {
		if ( isset( $args[ $key ] ) ) {
			$args[ $key ] = as_get_datetime_object( $args[ $key ] );
		}
	}
	$ids = ActionScheduler::store()->query_actions( $args );
	if ( 'ids' === $return_format || 'int' === $return_format ) {
		return $ids;
	}
	return array_combine( $ids, array_map( array( ActionScheduler::store(), 'fetch_action' ), $ids ) );
}

function as_get_datetime_object( $date_string = null, $timezone = 'UTC' ) {
	if ( $date_string instanceof DateTime ) {
		$date_string = $date_string->format( 'Y-m-d H:i:s' );
	}
	return new DateTime( is_numeric( $date_string ) ? "@$date_string" : (string) ( $date_string ?? 'now' ), new DateTimeZone( $timezone ) );
}

function as_supports( string $feature ): bool {
	return 'ensure_recurring_actions_hook' === $feature;
}

/** An action that cannot be written down is a line in PHP's log and the id 0. */
function wu_double_store_action( ActionScheduler_Schedule $schedule, $hook, array $args, $group, $unique, $priority ): int {
	$action = new ActionScheduler_Action( $hook, $args, $schedule, $group, max( 0, min( 255, (int) $priority ) ) );
	try {
		return ActionScheduler::store()->save_action( $action, (bool) $unique );
	} catch ( Exception $error ) {
		error_log( "An action for $hook could not be queued: {$error->getMessage()}" ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- as the original.
		return 0;
	}
}

/** @param string|string[] $status Of which the action is. */
function wu_double_queue_query( $hook, $args, $group, $status ): array {
	return array(
		'hook'   => $hook,
		'args'   => is_array( $args ) ? $args : null,
		'group'  => $group,
		'status' => $status,
	);
}
