<?php
/**
 * Asks before many lines are decided about.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Says how many lines of which kinds that are, and how many requests they take.
 */
final class Plan_Confirm_Page extends Page {

	/** What is asked: what, a kind and a state. */
	private array $asked;

	/**
	 * Numbers by kind.
	 *
	 * @var array<string, int>
	 */
	private array $kinds = array();

	/** Requests that they take. */
	private int $requests = 0;

	/** Counts. */
	public function __construct() {
		$this->asked = Plan_Actions::asked( Input::text( 'about' ) );
		list( $what, $kind, $state ) = $this->asked;
		foreach ( Ultimate_Multisite::is_loaded() ? Plan::lines() : array() as $line ) {
			if ( $line->is_among( $kind, $state ) && ( Possible::DECLINE === $what ? $line->can_decline() : $line->can_approve() ) ) {
				$this->kinds[ $line->kind ] = 1 + ( $this->kinds[ $line->kind ] ?? 0 );
				$this->requests            += $line->requests;
			}
		}
	}

	/** What the page is called. */
	public function title(): string {
		$number = array_sum( $this->kinds );
		return Possible::DECLINE === $this->asked[0]
			/* translators: %s: number of lines. */
			? sprintf( _n( 'Decline %s line of the plan?', 'Decline %s lines of the plan?', $number, 'domain-sync-for-runcloud' ), number_format_i18n( $number ) )
			/* translators: %s: number of lines. */
			: sprintf( _n( 'Approve %s line of the plan?', 'Approve %s lines of the plan?', $number, 'domain-sync-for-runcloud' ), number_format_i18n( $number ) );
	}

	/** Prints it. */
	public function show(): void {
		$is_decline = Possible::DECLINE === $this->asked[0];
		$list       = '';
		foreach ( array_intersect( Line::KINDS, array_keys( $this->kinds ) ) as $kind ) {
			$list .= Html::text( 'li', sprintf( '%s × %s', number_format_i18n( $this->kinds[ $kind ] ), Line::label_of( $kind ) ) );
		}
		Html::show( Html::tag( 'ul', array( 'class' => 'ul-disc' ), $list ) );
		/* translators: %s: number of requests. */
		$requests = sprintf( __( 'Requests to RunCloud for this: %s at most, as long as it answers.', 'domain-sync-for-runcloud' ), number_format_i18n( $this->requests ) );
		Html::show( Html::text( 'p', $is_decline ? __( 'What is declined stays as it is, and can be approved later.', 'domain-sync-for-runcloud' ) : $requests ) . ( $is_decline ? '' : Plan_Summary::warning( $this->requests ) ) );
		$fields = Html::hidden( 'confirmed', '1' ) . Html::hidden( 'number', (string) array_sum( $this->kinds ) );
		$button = $this->kinds ? Html::button( 'do', implode( ' ', array_filter( $this->asked ) ), $is_decline ? __( 'Decline them', 'domain-sync-for-runcloud' ) : __( 'Approve them', 'domain-sync-for-runcloud' ), 'button button-primary' ) . ' ' : '';
		Html::show( Html::form( Plan_Actions::ACTION, Plan_Actions::ACTION, $fields . $button . Html::link( Links::plan(), __( 'Cancel', 'domain-sync-for-runcloud' ), 'button' ), 'domain-sync-actions' ) );
	}
}
