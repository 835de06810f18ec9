<?php
/**
 * How the whole installation is.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Plan;

/**
 * The view model of screens, Site Health, command line, mail and REST: each says the same. Reads everything and sends nothing.
 */
final class Overview {

	/** Which of the inventory's numbers are times. */
	private const TIMES = array(
		'begun_at'   => 0,
		'ended_at'   => 0,
		'checked_at' => 0,
		'differs_at' => 0,
	);

	/**
	 * Everything, for programs.
	 *
	 * @return array<string, mixed>
	 */
	public static function read(): array {
		$progress = Inventory::progress();
		$spent    = Limits::spent();
		$settings = Settings::all();
		$overview = array(
			'obstacle'     => Obstacle::read(),
			'plan'         => Plan::headline(),
			'domains'      => self::all_statuses( Domain_List::counts() ),
			'certificates' => self::all_statuses( Domain_List::counts( 'certificate' ) ),
			'on_hold'      => Decisions::counts(),
			'approved'     => Decisions::count_approved(),
			'dns_left'     => Domain_List::count_left_behind_dns(),
			'inventory'    => array_map( array( self::class, 'time' ), array_intersect_key( $progress, self::TIMES ) ) + $progress,
			'blocks'       => self::blocks(),
			'requests'     => array(
				'month' => gmdate( 'Y-m' ),
				'sent'  => array_sum( $spent ),
				'quota' => Settings::quota( $settings['monthly_quota'] ),
				'kinds' => $spent,
			),
			'settings'     => $settings,
			'next_at'      => self::time( Domain_List::next_at() ),
		);
		return array( 'needs' => self::needs( $overview ) ) + $overview;
	}

	/**
	 * The same for people.
	 *
	 * @param array<string, mixed> $overview See read().
	 *
	 * @return array<string, string>
	 */
	public static function texts( array $overview ): array {
		$requests = $overview['requests'];
		$blocks   = array();
		foreach ( $overview['blocks'] as $scope => $block ) {
			$blocks[] = "$scope: {$block['sentence']} ({$block['reason']}, " . $block['until'] . ')';
		}
		return array(
			'obstacle'     => $overview['obstacle']['sentence'] ?? __( 'none', 'domain-sync-for-runcloud' ),
			'plan'         => '' === $overview['plan'] ? __( 'nothing waits for a decision', 'domain-sync-for-runcloud' ) : $overview['plan'],
			'domains'      => self::listed( $overview['domains'] ),
			'certificates' => self::listed( $overview['certificates'] ),
			'on_hold'      => self::listed( $overview['on_hold'] ),
			/* translators: %d: number of domains. */
			'approved'     => sprintf( __( '%d not done yet', 'domain-sync-for-runcloud' ), $overview['approved'] ),
			/* translators: %d: number of domains. */
			'dns_left'     => 0 === $overview['dns_left'] ? '-' : sprintf( __( '%d removed domains have DNS that still points here', 'domain-sync-for-runcloud' ), $overview['dns_left'] ) . ': wp domain-sync list --reason=removed-dns-here',
			'inventory'    => self::inventory( $overview['inventory'] ),
			'blocks'       => $blocks ? implode( ' ', $blocks ) : __( 'none', 'domain-sync-for-runcloud' ),
			'requests'     => ( 0 === $requests['quota']
				/* translators: 1: number of requests, 2: a month. */
				? sprintf( __( '%1$d in %2$s', 'domain-sync-for-runcloud' ), $requests['sent'], $requests['month'] )
				/* translators: 1: number of requests, 2: number of requests, 3: a month. */
				: sprintf( __( '%1$d of %2$d in %3$s', 'domain-sync-for-runcloud' ), $requests['sent'], $requests['quota'], $requests['month'] ) )
				. ( $requests['kinds'] ? ' (' . self::listed( $requests['kinds'] ) . ')' : '' ),
			'settings'     => self::listed( $overview['settings'] ),
			'next_at'      => '' === $overview['next_at'] ? __( 'nothing is due', 'domain-sync-for-runcloud' ) : $overview['next_at'],
		);
	}

	/**
	 * A time for people and programs; "" for none.
	 *
	 * @param int $time Unix time, or 0.
	 */
	public static function time( int $time ): string {
		return 0 === $time ? '' : gmdate( 'Y-m-d H:i:s', $time ) . ' UTC';
	}

