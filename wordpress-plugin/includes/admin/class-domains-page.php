<?php
/**
 * The screen with all domains.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * The search is asked for, all else is posted.
 */
final class Domains_Page extends Page {

	/** The table. */
	private Domains_Table $table;

	/** Reads what is shown. */
	public function __construct() {
		$this->table = new Domains_Table();
		$this->table->prepare_items();
	}

	/** What the page is called. */
	public function title(): string {
		return __( 'Domains', 'domain-sync-for-runcloud' );
	}

	/** Prints it. */
	public function show(): void {
		$site = Domains_Table::site();
		if ( 0 !== $site ) {
			/* translators: %d: id of a site. */
			Html::show( Html::tag( 'p', array(), esc_html( sprintf( __( 'Domains of site %d:', 'domain-sync-for-runcloud' ), $site ) ), ' ', Cells::site( $site ), '. ', Html::link( Links::to(), __( 'Show those of all sites', 'domain-sync-for-runcloud' ) ) ) );
		}
		if ( '' !== Input::text( 's' ) ) {
			/* translators: %s: what was searched for. */
			Html::show( Html::text( 'p', sprintf( __( 'Hosts that begin with "%s":', 'domain-sync-for-runcloud' ), Input::text( 's' ) ) ) );
		}
		$this->table->views();
		printf( '<form method="get" action="%s">', esc_url( Links::network( 'admin.php' ) ) );
		Html::show( Html::hidden( 'page', Links::PAGE ) . ( 0 !== $site ? Html::hidden( 'site', (string) $site ) : '' ) . ( '' !== Input::text( 'status' ) ? Html::hidden( 'status', Input::text( 'status' ) ) : '' ) );
		$this->table->search_box( __( 'Search hosts by their beginning', 'domain-sync-for-runcloud' ), 'domain-sync' );
		printf( '</form><form method="post" action="%s">', esc_url( Links::post() ) );
		Html::show( Html::hidden( 'action', Actions::ACTION ) );
		$this->table->display();
		printf( '</form>' );
	}
}
