<?php
/**
 * The command line: how much is sent to RunCloud.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Settings;
use WP_CLI;

/**
 * Quota, pause, resume.
 */
final class Traffic_Command {

	/**
	 * Shows the month's requests to RunCloud, or says how many there are.
	 *
	 * RunCloud meters requests by the calendar month, in UTC. They are counted here by kind of call: add, order, page (of the list of domains) and so on;
	 * what else uses the same token is not. The exit code is 1 when all are spent.
	 *
	 * ## OPTIONS
	 *
	 * [<number>]
	 * : Requests that RunCloud grants each month; 0 when you do not know. That ends all blocks, so that it is found out whether RunCloud can be called.
	 *
	 * [--format=<format>]
	 * : How they are shown.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync quota 50000
	 *     Success: monthly_quota is 50000 now.
	 *
	 *     # How much of it is used?
	 *     $ wp domain-sync quota --format=json | jq .used_percent
	 *
	 * @param array<string>        $args    Their number.
	 * @param array<string, mixed> $options format.
	 */
	public function quota( array $args, array $options ): void {
		if ( isset( $args[0] ) ) {
			$wrong = Settings::set( 'monthly_quota', $args[0] );
			if ( '' !== $wrong ) {
				WP_CLI::error( $wrong );
			}
			/* translators: 1: name of a setting, 2: its value. */
			WP_CLI::success( sprintf( __( '%1$s is %2$s now.', 'domain-sync-for-runcloud' ), 'monthly_quota', Settings::get( 'monthly_quota' ) ) );
			return;
		}
		$kinds = Limits::spent();
		$sent  = array_sum( $kinds );
		$quota = Settings::quota();
		arsort( $kinds );
		Output::item(
			array(
				'month'           => gmdate( 'Y-m' ),
				'sent'            => $sent,
				'quota'           => $quota,
				'left'            => $quota > 0 ? max( 0, $quota - $sent ) : null,
				'used_percent'    => $quota > 0 ? round( 100 * $sent / $quota, 1 ) : null,
				'monthly_quota'   => Settings::get( 'monthly_quota' ),
				'inventory_share' => Settings::get( 'inventory_share' ),
				'kinds'           => $kinds,
			),
			$options
		);
		if ( $quota > 0 && $sent >= $quota ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * Sends nothing to RunCloud from now on.
	 *
	 * What happens in the network is taken in, and is done after "wp domain-sync resume". A call that is under way is not broken off.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync pause
	 *     Success: Nothing is sent to RunCloud until: wp domain-sync resume
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options Nothing.
	 */
	public function pause( array $args, array $options ): void {
		$wrong = Settings::set( 'policy', 'paused' );
		if ( '' !== $wrong ) {
			WP_CLI::error( $wrong );
		}
		/* translators: %s: a command. */
		WP_CLI::success( sprintf( __( 'Nothing is sent to RunCloud until: %s', 'domain-sync-for-runcloud' ), 'wp domain-sync resume' ) );
	}

	/**
	 * Ends a pause.
	 *
	 * The policy is again what it was before the pause: where nothing was ever to be removed ("add-only"), nothing is.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync resume
	 *     Success: policy is sync now.
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options Nothing.
	 */
	public function resume( array $args, array $options ): void {
		$policy = Settings::get( 'policy' );
		if ( 'paused' !== $policy ) {
			/* translators: %s: the policy. */
			WP_CLI::success( sprintf( __( 'There is no pause; policy is %s.', 'domain-sync-for-runcloud' ), $policy ) );
			return;
		}
		$wrong = Settings::set( 'policy', Settings::policy_before_pause() );
		if ( '' !== $wrong ) {
			WP_CLI::error( $wrong );
		}
		/* translators: 1: name of a setting, 2: its value. */
		WP_CLI::success( sprintf( __( '%1$s is %2$s now.', 'domain-sync-for-runcloud' ), 'policy', Settings::get( 'policy' ) ) );
	}
}
