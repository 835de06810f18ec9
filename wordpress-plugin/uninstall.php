<?php
/**
 * Removes what the plugin kept in the database. The domains stay at RunCloud: they are in use.
 *
 * @package Domain_Sync_For_RunCloud
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/class-schema.php';

Domain_Sync_For_RunCloud\Schema::drop();
