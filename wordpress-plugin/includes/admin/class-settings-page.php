<?php
/**
 * The settings.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Settings;

/**
 * A form in the words of people: the delay is in hours. Only what was changed is set, since some settings make rows due.
 */
final class Settings_Page extends Page {

	const ACTION = 'domain_sync_settings';

	/** Hours that a removal is proposed to wait. */
	private const PROPOSED = 24;

	/**
	 * The settings.
	 *
	 * @var array<string, string|int>
	 */
	private array $settings;

	/** Reads what is shown. */
	public function __construct() {
		$this->settings = Settings::all();
	}

	/** What the page is called. */
	public function title(): string {
		return __( 'Settings', 'domain-sync-for-runcloud' );
	}

	/** Prints it. */
	public function show(): void {
		$hours  = rtrim( rtrim( number_format( $this->settings['removal_delay'] / HOUR_IN_SECONDS, 2, '.', '' ), '0' ), '.' );
		$quota  = Settings::quota( $this->settings['monthly_quota'] );
		$filter = $quota !== $this->settings['monthly_quota'] ? ' ' . sprintf(
			/* translators: %s: number of requests. */
			__( 'A filter of other code says %s, and that counts.', 'domain-sync-for-runcloud' ),
			number_format_i18n( $quota )
		) : '';
		/* translators: %d: number of hours. */
		$delay = sprintf( __( 'So long a domain stays at RunCloud after the network dropped it, and its removal can be undone. Proposed: %d hours. With 0 it is removed as soon as a second look at the database has confirmed it.', 'domain-sync-for-runcloud' ), self::PROPOSED );
		$rows  = self::row( __( 'What is done', 'domain-sync-for-runcloud' ), '', $this->choice( 'policy', __( 'What is done', 'domain-sync-for-runcloud' ), self::policies() ) )
			. self::row( __( 'Delay of removals', 'domain-sync-for-runcloud' ), 'removal_delay', self::number( 'removal_delay', '' === $hours ? '0' : $hours, 0, 720, 'any' ) . ' ' . esc_html__( 'hours', 'domain-sync-for-runcloud' ), $delay )
			. self::row( __( 'Requests each month', 'domain-sync-for-runcloud' ), 'monthly_quota', self::number( 'monthly_quota', (string) $this->settings['monthly_quota'], 0, Settings::ALLOWED['monthly_quota'][1] ), __( 'How many your RunCloud plan grants. With 0 only RunCloud\'s own refusal ends a month.', 'domain-sync-for-runcloud' ) . $filter )
			. self::row( __( 'Share for reading the list', 'domain-sync-for-runcloud' ), 'inventory_share', self::number( 'inventory_share', (string) $this->settings['inventory_share'], 1, 100 ) . ' %', __( 'Of these requests, so many may be used to read RunCloud\'s whole list of domains now and then.', 'domain-sync-for-runcloud' ) )
			. self::row( __( 'Who proves a domain', 'domain-sync-for-runcloud' ), '', $this->choice( 'ownership', __( 'Who proves a domain', 'domain-sync-for-runcloud' ), self::owners() ) )
			. self::row( __( 'Mail', 'domain-sync-for-runcloud' ), 'mail_after', self::number( 'mail_after', (string) $this->settings['mail_after'], 0, Settings::ALLOWED['mail_after'][1] ) . ' ' . esc_html__( 'hours', 'domain-sync-for-runcloud' ), __( 'When something has needed somebody for so long, one mail goes to the network\'s admin, and one when all is well again. With 0 none is sent.', 'domain-sync-for-runcloud' ) );
		$table  = Html::tag( 'table', array( 'class' => 'form-table', 'role' => 'presentation' ), Html::tag( 'tbody', array(), $rows ) );
		Html::show( Html::form( self::ACTION, self::ACTION, wp_referer_field( false ) . $table . Html::tag( 'p', array( 'class' => 'submit' ), Html::button( 'save', '1', __( 'Save changes', 'domain-sync-for-runcloud' ), 'button button-primary' ) ) ) );
	}

	/** The form arrives. */
	public static function receive(): void {
		Access::must( self::ACTION );
		$before  = Settings::all();
		$changed = 0;
		$wrong   = array();
		foreach ( array_keys( Settings::DEFAULTS ) as $name ) {
			$value = Input::text( $name );
			if ( 'removal_delay' === $name ) {
				$value = is_numeric( $value ) && (float) $value >= 0 && (float) $value <= 720 ? (string) (int) round( (float) $value * HOUR_IN_SECONDS ) : '-';
			}
			if ( (string) $before[ $name ] === $value ) {
				continue;
			}
			if ( '' === Settings::set( $name, $value ) ) {
				++$changed;
			} else {
				$wrong[] = $name;
			}
		}
		if ( $wrong ) {
			Links::back( Said::of( 'wrong' ) + array( Said::WRONG => implode( '.', $wrong ) ), Links::to( array( 'tab' => Links::SETTINGS ) ) );
		}
		Links::back( Said::of( 'settings', $changed ), Links::to( array( 'tab' => Links::SETTINGS ) ) );
	}

