<?php
/**
 * The command line: the list of domains at RunCloud, and the settings.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Sync\Queue;
use WP_CLI;

/**
 * Inventory, settings.
 */
final class Upkeep_Command {

	/**
	 * Has the whole list of domains at RunCloud read.
	 *
	 * That takes one request for each 40 domains. It is done by itself when the plugin comes, and from time to time, as the share of the month's requests
	 * permits; ask for it when somebody changed much in the RunCloud dashboard. Nothing is changed at RunCloud: what is found there leads to lines of
	 * the plan.
	 *
	 * ## OPTIONS
	 *
	 * [--wait]
	 * : Read it in the foreground, with a bar of the pages. RunCloud's rate limit makes long lists wait from minute to minute. Ctrl-C does no harm:
	 * the queue goes on from the page that is next.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync inventory --wait
	 *     Success: The list is read: 412 domains on 11 pages.
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options wait.
	 */
	public function inventory( array $args, array $options ): void {
		Context::must_send();
		Context::must_not_be_paused();
		Inventory::ask();
		Queue::run_soon();
		if ( empty( $options['wait'] ) ) {
			WP_CLI::success( __( 'The list is read from the next run on. "wp domain-sync status" shows how far it is; --wait reads it here.', 'domain-sync-for-runcloud' ) );
			return;
		}
		Foreground::read_list();
	}

	/**
	 * Lists, shows or changes settings.
	 *
	 * * policy: "sync"; "add-only", where nothing is ever removed from RunCloud; or "paused", where nothing is sent.
	 * * removal_delay: seconds that a domain stays at RunCloud after the network dropped it.
	 * * monthly_quota: requests that RunCloud grants each month; 0 when you do not know.
	 * * inventory_share: per cent of these that reading the list of domains may use.
	 *
	 * ## OPTIONS
	 *
	 * [<name>]
	 * : Its name. Without one all settings are listed.
	 *
	 * [<value>]
	 * : Its new value. Without one the value is printed.
	 *
	 * [--format=<format>]
	 * : How a list is shown.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     # Send nothing for now.
	 *     $ wp domain-sync settings policy paused
	 *
	 *     # Keep what is unmapped for a day.
	 *     $ wp domain-sync settings removal_delay 86400
	 *
	 * @param array<string>        $args    Name and value.
	 * @param array<string, mixed> $options format.
	 */
	public function settings( array $args, array $options ): void {
		$settings = Settings::all();
		if ( array() === $args ) {
			$columns = array(
				'name'    => static fn( string $name ): string => $name,
				'value'   => static fn( string $name ): string|int => $settings[ $name ],
				'default' => static fn( string $name ): string|int => Settings::DEFAULTS[ $name ],
				'allowed' => static fn( string $name ): string => implode( is_int( Settings::DEFAULTS[ $name ] ) ? ' – ' : ' | ', Settings::ALLOWED[ $name ] ),
			);
			Output::rows( array_keys( Settings::DEFAULTS ), $columns, array_keys( $columns ), $options );
			return;
		}
		list( $name, $value ) = $args + array( '', null );
		if ( null === $value && isset( $settings[ $name ] ) ) {
			WP_CLI::line( (string) $settings[ $name ] );
			return;
		}
		$wrong = Settings::set( $name, (string) $value );
		if ( '' !== $wrong ) {
			WP_CLI::error( $wrong );
		}
		/* translators: 1: name of a setting, 2: its value. */
		WP_CLI::success( sprintf( __( '%1$s is %2$s now.', 'domain-sync-for-runcloud' ), $name, Settings::get( $name ) ) );
	}
}
