<?php
/**
 * Answers "does it work?".
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Network\Walk;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Panel;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Sync\Queue;

/**
 * Checks the credentials, that the panel accepts them, that the server and the web application exist, and that this WordPress is
 * in that web application. Changes nothing at RunCloud. When all is well, what had failed is tried again at once.
 */
final class Connection_Test {

	/**
	 * Runs the test: four requests when all is well.
	 *
	 * @return true|\WP_Error The error's message is for the admin, its data a code.
	 */
	public static function run(): bool|\WP_Error {
		Credentials::read_anew();
		Health_Requests::forget();
		if ( null !== Identity::obstacle() ) {
			return new \WP_Error( 'domain_sync_other_network', Identity::advice() );
		}
		$missing = Credentials::read()->missing();
		if ( array() !== $missing ) {
			/* translators: %s: names of constants. */
			return self::failed( 'constants', sprintf( __( 'Not set, or not a value that can be right: %s. Set it in wp-config.php or in the wizard.', 'domain-sync-for-runcloud' ), implode( ', ', $missing ) ) );
		}
		$result = ( new Panel() )->introduce();
		if ( ! $result->is_ok ) {
			return self::failed( (string) $result->reason?->value, $result->message );
		}
		$found = $result->value;
		$other = self::other_folder( $found );
		if ( '' !== $other ) {
			return self::failed(
				'other-folder',
				sprintf(
					/* translators: 1: name of a web application, 2: its folder, 3: folder of WordPress, 4: name of a constant. */
					__( 'The web application "%1$s" is in %2$s, but this WordPress is in %3$s. Set %4$s to the web application of this network.', 'domain-sync-for-runcloud' ),
					$found['web_app'],
					'' !== $found['root_path'] ? $found['root_path'] : $found['public_path'],
					untrailingslashit( $other ),
					Credentials::WEB_APP_ID
				)
			);
		}
		( new Web_App() )->keep_ssl( $found['ssl_mode'] );
		Log::info( sprintf( 'Connection tested: it works, %s SSL (%s)', $found['ssl_mode'], $result->cost() ) );
		Limits::end_all();
		Domain_List::retry_failed();
		Walk::ask();
		Queue::run_soon();
		return true;
	}

	/** The folder of this WordPress, as the RunCloud server sees it. */
	public static function folder(): string {
		/**
		 * Filters the folder of this WordPress, as the RunCloud server sees it.
		 *
		 * @since 0.1.0
		 *
		 * @param string $folder Absolute path.
		 */
		return (string) Hooks::ask( static fn() => apply_filters( 'domain_sync_document_root', ABSPATH ), ABSPATH, 'domain_sync_document_root' );
	}

	/**
	 * The folder of this WordPress, where it is not in that of the web application; else "".
	 *
	 * @param array{root_path: string, public_path: string} $found What RunCloud says of the web application.
	 */
	public static function other_folder( array $found ): string {
		$folder = self::folder();
		return self::is_inside( $folder, array( $found['root_path'], $found['public_path'] ) ) ? '' : $folder;
	}

	/**
	 * Whether a folder is one of others or inside one. Folders that the panel does not tell cannot be compared.
	 *
	 * @param string       $folder  Absolute path.
	 * @param list<string> $parents Absolute paths, or "".
	 */
	private static function is_inside( string $folder, array $parents ): bool {
		$parents = array_filter( $parents );
		if ( array() === $parents ) {
			return true;
		}
		$folders = array_filter( array( $folder, (string) realpath( $folder ) ) );
		foreach ( $parents as $parent ) {
			foreach ( $folders as $candidate ) {
				if ( str_starts_with( trailingslashit( $candidate ), trailingslashit( $parent ) ) ) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Gives an error, without what could be HTML: names and messages of the panel are in it. The log gets the code only.
	 *
	 * @param string $code     What is wrong.
	 * @param string $sentence The same, and what to do.
	 */
	private static function failed( string $code, string $sentence ): \WP_Error {
		Log::error( "Connection tested: $code" );
		return new \WP_Error( 'domain_sync_connection', wp_strip_all_tags( $sentence ), $code );
	}
}
