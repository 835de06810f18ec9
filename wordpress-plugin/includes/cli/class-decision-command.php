<?php
/**
 * The command line: what the admin decides.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Api\Named;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use WP_CLI;

/**
 * Approve, decline.
 */
final class Decision_Command {

	/**
	 * Approves what waits for your decision, so that it is done.
	 *
	 * Says first what that is and how many requests to RunCloud it will take, then asks. A decision is for what is wanted of a domain now; what has changed
	 * between the question and your answer is left out. The queue does the work, whoever leaves; --wait does it in the foreground.
	 *
	 * ## OPTIONS
	 *
	 * [<host>...]
	 * : These domains, whatever their state. One about which there is nothing to decide is named, and the exit code is 1; the others are still approved.
	 *
	 * [--all]
	 * : All that waits for your decision.
	 *
	 * [--kind=<kind>]
	 * : Only lines of this kind; see "wp help domain-sync plan".
	 *
	 * [--state=<state>]
	 * : In place of what waits: what you may approve but need not, or what you had declined; or removals that would come later by themselves.
	 * ---
	 * options:
	 *   - waits
	 *   - optional
	 *   - declined
	 *   - by-itself
	 * ---
	 *
	 * [--yes]
	 * : Do not ask.
	 *
	 * [--wait]
	 * : Work until all that is approved is done, with a bar that shows how far it is. Ctrl-C does no harm: the queue goes on. The exit code is 1
	 * when something that was approved failed, so that somebody must look.
	 *
	 * ## EXAMPLES
	 *
	 *     # Bring a whole network to RunCloud, and watch.
	 *     $ wp domain-sync approve --all --wait
	 *
	 *     # Only what is to be added.
	 *     $ wp domain-sync approve --kind=add
	 *
	 *     # Adopt what somebody made at RunCloud by hand, so that it is removed there when it is unmapped here.
	 *     $ wp domain-sync approve --kind=adopt --state=optional
	 *
	 * @param array<string>        $args    Hosts.
	 * @param array<string, mixed> $options all, kind, state, yes, wait.
	 */
	public function approve( array $args, array $options ): void {
		Context::must_send();
		$is_complete = self::decide( $args, $options, true );
		if ( ! empty( $options['wait'] ) ) {
			Foreground::work_approved();
		}
		if ( ! $is_complete ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * Declines what waits for your decision: it stays as it is.
	 *
	 * Nothing is sent to RunCloud for that. Says first what it is, then asks. What was declined can still be approved.
	 *
	 * ## OPTIONS
	 *
	 * [<host>...]
	 * : These domains. One about which there is nothing to decide is named, and the exit code is 1; the others are still declined.
	 *
	 * [--all]
	 * : All that waits for your decision.
	 *
	 * [--kind=<kind>]
	 * : Only lines of this kind; see "wp help domain-sync plan".
	 *
	 * [--state=<state>]
	 * : In place of what waits: removals that would come later by themselves.
	 * ---
	 * options:
	 *   - waits
	 *   - by-itself
	 * ---
	 *
	 * [--yes]
	 * : Do not ask.
	 *
	 * ## EXAMPLES
	 *
	 *     # Those hosts are to stay at RunCloud, though the network does not map them any more.
	 *     $ wp domain-sync decline --kind=remove
	 *
	 * @param array<string>        $args    Hosts.
	 * @param array<string, mixed> $options all, kind, state, yes.
	 */
	public function decline( array $args, array $options ): void {
		Context::must_know_network();
		if ( ! self::decide( $args, $options, false ) ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * Says what will be decided, asks, and decides.
	 *
	 * @param array<string>        $args        Hosts.
	 * @param array<string, mixed> $options     all, kind, state, yes.
	 * @param bool                 $is_approval Whether it is approved; else it is declined.
	 *
	 * @return bool Whether there was something to decide about each host that was named.
	 */
	private static function decide( array $args, array $options, bool $is_approval ): bool {
		$kind  = Plan_Command::kind( $options );
		$state = (string) ( $options['state'] ?? ( $args ? '' : Line::WAITS ) );
		if ( array() === $args && '' === $kind && empty( $options['all'] ) && ! isset( $options['state'] ) ) {
			WP_CLI::error( __( 'Say what to decide about: host names, --kind=<kind>, or --all for everything that waits. "wp domain-sync plan" shows it.', 'domain-sync-for-runcloud' ) );
		}
		if ( $args && ! empty( $options['all'] ) ) {
			WP_CLI::error( __( 'Name hosts or say --all, not both.', 'domain-sync-for-runcloud' ) );
		}
		$hosts = Context::hosts( $args );
		$known = $hosts ? Plan::lines_of( $hosts ) : array();
		$lines = $hosts ? array_filter( $known ) : ( $args ? array() : Plan::lines() );
		$found = array(
			'kinds'    => array(),
			'requests' => 0,
			'hosts'    => array(),
		);
		foreach ( $lines as $line ) {
			if ( $line->is_among( $kind, $state ) && ( $is_approval ? $line->can_approve() : $line->can_decline() ) ) {
				$found['kinds'][ $line->kind ] = 1 + ( $found['kinds'][ $line->kind ] ?? 0 );
				$found['requests']            += $line->requests;
				if ( $hosts ) {
					$found['hosts'][] = $line->row->host;
				}
			}
		}
		$free = $is_approval && '' === $kind && '' === $state ? self::in_order( $known ) : array();
		array_push( $found['hosts'], ...$free );
		foreach ( array_diff( $hosts, $found['hosts'] ) as $host ) {
			WP_CLI::warning( self::nothing_about( $host, array_key_exists( $host, $known ), $known[ $host ] ?? null ) );
		}
		if ( ! $found['kinds'] && ! $free ) {
			if ( $args ) {
				return false;
			}
			WP_CLI::success( __( 'There is nothing of that to decide about.', 'domain-sync-for-runcloud' ) );
			return true;
		}
		if ( $free ) {
			/* translators: %s: host names. */
			WP_CLI::log( sprintf( __( 'In order, and will wait no more: %s', 'domain-sync-for-runcloud' ), implode( ', ', $free ) ) );
		}
		self::foretell( $found, $is_approval );
		WP_CLI::confirm( $is_approval ? __( 'Approve this?', 'domain-sync-for-runcloud' ) : __( 'Decline this?', 'domain-sync-for-runcloud' ), $options );
		$number = match ( true ) {
			array() !== $found['hosts'] => self::carry_out( $is_approval ? Named::APPROVE : Named::DECLINE, $found['hosts'], $kind ),
			$is_approval                => Plan::approve( array(), $kind, $state ),
			default                     => Plan::decline( array(), $kind, $state ),
		};
		$total  = array_sum( $found['kinds'] ) + count( $free );
		$text   = $is_approval
			/* translators: 1: number of domains, 2: number of them. */
			? sprintf( __( 'Approved: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $number, $total )
			/* translators: 1: number of domains, 2: number of them. */
			: sprintf( __( 'Declined: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $number, $total );
		WP_CLI::success( $number < $total ? $text . ' ' . __( 'The others have changed meanwhile, or are being worked; look at the plan again.', 'domain-sync-for-runcloud' ) : $text );
		return count( $found['hosts'] ) === count( array_unique( $args ) );
	}

	/**
	 * Decides about hosts that were named.
	 *
	 * @param string       $what  What is decided.
	 * @param list<string> $hosts Hosts.
	 * @param string       $kind  A kind, or "".
	 *
	 * @return int About how many.
	 */
	private static function carry_out( string $what, array $hosts, string $kind ): int {
		$number = 0;
		foreach ( array_chunk( $hosts, Named::MOST ) as $piece ) {
			$number += count( array_filter( array_column( Named::carry_out( $what, $piece, $kind ), 'done' ) ) );
		}
		return $number;
	}

	/**
	 * Hosts that wait although nothing is to be done about them.
	 *
	 * @param array<string, Line|null> $lines Lines by host.
	 *
	 * @return list<string>
	 */
	private static function in_order( array $lines ): array {
		return array_keys( array_filter( Domain_List::find_many( array_keys( $lines ) ), static fn( Domain $row ): bool => Plan::can_let_go( $row, $lines[ $row->host ] ?? null ) ) );
	}

	/**
	 * Says what will be decided.
	 *
	 * @param array<string, mixed> $found       kinds, requests.
	 * @param bool                 $is_approval Whether it is approved.
	 */
	private static function foretell( array $found, bool $is_approval ): void {
		foreach ( array_intersect( Line::KINDS, array_keys( $found['kinds'] ) ) as $kind ) {
			WP_CLI::log( sprintf( '%d × %s (%s)', $found['kinds'][ $kind ], Line::label_of( $kind ), $kind ) );
		}
		if ( ! $is_approval ) {
			return;
		}
		/* translators: %d: number of requests. */
		WP_CLI::log( sprintf( __( 'Requests to RunCloud: %d at most, as long as it answers.', 'domain-sync-for-runcloud' ), $found['requests'] ) );
		$quota = Settings::quota();
		$left  = $quota - array_sum( Limits::spent() );
		if ( $quota > 0 && $left < $found['requests'] ) {
			/* translators: 1: number of requests, 2: number of requests. */
			WP_CLI::warning( sprintf( __( 'Of this month\'s %1$d requests %2$d are left; the rest is done next month.', 'domain-sync-for-runcloud' ), $quota, max( 0, $left ) ) );
		}
		if ( 'paused' === Settings::get( 'policy' ) ) {
			WP_CLI::warning( __( 'The policy is "paused", so nothing is sent until that ends: wp domain-sync settings policy sync', 'domain-sync-for-runcloud' ) );
		}
	}

	/**
	 * That there is nothing to decide about a host, and why.
	 *
	 * @param string    $host     The host.
	 * @param bool      $is_known Whether it has a row.
	 * @param Line|null $line     Its line, where it has one.
	 */
	private static function nothing_about( string $host, bool $is_known, ?Line $line ): string {
		return match ( true ) {
			/* translators: %s: host name. */
			! $is_known    => sprintf( __( '%s: nobody knows this host here.', 'domain-sync-for-runcloud' ), $host ),
			/* translators: %s: host name. */
			null === $line => sprintf( __( '%s: there is nothing to decide; the domain is in order, or on its way.', 'domain-sync-for-runcloud' ), $host ),
			/* translators: 1: host name, 2: a kind of line, 3: a state. */
			default        => sprintf( __( '%1$s: there is nothing of that to decide; the plan says "%2$s", and that it is "%3$s".', 'domain-sync-for-runcloud' ), $host, $line->kind, $line->state ),
		};
	}
}
