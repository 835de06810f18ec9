<?php
/**
 * Hands a run over to a PHP that has the extension.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Sync;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Option;

/**
 * Where the PHP that runs cron has not loaded the extension it asks PHP-FPM by one request to this network's own main site: signed, good for a minute
 * and for one use, without arguments, answered before the work begins. Where that does not arrive, the next page of wp-admin, or visit to
 * wp-cron.php, of PHP-FPM on the main site does the run.
 *
 * The signature is looked at first, so that a forged request asks the database nothing.
 */
final class Handover {

	const ACTION = 'domain_sync_run';

	/** Seconds for which a request is good. */
	const LASTS = 60;

	/** Seconds between two requests at least: one a minute, from a cron that is never quite on time. */
	private const BETWEEN = 55;

	/** Seconds after which a request counts as not arrived. */
	private const LATE = 30;

	/** Seconds for which the notice is shown. */
	private const SHOWN_FOR = DAY_IN_SECONDS;

	/** So many requests in a row that did not arrive are no accident. */
	private const MISSED = 3;

	/** Asks, at most once a minute. */
	public static function ask(): void {
		$now     = time();
		$request = array(
			'token' => bin2hex( random_bytes( 16 ) ),
			'at'    => $now,
			// Our options are ASCII.
			'php'   => (string) preg_replace( '/[^\x20-\x7e]/', '?', sprintf( '%s, %s', PHP_SAPI, php_ini_loaded_file() ? php_ini_loaded_file() : 'no php.ini' ) ),
		);
		$before  = array();
		Option::update(
			Options::HANDOVER,
			static function ( mixed $record ) use ( $request, $now, &$before ): array {
				$before = self::whole( (array) $record );
				return self::is_soon_after( $before, $now ) ? $before : $request + array( 'missed' => '' === $before['token'] ? $before['missed'] : $before['missed'] + 1 );
			}
		);
		if ( self::is_soon_after( $before, $now ) ) {
			return;
		}
		if ( abs( $now - $before['at'] ) > self::SHOWN_FOR ) {
			Log::warning( sprintf( 'Runs are handed over to the PHP of the web server, since this one (%s) cannot do them: %s', $request['php'], (string) Plugin::missing_extension() ) );
		}
		if ( '' !== $before['token'] && self::MISSED === $before['missed'] + 1 ) {
			Log::warning( 'The request by which runs are handed over does not arrive at this network\'s own address, or is refused there. They wait for a page of wp-admin, or a visit to wp-cron.php.' );
		}
		wp_remote_post(
			get_admin_url( get_main_site_id(), 'admin-ajax.php' ),
			array(
				'blocking'    => false,
				'timeout'     => 1,
				'redirection' => 0,
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify'   => apply_filters( 'https_local_ssl_verify', false ),
				'body'        => array(
					'action'    => self::ACTION,
					'at'        => (string) $now,
					'token'     => $request['token'],
					'signature' => self::signature( $request['token'], $now ),
				),
			)
		);
	}

	/** The request arrives: it is answered, and then the run begins. */
	public static function receive(): void {
		$sent = array();
		foreach ( array( 'at', 'token', 'signature' ) as $name ) {
			$value         = $_POST[ $name ] ?? ''; // phpcs:ignore WordPress.Security -- compared with what only this network can sign.
			$sent[ $name ] = is_string( $value ) && strlen( $value ) <= 64 && ctype_xdigit( $value ) ? $value : '';
		}
		$at      = (int) $sent['at'];
		$is_good = Plugin::is_main_site() && abs( time() - $at ) <= self::LASTS && hash_equals( self::signature( $sent['token'], $at ), $sent['signature'] );
		if ( ! $is_good || ! Plugin::is_in_charge() || ! self::take( $sent['token'], $at ) ) {
			wp_die( '', '', array( 'response' => 403 ) );
		}
		self::run_after_answer();
		wp_die( '', '', array( 'response' => 202 ) );
	}

