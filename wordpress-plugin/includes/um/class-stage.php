<?php
/**
 * Tells Ultimate Multisite what our looks found.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Ultimate Multisite has stages of its own for a record, and looks every five minutes, for a while. When we find that a host is reachable, or that
 * its certificate is there, its job for that record is queued at once; it looks for itself then.
 */
final class Stage {

	const JOB = 'wu_async_process_domain_stage';

	/**
	 * Whether DNS is right: what our own look found counts, which sees through a proxy. That is said in a PHP without the extension as well: where it
	 * works the queue, Ultimate Multisite would give up the host otherwise.
	 *
	 * @param mixed  $found  What Ultimate Multisite found.
	 * @param object $record The record.
	 */
	public static function has_correct_dns( $found, $record ): bool {
		if ( $found ) {
			return true;
		}
		try {
			$row = Domain_List::find( Network::row_host_of( (string) $record->get_domain() ) );
			return null !== $row && Status::Ready === $row->domain_status && 0 !== $row->dns_since;
		} catch ( \Throwable $e ) {
			return false;
		}
	}

	/**
	 * Has Ultimate Multisite look at a host's record now. One that it has given up is looked at again.
	 *
	 * @param string $host     Host name.
	 * @param bool   $is_ready Whether the certificate is there as well.
	 */
	public static function tell( string $host, bool $is_ready ): void {
		if ( ! function_exists( 'wu_get_domain_by_domain' ) || ! function_exists( 'wu_enqueue_async_action' ) ) {
			return;
		}
		try {
			// The network may have written the host in Unicode.
			$unicode = Unicode::of( $host );
			$record  = wu_get_domain_by_domain( $host );
			$record  = $record || $unicode === $host ? $record : wu_get_domain_by_domain( $unicode );
			if ( ! $record ) {
				return;
			}
			$given_up = array(
				'failed'     => 'checking-dns',
				'ssl-failed' => 'checking-ssl-cert',
			);
			$stage    = (string) $record->get_stage();
			if ( isset( $given_up[ $stage ] ) && ( $is_ready || 'failed' === $stage ) ) {
				$record->set_stage( $given_up[ $stage ] );
				$record->save();
				$stage = $given_up[ $stage ];
			}
			if ( 'checking-dns' === $stage || ( $is_ready && 'checking-ssl-cert' === $stage ) ) {
				wu_enqueue_async_action( self::JOB, array( 'domain_id' => $record->get_id() ), 'domain' );
			}
		} catch ( \Throwable $e ) {
			Log::warning( "$host: Ultimate Multisite could not be told: " . $e->getMessage() );
		}
	}
}
