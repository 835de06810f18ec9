<?php
/**
 * Keeps Ultimate Multisite from serving a host before it is proven.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\Holder;

/**
 * Where RunCloud still has a host (a wildcard, a removal that is delayed, a domain that others made), its visitors come here, and an active record of
 * another customer would serve them. So such a record is made inactive, and the row remembers that it was us: what an admin switched off
 * stays so. Nor is it the site's primary one meanwhile: an inactive primary record would keep its other name, with "www." or without, from being
 * served for whoever has that. A record's stage stays Ultimate Multisite's own.
 */
final class Mapping {

	/** Columns of a record that takes no visitors. */
	private const NOTHING = array(
		'active'         => 0,
		'primary_domain' => 0,
	);

	/** The host whose record is being given back. */
	private static string $given_back = '';

	/**
	 * A record is about to be saved. Whoever saves it, also a process that remembers it as it was before, it stays inactive.
	 *
	 * @param mixed  $data   What is saved, by column.
	 * @param mixed  $before The same before it was serialized.
	 * @param object $record The record.
	 */
	public static function keep( $data, $before = null, $record = null ): mixed {
		unset( $before );
		$takes = is_array( $data ) ? ( empty( $data['active'] ) ? 0 : Domain::WAS_ACTIVE ) | ( empty( $data['primary_domain'] ) ? 0 : Domain::WAS_PRIMARY ) : 0;
		if ( 0 === $takes || empty( $data['domain'] ) ) {
			return $data;
		}
		try {
			$host = Network::row_host_of( (string) $data['domain'] );
			$site = (int) ( $data['blog_id'] ?? 0 );
			$row  = '' === $host ? null : Domain_List::find( $host );
			// Another record for a host that has one is refused.
			if ( null === $row || ( $row->is_wanted() && $row->site_id !== $site && ! ( is_object( $record ) && $record->get_id() ) ) ) {
				return $data;
			}
			$is_settled = $row->is_wanted() && $row->site_id === $site && in_array( $row->customer_id, array( 0, $row->proven_customer_id ), true );
			if ( $is_settled && ! $row->withheld ) {
				return $data;
			}
			if ( ( $row->withheld && self::$given_back !== $host ) || Holder::on_coming( $row, $site, Network::customer_of( $site ), Domain_List::find( Holder::sibling_of( $host ) ), Ownership::policy_of( $host ), time() )['must_prove'] ) {
				Domains::mark_withheld( $host, $takes );
				$data = array_replace( $data, array_intersect_key( self::NOTHING, $data ) );
			}
		} catch ( \Throwable $e ) {
			Log::error( 'Whether a host is proven could not be read while its record was saved: ' . $e->getMessage() );
		}
		return $data;
	}

	/**
	 * Makes the record of a host inactive, if it is active. Its row is noted first: whoever dies in between leaves one that is given back.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function withhold( string $host ): void {
		$records = Network::taking_records( array( $host ) )[ $host ] ?? array();
		if ( ! $records ) {
			return;
		}
		Domains::mark_withheld( $host, array_reduce( $records, static fn( int $all, int $one ): int => $all | $one, 0 ) );
		self::save(
			array_keys( $records ),
			static function ( object $record ): void {
				$record->set_active( false );
				$record->set_primary_domain( false );
			}
		);
		$records = Network::taking_records( array( $host ) )[ $host ] ?? array();
		if ( $records ) {
			// Ultimate Multisite did not take it, or its cache says that it is so already.
			Network::switch_off( array_keys( $records ) );
			wp_cache_flush();
		}
		Log::info( "$host: its record is inactive until it is proven" );
	}

	/**
	 * Makes the record of a host again what it was before it was made inactive here. The primary one it is only where its site has got none meanwhile.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function give_back( string $host ): void {
		$withheld         = Domain_List::find( $host )?->withheld ?? 0;
		self::$given_back = $host;
		self::save(
			0 === $withheld ? array() : Network::inactive_records( $host ),
			static function ( object $record ) use ( $withheld ): void {
				$record->set_active( 0 !== ( $withheld & Domain::WAS_ACTIVE ) );
				$record->set_primary_domain( 0 !== ( $withheld & Domain::WAS_PRIMARY ) && ! Network::has_primary( (int) $record->get_blog_id() ) );
			}
		);
		self::$given_back = '';
		Domains::mark_withheld( $host, 0 );
	}

	/**
	 * Saves records by Ultimate Multisite's own means, so that its caches and everybody who listens know.
	 *
	 * @param list<string>           $names  Hosts as the records have them.
	 * @param \Closure(object): void $change What is to be changed.
	 */
	private static function save( array $names, \Closure $change ): void {
		foreach ( function_exists( 'wu_get_domain_by_domain' ) ? $names : array() as $name ) {
			try {
				wp_cache_flush();
				$record = wu_get_domain_by_domain( $name );
				if ( $record ) {
					$change( $record );
					$record->save();
				}
			} catch ( \Throwable $e ) {
				Log::warning( sprintf( '%s: Ultimate Multisite could not save the record: %s', $name, $e->getMessage() ) );
			}
		}
	}
}
