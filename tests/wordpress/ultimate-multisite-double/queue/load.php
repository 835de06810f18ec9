<?php
/**
 * A stand-in for Action Scheduler 3.9.3, the queue that Ultimate Multisite brings along: its rules, in files named after its classes.
 *
 * - Its functions exist from plugins_loaded on, and queue nothing before the first callbacks of init.
 * - A queue belongs to a site: it is the one of the site that is current when a function is called, and a site has its tables from its first request on.
 * - A run works off batches of 25 until nothing is due or its 30 seconds would not suffice, and begins none where another batch is unfinished. A batch whose
 *   process died is unfinished until what it had begun and what it had not have lain there for five minutes.
 * - An action that throws, or that nobody listens to, has failed and is never tried again; the batch goes on.
 * - Uniqueness looks at hook and group, not at arguments.
 */

/** Loads the queue, unless another plugin brought one. */
function wu_double_load_queue(): void {
	if ( class_exists( 'ActionScheduler' ) ) {
		return;
	}
	$files = array( 'actionscheduler', 'schedules', 'actions', 'actionscheduler-storeschema', 'actionscheduler-store', 'actionscheduler-queuecleaner', 'actionscheduler-fatalerrormonitor', 'actionscheduler-abstract-queuerunner', 'actionscheduler-queuerunner', 'actionscheduler-recurringactionscheduler', 'functions' );
	foreach ( $files as $file ) {
		require_once __DIR__ . "/$file.php";
	}
	ActionScheduler::init();
}

if ( did_action( 'plugins_loaded' ) && ! doing_action( 'plugins_loaded' ) ) {
	wu_double_load_queue();
} else {
	add_action( 'plugins_loaded', 'wu_double_load_queue', 1 );
}
