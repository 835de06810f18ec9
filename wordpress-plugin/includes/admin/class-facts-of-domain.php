<?php
/**
 * What is wanted of a host and what RunCloud has, in plain words.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Domain;

/**
 * Made of Domain_View's codes.
 */
final class Facts_Of_Domain {

	/**
	 * What the network wants.
	 *
	 * @param array<string, mixed> $view See Domain_View.
	 */
	public static function wanted( array $view ): string {
		$desired = $view['desired'];
		$sources = array(
			Domain::RECORD => __( 'a domain record of Ultimate Multisite', 'domain-sync-for-runcloud' ),
			Domain::SITE   => __( 'the address of a site', 'domain-sync-for-runcloud' ),
			Domain::CODE   => __( 'code of another plugin, or somebody by hand', 'domain-sync-for-runcloud' ),
		);
		$facts   = array(
			array( __( 'Wanted by', 'domain-sync-for-runcloud' ), esc_html( $desired['is_wanted'] ? implode( ', ', array_intersect_key( $sources, array_flip( $desired['source'] ) ) ) : __( 'nobody', 'domain-sync-for-runcloud' ) ) ),
			array( __( 'Site', 'domain-sync-for-runcloud' ), Cells::site( $desired['site_id'] ) . ( $desired['suspended'] ? ' ' . esc_html__( '(switched off)', 'domain-sync-for-runcloud' ) : '' ) ),
			array( __( 'Since', 'domain-sync-for-runcloud' ), self::time( $desired['since'] ) ),
		);
		if ( $desired['is_wanted'] ) {
			$facts[] = array( 'www.', esc_html( self::www( $desired['www'], $desired['redirection'] ) ) );
		}
		return self::listed( __( 'Wanted', 'domain-sync-for-runcloud' ), $facts );
	}

	/**
	 * What RunCloud has.
	 *
	 * @param array<string, mixed> $view See Domain_View.
	 */
	public static function actual( array $view ): string {
		$actual = $view['actual'];
		$states = array(
			Domain::PRESENT => __( 'yes', 'domain-sync-for-runcloud' ),
			Domain::ABSENT  => __( 'no', 'domain-sync-for-runcloud' ),
		);
		$owners = array(
			Domain::OURS    => __( 'this plugin', 'domain-sync-for-runcloud' ),
			Domain::ADOPTED => __( 'others; adopted', 'domain-sync-for-runcloud' ),
			Domain::OTHERS  => __( 'others', 'domain-sync-for-runcloud' ),
		);
		$asked  = array(
			Domain::ASKED_ADD    => __( 'to add it', 'domain-sync-for-runcloud' ),
			Domain::ASKED_REMOVE => __( 'to remove it', 'domain-sync-for-runcloud' ),
			Domain::ASKED_UPDATE => __( 'to change it', 'domain-sync-for-runcloud' ),
			Domain::ASKED_ORDER  => __( 'for its certificate', 'domain-sync-for-runcloud' ),
		);
		$facts  = array( array( __( 'At RunCloud', 'domain-sync-for-runcloud' ), esc_html( $states[ $actual['state'] ] ?? __( 'not known', 'domain-sync-for-runcloud' ) ) ) );
		if ( Domain::PRESENT === $actual['state'] ) {
			array_push(
				$facts,
				array( __( 'Made by', 'domain-sync-for-runcloud' ), esc_html( $owners[ $actual['owner'] ] ?? __( 'not known', 'domain-sync-for-runcloud' ) ) ),
				array( __( 'Id', 'domain-sync-for-runcloud' ), esc_html( (string) $actual['id'] ) ),
				array( __( 'Web application', 'domain-sync-for-runcloud' ), esc_html( (string) $actual['web_app'] ) ),
				array( __( 'Type', 'domain-sync-for-runcloud' ), esc_html( 'primary' === $actual['type'] ? __( 'primary domain', 'domain-sync-for-runcloud' ) : __( 'alias', 'domain-sync-for-runcloud' ) ) ),
				array( 'www.', esc_html( self::www( $actual['www'], $actual['redirection'] ) ) )
			);
		}
		$facts[] = array( __( 'Last seen', 'domain-sync-for-runcloud' ), self::time( $actual['seen_at'] ) );
		if ( '' !== $actual['asked'] ) {
			$facts[] = array( __( 'RunCloud was asked', 'domain-sync-for-runcloud' ), esc_html( $asked[ $actual['asked'] ] ?? $actual['asked'] ) . ' ' . self::time( $actual['asked_at'] ) );
		}
		if ( '' !== $view['work']['failing_since'] ) {
			$facts[] = array( __( 'Failing since', 'domain-sync-for-runcloud' ), self::time( $view['work']['failing_since'] ) );
			$facts[] = array( __( 'Attempts', 'domain-sync-for-runcloud' ), esc_html( (string) $view['work']['attempts'] ) );
		}
		return self::listed( __( 'At RunCloud', 'domain-sync-for-runcloud' ), $facts );
	}

	/**
	 * What is served under "www.".
	 *
	 * @param bool   $www         Whether it is served.
	 * @param string $redirection Where visitors are sent.
	 */
	private static function www( bool $www, string $redirection ): string {
		return match ( true ) {
			! $www                     => __( 'not served', 'domain-sync-for-runcloud' ),
			'www' === $redirection     => __( 'served; visitors are sent to the name with www', 'domain-sync-for-runcloud' ),
			'non-www' === $redirection => __( 'served; visitors are sent to the name without www', 'domain-sync-for-runcloud' ),
			default                    => __( 'served; nobody is sent anywhere', 'domain-sync-for-runcloud' ),
		};
	}

	/**
	 * A time of the view model.
	 *
	 * @param string $time As Overview::time() writes it.
	 */
	private static function time( string $time ): string {
		return Words::time( '' === $time ? 0 : (int) strtotime( $time ) );
	}

	/**
	 * Facts with a title.
	 *
	 * @param string                       $title The title.
	 * @param list<array{string, string}>  $facts Names, and HTML.
	 */
	private static function listed( string $title, array $facts ): string {
		$html = '';
		foreach ( $facts as list( $name, $value ) ) {
			$html .= Html::tag( 'div', array(), Html::text( 'dt', $name ), Html::tag( 'dd', array(), $value ) );
		}
		return Html::tag( 'div', array(), Html::text( 'strong', $title ), Html::tag( 'dl', array( 'class' => 'domain-sync-list' ), $html ) );
	}
}
