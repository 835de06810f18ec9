<?php
/**
 * The plan.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The headline, what is under way, the lines that wait, and the whole in numbers.
 */
final class Plan_Page extends Page {

	/** The lines that wait. */
	private Plan_Table $table;

	/** What waits for the admin, in a sentence; "" when nothing does. */
	private string $headline;

	/**
	 * The whole in numbers; null where it is not counted unasked.
	 *
	 * @var array<string, mixed>|null
	 */
	private ?array $summary = null;

	/** How many domains there are. */
	private int $total;

	/** Reads what is shown. */
	public function __construct() {
		$this->table = new Plan_Table();
		$this->table->prepare_items();
		$this->headline = Plan::headline();
		$this->total    = array_sum( Domain_List::counts() );
		if ( Ultimate_Multisite::is_loaded() && ( $this->total <= Plan_Summary::FEW || '' !== Input::text( 'numbers' ) ) ) {
			$this->summary = Plan::summary();
		}
	}

	/** What the page is called. */
	public function title(): string {
		return __( 'Plan', 'domain-sync-for-runcloud' );
	}

	/** Prints it. */
	public function show(): void {
		Html::show( Html::text( 'p', '' !== $this->headline ? $this->headline : __( 'Nothing waits for your decision.', 'domain-sync-for-runcloud' ), array( 'class' => 'domain-sync-lead' ) ) );
		if ( ! Inventory::is_listed() ) {
			Html::show( Html::text( 'p', __( 'RunCloud\'s list of domains was never read, so the plan does not know which of them are there already.', 'domain-sync-for-runcloud' ) ) );
		}
		Html::show( Html::tag( 'div', array( 'data-domain-sync' => 'progress', 'role' => 'status' ), Plan_Progress::html() ) );

		Html::show( Html::text( 'h3', __( 'The whole plan in numbers', 'domain-sync-for-runcloud' ) ) );
		Html::show( null !== $this->summary ? Plan_Summary::html( $this->summary ) : $this->offer() );
		Html::show( Html::form( Plan_Actions::ACTION, Plan_Actions::ACTION, wp_referer_field( false ) . Html::button( 'do', 'inventory', __( 'Read RunCloud\'s list of domains again', 'domain-sync-for-runcloud' ) ) . ' ' . Html::button( 'do', 'retry-failed', __( 'Try again all that has failed', 'domain-sync-for-runcloud' ) ), 'domain-sync-actions' ) );

		Html::show( Html::text( 'h3', __( 'Line by line', 'domain-sync-for-runcloud' ) ) );
		$this->table->views();
		printf( '<form method="post" action="%s">', esc_url( Links::post() ) );
		Html::show( Html::hidden( 'action', Actions::ACTION ) );
		$this->table->display();
		printf( '</form>' );
	}

	/** That the numbers can be counted. */
	private function offer(): string {
		if ( ! Ultimate_Multisite::is_loaded() ) {
			return Html::text( 'p', Obstacle::no_ultimate_multisite() );
		}
		return Html::tag(
			'p',
			array(),
			/* translators: %s: number of domains. */
			esc_html( sprintf( __( 'The planner is asked about each of %s domains for it, which takes some seconds.', 'domain-sync-for-runcloud' ), number_format_i18n( $this->total ) ) ) . ' ',
			Html::link( Links::to( array( 'tab' => Links::PLAN, 'numbers' => '1' ) ), __( 'Count them, and decide by kind', 'domain-sync-for-runcloud' ), 'button' )
		);
	}
}
