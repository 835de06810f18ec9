<?php
/**
 * One line for each thing that happened.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Writes to Ultimate Multisite's channel "integration-runcloud".
 *
 * That file may be readable from the web (Nginx ignores the .htaccess beside it), so no answer's body and no secret goes in.
 */
final class Log {

	const CHANNEL = 'integration-runcloud';

	/**
	 * What went as it should.
	 *
	 * @param string $message One line.
	 */
	public static function info( string $message ): void {
		self::write( $message, 'info' );
	}

	/**
	 * What did not work yet, or needs the admin's eye one day.
	 *
	 * @param string $message One line.
	 */
	public static function warning( string $message ): void {
		self::write( $message, 'warning' );
	}

	/**
	 * What will not work until somebody does something.
	 *
	 * @param string $message One line.
	 */
	public static function error( string $message ): void {
		self::write( $message, 'error' );
	}

	/**
	 * Writes one line and never fails: a full disk must not stop a mapping.
	 *
	 * @param string $message One line.
	 * @param string $level   A level of PSR-3.
	 */
	private static function write( string $message, string $level ): void {
		// A control character could pass for a new line, or command the terminal of whoever reads this.
		$line = trim( preg_replace( '/[\x00-\x20\x7f]+/', ' ', $message ) ?? '' );
		try {
			if ( ! Ultimate_Multisite::log( self::CHANNEL, $line, $level ) ) {
				error_log( self::CHANNEL . " $level: $line" ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- Ultimate Multisite's log is not there.
			}
		} catch ( \Throwable $e ) {
			error_log( self::CHANNEL . " $level: $line" ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions -- Ultimate Multisite's log failed.
		}
	}
}
