<?php
/**
 * What the network's admin must see without asking.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Remotes;
use Domain_Sync_For_RunCloud\Store\Table;
use Domain_Sync_For_RunCloud\Sync\Handover;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * One notice in the Network Admin, for those who can act on it.
 */
final class Notices {

	/** Names that a Let's Encrypt certificate can hold, and how many before that the admin is warned. */
	const NAMES_LIMIT = 100;
	const NAMES_WARN  = 90;

	/** What the form below a notice may hold. */
	private const FORM = array(
		'form'   => array(
			'action' => true,
			'method' => true,
		),
		'input'  => array(
			'type'  => true,
			'name'  => true,
			'value' => true,
		),
		'button' => array( 'class' => true ),
	);

	/** Action of the form that says that this is the real network. */
	const CONFIRM = 'domain_sync_confirm_network';

	/**
	 * Shows the first of: no extension, no Ultimate Multisite, not the real network, a plan that waits for the admin, no extension in the PHP that runs cron, tables that were lost, a
	 * certificate that is nearly full.
	 */
	public static function show(): void {
		if ( ! current_user_can( 'manage_network_plugins' ) ) {
			return;
		}
		$missing = Plugin::missing_extension();
		try {
			$names   = 'basic' === ( new Web_App() )->ssl_mode() ? count( Remotes::shared_names( Web_App::id(), self::NAMES_LIMIT + 1 ) ) : 0;
			$lost_at = (int) Option::read( Table::OPTION_LOST_AT, 0 );
			$handover = Handover::condition( time() );
			$plan     = Plan::headline();
		} catch ( \RuntimeException $e ) {
			// The database does not answer: this page has greater troubles.
			return;
		}
		if ( null !== $missing ) {
			self::print_notice(
				'error',
				sprintf(
					/* translators: 1: what is wrong, a sentence, 2: a command, 3: name of PHP's file of settings. */
					__( 'Domain Sync for RunCloud does nothing in this PHP. %1$s Install it on the server with %2$s, for PHP-FPM and for the command line, and see that %3$s loads it; then reload PHP-FPM.', 'domain-sync-for-runcloud' ),
					esc_html( $missing ),
					'<code>pie install domain-sync-for-runcloud/ext-runcloud</code>',
					'<code>' . esc_html( php_ini_loaded_file() ? (string) php_ini_loaded_file() : 'php.ini' ) . '</code>'
				)
			);
		} elseif ( ! Ultimate_Multisite::is_loaded() ) {
			self::print_notice( 'warning', __( 'Domain Sync for RunCloud needs Ultimate Multisite, which is not active on this network, or not set up yet.', 'domain-sync-for-runcloud' ) );
		} elseif ( null !== Identity::obstacle() ) {
			$button = sprintf(
				'<form action="%s" method="post"><input type="hidden" name="action" value="%s">%s<button class="button">%s</button></form>',
				esc_url( admin_url( 'admin-post.php' ) ),
				self::CONFIRM,
				wp_nonce_field( self::CONFIRM, '_wpnonce', true, false ),
				esc_html__( 'This is the real network', 'domain-sync-for-runcloud' )
			);
			self::print_notice( 'warning', esc_html( Identity::advice() ), Reason::Copy === Identity::obstacle() ? $button : '' );
		} elseif ( '' !== $plan ) {
			self::print_notice( 'warning', esc_html( $plan ) . ' <code>wp domain-sync plan</code>' );
		} elseif ( null !== $handover ) {
			self::print_notice( 'warning', self::handover_text( $handover ) );
		} elseif ( $lost_at > time() - WEEK_IN_SECONDS ) {
			self::print_notice( 'warning', __( 'The tables of Domain Sync for RunCloud were missing and have been made again. The whole network was looked through; who made which domain at RunCloud before is not known any more.', 'domain-sync-for-runcloud' ) );
		} elseif ( $names >= self::NAMES_WARN ) {
			self::print_notice(
				'warning',
				$names > self::NAMES_LIMIT
					? sprintf(
						/* translators: %d: the most a certificate can hold. */
						__( 'The web application has more names than one SSL certificate can hold (%d), so RunCloud\'s shared certificate can cover no further domain. Switch the web application to advanced SSL in the RunCloud dashboard: each domain then gets a certificate of its own, and those that are covered stay so meanwhile.', 'domain-sync-for-runcloud' ),
						self::NAMES_LIMIT
					)
					: sprintf(
						/* translators: 1: number of names, 2: the most a certificate can hold. */
						__( 'The web application has %1$d names, and RunCloud\'s shared SSL certificate can hold %2$d at most. Switch the web application to advanced SSL in the RunCloud dashboard before it is full: further domains could get no certificate.', 'domain-sync-for-runcloud' ),
						$names,
						self::NAMES_LIMIT
					)
			);
		}
	}

	/** The admin says that this is the real network: it has moved to another main domain. */
	public static function confirm_network(): void {
		check_admin_referer( self::CONFIRM );
		if ( ! current_user_can( 'manage_network_plugins' ) ) {
			wp_die( esc_html__( 'Only an admin of the network can do this.', 'domain-sync-for-runcloud' ), '', array( 'response' => 403 ) );
		}
		Identity::confirm();
		wp_safe_redirect( network_admin_url() );
		exit;
	}

	/**
	 * That another PHP runs cron, and what to do.
	 *
	 * @param array{php: string, arrives: bool} $handover Which one, and whether its requests arrive.
	 */
	private static function handover_text( array $handover ): string {
		$text = sprintf(
			/* translators: 1: a kind of PHP and its file of settings, 2: a command. */
			__( 'The PHP that runs cron has not loaded the extension "runcloud" (%1$s). Domain Sync for RunCloud hands its work over to the PHP of the web server. Install the extension there as well, with %2$s, or let cron visit wp-cron.php. This notice goes a day after that PHP has asked for the last time.', 'domain-sync-for-runcloud' ),
			'<code>' . esc_html( $handover['php'] ) . '</code>',
			'<code>pie install domain-sync-for-runcloud/ext-runcloud</code>'
		);
		return $handover['arrives'] ? $text : $text . ' ' . sprintf(
			/* translators: %s: an address. */
			__( 'The request for that does not arrive: see that this server may post to %s, without a password. Until then domains wait for somebody to open a page of this dashboard.', 'domain-sync-for-runcloud' ),
			'<code>' . esc_html( get_admin_url( get_main_site_id(), 'admin-ajax.php' ) ) . '</code>'
		);
	}

	/**
	 * Prints a notice.
	 *
	 * @param string $type "error" or "warning".
	 * @param string $html Text with <code> at most.
	 * @param string $form A form below it, or "".
	 */
	private static function print_notice( string $type, string $html, string $form = '' ): void {
		printf( '<div class="notice notice-%s" id="domain-sync-for-runcloud-notice"><p>%s</p>%s</div>', esc_attr( $type ), wp_kses( $html, array( 'code' => array() ) ), wp_kses( $form, self::FORM ) );
	}
}
