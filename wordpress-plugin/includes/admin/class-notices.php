<?php
/**
 * What the network's admin must see without asking.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Needs;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
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

	/** What the text of a notice may hold. */
	private const TEXT = array(
		'code' => array(),
		'a'    => array( 'href' => true ),
	);

	/** What the form below a notice may hold. */
	private const FORM = array(
		'p'      => array(),
		'a'      => array(
			'href'  => true,
			'class' => true,
		),
		'form'   => array(
			'action' => true,
			'method' => true,
		),
		'input'  => array(
			'type'  => true,
			'name'  => true,
			'value' => true,
		),
		'button' => array(
			'class' => true,
			'type'  => true,
			'name'  => true,
			'value' => true,
		),
	);

	/** Action of the form that says that this is the real network. */
	const CONFIRM = 'domain_sync_confirm_network';

	/** Action of the form that hides a notice, and what it leaves with the user: how much there was of each, so that more shows it again. */
	const DISMISS = 'domain_sync_dismiss';

	/**
	 * Shows the first of: no extension, no Ultimate Multisite, not the real network, not set up, RunCloud not called until somebody acts, a plan that waits for the admin, no extension in the PHP that runs
	 * cron, tables that were lost, a certificate that is nearly full, domains that need somebody. From the setup on each can be hidden until there is more.
	 */
	public static function show(): void {
		if ( ! current_user_can( Access::capability() ) ) {
			return;
		}
		$missing = Plugin::missing_extension();
		try {
			$names    = ( new Web_App() )->names();
			$lost_at  = (int) Option::read( Table::OPTION_LOST_AT, 0 );
			$handover = Handover::condition( time() );
			$waits    = Decisions::has_any( Web_App::id() ) ? array_sum( Decisions::counts() ) : 0;
			// The headline reads the whole table, so only where it would be shown.
			$plan     = self::is_news( 'plan', max( 1, $waits ) ) ? Plan::headline() : '';
			$blocks   = array_values( array_filter( Overview::blocks(), static fn( array $block ): bool => $block['needs_somebody'] ) );
			$for_all  = array_column( $blocks, 'reason' );
			$needs    = Needs::count( time(), $for_all );
			$obstacle = Identity::obstacle();
		} catch ( \RuntimeException $e ) {
			// The database does not answer: this page has greater troubles.
			return;
		}
		$today    = intdiv( time(), DAY_IN_SECONDS );
		$is_unset = ! Plugin::is_switched_on() || ! Credentials::read()->is_complete();
		self::forget_what_has_gone( array( 'plan' => $waits, 'needs' => $needs, 'setup' => (int) $is_unset ) );
		if ( null !== $missing ) {
			self::print_notice(
				'error',
				sprintf(
					/* translators: 1: what is wrong, a sentence, 2: a command, 3: name of PHP's file of settings. */
					__( 'Domain Sync for RunCloud does nothing in this PHP. %1$s Install it on the server with %2$s, for PHP-FPM and for the command line, and see that %3$s loads it; then reload PHP-FPM.', 'domain-sync-for-runcloud' ),
					esc_html( $missing ),
					'<code>pie install domain-sync-for-runcloud/ext-runcloud</code>',
					'<code>' . esc_html( php_ini_loaded_file() ? (string) php_ini_loaded_file() : 'php.ini' ) . '</code>'
				),
				self::button_to_setup()
			);
		} elseif ( ! Ultimate_Multisite::is_loaded() ) {
			self::print_notice( 'warning', __( 'Domain Sync for RunCloud needs Ultimate Multisite, which is not active on this network, or not set up yet.', 'domain-sync-for-runcloud' ), self::button_to_setup() );
		} elseif ( Reason::Environment === $obstacle && self::is_our_screen() ) {
			// It stands at the top, and nobody can do more about it from here.
			return;
		} elseif ( null !== $obstacle ) {
			$button = sprintf(
				'<form action="%s" method="post"><input type="hidden" name="action" value="%s">%s<button class="button">%s</button></form>',
				esc_url( admin_url( 'admin-post.php' ) ),
				self::CONFIRM,
				wp_nonce_field( self::CONFIRM, '_wpnonce', true, false ),
				esc_html__( 'This is the real network', 'domain-sync-for-runcloud' )
			);
			self::print_notice( 'warning', esc_html( Identity::advice() ), Reason::Copy === $obstacle ? $button : '' );
		} elseif ( $is_unset && self::is_news( 'setup', 1 ) ) {
			self::print_notice( 'info', esc_html__( 'Domain Sync for RunCloud is active, and not set up yet. Some steps lead to the first served domain.', 'domain-sync-for-runcloud' ), self::button_to_setup() . self::hide( 'setup', 1, __( 'Hide this', 'domain-sync-for-runcloud' ) ) );
		} elseif ( $blocks && self::is_news( 'block', $today ) ) {
			self::print_notice( 'error', esc_html( "Domain Sync for RunCloud: {$blocks[0]['sentence']} {$blocks[0]['next_step']}" ) . ' ' . Html::link( Links::setup(), __( 'Open the setup', 'domain-sync-for-runcloud' ) ), self::hide( 'block', $today, __( 'Hide this until tomorrow', 'domain-sync-for-runcloud' ) ) );
		} elseif ( '' !== $plan ) {
			self::print_notice( 'warning', esc_html( 'Domain Sync for RunCloud: ' . $plan ) . ' ' . Html::link( Links::plan(), __( 'Open the plan', 'domain-sync-for-runcloud' ) ), self::hide( 'plan', max( 1, $waits ) ) );
		} elseif ( null !== $handover ) {
			self::print_notice( 'warning', self::handover_text( $handover ) );
		} elseif ( $lost_at > time() - WEEK_IN_SECONDS && self::is_news( 'lost', $lost_at ) ) {
			self::print_notice( 'warning', __( 'The tables of Domain Sync for RunCloud were missing and have been made again. The whole network was looked through; who made which domain at RunCloud before is not known any more.', 'domain-sync-for-runcloud' ), self::hide( 'lost', $lost_at ) );
		} elseif ( $names >= self::NAMES_WARN && self::is_news( 'names', $names ) ) {
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
					),
				self::hide( 'names', $names )
			);
		} elseif ( $needs > 0 && self::is_news( 'needs', $needs ) ) {
			self::print_notice( 'warning', self::needs_text( $needs, $for_all ), self::hide( 'needs', $needs ) );
		}
	}

	/**
	 * What needs somebody: one domain with what to do, or how many.
	 *
	 * @param int          $needs   How many domains do.
	 * @param list<string> $for_all Codes of reasons that meet all domains, and are said in another way.
	 */
	private static function needs_text( int $needs, array $for_all ): string {
		$row            = Needs::rows( time(), $for_all, 1 )[0] ?? null;
		$is_certificate = null !== $row && Status::Action !== $row->domain_status;
		if ( null !== $row && 1 === $needs ) {
			$reason  = $is_certificate ? $row->certificate_reason : $row->domain_reason;
			$details = $is_certificate ? $row->certificate_details : $row->domain_details;
			return esc_html( "Domain Sync for RunCloud: $row->host: {$reason?->sentence( $details )} {$reason?->next_step( $details )}" ) . ' ' . Html::link( Links::domain( $row->host ), __( 'See all of it', 'domain-sync-for-runcloud' ) );
		}
		$list = $is_certificate ? array( 'certificate' => Status::Action->value ) : array( 'status' => Status::Action->value );
		/* translators: %s: number of domains. */
		$text = sprintf( _n( 'Domain Sync for RunCloud: %s domain needs somebody.', 'Domain Sync for RunCloud: %s domains need somebody.', $needs, 'domain-sync-for-runcloud' ), number_format_i18n( $needs ) );
		return esc_html( $text ) . ' ' . Html::link( Links::to( $list ), __( 'See what to do', 'domain-sync-for-runcloud' ) );
	}

	/** Somebody hides a notice: it comes back to them when there is more of it. */
	public static function dismiss(): void {
		Access::must( self::DISMISS );
		$what = Input::text( 'what' );
		if ( in_array( $what, array( 'plan', 'lost', 'names', 'needs', 'setup', 'block' ), true ) ) {
			update_user_meta( get_current_user_id(), self::DISMISS, array( $what => Input::number( 'much' ) ) + self::dismissed() );
		}
		Links::back( array(), (string) wp_get_referer() );
	}

	/** The admin says that this is the real network: it has moved to another main domain. */
	public static function confirm_network(): void {
		check_admin_referer( self::CONFIRM );
		if ( ! current_user_can( Access::capability() ) ) {
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
	 * Whether there is more of something than when who is logged in hid it.
	 *
	 * @param string $what What.
	 * @param int    $much How much of it.
	 */
	private static function is_news( string $what, int $much ): bool {
		return $much > ( self::dismissed()[ $what ] ?? 0 ) && ! self::is_our_screen();
	}

	/**
	 * Where there is less of something than was hidden, what comes on top of it is news.
	 *
	 * @param array<string, int> $much How much of what.
	 */
	private static function forget_what_has_gone( array $much ): void {
		$dismissed = self::dismissed();
		$now       = $dismissed;
		foreach ( array_intersect_key( $much, $dismissed ) as $what => $number ) {
			$now[ $what ] = min( $number, $dismissed[ $what ] );
		}
		if ( $now !== $dismissed ) {
			update_user_meta( get_current_user_id(), self::DISMISS, $now );
		}
	}

	/** Whether this is our own screen, whose top says all of that. */
	private static function is_our_screen(): bool {
		return function_exists( 'get_current_screen' ) && str_ends_with( (string) get_current_screen()?->id, '_page_' . Links::PAGE . '-network' );
	}

	/**
	 * What who is logged in has hidden.
	 *
	 * @return array<string, int>
	 */
	private static function dismissed(): array {
		return array_filter( (array) get_user_meta( get_current_user_id(), self::DISMISS, true ), 'is_int' );
	}

	/** The button that leads through the setup. */
	private static function button_to_setup(): string {
		return self::is_our_screen() ? '' : Html::tag( 'p', array(), Html::link( Links::setup(), __( 'Set it up', 'domain-sync-for-runcloud' ), 'button button-primary' ) );
	}

	/**
	 * The button that hides a notice.
	 *
	 * @param string $what What it is about.
	 * @param int    $much How much of that there is.
	 * @param string $text What the button says, where there cannot be more of it.
	 */
	private static function hide( string $what, int $much, string $text = '' ): string {
		return Html::form( self::DISMISS, self::DISMISS, wp_referer_field( false ) . Html::hidden( 'what', $what ) . Html::hidden( 'much', (string) $much ) . Html::button( 'hide', '1', '' !== $text ? $text : __( 'Hide this until there is more', 'domain-sync-for-runcloud' ), 'button-link' ) );
	}

	/**
	 * Prints a notice.
	 *
	 * @param string $type "error" or "warning".
	 * @param string $html Text with <code> and links at most.
	 * @param string $form A form below it, or "".
	 */
	private static function print_notice( string $type, string $html, string $form = '' ): void {
		printf( '<div class="notice notice-%s" id="domain-sync-for-runcloud-notice"><p>%s</p>%s</div>', esc_attr( $type ), wp_kses( $html, self::TEXT ), wp_kses( $form, self::FORM ) );
	}
}
