<?php
/**
 * What Ultimate Multisite's wizard says about RunCloud.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

use Domain_Sync_For_RunCloud\Admin\Links;
use Domain_Sync_For_RunCloud\Panel\Credentials;

/**
 * Its own instructions show a dashboard that RunCloud no longer has, and know no key and secret.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
final class Wizard {

	/** Prints the instructions. */
	public static function print_instructions(): void {
		$steps = array(
			__( 'In the RunCloud dashboard, open the settings of your workspace, then API Management. Switch the API on, make a token and copy it.', 'domain-sync-for-runcloud' ),
			__( 'Where the workspace allows some addresses only, add this server\'s: calls from others are refused like a wrong token.', 'domain-sync-for-runcloud' ),
			__( 'Open the web application of this network in the dashboard. Its address ends in /servers/1001/webapps/2001: the first number is the server\'s id, the second the web application\'s.', 'domain-sync-for-runcloud' ),
			__( 'A legacy personal space has an API key and an API secret instead of a token: WU_RUNCLOUD_API_KEY and WU_RUNCLOUD_API_SECRET. Leave the token empty then.', 'domain-sync-for-runcloud' ),
		);
		printf( '<h1>%s</h1><ol>', esc_html__( 'Instructions', 'domain-sync-for-runcloud' ) );
		foreach ( $steps as $step ) {
			printf( '<li>%s</li>', esc_html( $step ) );
		}
		printf( '</ol><p><a href="%s">%s</a></p>', esc_url( Links::setup() ), esc_html__( 'Domain Sync\'s own setup finds the ids by itself', 'domain-sync-for-runcloud' ) );
	}

	/**
	 * The fields of the wizard.
	 *
	 * @param bool $has_pair Whether the wizard can keep a key and a secret.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function fields( bool $has_pair ): array {
		$secret = array(
			'type'      => 'password',
			'html_attr' => array( 'autocomplete' => 'new-password' ),
		);
		$fields = array(
			Credentials::TOKEN      => array(
				'title' => __( 'API token', 'domain-sync-for-runcloud' ),
				'desc'  => __( 'From RunCloud: settings of the workspace, API Management.', 'domain-sync-for-runcloud' ),
			) + $secret,
			Credentials::SERVER_ID  => array(
				'title'       => __( 'Server id', 'domain-sync-for-runcloud' ),
				'desc'        => __( 'The first number in the dashboard\'s address of the web application.', 'domain-sync-for-runcloud' ),
				'placeholder' => '1001',
			),
			Credentials::WEB_APP_ID => array(
				'title'       => __( 'Web application id', 'domain-sync-for-runcloud' ),
				'desc'        => __( 'The second number there.', 'domain-sync-for-runcloud' ),
				'placeholder' => '2001',
			),
		);
		if ( $has_pair ) {
			$legacy                        = __( 'Only for a legacy personal space, which has no token.', 'domain-sync-for-runcloud' );
			$fields[ Credentials::KEY ]    = array(
				'title' => __( 'API key', 'domain-sync-for-runcloud' ),
				'desc'  => $legacy,
			) + $secret;
			$fields[ Credentials::SECRET ] = array(
				'title' => __( 'API secret', 'domain-sync-for-runcloud' ),
				'desc'  => $legacy,
			) + $secret;
		}
		return $fields;
	}
}
