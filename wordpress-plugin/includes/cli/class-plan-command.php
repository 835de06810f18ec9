<?php
/**
 * The command line: the plan, and what is under way.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Api\Named;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Sync\Queue;
use WP_CLI;

/**
 * Plan, stop, retry.
 */
final class Plan_Command {

	/**
	 * Shows what is to be done at RunCloud, and what waits for your decision.
	 *
	 * Nothing is sent for it: the plan is what the queue would do with the rows as they are now. Domains that are in order have no line.
	 * Below a table stand the numbers, and how many requests to RunCloud they will take.
	 *
	 * ## OPTIONS
	 *
	 * [--kind=<kind>]
	 * : Only lines that are about this: add, adopt, differs, move, rename, remove, ownership, wildcard-gone, other-app, failed, look-up, covered,
	 * suspended, leave, left-behind.
	 *
	 * [--state=<state>]
	 * : Only lines that are so: they wait for you; you may approve them but need not; are approved and not done yet; are declined; are done by
	 * themselves; or nothing is done about them.
	 * ---
	 * options:
	 *   - waits
	 *   - optional
	 *   - approved
	 *   - declined
	 *   - by-itself
	 *   - stays
	 * ---
	 *
	 * [--field=<field>]
	 * : Only this field, one a line.
	 *
	 * [--fields=<fields>]
	 * : Only these fields, separated by commas: host, kind, state, reason, requests, note, sentence, site_id.
	 *
	 * [--format=<format>]
	 * : How they are shown. "ids" are host names.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 *   - ids
	 *   - count
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     # What waits for me?
	 *     $ wp domain-sync plan --state=waits
	 *
	 *     # Which domains would be removed, and why?
	 *     $ wp domain-sync plan --kind=remove --fields=host,state,sentence
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options kind, state, field, fields, format.
	 */
	public function plan( array $args, array $options ): void {
		Context::must_know_network();
		$kind  = self::kind( $options );
		$state = (string) ( $options['state'] ?? '' );
		$lines = ( static function () use ( $kind, $state ): \Generator {
			foreach ( Plan::lines() as $line ) {
				if ( in_array( $kind, array( '', $line->kind ), true ) && in_array( $state, array( '', $line->state ), true ) ) {
					yield $line;
				}
			}
		} )();
		Output::rows( $lines, self::columns(), array( 'host', 'kind', 'state', 'reason', 'requests', 'note' ), $options );
		if ( 'table' === ( $options['format'] ?? 'table' ) && ! isset( $options['field'] ) ) {
			self::sum_up( Plan::summary() );
		}
	}

	/**
	 * Stops what is approved and has not begun: it waits for your decision again.
	 *
	 * What RunCloud was already asked for is brought to its end.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync stop
	 *     Success: Domains that wait for your decision again: 412. Approved ones that have begun and are brought to their end: 3.
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options Nothing.
	 */
	public function stop( array $args, array $options ): void {
		$stopped = Decisions::stop();
		/* translators: 1: number of domains, 2: number of domains. */
		WP_CLI::success( sprintf( __( 'Domains that wait for your decision again: %1$d. Approved ones that have begun and are brought to their end: %2$d.', 'domain-sync-for-runcloud' ), $stopped, Decisions::count_approved() ) );
	}

