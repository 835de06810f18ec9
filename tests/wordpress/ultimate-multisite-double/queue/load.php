<?php
/**
 * A stand-in for Action Scheduler, the queue that Ultimate Multisite brings along.
 *
 * It keeps the rules a plugin can trip over: nothing can be queued before `init`, uniqueness looks at hook and group but not at arguments, an action that throws
 * is failed and never tried again, one batch runs at a time, and a batch whose process died blocks the queue until five minutes have passed.
 */

if ( class_exists( 'ActionScheduler' ) ) {
	return;
}
foreach ( array( 'actionscheduler', 'actionscheduler-action', 'actionscheduler-store', 'actionscheduler-queuerunner', 'functions' ) as $file ) {
	require_once __DIR__ . "/$file.php";
}
ActionScheduler::init();
