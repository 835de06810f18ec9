<?php
/**
 * Renews what a page shows.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Listing;

/**
 * The script asks for the parts that its page has; each is the HTML of the page itself. Reads the rows and nothing else: no request to RunCloud, no
 * look.
 */
final class Live {

	const ACTION = 'domain_sync_states';

	/** Milliseconds between two renewals, while somebody looks. */
	private const EVERY = 15000;

	/** Answers. */
	public static function answer(): void {
		Access::must( self::ACTION );
		$parts = array();
		foreach ( array_unique( Input::texts( 'parts' ) ) as $part ) {
			if ( 'header' === $part ) {
				$parts[ $part ] = Header::html();
			} elseif ( 'progress' === $part ) {
				$parts[ $part ] = Plan_Progress::html();
			}
		}
		wp_send_json( $parts + self::cells( Input::texts( 'parts' ) ) );
	}

	/**
	 * What the script must know.
	 *
	 * @return array<string, mixed>
	 */
	public static function for_script(): array {
		return array(
			'address' => get_admin_url( get_main_site_id(), 'admin-ajax.php' ),
			'action'  => self::ACTION,
			'nonce'   => wp_create_nonce( self::ACTION ),
			'every'   => self::EVERY,
			'texts'   => array(
				'copied'  => __( 'Copied.', 'domain-sync-for-runcloud' ),
				'failed'  => __( 'Could not be copied: select it and copy it yourself.', 'domain-sync-for-runcloud' ),
				/* translators: %d: number of changes. */
				'renewed' => __( 'The page has renewed itself; changes: %d.', 'domain-sync-for-runcloud' ),
			),
		);
	}

	/**
	 * Cells of rows, as they are named in the page: the row's id and the cell's name.
	 *
	 * @param list<string> $parts Their names.
	 *
	 * @return array<string, string>
	 */
	private static function cells( array $parts ): array {
		$wanted = array();
		foreach ( $parts as $part ) {
			if ( preg_match( '/^(\d{1,18}) ([a-z]+)$/D', $part, $found ) && in_array( $found[2], array( ...Cells::LIVE, ...Conditions::LIVE ), true ) ) {
				$wanted[ (int) $found[1] ][] = $found[2];
			}
		}
		$cells = array();
		foreach ( $wanted ? Listing::in_order_of( array_slice( array_keys( $wanted ), 0, Listing::MOST ) ) : array() as $row ) {
			foreach ( $wanted[ $row->id ] as $name ) {
				$cells[ "$row->id $name" ] = in_array( $name, Conditions::LIVE, true ) ? Conditions::html( $row ) : Cells::live( $row, $name );
			}
		}
		return $cells;
	}
}
