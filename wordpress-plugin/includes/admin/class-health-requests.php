<?php
/**
 * Tests that wait for an answer over HTTP.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Panel;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;

/**
 * Whether RunCloud answers, and whether the log can be read from outside. RunCloud is asked under the lease, at most once an hour, and not while
 * nothing may be sent: what is kept of the answer is a reason's code and numbers.
 */
final class Health_Requests {

	/** Seconds for which an answer of RunCloud's is kept. */
	const KEPT = HOUR_IN_SECONDS;

	/** A folder that is not this WordPress's; else a reason's code or "". */
	private const OTHER_FOLDER = 'other-folder';

	/** Bytes of a log that are compared. */
	private const BYTES = 64;

	/**
	 * RunCloud can be reached, accepts the token, and has this server and web application.
	 *
	 * @return array<string, mixed>
	 */
	public static function connection(): array {
		try {
			$obstacle = Obstacle::read();
			if ( null !== $obstacle ) {
				return self::not_asked( $obstacle['sentence'] );
			}
			$block = Limits::blocks()[ Breaker::ALL ] ?? null;
			if ( null !== $block ) {
				return self::failed( $block['reason'], array( 'until' => $block['until'] ) );
			}
			$answer = self::kept() ?? self::ask();
		} catch ( \Throwable $e ) {
			return self::not_asked( __( 'The database did not answer as it should.', 'domain-sync-for-runcloud' ) );
		}
		return match ( true ) {
			null === $answer        => self::not_asked( __( 'Another process talks to RunCloud at this moment.', 'domain-sync-for-runcloud' ) ),
			'' === $answer['code']  => Site_Health::result(
				'connection',
				Site_Health::GOOD,
				__( 'RunCloud can be reached', 'domain-sync-for-runcloud' ),
				/* translators: %s: a time. */
				sprintf( __( 'It accepts the credentials, and has this server and this web application. Asked at %s.', 'domain-sync-for-runcloud' ), Overview::time( $answer['at'] ) )
			),
			default                 => self::failed( $answer['code'], $answer['details'] ),
		};
	}

	/** Somebody tested the connection: what is kept is older. */
	public static function forget(): void {
		try {
			Option::delete( Options::CONNECTION );
		} catch ( \RuntimeException $e ) {
			// It is forgotten within the hour.
			return;
		}
	}

