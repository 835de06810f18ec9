<?php
/**
 * The page of one domain.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * How it is and what to do, the DNS records, what is wanted and what RunCloud has, and what happened.
 */
final class Domain_Page extends Page {

	/** The row; null where nobody knows the host. */
	private ?Domain $row = null;

	/**
	 * All that is known. See Domain_View.
	 *
	 * @var array<string, mixed>
	 */
	private array $view = array();

	/**
	 * The DNS records that it needs. See Domain_View.
	 *
	 * @var list<array<string, mixed>>
	 */
	private array $dns = array();

	/** Reads what is shown. */
	public function __construct() {
		$host      = Input::hosts( array( Input::text( 'host' ) ), 1 )[0] ?? '';
		$this->row = '' === $host ? null : Domain_List::find( $host );
		if ( null !== $this->row ) {
			$this->view = Domain_View::of( $this->row );
			$this->dns  = Domain_View::dns( $this->row, ( new Web_App() )->addresses() ?? self::expected( $this->row ) );
		}
	}

	/** What the page is called. */
	public function title(): string {
		return null === $this->row ? __( 'Nobody knows this host here', 'domain-sync-for-runcloud' ) : Unicode::of( $this->row->host );
	}

	/** Its heading: a host is never turned round. */
	public function heading(): string {
		return null === $this->row ? parent::heading() : Html::host( $this->row->host );
	}

	/** Prints it. */
	public function show(): void {
		Html::show( Html::tag( 'p', array(), Html::link( Links::to(), __( 'All domains', 'domain-sync-for-runcloud' ) ) ) );
		if ( null === $this->row ) {
			Html::show( Html::text( 'p', __( 'It is not mapped in this network, and not at RunCloud as far as its list was read.', 'domain-sync-for-runcloud' ) ) );
			return;
		}
		$row = $this->row;
		if ( Unicode::of( $row->host ) !== $row->host ) {
			Html::show( Html::tag( 'p', array(), esc_html( __( 'Written in ASCII:', 'domain-sync-for-runcloud' ) ) . ' ', Html::text( 'code', $row->host, array( 'dir' => 'ltr' ) ), ' ', Copy::button( $row->host ) ) );
		}
		Html::show( Html::tag( 'div', array( 'class' => 'domain-sync-conditions', 'data-domain-sync' => "$row->id conditions" ), Conditions::html( $row ) ) );
		Html::show( $this->actions() );
		Html::show( $this->planned() );
		Html::show( self::section( __( 'DNS records', 'domain-sync-for-runcloud' ), $this->records() ) );
		Html::show( self::section( __( 'What is wanted, and what is there', 'domain-sync-for-runcloud' ), Html::tag( 'div', array( 'class' => 'domain-sync-columns' ), Facts_Of_Domain::wanted( $this->view ), Facts_Of_Domain::actual( $this->view ) ) ) );
		Html::show( self::section( __( 'What happened', 'domain-sync-for-runcloud' ), Timeline::html( $this->view['history'] ) ) );
	}

	/** The buttons. */
	private function actions(): string {
		$buttons = '';
		foreach ( Possible::about( $this->row, Web_App::id() ) as $name ) {
			$buttons .= Html::button( 'row', "$name {$this->row->host}", Possible::label( $name ), 'button' . ( Possible::REMOVE === $name ? ' button-link-delete' : '' ) ) . ' ';
		}
		$form = '' === $buttons ? '' : Html::form( Actions::ACTION, Actions::NONCE, wp_referer_field( false ) . $buttons, 'domain-sync-actions' );
		if ( in_array( Domain::RECORD, $this->row->source, true ) && Ultimate_Multisite::is_loaded() ) {
			$form .= Html::tag( 'p', array(), Html::link( add_query_arg( 's', rawurlencode( $this->row->host ), Links::network( 'admin.php?page=wp-ultimo-domains' ) ), __( 'Change or unmap it in Ultimate Multisite', 'domain-sync-for-runcloud' ) ) );
		}
		return $form;
	}

