<?php
/**
 * Functions for other plugins and themes.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

use Domain_Sync_For_RunCloud\Network\Desired;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain_List;

/**
 * Has RunCloud serve a host that the network itself need not know. It stays until domain_sync_remove() or until its site is gone.
 *
 * @since 0.1.0
 *
 * @param string $host    Host name, in Unicode or ASCII.
 * @param int    $site_id The site that it is for.
 *
 * @return true|WP_Error True when it is written down; it is carried out by the queue.
 */
function domain_sync_add( string $host, int $site_id ): bool|WP_Error {
	$missing = Plugin::missing_extension();
	if ( null !== $missing ) {
		return new WP_Error( 'domain_sync_extension', $missing );
	}
	if ( null === get_site( $site_id ) ) {
		/* translators: %d: id of a site. */
		return new WP_Error( 'domain_sync_site', sprintf( __( 'There is no site %d in this network.', 'domain-sync-for-runcloud' ), $site_id ) );
	}
	if ( null === Desired::want_by_code( $host, $site_id ) ) {
		return new WP_Error( 'domain_sync_host', __( 'This cannot be a host name that is mapped.', 'domain-sync-for-runcloud' ) );
	}
	return true;
}

/**
 * Takes back what domain_sync_add() asked for. A host that the network has stays.
 *
 * @since 0.1.0
 *
 * @param string $host Host name, in Unicode or ASCII.
 *
 * @return true|WP_Error True when it is written down; it is carried out by the queue.
 */
function domain_sync_remove( string $host ): bool|WP_Error {
	$missing = Plugin::missing_extension();
	if ( null !== $missing ) {
		return new WP_Error( 'domain_sync_extension', $missing );
	}
	if ( null === Desired::unwant_by_code( $host ) ) {
		return new WP_Error( 'domain_sync_host', __( 'This cannot be a host name that is mapped.', 'domain-sync-for-runcloud' ) );
	}
	return true;
}

/**
 * What is known of a host.
 *
 * @since 0.1.0
 *
 * @param string $host Host name, in Unicode or ASCII.
 *
 * @return array{host: string, site_id: int, is_wanted: bool, domain: string, domain_reason: string, certificate: string, certificate_reason: string, certificate_until: int}|null
 *         Statuses ("ready", "pending", "action", "unknown") and codes of reasons; a Unix time, 0 for none. Null for a host that nobody knows.
 */
function domain_sync_get( string $host ): ?array {
	$form = null === Plugin::missing_extension() ? Network::host_of( $host ) : strtolower( $host );
	$row  = null === $form ? null : Domain_List::find( $form );
	return null === $row ? null : array(
		'host'               => $row->host,
		'site_id'            => $row->site_id,
		'is_wanted'          => $row->is_wanted(),
		'domain'             => $row->domain_status->value,
		'domain_reason'      => (string) $row->domain_reason?->value,
		'certificate'        => $row->certificate_status->value,
		'certificate_reason' => (string) $row->certificate_reason?->value,
		'certificate_until'  => $row->certificate_until,
	);
}
