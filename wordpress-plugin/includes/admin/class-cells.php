<?php
/**
 * The cells of a row of the list.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * The same HTML for a page and for what renews it. Everything in it is escaped.
 */
final class Cells {

	/** Cells that change by themselves. */
	const LIVE = array( 'brief', 'domain', 'certificate', 'since', 'next', 'todo' );

	/**
	 * The host: in Unicode, with its ASCII form below where that is another one.
	 *
	 * @param Domain $row The row.
	 */
	public static function host( Domain $row ): string {
		$html = Html::tag( 'strong', array(), Html::tag( 'a', array( 'class' => 'row-title', 'href' => Links::domain( $row->host ) ), Html::host( $row->host ) ) );
		if ( Unicode::of( $row->host ) !== $row->host ) {
			$html .= Html::tag( 'br' ) . Html::text( 'small', $row->host, array( 'dir' => 'ltr' ) );
		}
		return $html;
	}

	/**
	 * The site, with a link to its page in the Network Admin. Its address, and not its title: titles stand in a table of each site.
	 *
	 * @param int $site_id The site; 0 for none.
	 */
	public static function site( int $site_id ): string {
		if ( 0 === $site_id ) {
			return Html::text( 'span', __( 'not mapped', 'domain-sync-for-runcloud' ), array( 'class' => 'domain-sync-why' ) );
		}
		$site = get_site( $site_id );
		if ( null === $site ) {
			/* translators: %d: id of a site. */
			return Html::text( 'span', sprintf( __( 'site %d, which is gone', 'domain-sync-for-runcloud' ), $site_id ) );
		}
		return Html::link( Links::network( "site-info.php?id=$site_id" ), untrailingslashit( $site->domain . $site->path ) );
	}

	/**
	 * A link to all domains of a site.
	 *
	 * @param int $site_id The site.
	 */
	public static function domains_of( int $site_id ): string {
		/* translators: %d: id of a site. */
		return Html::tag( 'br' ) . Html::tag( 'small', array(), Html::link( Links::site( $site_id ), sprintf( __( 'Domains of site %d', 'domain-sync-for-runcloud' ), $site_id ) ) );
	}

	/**
	 * A cell that changes by itself.
	 *
	 * @param Domain $row  The row.
	 * @param string $name One of LIVE.
	 */
	public static function live( Domain $row, string $name ): string {
		return match ( $name ) {
			// On a phone the other columns are folded away.
			'brief'       => Words::status( $row->domain_status, (string) $row->domain_reason?->label() ) . ( Status::Ready === $row->certificate_status || ! $row->is_wanted() ? '' : Html::tag( 'br' ) . esc_html__( 'Certificate:', 'domain-sync-for-runcloud' ) . ' ' . Words::status( $row->certificate_status ) ),
			'domain'      => Words::status( $row->domain_status, (string) $row->domain_reason?->label() ),
			// Of what the network does not use nobody looks at the certificate.
			'certificate' => null === $row->certificate_reason && ! $row->is_wanted() ? Words::none() : Words::status( $row->certificate_status, (string) $row->certificate_reason?->label() ) . self::until( $row ),
			'since'       => Words::time( $row->domain_since ),
			'next'        => Words::next( $row ),
			default       => '' === Words::to_do( $row ) ? Words::none() : esc_html( Words::to_do( $row ) ),
		};
	}

	/**
	 * Until when the certificate holds, where there is one.
	 *
	 * @param Domain $row The row.
	 */
	private static function until( Domain $row ): string {
		return 0 === Words::end( $row ) ? '' : Html::tag( 'span', array( 'class' => 'domain-sync-why' ), esc_html__( 'Ends:', 'domain-sync-for-runcloud' ) . ' ', Words::time( Words::end( $row ) ) );
	}

	/**
	 * The buttons of a row.
	 *
	 * @param Domain       $row   The row.
	 * @param list<string> $names What may be done.
	 *
	 * @return array<string, string>
	 */
	public static function actions( Domain $row, array $names ): array {
		$actions = array( 'view' => Html::link( Links::domain( $row->host ), __( 'Details', 'domain-sync-for-runcloud' ) ) );
		foreach ( $names as $name ) {
			$label = Possible::label( $name );
			// The names become classes, of which WordPress hides some ("approve").
			$class = Possible::REMOVE === $name ? 'delete' : "domain-sync-$name";
			/* translators: 1: what a button does, 2: a host name. */
			$actions[ $class ] = Html::button( 'row', "$name $row->host", $label, 'button-link' . ( Possible::REMOVE === $name ? ' button-link-delete' : '' ), sprintf( __( '%1$s: %2$s', 'domain-sync-for-runcloud' ), $label, Unicode::of( $row->host ) ) );
		}
		return $actions;
	}
}
