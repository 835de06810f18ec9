<?php
/**
 * What the network's admin sees where they look anyway.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Below each host in Ultimate Multisite's list of domains (its table has no hook for the cells of a column of one's own), in a box on its page of a
 * domain, and in the plugin's row of WordPress's list of plugins.
 */
final class Um_Pages {

	/**
	 * Adds a line below a host in the list of domains.
	 *
	 * @param mixed $html   What stands there.
	 * @param mixed $record The record.
	 */
	public static function add_line( $html, $record ): string {
		$row = self::row_of( $record );
		if ( null === $row ) {
			return (string) $html;
		}
		$domain = $row->domain_reason;
		$step   = Status::Ready === $row->domain_status ? '' : (string) $domain?->next_step( $row->domain_details );
		$line   = sprintf(
			'<span class="domain-sync-line"><span class="domain-sync-state is-%s">%s</span> %s%s <a href="%s">%s<span class="screen-reader-text"> %s</span></a></span>',
			esc_attr( $row->domain_status->value ),
			esc_html( self::word( $row ) ),
			esc_html( $step ),
			Status::Action === $row->certificate_status ? sprintf( ' <span class="domain-sync-state is-action">%s</span> ', esc_html( (string) $row->certificate_reason?->label() ) ) . esc_html( (string) $row->certificate_reason?->next_step( $row->certificate_details ) ) : '',
			esc_url( Links::domain( $row->host ) ),
			esc_html__( 'Details', 'domain-sync-for-runcloud' ),
			esc_html( $row->host )
		);
		return (string) $html . wp_kses( $line, Host_Html::ALLOWED );
	}

	/** Has the style loaded on the list of domains. */
	public static function load_assets(): void {
		Host_Html::load_assets();
	}

	/** Adds the box to the page of a domain. */
	public static function add_box(): void {
		if ( Access::is_allowed() ) {
			Host_Html::load_assets();
			add_meta_box( 'domain-sync-for-runcloud', __( 'Domain Sync for RunCloud', 'domain-sync-for-runcloud' ), array( self::class, 'show_box' ), get_current_screen()?->id, 'normal' );
		}
	}

	/**
	 * The box.
	 *
	 * @param mixed $record The record whose page it is.
	 */
	public static function show_box( $record ): void {
		$row = self::row_of( $record );
		if ( null === $row ) {
			printf( '<p>%s</p>', esc_html( self::why_unknown( $record ) ) );
			return;
		}
		printf( '<div class="domain-sync-host">%s</div>', wp_kses( self::box( $row ), Host_Html::ALLOWED ) );
	}

	/**
	 * Why there is no row of a record. Ultimate Multisite 2.4.10 adds a domain without a site if none was chosen.
	 *
	 * @param mixed $record The record.
	 */
	private static function why_unknown( $record ): string {
		try {
			$has_site = Network::has_site( (int) $record->get_blog_id() );
		} catch ( \Throwable $e ) {
			$has_site = true;
		}
		return $has_site
			? __( 'Nothing is known of this host yet. The whole network is looked through each hour.', 'domain-sync-for-runcloud' )
			: __( 'This domain belongs to no site, so RunCloud is not asked for it. Choose a site for it and save.', 'domain-sync-for-runcloud' );
	}

	/**
	 * Adds a link to the plugin's row of the list of plugins.
	 *
	 * @param mixed $links Links by name.
	 * @param mixed $file  The plugin's file.
	 *
	 * @return array<string|int, string>
	 */
	public static function add_link( $links, $file ): array {
		$links = (array) $links;
		if ( 'domain-sync-for-runcloud.php' === basename( (string) $file ) && Access::is_allowed() ) {
			$link  = sprintf( '<a href="%s">%s</a>', esc_url( Links::to() ), esc_html__( 'Domains', 'domain-sync-for-runcloud' ) );
			$links = array( 'domain_sync' => $link ) + $links;
		}
		return $links;
	}

	/**
	 * All that a box says of a row.
	 *
	 * @param Domain $row The row.
	 */
	private static function box( Domain $row ): string {
		$view        = Domain_View::of( $row );
		$domain      = $view['domain'];
		$certificate = $view['certificate'];
		$html        = Host_Html::state( __( 'Domain', 'domain-sync-for-runcloud' ), $domain['status'], self::word( $row ), $domain['sentence'] )
			. Host_Html::next_step( $domain['next_step'] )
			. Host_Html::state( __( 'HTTPS', 'domain-sync-for-runcloud' ), $certificate['status'], (string) $row->certificate_reason?->label(), $certificate['sentence'] )
			. Host_Html::next_step( $certificate['next_step'] );
		if ( array() !== $view['plan'] ) {
			/* translators: %s: a line of the plan. */
			$html .= '<p>' . sprintf( esc_html__( 'Plan: %s', 'domain-sync-for-runcloud' ), esc_html( $view['plan']['label'] ) ) . '</p>';
		}
		$next = $row->due_at > 0 && ( 0 === $row->look_at || $row->due_at < $row->look_at ) ? $view['work']['due_at'] : $view['work']['look_at'];
		if ( '' !== $next ) {
			/* translators: %s: a time. */
			$html .= '<p>' . sprintf( esc_html__( 'Looked at again: %s', 'domain-sync-for-runcloud' ), esc_html( $next ) ) . '</p>';
		}
		$records = Status::Ready === $row->domain_status ? '' : Host_Html::records( Records::of( $row, ( new Web_App() )->last_addresses() ) );
		if ( '' !== $records ) {
			$html .= '<details><summary>' . esc_html__( 'DNS records', 'domain-sync-for-runcloud' ) . "</summary>$records</details>";
		}
		$server = $row->domain_details['name_server'] ?? '';
		return $html . Host_Html::provider( is_string( $server ) ? $server : '' ) . sprintf(
			'<p><a href="%s">%s</a></p>',
			esc_url( Links::domain( $row->host ) ),
			esc_html__( 'History, plan and all that can be done', 'domain-sync-for-runcloud' )
		);
	}

	/**
	 * How a row's domain is, in a few words.
	 *
	 * @param Domain $row The row.
	 */
	private static function word( Domain $row ): string {
		return null === $row->domain_reason ? __( 'Waiting', 'domain-sync-for-runcloud' ) : $row->domain_reason->label();
	}

	/**
	 * The row of a record, for who may see it.
	 *
	 * @param mixed $record A record of Ultimate Multisite's.
	 */
	private static function row_of( $record ): ?Domain {
		try {
			return Access::is_allowed() ? Domain_List::find( Network::row_host_of( (string) $record->get_domain() ) ) : null;
		} catch ( \Throwable $e ) {
			return null;
		}
	}
}
