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
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Ultimate Multisite has stages of its own for a record, and looks every five minutes, for a while. When we find that a host is reachable, or that
 * its certificate is there, its job for that record is queued at once; it looks for itself then. What visitors are served decides where it sees less: it
 * asks the server's own resolver, which may not know for hours what it once did not find.
 */
final class Stage {

	const JOB = 'wu_async_process_domain_stage';

	/** Seconds that Ultimate Multisite is to wait for a certificate before it gives a record up: its five tries are too few. */
	private const CERTIFICATE_WITHIN = 9000;

	/** Stages in which a record is inactive whatever its switch says, and those in which the switch counts. */
	private const CHECKED = array( 'checking-dns', 'checking-ssl-cert', 'failed', 'ssl-failed' );
	private const DONE    = array( 'done', 'done-without-ssl' );

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
	 * Ultimate Multisite's number of tries before it gives a record up. While it waits for a certificate it is to wait long enough, in time: its tries
	 * may be ten seconds apart. Where we have found the certificate its own number is enough. DNS is its own affair.
	 *
	 * @param mixed $tries  Its own number.
	 * @param mixed $record The record.
	 */
	public static function wait_for_certificate( $tries, $record = null ): int {
		if ( ! is_object( $record ) || 'checking-ssl-cert' !== $record->get_stage() || self::is_served( $record ) ) {
			return (int) $tries;
		}
		$interval = function_exists( 'wu_get_setting' ) ? (int) wu_get_setting( 'dns_check_interval', 300 ) : 300;
		return max( (int) $tries, (int) ceil( self::CERTIFICATE_WITHIN / max( 10, min( 300, $interval ) ) ) );
	}

	/**
	 * A record whose certificate Ultimate Multisite did not find, and whose visitors are served one, is ready.
	 *
	 * @param mixed $old The stage before.
	 * @param mixed $new The stage now.
	 * @param mixed $id  Id of the record.
	 */
	public static function given_up( $old, $new, $id ): void {
		if ( 'checking-ssl-cert' !== $old || 'ssl-failed' !== $new || ! doing_action( self::JOB ) || ! function_exists( 'wu_get_domain' ) ) {
			return;
		}
		try {
			$record = wu_get_domain( $id );
			if ( $record && self::is_served( $record ) ) {
				$record->set_stage( 'done' );
				$record->set_secure( true );
				$record->save();
				Log::info( $record->get_domain() . ': Ultimate Multisite did not find the certificate that visitors are served; its record is ready' );
			}
		} catch ( \Throwable $e ) {
			Log::warning( sprintf( 'A record that was given up could not be made ready: %s in %s, line %d', get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
		}
	}

	/**
	 * Whether our last look found all well: the host leads here, and visitors are served a certificate that covers it.
	 *
	 * @param object $record The record.
	 */
	private static function is_served( $record ): bool {
		try {
			$row = Domain_List::find( Network::row_host_of( (string) $record->get_domain() ) );
			return null !== $row && '' === $row->hold && $row->is_wanted() && Status::Ready === $row->domain_status && Reason::Covers === $row->certificate_reason && $row->certificate_until > time();
		} catch ( \Throwable $e ) {
			return false;
		}
	}

	/**
	 * A record that passes Ultimate Multisite's checks is active. Its page saves the switch as off whenever a record is saved in a stage in which it cannot
	 * be used; when the checks are passed the record would be "Ready", and never served. Only what its own job does is meant: who chooses the stage on that page
	 * has the switch beside it. A host that waits for a decision is left alone.
	 *
	 * @param mixed $old The stage before.
	 * @param mixed $new The stage now.
	 * @param mixed $id  Id of the record.
	 */
	public static function passed( $old, $new, $id ): void {
		if ( ! in_array( $old, self::CHECKED, true ) || ! in_array( $new, self::DONE, true ) || ! doing_action( self::JOB ) || ! function_exists( 'wu_get_domain' ) ) {
			return;
		}
		try {
			$record = wu_get_domain( $id );
			$row    = $record ? Domain_List::find( Network::row_host_of( (string) $record->get_domain() ) ) : null;
			if ( null !== $row && '' === $row->hold && $row->is_wanted() && ! $record->is_active() ) {
				$record->set_active( true );
				$record->save();
				Log::info( "$row->host: Ultimate Multisite's checks are passed, and its record is active again" );
			}
		} catch ( \Throwable $e ) {
			Log::warning( sprintf( 'A record that passed the checks could not be made active: %s in %s, line %d', get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
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
			Log::warning( "$host: Ultimate Multisite could not be informed: " . $e->getMessage() );
		}
	}
}
