<?php
/** The functions that plugins call. */

function as_enqueue_async_action( $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
	return ActionScheduler::is_initialized( __FUNCTION__ ) ? ActionScheduler::store()->save( $hook, $args, $group, 0, 0, $unique, $priority ) : 0;
}

function as_schedule_single_action( $timestamp, $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
	return ActionScheduler::is_initialized( __FUNCTION__ ) ? ActionScheduler::store()->save( $hook, $args, $group, (int) $timestamp, 0, $unique, $priority ) : 0;
}

function as_schedule_recurring_action( $timestamp, $interval_in_seconds, $hook, $args = array(), $group = '', $unique = false, $priority = 10 ) {
	return ActionScheduler::is_initialized( __FUNCTION__ )
		? ActionScheduler::store()->save( $hook, $args, $group, (int) $timestamp, (int) $interval_in_seconds, $unique, $priority )
		: 0;
}

/** Cancels the next waiting action with this hook and these arguments. */
function as_unschedule_action( $hook, $args = array(), $group = '' ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return 0;
	}
	$row = ActionScheduler::store()->find( wu_double_queue_query( $hook, $args, $group, array( 'pending' ) ) + array( 'per_page' => 1 ) )[0] ?? null;
	if ( ! $row ) {
		return null;
	}
	ActionScheduler::store()->cancel_action( $row['action_id'] );
	return (int) $row['action_id'];
}

/** Without arguments every waiting action of the hook, or of the group, is cancelled. */
function as_unschedule_all_actions( $hook, $args = array(), $group = '' ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return;
	}
	$rows = ActionScheduler::store()->find( wu_double_queue_query( $hook, $args ? $args : null, $group, array( 'pending' ) ) + array( 'per_page' => -1 ) );
	foreach ( $rows as $row ) {
		ActionScheduler::store()->cancel_action( $row['action_id'] );
	}
}

/** The time of the next action, true when it runs now or has no time, false when there is none. */
function as_next_scheduled_action( $hook, $args = null, $group = '' ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return false;
	}
	$running = ActionScheduler::store()->find( wu_double_queue_query( $hook, $args, $group, array( 'in-progress' ) ) + array( 'per_page' => 1 ) );
	if ( $running ) {
		return true;
	}
	$waiting = ActionScheduler::store()->find( wu_double_queue_query( $hook, $args, $group, array( 'pending' ) ) + array( 'per_page' => 1 ) );
	if ( ! $waiting ) {
		return false;
	}
	$date = ( new ActionScheduler_Action( $waiting[0] ) )->get_date();
	return $date ? $date->getTimestamp() : true;
}

function as_has_scheduled_action( $hook, $args = null, $group = '' ) {
	return ActionScheduler::is_initialized( __FUNCTION__ )
		&& array() !== ActionScheduler::store()->find( wu_double_queue_query( $hook, $args, $group, array( 'pending', 'in-progress' ) ) + array( 'per_page' => 1 ) );
}

/** Keyed by id; ids only, or the actions. */
function as_get_scheduled_actions( $args = array(), $return_format = OBJECT ) {
	if ( ! ActionScheduler::is_initialized( __FUNCTION__ ) ) {
		return array();
	}
	$rows = ActionScheduler::store()->find( $args );
	$ids  = array_map( 'intval', array_column( $rows, 'action_id' ) );
	if ( 'ids' === $return_format || 'int' === $return_format ) {
		return $ids;
	}
	return array_combine( $ids, array_map( static fn( $row ) => new ActionScheduler_Action( $row ), $rows ) );
}

function as_get_datetime_object( $date_string = null, $timezone = 'UTC' ) {
	if ( $date_string instanceof DateTimeInterface ) {
		return DateTime::createFromInterface( $date_string );
	}
	return new DateTime( is_numeric( $date_string ) ? "@$date_string" : (string) $date_string, new DateTimeZone( $timezone ) );
}

function as_supports( string $feature ): bool {
	return false;
}

function wu_double_queue_query( $hook, $args, $group, array $status ): array {
	return array_filter(
		array(
			'hook'   => $hook,
			'args'   => $args,
			'group'  => $group,
			'status' => $status,
		),
		static fn( $value ) => null !== $value
	);
}
