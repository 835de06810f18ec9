<?php
/**
 * The plugin in what Site Health gives to copy.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Sync\Handover;

/**
 * What helps to help, and may be pasted into a forum: no secret, no host, no whole id.
 */
final class Health_Debug {

	/**
	 * Adds a section.
	 *
	 * @param mixed $sections Sections by name.
	 *
	 * @return array<string, mixed>
	 */
	public static function add_section( $sections ): array {
		$sections = (array) $sections;
		if ( ! Site_Health::may_see() || ! Plugin::is_main_site() ) {
			return $sections;
		}
		try {
			$fields = self::fields();
		} catch ( \Throwable $e ) {
			$fields = array( 'database' => self::field( __( 'Tables', 'domain-sync-for-runcloud' ), __( 'could not be read', 'domain-sync-for-runcloud' ), 'unreadable' ) );
		}
		$sections['domain-sync-for-runcloud'] = array(
			'label'  => __( 'Domain Sync for RunCloud', 'domain-sync-for-runcloud' ),
			'fields' => $fields,
		);
		return $sections;
	}

	/**
	 * The fields.
	 *
	 * @return array<string, array<string, string>>
	 */
	private static function fields(): array {
		$credentials = Credentials::read();
		$web_app     = new Web_App();
		$overview    = Overview::read();
		$texts       = Overview::texts( $overview );
		$handover    = Handover::condition( time() );
		$extension   = phpversion( 'runcloud' );
		$addresses   = count( $web_app->last_addresses() );
		$kind        = match ( true ) {
			'' !== $credentials->token => 'token',
			$credentials->is_v2()      => 'key and secret',
			default                    => 'none',
		};
		$fields = array(
			'extension'    => array( __( 'PHP extension', 'domain-sync-for-runcloud' ), false === $extension ? 'not loaded' : $extension ),
			'php'          => array( __( 'PHP of this page', 'domain-sync-for-runcloud' ), PHP_VERSION . ', ' . PHP_SAPI ),
			'handover'     => array( __( 'Runs are handed over', 'domain-sync-for-runcloud' ), null === $handover ? 'no' : ( $handover['arrives'] ? 'yes, they arrive' : 'yes, they do not arrive' ) ),
			'obstacle'     => array( __( 'In the way', 'domain-sync-for-runcloud' ), $overview['obstacle']['code'] ?? 'nothing' ),
			'credentials'  => array( __( 'Credentials', 'domain-sync-for-runcloud' ), $kind ),
			'missing'      => array( __( 'Constants that are missing', 'domain-sync-for-runcloud' ), self::listed( $credentials->missing() ) ),
			'unreadable'   => array( __( 'Stored values that cannot be read', 'domain-sync-for-runcloud' ), self::listed( Credentials::unreadable() ) ),
			'server'       => array( __( 'Server id', 'domain-sync-for-runcloud' ), self::shortened( $credentials->server_id ) ),
			'web_app'      => array( __( 'Web application id', 'domain-sync-for-runcloud' ), self::shortened( $credentials->web_app_id ) ),
			'ssl_mode'     => array( __( 'SSL mode', 'domain-sync-for-runcloud' ), '' === $web_app->ssl_mode() ? 'not known' : $web_app->ssl_mode() ),
			'names'        => array( __( 'Names in the shared certificate', 'domain-sync-for-runcloud' ), (string) $web_app->names() ),
			'addresses'    => array( __( 'Addresses of the server that are known', 'domain-sync-for-runcloud' ), (string) $addresses ),
			'domains'      => array( __( 'Domains', 'domain-sync-for-runcloud' ), $texts['domains'] ),
			'certificates' => array( __( 'Certificates', 'domain-sync-for-runcloud' ), $texts['certificates'] ),
			'on_hold'      => array( __( 'On hold', 'domain-sync-for-runcloud' ), $texts['on_hold'] ),
			'approved'     => array( __( 'Approved', 'domain-sync-for-runcloud' ), $texts['approved'] ),
			'inventory'    => array( __( 'List of domains', 'domain-sync-for-runcloud' ), $texts['inventory'] ),
			'blocks'       => array( __( 'Blocked', 'domain-sync-for-runcloud' ), $texts['blocks'] ),
			'requests'     => array( __( 'Requests of this month', 'domain-sync-for-runcloud' ), $texts['requests'] ),
			'settings'     => array( __( 'Settings', 'domain-sync-for-runcloud' ), $texts['settings'] ),
			'next_at'      => array( __( 'Due next', 'domain-sync-for-runcloud' ), $texts['next_at'] ),
			'cron'         => array( __( 'Cron\'s next event', 'domain-sync-for-runcloud' ), Overview::time( Health_Work::cron_since() ) ),
		);
		return array_map( static fn( array $field ): array => self::field( $field[0], $field[1] ), $fields );
	}

	/**
	 * A field.
	 *
	 * @param string      $label Its name.
	 * @param string      $value Its value.
	 * @param string|null $debug Its value in what is copied; null for the same.
	 *
	 * @return array<string, string>
	 */
	private static function field( string $label, string $value, ?string $debug = null ): array {
		return array(
			'label' => $label,
			'value' => $value,
			'debug' => $debug ?? $value,
		);
	}

	/**
	 * The end of an id: enough to compare two.
	 *
	 * @param int $id The id; 0 for none.
	 */
	private static function shortened( int $id ): string {
		return 0 === $id ? 'not set' : '…' . substr( (string) $id, -2 );
	}

	/**
	 * Names on one line.
	 *
	 * @param list<string> $names The names.
	 */
	private static function listed( array $names ): string {
		return $names ? implode( ', ', $names ) : 'none';
	}
}
