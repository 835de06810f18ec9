<?php
/**
 * What both of our tables of hosts have in common.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Listing;

require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';

/**
 * WordPress's own list table in a form that is posted: its menu is called "do", since "action" is admin-post.php's own word.
 */
abstract class Hosts_Table extends \WP_List_Table {

	/** Begins on the screen that is open. */
	public function __construct() {
		parent::__construct(
			array(
				'plural'   => Actions::PLURAL,
				'singular' => 'domain-sync-domain',
				'ajax'     => false,
			)
		);
	}

	/**
	 * What rows are to be like.
	 *
	 * @return array<string, mixed> See Listing::page().
	 */
	abstract protected function wanted(): array;

	/**
	 * How many such rows there are.
	 */
	abstract protected function total(): int;

	/** Reads the rows of the page. */
	public function prepare_items(): void {
		$wanted   = $this->wanted();
		$per_page = min( Listing::MOST, $this->get_items_per_page( Screen::PER_PAGE ) );
		$sorts    = Listing::sorts( $wanted );
		$sort     = Input::text( 'orderby' );
		$is_down  = in_array( $sort, $sorts, true ) && 'desc' === Input::text( 'order' );
		$this->set_pagination_args( array( 'total_items' => $this->total(), 'per_page' => $per_page ) );
		$this->items = Listing::page( $wanted, $sort, $is_down, ( $this->get_pagenum() - 1 ) * $per_page, $per_page );
		_prime_site_caches( array_values( array_unique( array_filter( array_column( $this->items, 'site_id' ) ) ) ), false );
	}

	/**
	 * Only what an index gives is offered.
	 *
	 * @return array<string, array{string, bool}>
	 */
	protected function get_sortable_columns(): array {
		$sortable = array();
		foreach ( Listing::sorts( $this->wanted() ) as $sort ) {
			$sortable[ 'until' === $sort ? 'certificate' : $sort ] = array( $sort, false );
		}
		return $sortable;
	}

	/** The column that stays on a phone. */
	protected function get_default_primary_column_name(): string {
		return 'host';
	}

	/**
	 * The box before a row.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_cb( $item ): string {
		$id = "domain-sync-host-$item->id";
		/* translators: %s: a host name. */
		return Html::text( 'label', sprintf( __( 'Select %s', 'domain-sync-for-runcloud' ), Unicode::of( $item->host ) ), array( 'class' => 'screen-reader-text', 'for' => $id ) )
			. Html::tag( 'input', array( 'type' => 'checkbox', 'name' => 'hosts[]', 'value' => $item->host, 'id' => $id ) );
	}

	/**
	 * The host.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_host( Domain $item ): string {
		return Cells::host( $item );
	}

	/**
	 * The site.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_site( Domain $item ): string {
		return Cells::site( $item->site_id );
	}

	/**
	 * The menu of what can be done about many rows.
	 *
	 * @param string $which "top" or "bottom".
	 */
	protected function bulk_actions( $which = '' ): void {
		$number  = 'bottom' === $which ? '2' : '';
		$options = sprintf( '<option value="">%s</option>', esc_html__( 'Bulk actions', 'domain-sync-for-runcloud' ) );
		foreach ( $this->get_bulk_actions() as $name => $label ) {
			$options .= sprintf( '<option value="%s">%s</option>', esc_attr( $name ), esc_html( $label ) );
		}
		$select = array(
			'label'  => array( 'for' => true, 'class' => true ),
			'select' => array( 'name' => true, 'id' => true ),
			'option' => array( 'value' => true ),
			'button' => array( 'class' => true, 'type' => true, 'name' => true, 'value' => true ),
		);
		$label  = Html::text( 'label', __( 'Select bulk action', 'domain-sync-for-runcloud' ), array( 'class' => 'screen-reader-text', 'for' => "domain-sync-do$number" ) );
		$button = Html::button( "apply$number", '1', __( 'Apply', 'domain-sync-for-runcloud' ), 'button action' );
		printf( '%s', wp_kses( "$label<select name=\"do$number\" id=\"domain-sync-do$number\">$options</select> $button", $select ) );
	}

	/**
	 * Buttons below the host.
	 *
	 * @param Domain $item        The row.
	 * @param string $column_name Name of the column.
	 * @param string $primary     Name of the primary one.
	 */
	protected function handle_row_actions( $item, $column_name, $primary ): string {
		return $column_name === $primary ? $this->row_actions( Cells::actions( $item, $this->possible( $item ) ), $this->shows_actions() ) : '';
	}

	/** Whether the buttons are seen without pointing at the row. */
	protected function shows_actions(): bool {
		return false;
	}

	/**
	 * What may be done about a row.
	 *
	 * @param Domain $item The row.
	 *
	 * @return list<string>
	 */
	abstract protected function possible( Domain $item ): array;
}
