<?php
/**
 * The lines of the plan that wait for the admin.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * A page of rows on hold, found by the index of holds; the planner is asked about these only.
 */
final class Plan_Table extends Hosts_Table {

	/** What rows may wait for, in the order in which it is shown. */
	private const HOLDS = array( Domain::HOLD_EXISTING, Domain::HOLD_MASS_REMOVAL, Domain::HOLD_OTHER_APP, Domain::HOLD_OWNERSHIP, Domain::HOLD_DECLINED );

	/**
	 * Rows by what they wait for.
	 *
	 * @var array<string, int>
	 */
	private array $counts = array();

	/**
	 * Lines of the rows of this page.
	 *
	 * @var array<string, Line|null>
	 */
	private array $lines = array();

	/** The columns. */
	public function get_columns(): array {
		return array(
			'cb'       => Html::tag( 'input', array( 'type' => 'checkbox' ) ),
			'host'     => __( 'Host', 'domain-sync-for-runcloud' ),
			'site'     => __( 'Site', 'domain-sync-for-runcloud' ),
			'line'     => __( 'What would be done', 'domain-sync-for-runcloud' ),
			'reason'   => __( 'Why it waits', 'domain-sync-for-runcloud' ),
			'requests' => __( 'Requests', 'domain-sync-for-runcloud' ),
		);
	}

	/** Reads the counts, the rows and their lines. */
	public function prepare_items(): void {
		$this->counts = Decisions::counts();
		parent::prepare_items();
		// Without Ultimate Multisite nobody can say what the network wants.
		$this->lines = Ultimate_Multisite::is_loaded() ? Plan::lines_of( array_column( $this->items, 'host' ) ) : array();
	}

	/** What the rows of this page wait for. */
	public function hold(): string {
		$hold = Input::text( 'hold' );
		return in_array( $hold, self::HOLDS, true ) ? $hold : ( array_values( array_intersect( self::HOLDS, array_keys( array_filter( $this->counts ) ) ) )[0] ?? Domain::HOLD_EXISTING );
	}

	/** How many wait, declined ones left out. */
	public function waiting(): int {
		return array_sum( array_diff_key( $this->counts, array( Domain::HOLD_DECLINED => 0 ) ) );
	}

	/**
	 * What becomes of a line, in a word or two.
	 *
	 * @param string $state One of Line's.
	 */
	public static function state( string $state ): string {
		return match ( $state ) {
			Line::WAITS    => __( 'waits for you', 'domain-sync-for-runcloud' ),
			Line::OPTIONAL => __( 'you may approve it', 'domain-sync-for-runcloud' ),
			Line::APPROVED => __( 'approved', 'domain-sync-for-runcloud' ),
			Line::DECLINED => __( 'declined', 'domain-sync-for-runcloud' ),
			Line::ITSELF   => __( 'done by itself', 'domain-sync-for-runcloud' ),
			default        => __( 'stays', 'domain-sync-for-runcloud' ),
		};
	}

	/** What is shown. */
	protected function wanted(): array {
		return array( 'hold' => $this->hold() );
	}

	/** How many that are. */
	protected function total(): int {
		return $this->counts[ $this->hold() ] ?? 0;
	}

	/**
	 * Views with their numbers.
	 *
	 * @return array<string, string>
	 */
	protected function get_views(): array {
		$views = array();
		foreach ( self::HOLDS as $hold ) {
			$count = $this->counts[ $hold ] ?? 0;
			if ( $count > 0 || Domain::HOLD_EXISTING === $hold || $this->hold() === $hold ) {
				$views[ $hold ] = Html::tag(
					'a',
					array( 'href' => Links::to( array( 'tab' => Links::PLAN, 'hold' => $hold ) ), 'class' => $this->hold() === $hold ? 'current' : false, 'aria-current' => $this->hold() === $hold ? 'page' : false ),
					esc_html( Words::hold( $hold ) ) . ' ' . Html::text( 'span', '(' . number_format_i18n( $count ) . ')', array( 'class' => 'count' ) )
				);
			}
		}
		return $views;
	}

	/**
	 * What can be done about many.
	 *
	 * @return array<string, string>
	 */
	protected function get_bulk_actions(): array {
		$names = Domain::HOLD_DECLINED === $this->hold() ? array( Possible::APPROVE ) : array( Possible::APPROVE, Possible::DECLINE );
		return array_combine( $names, array_map( array( Possible::class, 'label' ), $names ) );
	}

	/**
	 * What may be done about a row.
	 *
	 * @param Domain $item The row.
	 */
	protected function possible( Domain $item ): array {
		$line = $this->lines[ $item->host ] ?? null;
		return array_keys( array_filter( array( Possible::APPROVE => null === $line ? $item->is_wanted() : $line->can_approve(), Possible::DECLINE => (bool) $line?->can_decline() ) ) );
	}

	/** There is nothing else to do here than to decide. */
	protected function shows_actions(): bool {
		return true;
	}

	/**
	 * What would be done.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_line( Domain $item ): string {
		$line = $this->lines[ $item->host ] ?? null;
		return esc_html( null === $line ? __( 'Nothing: it only ends waiting', 'domain-sync-for-runcloud' ) : $line->label() );
	}

	/**
	 * Why it waits.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_reason( Domain $item ): string {
		$reason = ( $this->lines[ $item->host ] ?? null )?->reason ?? $item->domain_reason;
		return null === $reason ? Words::none() : esc_html( $reason->sentence( $reason === $item->domain_reason ? $item->domain_details : array() ) );
	}

	/**
	 * How many requests it takes.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_requests( Domain $item ): string {
		return esc_html( number_format_i18n( ( $this->lines[ $item->host ] ?? null )?->requests ?? 0 ) );
	}

	/** There is nothing to show. */
	public function no_items(): void {
		printf( '%s', esc_html__( 'Nothing waits for you here.', 'domain-sync-for-runcloud' ) );
	}
}
