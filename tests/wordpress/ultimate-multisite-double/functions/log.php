<?php
/** Log channels: files in the main site's uploads, one per handle, appended. */

function wu_double_log_file( string $handle ): string {
	return wu_double_on_main_site(
		static function () use ( $handle ) {
			$folder = wp_upload_dir( null, false )['basedir'] . '/wu-logs';
			wp_mkdir_p( $folder );
			return "$folder/$handle.log";
		}
	);
}

function wu_log_add( $handle, $message, $log_level = 'info' ) {
	if ( is_wp_error( $message ) ) {
		$message = $message->get_error_message();
	}
	file_put_contents( wu_double_log_file( $handle ), sprintf( "[%s] %s: %s\n", gmdate( 'c' ), strtoupper( $log_level ), $message ), FILE_APPEND );
	do_action( 'wu_log_add', $handle, $message, $log_level );
}

function wu_log_clear( $handle ) {
	@unlink( wu_double_log_file( $handle ) ); // phpcs:ignore -- the file may not exist.
}
