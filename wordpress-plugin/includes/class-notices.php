<?php
/**
 * What the network's admin must see without asking.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * One notice in the Network Admin, for those who can act on it.
 */
final class Notices {

	/**
	 * Shows nothing yet.
	 *
	 * @param Ssl_Mode $mode How many names the certificate holds.
	 */
	public function __construct( private readonly Ssl_Mode $mode ) {}

	/**
	 * Shows the first of: no extension, no Ultimate Multisite, another network, a certificate that is nearly full.
	 */
	public function show(): void {
		if ( ! current_user_can( 'manage_network_plugins' ) ) {
			return;
		}
		$missing = Extension::missing();
		if ( null !== $missing ) {
			$this->print_notice(
				'error',
				sprintf(
					/* translators: 1: what is wrong, a sentence, 2: a command, 3: name of PHP's file of settings. */
					__( 'Domain Sync for RunCloud does nothing yet, and Ultimate Multisite\'s own RunCloud integration stays in charge. %1$s Install it on the server with %2$s, for PHP-FPM and for the command line, and see that %3$s loads it; then reload PHP-FPM.', 'domain-sync-for-runcloud' ),
					esc_html( $missing ),
					'<code>pie install domain-sync-for-runcloud/ext-runcloud</code>',
					'<code>' . esc_html( php_ini_loaded_file() ? (string) php_ini_loaded_file() : 'php.ini' ) . '</code>'
				)
			);
		} elseif ( ! function_exists( 'WP_Ultimo' ) ) {
			$this->print_notice( 'warning', __( 'Domain Sync for RunCloud needs Ultimate Multisite, which is not active on this network.', 'domain-sync-for-runcloud' ) );
		} elseif ( ! Network_Identity::is_known() ) {
			$this->print_notice( 'warning', Network_Identity::advice() );
		} elseif ( $this->mode->names() >= Certificates::NAMES_WARN ) {
			$this->print_notice(
				'warning',
				sprintf(
					/* translators: 1: number of names, 2: the most a certificate can hold. */
					__( 'RunCloud\'s SSL certificate for this network holds at least %1$d of at most %2$d names. Switch the web application to advanced SSL in the RunCloud dashboard before it is full: further domains could get no certificate.', 'domain-sync-for-runcloud' ),
					$this->mode->names(),
					Certificates::NAMES_LIMIT
				)
			);
		}
	}

	/**
	 * Prints a notice.
	 *
	 * @param string $type "error" or "warning".
	 * @param string $html Text with <code> at most.
	 */
	private function print_notice( string $type, string $html ): void {
		printf( '<div class="notice notice-%s" id="domain-sync-for-runcloud-notice"><p>%s</p></div>', esc_attr( $type ), wp_kses( $html, array( 'code' => array() ) ) );
	}
}
