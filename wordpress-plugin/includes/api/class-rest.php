<?php
/**
 * The services over REST.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

/**
 * Below /wp-json/domain-sync/v1. Who asks logs in as WordPress's REST has it: an application password, or the cookie with the nonce "wp_rest"; with the
 * cookie alone nobody is logged in.
 */
final class Rest {

	const NAMESPACE = 'domain-sync/v1';

	/** Makes the routes known. */
	public static function register(): void {
		self::route( '/overview', 'GET', 'overview', array() );
		self::route( '/domains', 'GET', 'domains', Inputs::domains_wanted() );
		self::route( '/domains/(?P<host>[^/]+)', 'GET', 'domain', Inputs::host() );
		self::route( '/domains/(?P<host>[^/]+)/verify', 'GET', 'verify', Inputs::host() );
		self::route( '/plan', 'GET', 'plan', Inputs::plan_wanted() );
		foreach ( Named::VERBS as $what ) {
			self::route( "/$what", 'POST', $what, Inputs::of( $what ) );
		}
	}

	/**
	 * Answers a request.
	 *
	 * @param \WP_REST_Request $request The request.
	 *
	 * @return \WP_REST_Response|\WP_Error
	 */
	public static function answer( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
		$service = (string) ( $request->get_attributes()['service'] ?? '' );
		$input   = $request->get_params();
		if ( isset( $input['host'] ) ) {
			$input['host'] = rawurldecode( (string) $input['host'] );
		}
		return rest_ensure_response( 'overview' === $service ? Services::overview() : Services::$service( $input ) );
	}

	/**
	 * Makes one route known. It stands in no index.
	 *
	 * @param string                              $path    Its path.
	 * @param string                              $method  GET or POST.
	 * @param string                              $service A method of Services.
	 * @param array<string, array<string, mixed>> $args    What comes in.
	 */
	private static function route( string $path, string $method, string $service, array $args ): void {
		register_rest_route(
			self::NAMESPACE,
			$path,
			array(
				'methods'             => $method,
				'callback'            => array( self::class, 'answer' ),
				'permission_callback' => array( Services::class, 'may' ),
				'args'                => $args,
				'show_in_index'       => false,
				'service'             => $service,
			)
		);
	}
}
