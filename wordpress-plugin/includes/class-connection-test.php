<?php
/**
 * Answers "does it work?".
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Checks the credentials, that the panel accepts them, that the server and the web application exist, and that this WordPress is
 * in that web application. Changes nothing at RunCloud.
 */
final class Connection_Test {

	/** What the log says where only this test goes on. */
	const GOES_ON = 'When that is put right, press "Test connection" in Ultimate Multisite: what had failed is tried again then.';

	/**
	 * Tests nothing yet.
	 *
	 * @param Runcloud $runcloud The panel.
	 * @param Ssl_Mode $mode     What is learnt of SSL on the way.
	 * @param Log      $log      The log.
	 */
	public function __construct(
		private readonly Runcloud $runcloud,
		private readonly Ssl_Mode $mode,
		private readonly Log $log
	) {}

	/**
	 * Runs the test: four requests when all is well.
	 *
	 * @return true|\WP_Error The error's message is one sentence for the admin.
	 */
	public function run(): bool|\WP_Error {
		$missing = Credentials::read()->missing();
		if ( array() !== $missing ) {
			/* translators: %s: names of constants. */
			return $this->failed( sprintf( __( 'Not set, or not a value that can be right: %s. Set it in wp-config.php or in the wizard.', 'domain-sync-for-runcloud' ), implode( ', ', $missing ) ) );
		}
		$outcome = $this->runcloud->introduce();
		if ( ! $outcome->ok ) {
			return $this->failed( $outcome->sentence );
		}
		$found = $outcome->value;
		/**
		 * Filters the folder of this WordPress, as the RunCloud server sees it.
		 *
		 * @param string $folder Absolute path.
		 */
		$folder = (string) apply_filters( 'domain_sync_document_root', ABSPATH );
		if ( ! $this->is_inside( $folder, array( $found['root_path'], $found['public_path'] ) ) ) {
			return $this->failed(
				sprintf(
					/* translators: 1: name of a web application, 2: its folder, 3: folder of WordPress, 4: name of a constant. */
					__( 'The web application "%1$s" is in %2$s, but this WordPress is in %3$s. Set %4$s to the web application of this network.', 'domain-sync-for-runcloud' ),
					$found['web_app'],
					'' !== $found['root_path'] ? $found['root_path'] : $found['public_path'],
					untrailingslashit( $folder ),
					Credentials::WEB_APP_ID
				)
			);
		}
		if ( $found['ssl_mode'] !== $this->mode->known() ) {
			$this->mode->learn( $found['ssl_mode'], 0 );
		}
		$this->log->info( sprintf( 'Connection tested: server "%s", web application "%s", %s SSL (%s)', $found['server'], $found['web_app'], $found['ssl_mode'], $outcome->cost() ) );
		return true;
	}

	/**
	 * Whether a folder is one of others or inside one. Folders that the panel does not tell cannot be compared.
	 *
	 * @param string       $folder  Absolute path.
	 * @param list<string> $parents Absolute paths, or "".
	 */
	private function is_inside( string $folder, array $parents ): bool {
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
	 * Logs and gives an error, without what could be HTML: names and messages of the panel are in it.
	 *
	 * @param string $sentence What is wrong, and what to do.
	 */
	private function failed( string $sentence ): \WP_Error {
		$sentence = wp_strip_all_tags( $sentence );
		$this->log->error( "Connection tested: $sentence" );
		return new \WP_Error( 'domain_sync_connection', $sentence );
	}
}
