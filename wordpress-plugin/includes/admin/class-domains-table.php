<?php
/**
 * The list of all domains.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Listing;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Views by status, a search by the beginning of a host, pages: all by an index, whatever the number of rows.
 */
final class Domains_Table extends Hosts_Table {

	/** Views, in the order in which they are shown: what needs somebody first. */
	private const VIEWS = array( Status::Action, Status::Pending, Status::Unknown, Status::Ready );

	/**
	 * Rows by status.
	 *
	 * @var array<string, int>
	 */
	private array $counts = array();

	/** The columns. */
	public function get_columns(): array {
		return array(
			'cb'          => Html::tag( 'input', array( 'type' => 'checkbox' ) ),
			'host'        => __( 'Host', 'domain-sync-for-runcloud' ),
			'site'        => __( 'Site', 'domain-sync-for-runcloud' ),
			'domain'      => __( 'Domain', 'domain-sync-for-runcloud' ),
			'certificate' => __( 'Certificate', 'domain-sync-for-runcloud' ),
			'since'       => __( 'Since', 'domain-sync-for-runcloud' ),
			'next'        => __( 'Next try', 'domain-sync-for-runcloud' ),
			'todo'        => __( 'What to do', 'domain-sync-for-runcloud' ),
		);
	}

	/** Reads the counts and the rows. */
	public function prepare_items(): void {
		$this->counts = Domain_List::counts();
		parent::prepare_items();
	}

	/** The beginning of hosts that is searched for, as hosts are written; "" for none. */
	public static function begins(): string {
		$typed = strtolower( trim( Input::text( 's' ) ) );
		$typed = (string) preg_replace( '~^https?://|[/?#:].*$~', '', $typed );
		// A whole name in Unicode has its ASCII form; a part of one has none.
		return preg_match( '/^[a-z0-9.*_-]*$/D', $typed ) ? $typed : Network::row_host_of( $typed );
	}

	/** Whether a search is for what no host can begin with. */
	public static function is_unreadable(): bool {
		return '' !== trim( Input::text( 's' ) ) && '' === self::begins();
	}

	/** The site whose domains are shown; 0 for all. */
	public static function site(): int {
		return Input::number( 'site' );
	}

	/** What is shown. A site has few domains, so their states need no views of their own. */
	protected function wanted(): array {
		$begins = self::is_unreadable() ? '~' : self::begins();
		if ( 0 !== self::site() ) {
			return array_filter( array( 'site' => self::site(), 'begins' => $begins ) );
		}
		return array_filter(
			array(
				'status'      => Status::tryFrom( Input::text( 'status' ) ),
				'certificate' => Status::tryFrom( Input::text( 'certificate' ) ),
				// What cannot be is found nowhere.
				'begins'      => $begins,
			)
		);
	}

	/** How many that are. */
	protected function total(): int {
		$wanted = $this->wanted();
		return match ( true ) {
			isset( $wanted['begins'] ) || isset( $wanted['certificate'] ) || isset( $wanted['site'] ) => Listing::count( $wanted ),
			isset( $wanted['status'] ) => $this->counts[ $wanted['status']->value ] ?? 0,
			default                    => array_sum( $this->counts ),
		};
	}

	/**
	 * Views with their numbers.
	 *
	 * @return array<string, string>
	 */
	protected function get_views(): array {
		$certificates = Domain_List::counts( 'certificate' );
		$waits        = array_sum( array_diff_key( Decisions::counts(), array( Domain::HOLD_DECLINED => 0 ) ) );
		$is_of_site   = 0 !== self::site();
		$status       = $is_of_site ? '' : Input::text( 'status' );
		$certificate  = $is_of_site ? '' : Input::text( 'certificate' );
		$views        = array( 'all' => self::view( Links::to(), __( 'All', 'domain-sync-for-runcloud' ), array_sum( $this->counts ), ! $is_of_site && '' === $status && '' === $certificate ) );
		foreach ( self::VIEWS as $case ) {
			$views[ $case->value ] = self::view( Links::to( array( 'status' => $case->value ) ), $case->label(), $this->counts[ $case->value ] ?? 0, $status === $case->value );
		}
		$views['certificate'] = self::view( Links::to( array( 'certificate' => 'action' ) ), __( 'Certificate: action needed', 'domain-sync-for-runcloud' ), $certificates['action'] ?? 0, 'action' === $certificate );
		$views['plan']        = self::view( Links::plan(), __( 'Waits for your decision', 'domain-sync-for-runcloud' ), $waits, false );
		return $views;
	}

	/**
	 * What can be done about many.
	 *
	 * @return array<string, string>
	 */
	protected function get_bulk_actions(): array {
		return array_combine( Possible::BULK, array_map( array( Possible::class, 'label' ), Possible::BULK ) );
	}

	/**
	 * What may be done about a row.
	 *
	 * @param Domain $item The row.
	 */
	protected function possible( Domain $item ): array {
		return Possible::about( $item, Web_App::id() );
	}

	/**
	 * The host, and on a phone how it is.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_host( Domain $item ): string {
		return parent::column_host( $item ) . self::live( $item, 'brief' );
	}

	/**
	 * The site, and a link to all of its domains.
	 *
	 * @param Domain $item The row.
	 */
	protected function column_site( Domain $item ): string {
		return parent::column_site( $item ) . ( 0 === $item->site_id || self::site() === $item->site_id ? '' : Cells::domains_of( $item->site_id ) );
	}

	/**
	 * A cell that changes by itself.
	 *
	 * @param Domain $item        The row.
	 * @param string $column_name Its name.
	 */
	protected function column_default( $item, $column_name ): string {
		return in_array( $column_name, Cells::LIVE, true ) ? self::live( $item, $column_name ) : '';
	}

	/**
	 * What the script renews.
	 *
	 * @param Domain $row  The row.
	 * @param string $name Name of the cell.
	 */
	private static function live( Domain $row, string $name ): string {
		return Html::tag( 'div', array( 'class' => "domain-sync-$name", 'data-domain-sync' => "$row->id $name" ), Cells::live( $row, $name ) );
	}

	/** There is nothing to show. */
	public function no_items(): void {
		$text = match ( true ) {
			self::is_unreadable()   => __( 'No host begins like this. A part of a name in other letters than Latin ones cannot be searched for: write the whole name, or its form that begins with "xn--".', 'domain-sync-for-runcloud' ),
			'' !== self::begins()   => __( 'No host begins like this.', 'domain-sync-for-runcloud' ),
			0 !== self::site()      => __( 'No domain is this site\'s.', 'domain-sync-for-runcloud' ),
			array() === $this->wanted() => __( 'No domains yet. Map one in Ultimate Multisite, and it is here at once.', 'domain-sync-for-runcloud' ),
			default                 => __( 'No domain is so.', 'domain-sync-for-runcloud' ),
		};
		printf( '%s', esc_html( $text ) );
	}

	/**
	 * A view.
	 *
	 * @param string $address    Its address.
	 * @param string $label      Its name.
	 * @param int    $count      How many rows it has.
	 * @param bool   $is_current Whether it is shown.
	 */
	private static function view( string $address, string $label, int $count, bool $is_current ): string {
		return Html::tag(
			'a',
			array( 'href' => $address, 'class' => $is_current ? 'current' : false, 'aria-current' => $is_current ? 'page' : false ),
			esc_html( $label ) . ' ' . Html::text( 'span', '(' . number_format_i18n( $count ) . ')', array( 'class' => 'count' ) )
		);
	}
}
