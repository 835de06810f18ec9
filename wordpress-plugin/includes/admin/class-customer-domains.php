<?php
/**
 * What customers see of their own domains.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * In Ultimate Multisite's own list of a site's domains, wherever that is: the dashboard of the site, the account page, a page of the front end. For
 * each domain: how it is, what to do, the DNS records. Of versions before 2.4.11, whose list has no filter, in a widget of the dashboard.
 *
 * Who sees it is asked here again, whoever made the list: the customer of the site that has the domain now, and admins of the network.
 */
final class Customer_Domains {

	/**
	 * One domain.
	 *
	 * @param array<string, mixed> $view See Domain_View::for_customer().
	 */
	public function __construct( private readonly array $view ) {}

	/** The list is on this page. */
	public static function load_assets(): void {
		Host_Html::load_assets();
	}

	/**
	 * Adds a line to a domain of the list.
	 *
	 * @param mixed $info   What the list says of it, by name.
	 * @param mixed $record The record.
	 *
	 * @return array<string, mixed>
	 */
	public static function add_line( $info, $record ): array {
		$info = (array) $info;
		$view = self::view_of( $record );
		if ( null !== $view ) {
			$info['domain_sync'] = array(
				'wrapper_classes' => 'domain-sync-row',
				'icon'            => '',
				'label'           => '',
				'value'           => array( new self( $view ), 'show' ),
			);
		}
		return $info;
	}

	/** Adds a widget to the dashboard of a customer's site, where the list has no filter. */
	public static function add_widget(): void {
		if ( class_exists( 'WP_Ultimo\Integrations\Integration_Registry' ) || ! Ultimate_Multisite::is_loaded() || ! Ultimate_Multisite::is_of_current_customer( get_current_blog_id() ) ) {
			return;
		}
		Host_Html::load_assets();
		wp_add_dashboard_widget( 'domain-sync-domains', __( 'Your domains', 'domain-sync-for-runcloud' ), array( self::class, 'show_widget' ) );
	}

	/** The widget. */
	public static function show_widget(): void {
		foreach ( function_exists( 'wu_get_domains' ) ? wu_get_domains( array( 'blog_id' => get_current_blog_id() ) ) : array() as $record ) {
			$view = self::view_of( $record );
			if ( null !== $view ) {
				printf( '<h3>%s</h3>', esc_html( $view['unicode'] ) );
				( new self( $view ) )->show();
			}
		}
	}

	/** Prints the domain. */
	public function show(): void {
		printf( '<div class="domain-sync-host">%s</div>', wp_kses( $this->html(), Host_Html::ALLOWED ) );
	}

	/**
	 * What the current user may see of a record's host; null where that is nothing.
	 *
	 * @param mixed $record A record of Ultimate Multisite's.
	 *
	 * @return array<string, mixed>|null
	 */
	private static function view_of( $record ): ?array {
		try {
			$site = (int) $record->get_blog_id();
			if ( ! Ultimate_Multisite::is_of_current_customer( $site ) ) {
				return null;
			}
			$row = Domain_List::find( Network::row_host_of( (string) $record->get_domain() ) );
			// The row is the network's last word: the host may be another site's by now.
			return null === $row || $site !== $row->site_id ? null : Domain_View::for_customer( $row, ( new Web_App() )->last_addresses() );
		} catch ( \Throwable $e ) {
			// The list is worth more than our line in it.
			return null;
		}
	}

	/** The domain as HTML. */
	private function html(): string {
		$domain      = $this->view['domain'];
		$certificate = $this->view['certificate'];
		$html        = Host_Html::state( __( 'Domain', 'domain-sync-for-runcloud' ), $domain['state'], $domain['label'], $domain['sentence'] )
			. Host_Html::next_step( $domain['next_step'] );
		if ( null !== $this->view['proof'] ) {
			return $html . Host_Html::proof( $this->view['proof'] ) . Host_Html::provider( $this->view['name_server'] );
		}
		if ( in_array( $domain['state'], array( 'yours', 'working' ), true ) && array() !== $this->view['dns'] ) {
			$html .= sprintf(
				'<details%s><summary>%s</summary>%s%s</details>',
				'yours' === $domain['state'] ? ' open="open"' : '',
				esc_html__( 'DNS records', 'domain-sync-for-runcloud' ),
				Host_Html::records( $this->view['dns'] ),
				Host_Html::provider( $this->view['name_server'] )
			);
		} elseif ( 'yours' === $domain['state'] ) {
			$html .= Host_Html::provider( $this->view['name_server'] );
		}
		return $html . Host_Html::state( __( 'HTTPS', 'domain-sync-for-runcloud' ), $certificate['state'], $certificate['label'], $certificate['sentence'] )
			. Host_Html::next_step( $certificate['next_step'] );
	}
}
