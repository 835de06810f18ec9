<?php
/**
 * Addresses of the screens.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * All screens are one page of the Network Admin, below whatever menu; a word in the address says which.
 */
final class Links {

	const PAGE = 'domain-sync';

	// Tabs beside the list.
	const PLAN     = 'plan';
	const SETTINGS = 'settings';
	const SETUP    = 'setup';

	/**
	 * A screen.
	 *
	 * @param array<string, string|int> $arguments What it is to show; what is "" is left out.
	 */
	public static function to( array $arguments = array() ): string {
		$arguments = array_filter( $arguments, static fn( string|int $value ): bool => '' !== $value );
		return add_query_arg( array_map( 'rawurlencode', array_map( 'strval', array( 'page' => self::PAGE ) + $arguments ) ), self::network( 'admin.php' ) );
	}

	/**
	 * The page of a host.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function domain( string $host ): string {
		return self::to( array( 'host' => $host ) );
	}

	/**
	 * The list of a site's domains.
	 *
	 * @param int $site_id The site.
	 */
	public static function site( int $site_id ): string {
		return self::to( array( 'site' => $site_id ) );
	}

	/** The plan. */
	public static function plan(): string {
		return self::to( array( 'tab' => self::PLAN ) );
	}

	/** The way from activation to done. */
	public static function setup(): string {
		return self::to( array( 'tab' => self::SETUP ) );
	}

	/** Where forms are posted to. */
	public static function post(): string {
		return get_admin_url( get_main_site_id(), 'admin-post.php' );
	}

	/**
	 * A page of WordPress's own Network Admin.
	 *
	 * @param string $path Its path.
	 */
	public static function network( string $path ): string {
		return network_admin_url( $path );
	}

	/**
	 * Goes back to where a form was, or to a screen of ours, and says there what came of it.
	 *
	 * @param array<string, string|int> $said  See Said.
	 * @param string                    $where A screen of ours; "" for the page of the form.
	 */
	public static function back( array $said, string $where = '' ): void {
		$from = '' !== $where ? $where : (string) wp_get_referer();
		$from = '' !== $from ? remove_query_arg( array( 'confirm', 'ids', 'kind', 'hold', ...Said::NAMES ), $from ) : self::to();
		wp_safe_redirect( add_query_arg( array_map( 'rawurlencode', array_map( 'strval', $said ) ), $from ) );
		exit;
	}
}
