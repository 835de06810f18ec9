<?php
/**
 * The last run, and the PHP that did it.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Store\Option;

/**
 * Noted when a run begins, in one statement, so that a run that is killed is one too. Who has no extension begins none; Handover knows of those.
 */
final class Last_Run {

	/** Network option: when it began, and in which PHP. */
	const OPTION = 'domain_sync_last_run';

	/** A run begins in this process. */
	public static function note(): void {
		Option::write(
			self::OPTION,
			array(
				'at'  => time(),
				'php' => PHP_VERSION . ', ' . PHP_SAPI,
			)
		);
	}

	/**
	 * The last one.
	 *
	 * @return array{at: int, php: string} A Unix time, 0 for none; version and kind.
	 */
	public static function read(): array {
		$record = Option::read( self::OPTION );
		return array(
			'at'  => is_array( $record ) ? (int) ( $record['at'] ?? 0 ) : 0,
			'php' => is_array( $record ) ? (string) ( $record['php'] ?? '' ) : '',
		);
	}
}
