<?php
/**
 * The command line: who we are at RunCloud.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Admin\Connection_Test;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Panel;
use WP_CLI;

/**
 * Test, discover.
 */
final class Connection_Command {

	/**
	 * Tests the connection to RunCloud.
	 *
	 * Asks whether RunCloud accepts the credentials, whether server and web application exist, and whether this WordPress is in that web application: four
	 * requests. Changes nothing at RunCloud. When all is well, what had failed is tried again at once. Where something is wrong one sentence says what, and
	 * the exit code is 1.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync test
	 *     Success: It works: server 1001, web application 2001. What had failed is tried again.
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options Nothing.
	 */
	public function test( array $args, array $options ): void {
		$result = Turn::take( array( Connection_Test::class, 'run' ) );
		if ( is_wp_error( $result ) ) {
			WP_CLI::error( $result->get_error_message() );
		}
		$credentials = Credentials::read();
		/* translators: 1: id of a server, 2: id of a web application. */
		WP_CLI::success( sprintf( __( 'It works: server %1$d, web application %2$d. What had failed is tried again.', 'domain-sync-for-runcloud' ), $credentials->server_id, $credentials->web_app_id ) );
	}

	/**
	 * Finds out which server and web application this WordPress is in.
	 *
	 * Looks through all servers and web applications that the token sees for those whose folder holds this WordPress, and prints the lines for wp-config.php.
	 * Web applications with other folders are not listed. That takes at least one request for each server, and one more; ask once and keep the answer. The ids
	 * need not be set; the token, or key and secret, must be. The exit code is 1 when there is no such web application.
	 *
	 * ## OPTIONS
	 *
	 * [--folder=<folder>]
	 * : Absolute path of a folder, as the RunCloud server sees it, in place of this WordPress's own.
	 *
	 * [--format=<format>]
	 * : How they are shown. Below a table stand the lines for wp-config.php, when there is just one.
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
	 *     $ wp domain-sync discover
	 *
	 *     # This WordPress is in a container that sees its folder under another path.
	 *     $ wp domain-sync discover --folder=/home/runcloud/webapps/network
	 *
	 * @param array<string>        $args    Nothing.
	 * @param array<string, mixed> $options folder, format.
	 */
	public function discover( array $args, array $options ): void {
		$folder = untrailingslashit( (string) ( $options['folder'] ?? Connection_Test::folder() ) );
		$result = Turn::take( static fn() => ( new Panel() )->discover( $folder ) );
		if ( ! $result->is_ok ) {
			WP_CLI::error( '' !== $result->message ? $result->message : (string) $result->reason?->sentence( $result->details ) );
		}
		$now     = Credentials::read();
		$is_set  = static fn( array $one ): bool => $one['server_id'] === $now->server_id && $one['web_app_id'] === $now->web_app_id;
		$column  = static fn( string $name ): callable => static fn( array $one ): mixed => $one[ $name ];
		$names   = array( 'server_id', 'web_app_id', 'name', 'root_path', 'public_path' );
		$columns = array_combine( $names, array_map( $column, $names ) ) + array( 'is_set' => $is_set );
		if ( ! $result->value ) {
			/* translators: 1: a folder, 2: an option. */
			WP_CLI::error( sprintf( __( 'No web application that these credentials see holds %1$s. Where RunCloud\'s server has this WordPress under another path, give that with %2$s.', 'domain-sync-for-runcloud' ), $folder, '--folder' ) );
		}
		Output::rows( $result->value, $columns, array( 'server_id', 'web_app_id', 'name', 'root_path', 'is_set' ), $options );
		if ( 'table' !== ( $options['format'] ?? 'table' ) ) {
			return;
		}
		$right = array_filter( $result->value, $is_set );
		WP_CLI::log( '' );
		if ( $right ) {
			WP_CLI::success( __( 'The ids that are set are right.', 'domain-sync-for-runcloud' ) );
		} elseif ( 1 === count( $result->value ) ) {
			WP_CLI::log( sprintf( "define( '%s', %d );", Credentials::SERVER_ID, $result->value[0]['server_id'] ) );
			WP_CLI::log( sprintf( "define( '%s', %d );", Credentials::WEB_APP_ID, $result->value[0]['web_app_id'] ) );
			WP_CLI::warning( __( 'These ids are not set yet, or others are: put the lines above into wp-config.php, then: wp domain-sync test', 'domain-sync-for-runcloud' ) );
		} else {
			WP_CLI::warning( __( 'Several servers have such a folder; the one that this is has to be chosen by you.', 'domain-sync-for-runcloud' ) );
		}
	}
}
