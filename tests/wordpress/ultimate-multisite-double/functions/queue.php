<?php
/** Queue calls that always use the main site's queue. */

function wu_double_on_main_site( callable $call ) {
	switch_to_blog( get_main_site_id() );
	try {
		return $call();
	} finally {
		restore_current_blog();
	}
}

function wu_enqueue_async_action( $hook, $args = array(), $group = '' ) {
	return wu_double_on_main_site( fn() => as_enqueue_async_action( $hook, $args, $group ) );
}

function wu_schedule_single_action( $timestamp, $hook, $args = array(), $group = '' ) {
	return wu_double_on_main_site( fn() => as_schedule_single_action( $timestamp, $hook, $args, $group ) );
}

function wu_schedule_recurring_action( $timestamp, $interval_in_seconds, $hook, $args = array(), $group = '' ) {
	return wu_double_on_main_site( fn() => as_schedule_recurring_action( $timestamp, $interval_in_seconds, $hook, $args, $group ) );
}

function wu_unschedule_action( $hook, $args = array(), $group = '' ) {
	return wu_double_on_main_site( fn() => as_unschedule_action( $hook, $args, $group ) );
}

function wu_unschedule_all_actions( $hook, $args = array(), $group = '' ) {
	return wu_double_on_main_site( fn() => as_unschedule_all_actions( $hook, $args, $group ) );
}

function wu_next_scheduled_action( $hook, $args = null, $group = '' ) {
	return wu_double_on_main_site( fn() => as_next_scheduled_action( $hook, $args, $group ) );
}

function wu_get_scheduled_actions( $args = array(), $return_format = OBJECT ) {
	return wu_double_on_main_site( fn() => as_get_scheduled_actions( $args, $return_format ) );
}
