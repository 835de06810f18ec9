<?php
/**
 * Why the admin is to review the plan before anything is done.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Store\Option;

/**
 * The plugin came, was away, or is somewhere else: what the next walk finds nobody asked for at this moment. So it waits, and the plan's headline
 * says why.
 */
final class Review {

	/** The plugin came to a network that was there before. */
	const FIRST = 'first';
	/** It was switched off for a while. */
	const OFF = 'off';
	/** The network has another main domain. */
	const MOVED = 'moved';

	/**
	 * All that the next walk finds waits for the admin; at first all that is older than the plugin.
	 *
	 * @param string $why FIRST, OFF or MOVED.
	 */
	public static function begin( string $why ): void {
		Option::write(
			Options::REVIEW,
			array(
				'why' => $why,
				'at'  => time(),
			)
		);
		// What was there before the plugin is known by its number.
		Walk::ask( self::FIRST !== $why );
	}

	/**
	 * Why the plan was last to be reviewed; "" when it never was.
	 */
	public static function why(): string {
		$review = Option::read( Options::REVIEW );
		return is_array( $review ) && in_array( $review['why'] ?? '', array( self::FIRST, self::OFF, self::MOVED ), true ) ? $review['why'] : '';
	}
}
