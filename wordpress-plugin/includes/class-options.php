<?php
/**
 * What the plugin keeps in the database beside its tables.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Serving\Probe;
use Domain_Sync_For_RunCloud\Serving\Renewal_Window;
use Domain_Sync_For_RunCloud\Store\Table;
use Domain_Sync_For_RunCloud\Sync\Last_Run;

/**
 * The name of every network option.
 */
final class Options {

	/** The newest domain record and site when the plugin came: what is older waits until the admin asks for it. */
	const BEFORE = 'domain_sync_before';

	/** Mark of the main domain that the admin confirmed. */
	const NETWORK = 'domain_sync_network';

	/** When the log said last why nothing is sent from here, as a Unix time. */
	const OBSTACLE_SAID_AT = 'domain_sync_obstacle_said_at';

	/** How far the walk over the network is. */
	const WALK = 'domain_sync_walk';

	/** What code said of hosts where their form is not known, until the next walk. */
	const KEPT = 'domain_sync_kept';

	/** That this plugin was in charge once: the built-in provider stays silent from then on. */
	const IN_CHARGE = 'domain_sync_in_charge';

	/** A run that another PHP is asked for. */
	const HANDOVER = 'domain_sync_handover';

	/** What the admin set. */
	const SETTINGS = 'domain_sync_settings';

	/** Since when the plugin is switched off, as a Unix time. */
	const OFF_SINCE = 'domain_sync_off_since';

	/** Why the plan is to be reviewed. */
	const REVIEW = 'domain_sync_review';

	/** What is known of the mails to the network's admin. */
	const MAIL = 'domain_sync_mail';

	/** What RunCloud answered when Site Health asked last: a reason's code and a time. */
	const CONNECTION = 'domain_sync_connection';

	/** All of them, for uninstall.php. */
	const ALL = array( self::BEFORE, self::NETWORK, self::OBSTACLE_SAID_AT, self::WALK, self::KEPT, self::IN_CHARGE, self::HANDOVER, self::SETTINGS, self::OFF_SINCE, self::REVIEW, self::MAIL, self::CONNECTION, Table::OPTION_VERSION, Table::OPTION_LOST_AT, Last_Run::OPTION, Limits::OPTION, Web_App::OPTION, Inventory::OPTION, Probe::OPTION, Ownership::OPTION, Renewal_Window::OPTION );
}
