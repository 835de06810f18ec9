<?php
/**
 * Plugin Name: Test door
 * Description: Runs the piece of PHP that a test has written down under the number which this process was given. For tests only.
 */

$id = $_SERVER['HTTP_X_TEST_ERRAND'] ?? getenv( 'TEST_ERRAND' );
if ( ! $id || ! ctype_xdigit( $id ) ) {
	return;
}

add_action(
	'wp_loaded',
	static function () use ( $id ) {
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
		exit;
	},
	PHP_INT_MAX
);
