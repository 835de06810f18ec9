<?php
/**
 * Removes what the plugin kept in the database, but for who made which domain (see Lifecycle::uninstall()). The domains stay at RunCloud: they are in
 * use.
 *
 * @package Domain_Sync_For_RunCloud
 */

namespace Domain_Sync_For_RunCloud;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/autoload.php';

Lifecycle::uninstall();
