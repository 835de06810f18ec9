<?php
/**
 * Lists in pages, for agents and other systems.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

use Domain_Sync_For_RunCloud\Admin\Domain_View;
use Domain_Sync_For_RunCloud\Admin\Obstacle;
use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Selection;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Whoever reads a list comes back with "next" until it is empty. So memory stays flat, and rows that come and go meanwhile move no others.
 */
final class Pages {

	/** Entries of a page, when nobody says how many, and at most. */
	const LIMIT = 50;
	const MOST  = 200;

	/** Pieces of the table that one page of the plan looks through at most. Most rows have no line. */
	private const MOST_PIECES = 5;

	/**
	 * A page of domains, in the order of their hosts.
	 *
	 * @param array<string, mixed> $wanted status, certificate, reason, hold, site_id, after, limit; as the schema has them.
	 *
	 * @return array{domains: list<array<string, mixed>>, next: string}
	 */
	public static function domains( array $wanted ): array {
		$conditions = array_filter(
			array(
				'status'      => Status::tryFrom( (string) ( $wanted['status'] ?? '' ) ),
				'certificate' => Status::tryFrom( (string) ( $wanted['certificate'] ?? '' ) ),
				'reason'      => Reason::tryFrom( (string) ( $wanted['reason'] ?? '' ) ),
				'hold'        => '' === (string) ( $wanted['hold'] ?? '' ) ? null : (string) $wanted['hold'],
				'site_id'     => isset( $wanted['site_id'] ) ? (int) $wanted['site_id'] : null,
			),
			static fn( mixed $value ): bool => null !== $value
		);
		$page       = Selection::page( $conditions, self::after( $wanted ), self::limit( $wanted ) );
		return array(
			'domains' => array_map( array( Domain_View::class, 'in_list' ), $page['rows'] ),
			'next'    => $page['next'],
		);
	}

	/**
	 * A page of the plan, in the order of the hosts. Nothing is sent for it.
	 *
	 * @param array<string, mixed> $wanted kind, state, after, limit; as the schema has them.
	 *
	 * @return array{headline: string, lines: list<array<string, mixed>>, next: string}|\WP_Error
	 */
	public static function plan( array $wanted ): array|\WP_Error {
		if ( ! Ultimate_Multisite::is_loaded() ) {
			return new \WP_Error( 'domain_sync_no_ultimate_multisite', Obstacle::no_ultimate_multisite(), array( 'status' => 503 ) );
		}
		$after = self::after( $wanted );
		$limit = self::limit( $wanted );
		$found = array();
		for ( $piece = 0; $piece < self::MOST_PIECES; $piece++ ) {
			$rows = Selection::by_host( $after );
			foreach ( Plan::lines_among( $rows ) as $at => $line ) {
				if ( null !== $line && $line->is_among( (string) ( $wanted['kind'] ?? '' ), (string) ( $wanted['state'] ?? '' ) ) ) {
					if ( count( $found ) === $limit ) {
						break 2;
					}
					$found[] = self::line( $line );
				}
				$after = $rows[ $at ]->host;
			}
			if ( count( $rows ) < Domain_List::PAGE ) {
				$after = '';
				break;
			}
		}
		return array(
			'headline' => Plan::headline(),
			'lines'    => $found,
			'next'     => $after,
		);
	}

	/**
	 * A line of the plan.
	 *
	 * @param Line $line The line.
	 *
	 * @return array<string, mixed>
	 */
	private static function line( Line $line ): array {
		$details = $line->reason === $line->row->domain_reason ? $line->row->domain_details : array();
		return array(
			'host'        => $line->row->host,
			'unicode'     => Unicode::of( $line->row->host ),
			'site_id'     => $line->row->site_id,
			'sentence'    => (string) $line->reason?->sentence( $details ),
			'can_approve' => $line->can_approve(),
			'can_decline' => $line->can_decline(),
		) + Domain_View::planned( $line );
	}

	/**
	 * Where the page begins. What cannot be a host's is none.
	 *
	 * @param array<string, mixed> $wanted after.
	 */
	private static function after( array $wanted ): string {
		$after = strtolower( (string) ( $wanted['after'] ?? '' ) );
		return preg_match( '/^[a-z0-9.*_-]{1,253}$/D', $after ) ? $after : '';
	}

	/**
	 * How many entries the page has.
	 *
	 * @param array<string, mixed> $wanted limit.
	 */
	private static function limit( array $wanted ): int {
		return min( self::MOST, max( 1, (int) ( $wanted['limit'] ?? self::LIMIT ) ) );
	}
}