	/**
	 * The log, which names hosts, cannot be read from outside.
	 *
	 * @return array<string, mixed>
	 */
	public static function logs(): array {
		$file = self::newest_log();
		if ( '' === $file ) {
			return Site_Health::result( 'logs', Site_Health::GOOD, __( 'There is no log that could be read from outside', 'domain-sync-for-runcloud' ), __( 'Ultimate Multisite has written none yet.', 'domain-sync-for-runcloud' ) );
		}
		$address = wp_upload_dir( null, false )['baseurl'] . '/wu-logs/' . rawurlencode( basename( $file ) );
		$begin   = (string) file_get_contents( $file, false, null, 0, self::BYTES ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- a file of this server.
		$answer  = wp_remote_get(
			$address,
			array(
				'timeout'             => 10,
				'redirection'         => 2,
				'limit_response_size' => self::BYTES,
				/** This filter is documented in wp-includes/class-wp-http-streams.php */
				'sslverify'           => apply_filters( 'https_local_ssl_verify', false ),
			)
		);
		if ( is_wp_error( $answer ) ) {
			return Site_Health::result( 'logs', Site_Health::RECOMMENDED, __( 'Whether logs can be read from outside is not known', 'domain-sync-for-runcloud' ), __( 'This server could not ask itself for one.', 'domain-sync-for-runcloud' ), array( __( 'Try to open the folder `wp-content/uploads/wu-logs/` of this site in a browser where you are not logged in.', 'domain-sync-for-runcloud' ) ) );
		}
		$body = (string) wp_remote_retrieve_body( $answer );
		if ( '' === $body || ! str_starts_with( $body, substr( $begin, 0, self::BYTES ) ) ) {
			return Site_Health::result( 'logs', Site_Health::GOOD, __( 'Logs of Ultimate Multisite cannot be read from outside', 'domain-sync-for-runcloud' ), __( 'The web server refuses to give them out.', 'domain-sync-for-runcloud' ) );
		}
		return Site_Health::result(
			'logs',
			Site_Health::RECOMMENDED,
			__( 'Logs of Ultimate Multisite can be read from outside', 'domain-sync-for-runcloud' ),
			__( 'Anybody who guesses the name of a file gets it. This plugin writes no secrets there, but hosts, times and reasons; others may write more.', 'domain-sync-for-runcloud' ),
			array(
				__( 'With nginx the folder\'s .htaccess does nothing. In the RunCloud dashboard, add to the web application\'s NGINX Config (location.main): `location ^~ /wp-content/uploads/wu-logs/ { deny all; }`', 'domain-sync-for-runcloud' ),
			)
		);
	}

	/**
	 * Asks RunCloud, if nobody else talks to it.
	 *
	 * @return array{at: int, code: string, details: array<string, int>}|null
	 */
	private static function ask(): ?array {
		$owner = bin2hex( random_bytes( 8 ) );
		if ( ! Limits::take_lease( $owner ) ) {
			return null;
		}
		try {
			Panel::for_run();
			$result = ( new Panel() )->introduce();
			Limits::note( 'test', $result, time() );
		} finally {
			Limits::end_lease( $owner );
		}
		if ( $result->is_ok ) {
			( new Web_App() )->keep_ssl( $result->value['ssl_mode'] );
		}
		$is_elsewhere = $result->is_ok && '' !== Connection_Test::other_folder( $result->value );
		$answer       = array(
			'at'      => time(),
			'web_app' => Web_App::name(),
			'code'    => $is_elsewhere ? self::OTHER_FOLDER : (string) $result->reason?->value,
			'details' => array_filter( array_intersect_key( $result->details, array( 'status' => 0, 'until' => 0 ) ), 'is_int' ),
		);
		Option::write( Options::CONNECTION, $answer );
		return $answer;
	}

	/**
	 * What RunCloud answered within the hour about this web application; null when it was not asked.
	 *
	 * @return array{at: int, code: string, details: array<string, int>}|null
	 */
	private static function kept(): ?array {
		$kept = Option::read( Options::CONNECTION );
		$age  = is_array( $kept ) ? time() - (int) ( $kept['at'] ?? 0 ) : self::KEPT;
		return $age < self::KEPT && $age > -MINUTE_IN_SECONDS && Web_App::name() === ( $kept['web_app'] ?? '' )
			? array(
				'at'      => (int) $kept['at'],
				'code'    => (string) ( $kept['code'] ?? '' ),
				'details' => (array) ( $kept['details'] ?? array() ),
			)
			: null;
	}

	/**
	 * That RunCloud was not asked.
	 *
	 * @param string $why A sentence.
	 *
	 * @return array<string, mixed>
	 */
	private static function not_asked( string $why ): array {
		return Site_Health::result( 'connection', Site_Health::RECOMMENDED, __( 'RunCloud was not asked', 'domain-sync-for-runcloud' ), $why, array( __( 'Put that right if it is wrong, then load this page again.', 'domain-sync-for-runcloud' ) ) );
	}

	/**
	 * That something is wrong.
	 *
	 * @param string               $code    A reason's code, or OTHER_FOLDER.
	 * @param array<string, mixed> $details The reason's arguments.
	 *
	 * @return array<string, mixed>
	 */
	private static function failed( string $code, array $details ): array {
		if ( self::OTHER_FOLDER === $code ) {
			return Site_Health::result( 'connection', Site_Health::CRITICAL, __( 'The id of the web application is another one\'s', 'domain-sync-for-runcloud' ), __( 'RunCloud has a web application with this id, but this WordPress is not in its folder.', 'domain-sync-for-runcloud' ), array( __( 'Press "Test connection" in the wizard of Ultimate Multisite: it names both folders. Then correct `WU_RUNCLOUD_APP_ID`.', 'domain-sync-for-runcloud' ) ) );
		}
		$reason   = Reason::tryFrom( $code ) ?? Reason::Unreachable;
		$is_while = $reason->is_retryable();
		return Site_Health::result(
			'connection',
			$is_while ? Site_Health::RECOMMENDED : Site_Health::CRITICAL,
			/* translators: %s: a few words. */
			sprintf( __( 'Connection to RunCloud: %s', 'domain-sync-for-runcloud' ), $reason->label() ),
			$reason->sentence( $details ),
			array( $reason->next_step( $details ) )
		);
	}

	/** The newest log of Ultimate Multisite's that is not empty, or "". Its folder is in the main site's uploads. */
	private static function newest_log(): string {
		$newest = '';
		foreach ( (array) glob( wp_upload_dir( null, false )['basedir'] . '/wu-logs/*.log' ) as $file ) {
			if ( filesize( $file ) > 0 && ( '' === $newest || filemtime( $file ) > filemtime( $newest ) ) ) {
				$newest = $file;
			}
		}
		return $newest;
	}
}
