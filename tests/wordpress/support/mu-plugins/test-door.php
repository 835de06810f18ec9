<?php
/**
 * Plugin Name: Test door
 * Description: Runs the piece of PHP that a test has written down under the number which this process was given. For tests only.
 */

$id = $_SERVER['HTTP_X_TEST_ERRAND'] ?? getenv( 'TEST_ERRAND' );
if ( ! $id || ! ctype_xdigit( $id ) ) {
	return;
}

/**
 * Lets a real queue of Ultimate Multisite begin to count its working time now. It counts from when it was loaded, and then takes up ever less.
 */
function test_door_renew_queue() {
	if ( class_exists( 'ActionScheduler_Abstract_QueueRunner' ) ) {
		$loaded = new ReflectionProperty( 'ActionScheduler_Abstract_QueueRunner', 'created_time' );
		$loaded->setValue( ActionScheduler_QueueRunner::instance(), microtime( true ) );
	}
}

/**
 * Waits for numbers of errands on the standard input and returns each in a process of its own, in which WordPress has just been loaded.
 * How that process ended is written to file descriptor 3.
 */
function test_door_next_errand() {
	global $wpdb;
	$wpdb->close();
	$asked = fopen( 'php://fd/3', 'w' );
	while ( true ) {
		$id = trim( (string) fgets( STDIN ) );
		if ( '' === $id ) {
			// No more of them. WordPress's own end of a process would want its database.
			posix_kill( getmypid(), SIGKILL );
		}
		if ( 0 === pcntl_fork() ) {
			mt_srand();
			test_door_renew_queue();
			$wpdb->db_connect();
			wp_cache_flush_runtime();
			return $id;
		}
		pcntl_wait( $status );
		fwrite( $asked, "$id $status\n" );
	}
}

/** Waits for numbers of errands on the standard input and does one after the other in this process. */
function test_door_stay() {
	$asked = fopen( 'php://fd/3', 'w' );
	while ( '' !== ( $id = trim( (string) fgets( STDIN ) ) ) ) { // phpcs:ignore WordPress.CodeAnalysis.AssignmentInCondition -- the end of the input.
		test_door_run( $id );
		fwrite( $asked, "$id\n" );
	}
}

/**
 * Does an errand and leaves the answer.
 *
 * @param string $id Its number.
 */
function test_door_run( $id ) {
	$file    = dirname( ABSPATH ) . "/errands/$id";
	$errand  = json_decode( file_get_contents( "$file.request" ), true, 512, JSON_THROW_ON_ERROR );
	$answer  = array();
	$queries = 0;
	if ( isset( $errand['user'] ) ) {
		wp_set_current_user( $errand['user'] );
	}
	if ( isset( $errand['kill_before_query'] ) ) {
		add_filter(
			'query',
			static function ( $query ) use ( &$queries, $errand ) {
				if ( ++$queries === $errand['kill_before_query'] ) {
					posix_kill( getmypid(), 9 );
				}
				return $query;
			}
		);
	}
	if ( isset( $errand['kill_on'] ) ) {
		add_action( $errand['kill_on'], static fn() => posix_kill( getmypid(), 9 ) );
	}
	try {
		$answer['value'] = ( static function ( $code, $arguments ) {
			extract( $arguments ); // phpcs:ignore WordPress.PHP.DontExtract -- the test names its variables.
			return eval( $code ); // phpcs:ignore Squiz.PHP.Eval -- this is what the door is for.
		} )( $errand['code'], $errand['arguments'] );
	} catch ( Throwable $error ) {
		$answer['error'] = get_class( $error ) . ': ' . $error->getMessage() . "\n" . $error->getTraceAsString();
	}
	file_put_contents( "$file.new", json_encode( $answer, JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE ) );
	rename( "$file.new", "$file.answer" );
}

add_action(
	'wp_loaded',
	static function () use ( $id ) {
		'fffe' === $id ? test_door_stay() : test_door_run( 'ffff' === $id ? test_door_next_errand() : $id );
		exit;
	},
	PHP_INT_MAX
);
