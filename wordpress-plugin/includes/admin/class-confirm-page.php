<?php
/**
 * Asks before anything is removed, and before many lines are decided about.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Listing;
use Domain_Sync_For_RunCloud\Sync\Line;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Says what would be done about which hosts, and what about the others. The address names rows by their ids, since hosts are long.
 */
final class Confirm_Page extends Page {

	/**
	 * The rows.
	 *
	 * @var list<Domain>
	 */
	private array $rows;

	/** What is asked. */
	private string $what;

	/**
	 * What the plan says of them.
	 *
	 * @var array<string, Line|null>
	 */
	private array $lines;

	/** Reads what is shown. */
	public function __construct() {
		$this->what  = Possible::REMOVE === Input::text( 'confirm' ) ? Possible::REMOVE : Possible::APPROVE;
		$ids         = array_filter( explode( '.', Input::text( 'ids' ) ), static fn( string $id ): bool => ctype_digit( $id ) && strlen( $id ) < 19 );
		$this->rows  = Listing::in_order_of( array_slice( array_values( $ids ), 0, Listing::MOST ) );
		// Without Ultimate Multisite nobody can say what the network wants, and nothing is done.
		$this->lines = Ultimate_Multisite::is_loaded() ? Plan::lines_of( array_column( $this->rows, 'host' ) ) : array();
	}

	/** What the page is called. */
	public function title(): string {
		return Possible::REMOVE === $this->what ? __( 'Remove domains?', 'domain-sync-for-runcloud' ) : __( 'Approve, and with that remove domains?', 'domain-sync-for-runcloud' );
	}

	/** Prints it. */
	public function show(): void {
		$done   = '';
		$left   = '';
		$fields = '';
		$count  = 0;
		foreach ( $this->rows as $row ) {
			$text = $this->fate( $row );
			$item = Html::tag( 'li', array(), Html::host( $row->host ), ': ', esc_html( $text[1] ) );
			if ( $text[0] ) {
				$done   .= $item;
				$fields .= Html::hidden( 'hosts[]', $row->host );
				++$count;
			} else {
				$left .= $item;
			}
		}
		if ( '' !== $done ) {
			Html::show( Html::text( 'p', __( 'This is done in the background, and visitors of a host that is removed do not reach this network any more:', 'domain-sync-for-runcloud' ) ) . Html::tag( 'ul', array( 'class' => 'ul-disc' ), $done ) );
		}
		if ( '' !== $left ) {
			Html::show( Html::text( 'p', __( 'Nothing is done about these:', 'domain-sync-for-runcloud' ) ) . Html::tag( 'ul', array( 'class' => 'ul-disc' ), $left ) );
		}
		$from   = wp_validate_redirect( Input::text( 'from' ), Links::to() );
		$cancel = Html::link( $from, '' !== $done ? __( 'Cancel', 'domain-sync-for-runcloud' ) : __( 'Back', 'domain-sync-for-runcloud' ), 'button' );
		$label  = Possible::REMOVE === $this->what
			/* translators: %d: number of domains. */
			? sprintf( _n( 'Remove %d domain', 'Remove %d domains', $count, 'domain-sync-for-runcloud' ), $count )
			/* translators: %d: number of domains. */
			: sprintf( _n( 'Approve %d domain', 'Approve %d domains', $count, 'domain-sync-for-runcloud' ), $count );
		$button = '' !== $done ? Html::button( 'do', $this->what, $label, 'button button-primary' ) . ' ' : '';
		Html::show( Html::form( Actions::ACTION, Actions::NONCE, $fields . Html::hidden( 'confirmed', '1' ) . Html::hidden( 'from', $from ) . $button . $cancel, 'domain-sync-actions' ) );
	}

	/**
	 * What would become of a row.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array{bool, string} Whether anything would be done, and what, or why not.
	 */
	private function fate( Domain $row ): array {
		$line = $this->lines[ $row->host ] ?? null;
		if ( Possible::APPROVE === $this->what ) {
			return null !== $line && $line->can_approve() ? array( true, $line->label() ) : array( false, __( 'there is nothing to decide', 'domain-sync-for-runcloud' ) );
		}
		return match ( true ) {
			'primary' === $row->remote_type => array( false, __( 'it is the primary domain of the web application', 'domain-sync-for-runcloud' ) ),
			Line::REMOVE === $line?->kind && $line->can_approve() => array( true, __( 'removed at RunCloud, where the plugin made or adopted it', 'domain-sync-for-runcloud' ) ),
			array( Domain::CODE ) === $row->source => array( true, __( 'code asked for it; that ends, and it is removed at RunCloud if the plugin made it', 'domain-sync-for-runcloud' ) ),
			in_array( Domain::CODE, $row->source, true ) => array( true, __( 'that code asks for it ends; it stays, since the network maps it too', 'domain-sync-for-runcloud' ) ),
			$row->is_wanted()               => array( false, __( 'this network maps it; unmap it in Ultimate Multisite', 'domain-sync-for-runcloud' ) ),
			! $row->is_owned()              => array( false, __( 'others made it at RunCloud; remove it in the RunCloud dashboard', 'domain-sync-for-runcloud' ) ),
			Web_App::id() !== $row->web_app => array( false, __( 'it is in another web application; remove it in the RunCloud dashboard', 'domain-sync-for-runcloud' ) ),
			default                         => array( false, __( 'it is being removed, or the policy keeps it', 'domain-sync-for-runcloud' ) ),
		};
	}
}
