<?php
/**
 * The configuration of the environment: where things are is read from environment.json, what a test or a demo wants
 * defined (credentials, proxies, integrations) from constants.json, both beside the site's folder.
 */

$environment = json_decode( file_get_contents( dirname( __DIR__ ) . '/environment.json' ), true );
$constants   = json_decode( file_get_contents( dirname( __DIR__ ) . '/constants.json' ), true );

$constants += array(
	'DB_NAME'          => 'wordpress',
	'DB_USER'          => 'wordpress',
	'DB_PASSWORD'      => 'wordpress',
	'DB_HOST'          => 'localhost:' . $environment['socket'],
	'DB_CHARSET'       => 'utf8mb4',
	'DB_COLLATE'       => '',
	// The socket of the persistent object cache, where there is one; it is loaded only then.
	'REDIS_SOCKET'     => $environment['redis'] ?? '',
	'WP_DEBUG'         => true,
	'WP_DEBUG_LOG'     => $environment['logs'] . '/debug.log',
	'WP_DEBUG_DISPLAY' => false,
	'DISABLE_WP_CRON'  => true,
	'WP_DEFAULT_THEME' => 'twentytwentythree',
);

// A fixed phrase is enough here, but each is another one and none is missing: WordPress keeps the missing and the doubled ones in
// the database, and would ask for them there.
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $scheme ) {
	$constants += array(
		"{$scheme}_KEY"  => "the key of $scheme",
		"{$scheme}_SALT" => "the salt of $scheme",
	);
}

if ( 'single' !== getenv( 'RUNCLOUD_WORDPRESS_STAGE' ) ) {
	$constants += array(
		'WP_ALLOW_MULTISITE'   => true,
		'MULTISITE'            => true,
		'SUBDOMAIN_INSTALL'    => true,
		'DOMAIN_CURRENT_SITE'  => $environment['network_domain'],
		'PATH_CURRENT_SITE'    => '/',
		'SITE_ID_CURRENT_SITE' => 1,
		'BLOG_ID_CURRENT_SITE' => 1,
		'SUNRISE'              => true,
	);
}

foreach ( $constants as $name => $value ) {
	// WordPress asks of some constants only whether they are defined: null leaves one undefined.
	if ( null !== $value ) {
		define( $name, $value );
	}
}
unset( $environment, $constants, $scheme, $name, $value );

// A browser reaches the site on a port of the system's choice; the network's own addresses know no port.
if ( isset( $_SERVER['HTTP_HOST'] ) && preg_match( '/^(.+):(\d+)$/', $_SERVER['HTTP_HOST'], $address ) ) {
	$_SERVER['HTTP_HOST'] = $address[1];
	define( 'ENVIRONMENT_URL_PORT', (int) $address[2] );
}

$table_prefix = 'wp_';

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