	/** What the plan says of it. */
	private function planned(): string {
		$plan = $this->view['plan'];
		/* translators: 1: what the plan says, 2: what becomes of that. */
		return ! $plan ? '' : Html::text( 'p', sprintf( __( 'The plan says: %1$s (%2$s).', 'domain-sync-for-runcloud' ), $plan['label'], Plan_Table::state( $plan['state'] ) ) );
	}

	/** The table of DNS records. */
	private function records(): string {
		if ( ! $this->dns ) {
			return Html::text( 'p', __( 'Which addresses DNS should have is not known yet: RunCloud is asked when a host has had none of them for ten minutes.', 'domain-sync-for-runcloud' ) );
		}
		$head = '';
		foreach ( array( __( 'Name', 'domain-sync-for-runcloud' ), __( 'Type', 'domain-sync-for-runcloud' ), __( 'Should be', 'domain-sync-for-runcloud' ), __( 'Is now', 'domain-sync-for-runcloud' ), __( 'Right?', 'domain-sync-for-runcloud' ) ) as $title ) {
			$head .= Html::text( 'th', $title, array( 'scope' => 'col' ) );
		}
		$body = '';
		foreach ( $this->dns as $record ) {
			$now   = $record['is_now'] ? implode( ', ', $record['is_now'] ) : ( $record['is_known'] ? __( 'nothing was found', 'domain-sync-for-runcloud' ) : __( 'nobody has looked yet', 'domain-sync-for-runcloud' ) );
			$body .= Html::tag(
				'tr',
				array(),
				Html::tag( 'th', array( 'scope' => 'row' ), Html::host( $record['name'] ), ' ', Copy::button( $record['name'] ) ),
				Html::text( 'td', $record['type'] ),
				'' === $record['should_be'] ? Html::text( 'td', __( 'to be removed', 'domain-sync-for-runcloud' ) ) : Html::tag( 'td', array(), Html::text( 'code', $record['should_be'], array( 'dir' => 'ltr' ) ), ' ', Copy::button( $record['should_be'] ) ),
				Html::tag( 'td', array(), Html::text( $record['is_now'] ? 'code' : 'span', $now, array( 'dir' => $record['is_now'] ? 'ltr' : false ) ) ),
				Html::tag( 'td', array(), $record['is_right'] ? Html::icon( 'yes-alt' ) . ' ' . esc_html__( 'Yes', 'domain-sync-for-runcloud' ) : Html::icon( 'no-alt' ) . ' ' . esc_html__( 'Not yet', 'domain-sync-for-runcloud' ) )
			);
		}
		$caption = Html::text( 'caption', __( 'DNS records of this host: what they should be, and what they are', 'domain-sync-for-runcloud' ), array( 'class' => 'screen-reader-text' ) );
		return Html::tag( 'div', array( 'class' => 'domain-sync-scroll', 'tabindex' => '0', 'role' => 'region', 'aria-label' => __( 'DNS records', 'domain-sync-for-runcloud' ) ), Html::tag( 'table', array( 'class' => 'widefat striped' ), $caption, Html::tag( 'thead', array(), Html::tag( 'tr', array(), $head ) ), Html::tag( 'tbody', array(), $body ) ) );
	}

	/**
	 * A section of the page.
	 *
	 * @param string $title Its title.
	 * @param string $html  What is in it.
	 */
	private static function section( string $title, string $html ): string {
		return Html::tag( 'section', array( 'class' => 'domain-sync-section' ), Html::text( 'h3', $title ), $html );
	}

	/**
	 * The addresses that the row's own reason names, where the web application's are not at hand.
	 *
	 * @param Domain $row The row.
	 *
	 * @return list<string>
	 */
	private static function expected( Domain $row ): array {
		return array_values( array_filter( (array) ( $row->domain_details['expected'] ?? array() ), static fn( mixed $one ): bool => is_string( $one ) && false !== filter_var( $one, FILTER_VALIDATE_IP ) ) );
	}
}
