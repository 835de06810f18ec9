<?php
/**
 * The widget of the Network Admin's dashboard.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Listing;
use Domain_Sync_For_RunCloud\Store\Needs;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The answer itself, where the network's admin looks first: why RunCloud is not called, which domains need somebody, which have waited for long, each with
 * what to do. A notice says only that there is something; a domain that waits for its customer's DNS needs none, and is asked about all the same.
 */
final class Dashboard {

	/** Domains of each list at most, and seconds after which a domain has waited for long. */
	private const LINES = 5;
	private const LONG  = HOUR_IN_SECONDS;

	/** Adds the widget, for those who may see the screens, once the plugin is set up. */
	public static function add(): void {
		if ( Access::is_allowed() && null === Plugin::missing_extension() && Ultimate_Multisite::is_loaded() && Plugin::is_switched_on() && Credentials::read()->is_complete() ) {
			Host_Html::load_assets();
			wp_add_dashboard_widget( 'domain-sync-for-runcloud', __( 'Domain Sync', 'domain-sync-for-runcloud' ), array( self::class, 'show' ), null, null, 'side', 'high' );
		}
	}

	/** Prints the widget. */
	public static function show(): void {
		try {
			$html = self::html();
		} catch ( \RuntimeException $e ) {
			// The database does not answer.
			return;
		}
		printf( '<div class="domain-sync-host domain-sync-dashboard">%s</div>', wp_kses( $html, Host_Html::ALLOWED ) );
	}

	/** What it says. */
	private static function html(): string {
		$html   = '';
		$blocks = array_filter( Overview::blocks(), static fn( array $block ): bool => $block['needs_somebody'] );
		foreach ( array_column( $blocks, null, 'reason' ) as $block ) {
			$html .= Host_Html::state( '', Status::Action->value, Status::Action->label(), $block['sentence'] ) . Host_Html::next_step( $block['next_step'] );
		}
		// What meets all domains alike has been said once.
		$needs = Needs::rows( time(), array_column( $blocks, 'reason' ), self::LINES );
		$waits = array_filter( Listing::page( array( 'status' => Status::Pending ), 'since', false, 0, self::LINES ), static fn( Domain $row ): bool => '' === $row->hold && $row->domain_since < time() - self::LONG );
		return $html . self::lines( $needs ) . self::lines( array_values( $waits ) ) . self::numbers();
	}

	/**
	 * Domains, each with why, since when, and what to do.
	 *
	 * @param list<Domain> $rows The rows.
	 */
	private static function lines( array $rows ): string {
		$html = '';
		foreach ( $rows as $row ) {
			$is_certificate = Status::Action === $row->certificate_status && Status::Action !== $row->domain_status;
			$reason         = $is_certificate ? $row->certificate_reason : $row->domain_reason;
			$details        = $is_certificate ? $row->certificate_details : $row->domain_details;
			$since          = $is_certificate ? $row->certificate_since : $row->domain_since;
			$html          .= sprintf(
				'<li><strong><a href="%s">%s</a></strong> %s <span class="domain-sync-since">%s</span><p>%s</p>%s</li>',
				esc_url( Links::domain( $row->host ) ),
				esc_html( $row->host ),
				Host_Html::mark( $is_certificate ? Status::Action->value : $row->domain_status->value, (string) $reason?->label() ),
				/* translators: %s: a length of time, as "5 minutes". */
				esc_html( sprintf( __( 'for %s', 'domain-sync-for-runcloud' ), human_time_diff( $since, time() ) ) ),
				esc_html( (string) $reason?->sentence( $details ) ),
				Host_Html::next_step( (string) $reason?->next_step( $details ) )
			);
		}
		return '' === $html ? '' : "<ul>$html</ul>";
	}

	/** How many domains are how, each with its list. */
	private static function numbers(): string {
		$counts = Domain_List::counts();
		$links  = array();
		foreach ( Status::cases() as $status ) {
			$number = $counts[ $status->value ] ?? 0;
			if ( $number > 0 ) {
				$links[] = Html::link( Links::to( array( 'status' => $status->value ) ), number_format_i18n( $number ) . ' ' . $status->label() );
			}
		}
		$certificates = Domain_List::counts( 'certificate' )[ Status::Action->value ] ?? 0;
		if ( $certificates > 0 ) {
			/* translators: %s: number of certificates. */
			$links[] = Html::link( Links::to( array( 'certificate' => Status::Action->value ) ), sprintf( __( 'Certificates that need somebody: %s', 'domain-sync-for-runcloud' ), number_format_i18n( $certificates ) ) );
		}
		if ( ! $links ) {
			return '<p>' . esc_html__( 'No domains yet. Map one in Ultimate Multisite, and it is here at once.', 'domain-sync-for-runcloud' ) . '</p>';
		}
		return '<p>' . esc_html__( 'All domains:', 'domain-sync-for-runcloud' ) . ' ' . implode( ' · ', $links ) . '</p>';
	}
}
