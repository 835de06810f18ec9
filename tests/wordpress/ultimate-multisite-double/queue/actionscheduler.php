<?php
/** The door to the queue's parts. */

final class ActionScheduler {

	private static bool $ready = false;

	public static function init(): void {
		do_action( 'action_scheduler_pre_init' );
		// The time that a process has for its batches runs from here.
		self::runner();
		if ( did_action( 'init' ) ) {
			self::start();
		} else {
			add_action( 'init', array( self::class, 'start' ), 1, 0 );
		}
	}

	public static function start(): void {
		ActionScheduler_StoreSchema::init();
		self::runner()->init();
		ActionScheduler_RecurringActionScheduler::init();
		self::$ready = true;
		do_action( 'action_scheduler_init' );
	}

	public static function is_initialized( $function_name = null ) {
		if ( ! self::$ready && $function_name ) {
			_doing_it_wrong( esc_html( $function_name ), 'The queue is not ready before init.', '3.1.6' );
		}
		return self::$ready;
	}

	public static function store(): ActionScheduler_Store {
		return ActionScheduler_Store::instance();
	}

	public static function runner(): ActionScheduler_QueueRunner {
		return ActionScheduler_QueueRunner::instance();
	}
}