	/** What was wrong with what was sent, as sentences. */
	public static function wrong(): string {
		$allowed   = Settings::ALLOWED;
		$sentences = array(
			'policy'          => __( 'Choose one of the three policies.', 'domain-sync-for-runcloud' ),
			/* translators: %s: number of hours. */
			'removal_delay'   => sprintf( __( 'The delay of removals is a number of hours from 0 to %s.', 'domain-sync-for-runcloud' ), number_format_i18n( $allowed['removal_delay'][1] / HOUR_IN_SECONDS ) ),
			/* translators: %s: number of requests. */
			'monthly_quota'   => sprintf( __( 'The requests of a month are a whole number from 0 to %s.', 'domain-sync-for-runcloud' ), number_format_i18n( $allowed['monthly_quota'][1] ) ),
			'inventory_share' => __( 'The share for reading the list is a whole number from 1 to 100.', 'domain-sync-for-runcloud' ),
			'ownership'       => __( 'Choose who proves a domain.', 'domain-sync-for-runcloud' ),
			/* translators: %s: number of hours. */
			'mail_after'      => sprintf( __( 'The hours until a mail are a whole number from 0 to %s.', 'domain-sync-for-runcloud' ), number_format_i18n( $allowed['mail_after'][1] ) ),
		);
		return implode( ' ', array_intersect_key( $sentences, array_flip( explode( '.', Input::text( Said::WRONG ) ) ) ) ) . ' ' . __( 'What was right is saved.', 'domain-sync-for-runcloud' );
	}

	/**
	 * The three policies.
	 *
	 * @return array<string, string>
	 */
	private static function policies(): array {
		return array(
			'sync'     => __( 'Everything: domains are added, changed and removed with the network', 'domain-sync-for-runcloud' ),
			'add-only' => __( 'Nothing is ever removed from RunCloud', 'domain-sync-for-runcloud' ),
			'paused'   => __( 'Paused: nothing is sent to RunCloud', 'domain-sync-for-runcloud' ),
		);
	}

	/**
	 * Who may have to prove a domain by a TXT record.
	 *
	 * @return array<string, string>
	 */
	private static function owners(): array {
		return array(
			'after-another-customer' => __( 'Customers who map a domain that another customer had within a year', 'domain-sync-for-runcloud' ),
			'always'                 => __( 'Every customer', 'domain-sync-for-runcloud' ),
			'off'                    => __( 'Nobody', 'domain-sync-for-runcloud' ),
		);
	}

	/**
	 * A choice of one.
	 *
	 * @param string                $name    Name of the setting.
	 * @param string                $title   Its title.
	 * @param array<string, string> $options What can be chosen, with its words.
	 */
	private function choice( string $name, string $title, array $options ): string {
		$html = Html::text( 'legend', $title, array( 'class' => 'screen-reader-text' ) );
		foreach ( $options as $value => $label ) {
			$id    = "domain-sync-$name-$value";
			$html .= Html::tag( 'p', array( 'class' => 'domain-sync-choice' ), Html::tag( 'input', array( 'type' => 'radio', 'name' => $name, 'id' => $id, 'value' => $value, 'checked' => $value === $this->settings[ $name ] ) ), ' ', Html::text( 'label', $label, array( 'for' => $id ) ) );
		}
		return Html::tag( 'fieldset', array(), $html );
	}

	/**
	 * A field for a number.
	 *
	 * @param string $name  Name of the setting.
	 * @param string $value Its value.
	 * @param int    $least The least that it may be.
	 * @param int    $most  The most.
	 * @param string $step  What it may be a multiple of.
	 */
	private static function number( string $name, string $value, int $least, int $most, string $step = '1' ): string {
		return Html::tag( 'input', array( 'type' => 'number', 'class' => 'small-text domain-sync-number', 'name' => $name, 'id' => "domain-sync-$name", 'value' => $value, 'min' => $least, 'max' => $most, 'step' => $step, 'aria-describedby' => "domain-sync-$name-help" ) );
	}

	/**
	 * A row of the form.
	 *
	 * @param string $title Its title.
	 * @param string $name  Name of the setting that it has one field for, or "".
	 * @param string $html  Its fields.
	 * @param string $help  What they are for.
	 */
	private static function row( string $title, string $name, string $html, string $help = '' ): string {
		$label = '' === $name ? esc_html( $title ) : Html::text( 'label', $title, array( 'for' => "domain-sync-$name" ) );
		return Html::tag( 'tr', array(), Html::tag( 'th', array( 'scope' => 'row' ), $label ), Html::tag( 'td', array(), $html, '' === $help ? '' : Html::text( 'p', $help, array( 'class' => 'description', 'id' => "domain-sync-$name-help" ) ) ) );
	}
}
