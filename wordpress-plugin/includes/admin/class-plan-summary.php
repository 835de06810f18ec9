<?php
/**
 * The whole plan in numbers.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;

/**
 * Lines by kind and state, the requests that they take, and the buttons that decide about a kind or about all. The planner is asked about every row for
 * it, so that it is counted when somebody asks, or when there are few.
 */
final class Plan_Summary {

	/** So many rows are counted without asking. */
	const FEW = 2000;

	/**
	 * The numbers.
	 *
	 * @param array<string, mixed> $summary See Plan::summary().
	 */
	public static function html( array $summary ): string {
		if ( ! $summary['kinds'] ) {
			return Html::text( 'p', __( 'All domains are as they should be; the plan has no line.', 'domain-sync-for-runcloud' ) );
		}
		$body = '';
		foreach ( array_intersect( Line::KINDS, array_keys( $summary['kinds'] ) ) as $kind ) {
			foreach ( $summary['kinds'][ $kind ] as $state => $number ) {
				$body .= Html::tag(
					'tr',
					array(),
					Html::text( 'th', Line::label_of( $kind ), array( 'scope' => 'row' ) ),
					Html::text( 'td', Plan_Table::state( $state ) ),
					Html::text( 'td', number_format_i18n( $number ) ),
					Html::tag( 'td', array(), self::buttons( $kind, $state, $number ) )
				);
			}
		}
		$head = '';
		foreach ( array( __( 'What would be done', 'domain-sync-for-runcloud' ), __( 'State', 'domain-sync-for-runcloud' ), __( 'Domains', 'domain-sync-for-runcloud' ), __( 'Decide about all of them', 'domain-sync-for-runcloud' ) ) as $title ) {
			$head .= Html::text( 'th', $title, array( 'scope' => 'col' ) );
		}
		$caption = Html::text( 'caption', __( 'Lines of the plan by kind and state', 'domain-sync-for-runcloud' ), array( 'class' => 'screen-reader-text' ) );
		$table   = Html::tag( 'div', array( 'class' => 'domain-sync-scroll', 'tabindex' => '0', 'role' => 'region', 'aria-label' => __( 'Lines of the plan by kind and state', 'domain-sync-for-runcloud' ) ), Html::tag( 'table', array( 'class' => 'widefat striped domain-sync-numbers' ), $caption, Html::tag( 'thead', array(), Html::tag( 'tr', array(), $head ) ), Html::tag( 'tbody', array(), $body ) ) );
		$all     = 0 === $summary['waits'] ? '' : Html::tag( 'p', array(), self::button( Possible::APPROVE, '', $summary['waits'], 'button button-primary' ), ' ', self::button( Possible::DECLINE, '', $summary['waits'] ) );
		/* translators: %s: number of requests. */
		$requests = sprintf( __( 'Requests to RunCloud for what waits, is approved or is done by itself: %s at most, as long as RunCloud answers.', 'domain-sync-for-runcloud' ), number_format_i18n( $summary['requests'] ) );
		return Html::form( Plan_Actions::ACTION, Plan_Actions::ACTION, wp_referer_field( false ) . $table . Html::text( 'p', $requests ) . self::warning( $summary['requests'] ) . $all );
	}

	/**
	 * What is in the way of so many requests; "" when nothing is.
	 *
	 * @param int $requests Requests.
	 */
	public static function warning( int $requests ): string {
		$html  = '';
		$quota = Settings::quota();
		$left  = max( 0, $quota - array_sum( Limits::spent() ) );
		if ( 'paused' === Settings::get( 'policy' ) ) {
			$html .= Html::tag( 'p', array(), Html::icon( 'warning' ) . ' ', esc_html__( 'The policy is "paused": nothing is sent until you change it in the settings.', 'domain-sync-for-runcloud' ) );
		}
		if ( $quota > 0 && $left < $requests ) {
			/* translators: 1: number of requests, 2: number of requests. */
			$html .= Html::tag( 'p', array(), Html::icon( 'warning' ) . ' ', esc_html( sprintf( __( 'Of this month\'s %1$s requests %2$s are left; the rest is done next month.', 'domain-sync-for-runcloud' ), number_format_i18n( $quota ), number_format_i18n( $left ) ) ) );
		}
		return $html;
	}

	/**
	 * Buttons of a kind.
	 *
	 * @param string $kind   The kind.
	 * @param string $state  The state.
	 * @param int    $number How many lines.
	 */
	private static function buttons( string $kind, string $state, int $number ): string {
		return match ( $state ) {
			Line::WAITS                    => self::button( Possible::APPROVE, "$kind $state", $number ) . ' ' . self::button( Possible::DECLINE, "$kind $state", $number ),
			Line::OPTIONAL, Line::DECLINED => self::button( Possible::APPROVE, "$kind $state", $number ),
			default                        => '',
		};
	}

	/**
	 * A button.
	 *
	 * @param string $what   What it does.
	 * @param string $about  Kind and state; "" for all that waits.
	 * @param int    $number About how many lines.
	 * @param string $class  Classes.
	 */
	private static function button( string $what, string $about, int $number, string $class = 'button button-small' ): string {
		$count = number_format_i18n( $number );
		$text  = match ( true ) {
			/* translators: %s: number of domains. */
			'' === $about && Possible::APPROVE === $what => sprintf( __( 'Approve all that waits (%s)', 'domain-sync-for-runcloud' ), $count ),
			/* translators: %s: number of domains. */
			'' === $about                                => sprintf( __( 'Decline all that waits (%s)', 'domain-sync-for-runcloud' ), $count ),
			default                                      => Possible::label( $what ),
		};
		$label = '' === $about ? '' : sprintf( '%s: %s (%s)', $text, Line::label_of( explode( ' ', $about )[0] ), $count );
		return Html::button( 'do', trim( "$what $about" ), $text, '' === $about && Possible::DECLINE === $what ? 'button' : $class, $label );
	}
}
