<?php
/**
 * The help tabs of the screen.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Status;

/**
 * What the words mean, what the buttons do, and what is not there.
 */
final class Help {

	/**
	 * Adds them.
	 *
	 * @param \WP_Screen $screen The screen.
	 */
	public static function add( \WP_Screen $screen ): void {
		foreach ( self::tabs() as $id => $tab ) {
			$screen->add_help_tab(
				array(
					'id'      => "domain-sync-$id",
					'title'   => $tab[0],
					'content' => $tab[1],
				)
			);
		}
		$screen->set_help_sidebar( Html::text( 'p', __( 'The same on the command line:', 'domain-sync-for-runcloud' ) ) . Html::tag( 'p', array(), Html::text( 'code', 'wp help domain-sync' ) ) );
	}

	/**
	 * Titles and contents.
	 *
	 * @return array<string, array{string, string}>
	 */
	private static function tabs(): array {
		return array(
			'statuses' => array( __( 'Statuses', 'domain-sync-for-runcloud' ), self::statuses() ),
			'actions'  => array( __( 'Actions', 'domain-sync-for-runcloud' ), self::actions() ),
			'list'     => array( __( 'Search and sorting', 'domain-sync-for-runcloud' ), self::listing() ),
			'plan'     => array( __( 'Plan', 'domain-sync-for-runcloud' ), self::plan() ),
			'setup'    => array( __( 'Setup', 'domain-sync-for-runcloud' ), self::setup() ),
		);
	}

	/** What the words mean. */
	private static function statuses(): string {
		$means = array(
			Status::Ready->value   => __( 'All is well.', 'domain-sync-for-runcloud' ),
			Status::Pending->value => __( 'It is on its way; time ends this, or somebody who is about to change DNS.', 'domain-sync-for-runcloud' ),
			Status::Action->value  => __( 'It stays like this until somebody does something. The last column says what.', 'domain-sync-for-runcloud' ),
			Status::Unknown->value => __( 'It could not be found out. That is nobody\'s fault, and the next look follows by itself.', 'domain-sync-for-runcloud' ),
		);
		$html  = Html::text( 'p', __( 'What counts is what visitors are served, not what was asked for: the plugin looks at DNS, at port 80 and at the certificate of each host.', 'domain-sync-for-runcloud' ) );
		foreach ( $means as $status => $text ) {
			$html .= Html::tag( 'p', array(), Words::status( Status::from( $status ) ), ' ', esc_html( $text ) );
		}
		return $html;
	}

	/** What the buttons do. */
	private static function actions(): string {
		$html = '';
		foreach ( array( ...Possible::BULK, Possible::APPROVE, Possible::DECLINE ) as $what ) {
			$html .= Html::tag( 'p', array(), Html::text( 'strong', Possible::label( $what ) ), ' ', esc_html( Possible::help( $what ) ) );
		}
		return $html . Html::text( 'p', __( 'A host that the network maps is removed by unmapping it in Ultimate Multisite.', 'domain-sync-for-runcloud' ) );
	}

	/** How to find a host. */
	private static function listing(): string {
		return Html::text( 'p', __( 'The search finds hosts by their beginning: "shop.ex" finds shop.example.com, "example" does not. A whole name may be written in its own letters; a part of one only in Latin ones.', 'domain-sync-for-runcloud' ) )
			. Html::text( 'p', __( 'The link below a site shows the domains of that site only; the search then looks among these.', 'domain-sync-for-runcloud' ) )
			. Html::text( 'p', __( 'The list is sorted by host. One status alone can be sorted by how long it has been so as well; certificates that need somebody are sorted by their end. So the list is quick with 100,000 domains.', 'domain-sync-for-runcloud' ) )
			. Html::text( 'p', __( 'While this page is open its states renew themselves every 15 seconds. Nothing is sent to RunCloud for that.', 'domain-sync-for-runcloud' ) );
	}

	/** What the plan is. */
	private static function plan(): string {
		return Html::text( 'p', __( 'What was mapped before the plugin came, what came about while it was off, and what looks like an accident waits for you. Nothing is done about it until you approve it; what you decline stays as it is.', 'domain-sync-for-runcloud' ) )
			. Html::text( 'p', __( 'An approval is for what is wanted of a domain now. What changes afterwards asks again.', 'domain-sync-for-runcloud' ) );
	}

	/** What the setup does. */
	private static function setup(): string {
		return Html::text( 'p', __( 'The setup shows what is there, whoever set it: this page, wp-config.php or the wizard of Ultimate Multisite. A constant in wp-config.php wins over what is stored.', 'domain-sync-for-runcloud' ) )
			. Html::text( 'p', __( 'Nothing that is pressed there changes anything at RunCloud. What was mapped before waits for your approval on the page "Plan".', 'domain-sync-for-runcloud' ) );
	}
}