	/** A request that did not arrive is taken here: by a page of wp-admin, or a visit to wp-cron.php. */
	public static function take_late(): void {
		// Without a way to end the answer a page would load for as long as the run takes.
		if ( ! Plugin::is_main_site() || null !== Plugin::missing_extension() || ! ( wp_doing_cron() || self::can_answer() ) ) {
			return;
		}
		try {
			$record = self::whole( (array) Option::read( Options::HANDOVER, array() ) );
			if ( '' !== $record['token'] && abs( time() - $record['at'] ) > self::LATE && Plugin::is_in_charge() && self::take( $record['token'], $record['at'], true ) ) {
				self::run_after_answer();
			}
		} catch ( \Throwable $e ) {
			Log::error( 'Whether a run waits could not be read: ' . $e->getMessage() );
		}
	}

	/**
	 * What the admin should know: which PHP hands its runs over, and whether the requests arrive. Null when none did for a day.
	 *
	 * @param int $now Unix time.
	 *
	 * @return array{php: string, arrives: bool}|null
	 */
	public static function condition( int $now ): ?array {
		try {
			$record = self::whole( (array) Option::read( Options::HANDOVER, array() ) );
		} catch ( \Throwable $e ) {
			// No page is to break for it.
			return null;
		}
		return abs( $now - $record['at'] ) > self::SHOWN_FOR ? null : array(
			'php'     => $record['php'],
			'arrives' => $record['missed'] < self::MISSED,
		);
	}

	/** The run. */
	public static function run(): void {
		if ( function_exists( 'session_status' ) && PHP_SESSION_ACTIVE === session_status() ) {
			// Another page of the same browser would wait for it.
			session_write_close();
		}
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		} elseif ( function_exists( 'litespeed_finish_request' ) ) {
			litespeed_finish_request();
		}
		Queue::run();
	}

	/** Runs when the answer has been sent. */
	private static function run_after_answer(): void {
		ignore_user_abort( true );
		add_action( 'shutdown', array( self::class, 'run' ), 100 );
	}

	/** Whether this PHP can end its answer before the process ends. */
	private static function can_answer(): bool {
		return function_exists( 'fastcgi_finish_request' ) || function_exists( 'litespeed_finish_request' );
	}

	/**
	 * Takes a request, so that nobody else does. When it was asked for stays written: the next one waits for its minute, and a notice says so.
	 *
	 * @param string $token   The request's token.
	 * @param int    $at      When it was made.
	 * @param bool   $is_late Whether it had to be found, since it did not arrive.
	 */
	private static function take( string $token, int $at, bool $is_late = false ): bool {
		$is_there = false;
		Option::update(
			Options::HANDOVER,
			static function ( mixed $record ) use ( $token, $at, $is_late, &$is_there ): array {
				$whole    = self::whole( (array) $record );
				$is_there = '' !== $whole['token'] && $at === $whole['at'] && hash_equals( $whole['token'], $token );
				$after    = array(
					'token'  => '',
					'missed' => $is_late ? $whole['missed'] + 1 : 0,
				);
				return $is_there ? $after + $whole : $whole;
			}
		);
		return $is_there;
	}

	/**
	 * Whether the last request is less than a minute old. One from the future was made by a clock that was ahead.
	 *
	 * @param array{token: string, at: int, php: string, missed: int} $record The last request.
	 * @param int                                                     $now    Unix time.
	 */
	private static function is_soon_after( array $record, int $now ): bool {
		return abs( $now - $record['at'] ) < self::BETWEEN;
	}

	/**
	 * A record that has all its parts.
	 *
	 * @param array<string, mixed> $record As it was read.
	 *
	 * @return array{token: string, at: int, php: string, missed: int}
	 */
	private static function whole( array $record ): array {
		return array(
			'token'  => is_string( $record['token'] ?? null ) ? $record['token'] : '',
			'at'     => (int) ( $record['at'] ?? 0 ),
			'php'    => is_string( $record['php'] ?? null ) ? $record['php'] : '',
			'missed' => (int) ( $record['missed'] ?? 0 ),
		);
	}

	/**
	 * What only this network can sign.
	 *
	 * @param string $token The request's token.
	 * @param int    $at    When it was made.
	 */
	private static function signature( string $token, int $at ): string {
		return hash_hmac( 'sha256', implode( ' ', array( self::ACTION, get_main_network_id(), get_main_site_id(), $at, $token ) ), wp_salt( 'auth' ) );
	}
}