	/**
	 * How far the list of domains is read, in a sentence.
	 *
	 * @param array<string, mixed> $progress The inventory in read().
	 */
	private static function inventory( array $progress ): string {
		/* translators: 1: number of domains, 2: a time. */
		$known = '' === $progress['ended_at'] ? __( 'never read as a whole', 'domain-sync-for-runcloud' ) : sprintf( _n( '%1$d domain at RunCloud, last seen %2$s', '%1$d domains at RunCloud, last seen %2$s', (int) $progress['total'], 'domain-sync-for-runcloud' ), $progress['total'], $progress['checked_at'] );
		return match ( true ) {
			/* translators: %d: number of pages. */
			$progress['is_reading'] && 0 === $progress['pages']   => sprintf( __( '%d pages are read', 'domain-sync-for-runcloud' ), $progress['page'] ),
			/* translators: 1: number of pages, 2: number of pages. */
			$progress['is_reading'] && $progress['minutes_left'] < 0 => sprintf( __( '%1$d of %2$d pages are read', 'domain-sync-for-runcloud' ), $progress['page'], $progress['pages'] ),
			/* translators: 1: number of pages, 2: number of pages, 3: number of minutes. */
			$progress['is_reading']                               => sprintf( __( '%1$d of %2$d pages are read, about %3$d minutes left', 'domain-sync-for-runcloud' ), $progress['page'], $progress['pages'], $progress['minutes_left'] ),
			$progress['is_asked']                                 => $known . '; ' . __( 'it is read in the next run', 'domain-sync-for-runcloud' ),
			'' !== $progress['differs_at']                         => $known . '; ' . __( 'it has changed since', 'domain-sync-for-runcloud' ),
			default                                               => $known,
		};
	}

	/**
	 * What needs somebody, as sentences.
	 *
	 * @param array<string, mixed> $overview The rest.
	 *
	 * @return list<string>
	 */
	private static function needs( array $overview ): array {
		$needs = array();
		if ( null !== $overview['obstacle'] ) {
			$needs[] = $overview['obstacle']['sentence'];
		}
		if ( '' !== $overview['plan'] ) {
			$needs[] = $overview['plan'] . ' wp domain-sync plan';
		}
		$action = $overview['domains'][ Status::Action->value ];
		if ( $action > 0 ) {
			/* translators: %d: number of domains. */
			$needs[] = sprintf( __( 'Domains that need somebody: %d.', 'domain-sync-for-runcloud' ), $action ) . ' wp domain-sync list --status=action';
		}
		$action = $overview['certificates'][ Status::Action->value ];
		if ( $action > 0 ) {
			/* translators: %d: number of certificates. */
			$needs[] = sprintf( __( 'Certificates that need somebody: %d.', 'domain-sync-for-runcloud' ), $action ) . ' wp domain-sync list --certificate=action';
		}
		$requests = $overview['requests'];
		if ( $requests['quota'] > 0 && $requests['sent'] >= $requests['quota'] ) {
			/* translators: %d: number of requests. */
			$needs[] = sprintf( __( 'This month\'s %d requests to RunCloud are spent; the rest waits for the next month or a larger quota.', 'domain-sync-for-runcloud' ), $requests['quota'] ) . ' wp domain-sync settings monthly_quota';
		}
		foreach ( $overview['blocks'] as $block ) {
			if ( $block['needs_somebody'] ) {
				$needs[] = $block['sentence'] . ' ' . $block['next_step'];
			}
		}
		return $needs;
	}

	/**
	 * Why RunCloud, or one kind of call, is not called at present.
	 *
	 * @return array<string, array<string, mixed>> By scope.
	 */
	public static function blocks(): array {
		$blocks = array();
		foreach ( Limits::blocks() as $scope => $block ) {
			if ( $block['until'] > time() ) {
				$reason           = Reason::tryFrom( $block['reason'] );
				$details          = array( 'until' => $block['until'] );
				$blocks[ $scope ] = array(
					'reason'         => $block['reason'],
					'sentence'       => (string) $reason?->sentence( $details ),
					'next_step'      => (string) $reason?->next_step( $details ),
					'until'          => self::time( $block['until'] ),
					'needs_somebody' => Status::Action === $reason?->status(),
				);
			}
		}
		return $blocks;
	}

	/**
	 * Counts with all four statuses.
	 *
	 * @param array<string, int> $counts Counts by status.
	 *
	 * @return array<string, int>
	 */
	private static function all_statuses( array $counts ): array {
		$all = array();
		foreach ( Status::cases() as $status ) {
			$all[ $status->value ] = $counts[ $status->value ] ?? 0;
		}
		return $all;
	}

	/**
	 * Values with their names, on one line.
	 *
	 * @param array<string, mixed> $values Values by name.
	 */
	private static function listed( array $values ): string {
		$parts = array();
		foreach ( $values as $name => $value ) {
			$parts[] = "$name $value";
		}
		return $parts ? implode( ', ', $parts ) : '-';
	}
}
