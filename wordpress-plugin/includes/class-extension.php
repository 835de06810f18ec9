<?php
/**
 * Whether the PHP extension is there.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Apart from what is done with it (see Runcloud), since every request asks this.
 */
final class Extension {

	/** The oldest version of the extension that has all that is called. */
	const MINIMUM_VERSION = '0.1.0';

	/**
	 * Whether the extension can be used in this process.
	 */
	public static function is_ready(): bool {
		$version = phpversion( 'runcloud' );
		return false !== $version && version_compare( $version, self::MINIMUM_VERSION, '>=' );
	}

	/**
	 * Why the extension cannot be used in this process, as a sentence; null when it can.
	 */
	public static function missing(): ?string {
		if ( self::is_ready() ) {
			return null;
		}
		$version = phpversion( 'runcloud' );
		if ( false === $version ) {
			return __( 'The PHP extension "runcloud" is not loaded.', 'domain-sync-for-runcloud' );
		}
		/* translators: 1: version of the extension, 2: version that is needed. */
		return sprintf( __( 'The PHP extension "runcloud" is too old: version %1$s is loaded, %2$s or later is needed.', 'domain-sync-for-runcloud' ), $version, self::MINIMUM_VERSION );
	}
}
