<?php
/**
 * The plugin in WordPress's Site Health.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Plugin;

/**
 * Which tests there are, who may see them, and the form of their results. On the main site only, for admins of the network; WordPress's weekly count
 * of what is amiss, made by cron, gets those that send nothing.
 */
final class Site_Health {

	// How a test ends.
	const GOOD        = 'good';
	const RECOMMENDED = 'recommended';
	const CRITICAL    = 'critical';

	/** The tests that are quick. */
	public const DIRECT = array(
		'extension' => Health_Server::class,
		'runners'   => Health_Server::class,
		'php'       => Health_Server::class,
		'roots'     => Health_Server::class,
		'constants' => Health_Server::class,
		'stored'    => Health_Server::class,
		'copy'      => Health_Work::class,
		'queue'     => Health_Work::class,
		'domains'   => Health_Work::class,
		'names'     => Health_Work::class,
	);

	/** Those that wait for an answer over HTTP; the page asks for each by itself. */
	public const ASYNC = array(
		'domain-sync-connection' => 'connection',
		'domain-sync-logs'       => 'logs',
	);

	/**
	 * Adds the tests.
	 *
	 * @param mixed $tests Tests by kind.
	 *
	 * @return array<string, mixed>
	 */
	public static function add_tests( $tests ): array {
		$tests = (array) $tests;
		if ( ! Plugin::is_main_site() || ! ( self::may_see() || wp_doing_cron() ) ) {
			return $tests;
		}
		foreach ( self::DIRECT as $test => $checks ) {
			$tests['direct'][ "domain_sync_$test" ] = array(
				'label' => self::title(),
				'test'  => array( $checks, $test ),
			);
		}
		foreach ( self::may_see() ? self::ASYNC : array() as $test => $check ) {
			$tests['async'][ str_replace( '-', '_', $test ) ] = array(
				'label'     => self::title(),
				'test'      => $test,
				'skip_cron' => true,
			);
		}
		return $tests;
	}

	/** Answers the page: whether RunCloud can be reached. */
	public static function answer_connection(): void {
		self::answer( 'connection' );
	}

	/** Answers the page: whether the log can be read from outside. */
	public static function answer_logs(): void {
		self::answer( 'logs' );
	}

	/** Whether the current user may see what the network's admin may. */
	public static function may_see(): bool {
		return Access::is_allowed() && current_user_can( 'view_site_health_checks' );
	}

	/**
	 * How a test ended, as WordPress shows it.
	 *
	 * @param string       $test      Name of the test.
	 * @param string       $status    GOOD, RECOMMENDED or CRITICAL.
	 * @param string       $label     What is so, in a few words; plain text, which WordPress escapes.
	 * @param string       $sentence  The same as a sentence; plain text.
	 * @param list<string> $next_step What to do, in sentences of plain text; what is between two backticks is a command or a setting.
	 *
	 * @return array<string, mixed>
	 */
	public static function result( string $test, string $status, string $label, string $sentence, array $next_step = array() ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => self::title(),
				'color' => 'blue',
			),
			'description' => self::paragraph( $sentence ),
			'actions'     => implode( '', array_map( array( self::class, 'paragraph' ), $next_step ) ),
			'test'        => "domain_sync_$test",
		);
	}

	/**
	 * A link to this plugin's own screen, as a further step.
	 *
	 * @param array<string, mixed> $result A result.
	 *
	 * @return array<string, mixed>
	 */
	public static function with_link( array $result ): array {
		$result['actions'] .= sprintf( '<p><a href="%s">%s</a></p>', esc_url( Links::to() ), esc_html__( 'Look at the domains', 'domain-sync-for-runcloud' ) );
		return $result;
	}

	/**
	 * A paragraph of HTML.
	 *
	 * @param string $text Plain text; what is between two backticks is a command or a setting.
	 */
	private static function paragraph( string $text ): string {
		return '<p>' . preg_replace( '/`([^`]+)`/', '<code>$1</code>', esc_html( $text ) ) . '</p>';
	}

	/** The plugin's name on a badge. */
	private static function title(): string {
		return __( 'Domain Sync', 'domain-sync-for-runcloud' );
	}

	/**
	 * Answers the page.
	 *
	 * @param string $check The test.
	 */
	private static function answer( string $check ): void {
		check_ajax_referer( 'health-check-site-status' );
		if ( ! self::may_see() || ! Plugin::is_main_site() ) {
			wp_send_json_error( null, 403 );
		}
		wp_send_json_success( Health_Requests::$check() );
	}
}
