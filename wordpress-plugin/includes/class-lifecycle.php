<?php
/**
 * Switching on and off, and leaving.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Admin\Notices;
use Domain_Sync_For_RunCloud\Admin\Screen;
use Domain_Sync_For_RunCloud\Admin\Setup_Note;
use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Network\Review;
use Domain_Sync_For_RunCloud\Network\Walk;
use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Serving\Probe;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Table;
use Domain_Sync_For_RunCloud\Sync\Queue;

/**
 * Nothing is ever sent to RunCloud from here. Switching off and on loses nothing and decides nothing: what was noted at the first time stays.
 */
final class Lifecycle {

	/** Constant of wp-config.php: uninstalling forgets who made what. */
	const FORGET = 'DOMAIN_SYNC_FORGET';

	/** On activation: the tables, what there was before us, and a look at the whole network in the next run. */
	public static function activate(): void {
		try {
			Table::upgrade();
			$was_off = (int) Option::read( Options::OFF_SINCE, 0 );
			if ( $was_off > 0 ) {
				// What came and went meanwhile is not done unasked.
				Review::begin( Review::OFF );
				Option::delete( Options::OFF_SINCE );
			} elseif ( ! Option::read( Options::BEFORE ) ) {
				Review::begin( Review::FIRST );
			}
			// Where this cannot be read nothing is noted, so that nothing passes for new.
			Walk::newest_before();
			Identity::note_first();
			if ( null === Plugin::missing_extension() ) {
				self::take_charge();
			}
			Walk::ask();
		} catch ( \Throwable $e ) {
			Log::error( 'Activation is completed by the next run: ' . $e->getMessage() );
		}
	}

	/** Notes that the plugin is in charge: the built-in provider stays silent from then on, in every process. */
	public static function take_charge(): void {
		static $is_noted = false;
		if ( ! $is_noted && ! Option::read( Options::IN_CHARGE ) ) {
			Option::write( Options::IN_CHARGE, 1 );
		}
		$is_noted = true;
	}

	/** On deactivation: no job is left behind that nobody could run. The rows stay. */
	public static function deactivate(): void {
		Queue::clear();
		Option::delete( Options::HANDOVER );
		Option::write( Options::OFF_SINCE, time() );
	}

	/** On deletion: everything but who made what, unless the admin wants that forgotten as well. The domains stay at RunCloud. */
	public static function uninstall(): void {
		Probe::forget();
		Queue::clear();
		$is_forgotten = defined( self::FORGET ) && constant( self::FORGET );
		if ( $is_forgotten ) {
			Table::drop();
		}
		$kept = $is_forgotten ? array() : array( Options::BEFORE, Options::NETWORK, Options::OFF_SINCE, Options::SETTINGS, Ownership::OPTION, Table::OPTION_VERSION );
		foreach ( array_diff( Options::ALL, $kept ) as $option ) {
			Option::delete( $option );
		}
		foreach ( array( Notices::DISMISS, Screen::PER_PAGE, Setup_Note::META ) as $meta ) {
			delete_metadata( 'user', 0, $meta, '', true );
		}
	}
}
