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
 * Where the PHP that runs cron has not loaded the extension it asks PHP-FPM by one request to this machine's own site: signed, good for a minute and
 * for one use, without arguments, answered before the work begins. Where that does not arrive, the next page of wp-admin, or visit to wp-cron.php,
 * of PHP-FPM on the main site does the run.
 */
final class Handover {

	const ACTION = 'domain_sync_run';

	/** Seconds for which a request is good, and between two of them at least. */
	const LASTS = 60;

	/** Binds the receiving end. */
	public static function bind(): void {
		add_action( 'wp_ajax_nopriv_' . self::ACTION, array( self::class, 'receive' ) );
		add_action( 'wp_ajax_' . self::ACTION, array( self::class, 'receive' ) );
		add_action( 'admin_init', array( self::class, 'take_late' ) );
		if ( wp_doing_cron() ) {
			add_action( 'wp_loaded', array( self::class, 'take_late' ) );
		}
	}

	/** Asks, at most once a minute. */
	public static function ask(): void {
		$now  = time();
		$last = self::pending();
		if ( null !== $last && abs( $now - $last['at'] ) < self::LASTS ) {
			return;
		}
		if ( null === $last ) {
			Log::warning( sprintf( 'Jobs were left to another PHP, in %s with %s: %s', PHP_SAPI, php_ini_loaded_file() ? php_ini_loaded_file() : 'no php.ini', (string) Plugin::missing_extension() ) );
		}
		$token = bin2hex( random_bytes( 16 ) );
		Option::write(
			Options::HANDOVER,
			array(
				'token' => $token,
				'at'    => $now,
			)
		);
		wp_remote_post(
			get_admin_url( get_main_site_id(), 'admin-ajax.php' ),
			array(
				'blocking'  => false,
				'timeout'   => 1,
				'sslverify' => false,
				'body'      => array(
					'action'    => self::ACTION,
					'signature' => self::signature( $token, $now ),
				),
			)
		);
	}

	/** The request arrives: it is answered, and then the run begins. */
	public static function receive(): void {
		$pending   = self::pending();
		$signature = isset( $_POST['signature'] ) && is_string( $_POST['signature'] ) ? $_POST['signature'] : ''; // phpcs:ignore WordPress.Security -- compared with what only this network can sign.
		$is_good   = null !== $pending && abs( time() - $pending['at'] ) <= self::LASTS && hash_equals( self::signature( $pending['token'], $pending['at'] ), $signature );
		if ( ! $is_good || ! is_main_site() || ! Option::take( Options::HANDOVER, $pending ) ) {
			wp_die( '', '', array( 'response' => 403 ) );
		}
		self::run_after_answer();
		wp_die( '', '', array( 'response' => 202 ) );
	}

	/** A request that did not arrive in its minute is taken here. */
	public static function take_late(): void {
		if ( ( wp_doing_ajax() && ! wp_doing_cron() ) || ! is_main_site() || ! Plugin::is_in_charge() ) {
			return;
		}
		try {
			$pending = self::pending();
			if ( null !== $pending && abs( time() - $pending['at'] ) > self::LASTS / 2 && Option::take( Options::HANDOVER, $pending ) ) {
				self::run_after_answer();
			}
		} catch ( \RuntimeException $e ) {
			Log::warning( 'Whether another PHP left a run to this one could not be read: ' . $e->getMessage() );
		}
	}

	/** Runs when the answer has been sent. */
	private static function run_after_answer(): void {
		ignore_user_abort( true );
		add_action( 'shutdown', array( self::class, 'run' ), 100 );
	}

	/** The run. */
	public static function run(): void {
		if ( function_exists( 'fastcgi_finish_request' ) ) {
			fastcgi_finish_request();
		}
		Queue::run();
	}

	/**
	 * The request that waits.
	 *
	 * @return array{token: string, at: int}|null
	 */
	private static function pending(): ?array {
		$pending = Option::read( Options::HANDOVER );
		return is_array( $pending ) && isset( $pending['token'], $pending['at'] ) ? $pending : null;
	}

	/**
	 * What only this network can sign.
	 *
	 * @param string $token The request's token.
	 * @param int    $at    When it was made.
	 */
	private static function signature( string $token, int $at ): string {
		return hash_hmac( 'sha256', "domain-sync $token $at", wp_salt( 'auth' ) );
	}
}
