<?php
/**
 * How far what was approved is.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Decisions;

/**
 * Counts of approved rows: nothing else is kept of an approval, so there is no total to compare them with.
 */
final class Plan_Progress {

	/** What is under way, and the button that stops it; "" when nothing is. */
	public static function html(): string {
		$approved = Decisions::count_approved();
		$failed   = Decisions::count_failed();
		$html     = '';
		if ( $approved > 0 ) {
			$html .= Html::tag(
				'p',
				array(),
				Html::icon( 'update' ) . ' ',
				/* translators: %s: number of domains. */
				esc_html( sprintf( _n( '%s domain is approved and not done yet. It is worked in the background, whoever leaves this page.', '%s domains are approved and not done yet. They are worked in the background, whoever leaves this page.', $approved, 'domain-sync-for-runcloud' ), number_format_i18n( $approved ) ) )
			) . Html::form( Plan_Actions::ACTION, Plan_Actions::ACTION, wp_referer_field( false ) . Html::button( 'do', 'stop', __( 'Stop what has not begun', 'domain-sync-for-runcloud' ) ), 'domain-sync-actions' );
		}
		if ( $failed > 0 ) {
			$html .= Html::tag(
				'p',
				array(),
				Html::icon( 'warning' ) . ' ',
				/* translators: %s: number of domains. */
				esc_html( sprintf( _n( '%s domain that was approved failed, and needs somebody.', '%s domains that were approved failed, and need somebody.', $failed, 'domain-sync-for-runcloud' ), number_format_i18n( $failed ) ) ) . ' ',
				Html::link( Links::to( array( 'status' => 'action' ) ), __( 'Show them', 'domain-sync-for-runcloud' ) )
			);
		}
		return $html;
	}
}