	/**
	 * Tries again what has failed, without waiting for its time.
	 *
	 * ## OPTIONS
	 *
	 * [<host>...]
	 * : These domains. One that is not known, or waits for your decision, is named, and the exit code is 1; the others are still tried again.
	 *
	 * [--failed]
	 * : All that has failed.
	 *
	 * ## EXAMPLES
	 *
	 *     # DNS was put right just now.
	 *     $ wp domain-sync retry shop.example.com
	 *
	 * @param array<string>        $args    Hosts.
	 * @param array<string, mixed> $options failed.
	 */
	public function retry( array $args, array $options ): void {
		if ( array() === $args && empty( $options['failed'] ) ) {
			WP_CLI::error( __( 'Say what to try again: host names, or --failed for all that has failed.', 'domain-sync-for-runcloud' ) );
		}
		Context::must_send();
		$hosts = Context::hosts( $args );
		$rows  = Domain_List::find_many( $hosts );
		$right = array();
		foreach ( $hosts as $host ) {
			if ( ! isset( $rows[ $host ] ) ) {
				/* translators: %s: host name. */
				WP_CLI::warning( sprintf( __( '%s: nobody knows this host here.', 'domain-sync-for-runcloud' ), $host ) );
			} elseif ( '' !== $rows[ $host ]->hold ) {
				/* translators: %s: host name. */
				WP_CLI::warning( sprintf( __( '%1$s: it waits for your decision. Approve it: wp domain-sync approve %1$s', 'domain-sync-for-runcloud' ), $host ) );
			} else {
				$right[] = $host;
			}
		}
		$number = empty( $options['failed'] ) ? 0 : Domain_List::retry_failed();
		foreach ( array_chunk( $right, Named::MOST ) as $piece ) {
			$number += count( array_filter( array_column( Named::carry_out( Named::RETRY, $piece ), 'done' ) ) );
		}
		Queue::run_soon();
		/* translators: %d: number of domains. */
		WP_CLI::success( sprintf( __( 'Tried again in the next run: %d.', 'domain-sync-for-runcloud' ), $number ) );
		if ( count( $right ) < count( array_unique( $args ) ) ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * Says below a table what all lines come to.
	 *
	 * @param array<string, mixed> $summary See Plan::summary().
	 */
	private static function sum_up( array $summary ): void {
		$headline = Plan::headline();
		WP_CLI::log( '' );
		if ( '' !== $headline ) {
			WP_CLI::log( $headline );
		}
		foreach ( array_intersect( Line::KINDS, array_keys( $summary['kinds'] ) ) as $kind ) {
			$states = array();
			foreach ( $summary['kinds'][ $kind ] as $state => $number ) {
				$states[] = "$number $state";
			}
			WP_CLI::log( sprintf( '%s (%s): %s', Line::label_of( $kind ), $kind, implode( ', ', $states ) ) );
		}
		/* translators: %d: number of requests. */
		WP_CLI::log( sprintf( __( 'Requests to RunCloud for what waits, is approved or is done by itself: %d at most.', 'domain-sync-for-runcloud' ), $summary['requests'] ) );
		if ( ! Inventory::is_listed() ) {
			WP_CLI::warning( __( 'RunCloud\'s list of domains was never read, so the plan does not know which of them are there already. Read it: wp domain-sync inventory --wait', 'domain-sync-for-runcloud' ) );
		}
	}

	/**
	 * The kind that was asked for, or "".
	 *
	 * @param array<string, mixed> $options kind.
	 */
	public static function kind( array $options ): string {
		$kind = (string) ( $options['kind'] ?? '' );
		if ( '' !== $kind && ! in_array( $kind, Line::KINDS, true ) ) {
			/* translators: 1: what was given, 2: kinds of lines. */
			WP_CLI::error( sprintf( __( 'There is no kind "%1$s"; there are: %2$s.', 'domain-sync-for-runcloud' ), $kind, implode( ', ', Line::KINDS ) ) );
		}
		return $kind;
	}

	/**
	 * The columns of the plan.
	 *
	 * @return array<string, callable( Line ): mixed>
	 */
	private static function columns(): array {
		return array(
			'host'     => static fn( Line $line ): string => $line->row->host,
			'kind'     => static fn( Line $line ): string => $line->kind,
			'state'    => static fn( Line $line ): string => $line->state,
			'reason'   => static fn( Line $line ): string => (string) $line->reason?->value,
			'requests' => static fn( Line $line ): int => $line->requests,
			'note'     => static fn( Line $line ): string => $line->label(),
			'sentence' => static fn( Line $line ): string => (string) $line->reason?->sentence( $line->reason === $line->row->domain_reason ? $line->row->domain_details : array() ),
			'site_id'  => static fn( Line $line ): int => $line->row->site_id,
		);
	}
}
