<?php
/**
 * What is known of the web application.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Remotes;

/**
 * RunCloud meters requests by the month, and these facts change seldom: each is kept for a while, and for one web application only.
 *
 * They are hints: RunCloud may know better by now. But they are the newest that any process has learnt, and each is written without the others.
 * What must be exact stands elsewhere (orders in the history, limits in Limits).
 */
final class Web_App {

	/** Network option of the main network: all facts. */
	const OPTION = 'domain_sync_web_app';

	/**
	 * The web application's id.
	 */
	public static function id(): int {
		return Credentials::read()->web_app_id;
	}

	/**
	 * What facts about it are kept under: server and web application.
	 */
	public static function name(): string {
		$credentials = Credentials::read();
		return "{$credentials->server_id}/{$credentials->web_app_id}";
	}

	/**
	 * How SSL is set up: "basic", "advanced", "automatic", or "" when it is not known. "automatic" is kept for a day only, since nothing
	 * else would be asked for by which a change were found.
	 */
	public function ssl_mode(): string {
		$mode = (string) ( $this->fact( 'ssl', WEEK_IN_SECONDS )['mode'] ?? '' );
		return 'automatic' !== $mode || null !== $this->fact( 'ssl', DAY_IN_SECONDS ) ? $mode : '';
	}

	/**
	 * Id of the shared certificate of basic mode; 0 when there is none or it is not known.
	 */
	public function certificate_id(): int {
		return (int) ( $this->fact( 'ssl', WEEK_IN_SECONDS )['certificate_id'] ?? 0 );
	}

	/**
	 * RunCloud said how SSL is set up.
	 *
	 * @param string $mode           "basic", "advanced" or "automatic".
	 * @param int    $certificate_id In basic mode the certificate's id, or 0 when it was not said: the one known before stays.
	 */
	public function keep_ssl( string $mode, int $certificate_id = 0 ): void {
		$before = $this->fact( 'ssl', YEAR_IN_SECONDS )['mode'] ?? '';
		if ( 'basic' !== $mode ) {
			$certificate_id = 0;
		} elseif ( 0 === $certificate_id ) {
			$certificate_id = $this->certificate_id();
		}
		$this->keep(
			'ssl',
			array(
				'mode'           => $mode,
				'certificate_id' => $certificate_id,
			)
		);
		if ( 'basic' === $before && 'basic' !== $mode ) {
			Domain_List::wake_shared( self::id() );
		}
		if ( 'basic' === $before && 'advanced' === $mode ) {
			Log::info( sprintf( 'RunCloud has a certificate for each domain now: advanced SSL. %d covered hosts get theirs within a day', Domain_List::carry_over( self::id() ) ) );
		}
	}

	/**
	 * Addresses that DNS records should have; null when they are not known.
	 *
	 * @return list<string>|null
	 */
	public function addresses(): ?array {
		return $this->fact( 'addresses', DAY_IN_SECONDS );
	}

	/**
	 * The same for people: what was true last month is more than nothing.
	 *
	 * @return list<string> None when they are not known.
	 */
	public function last_addresses(): array {
		return $this->fact( 'addresses', MONTH_IN_SECONDS ) ?? array();
	}

	/**
	 * RunCloud said which addresses DNS records should have. None is no answer.
	 *
	 * @param list<string> $addresses The addresses.
	 */
	public function keep_addresses( array $addresses ): void {
		if ( array() !== $addresses ) {
			$this->keep( 'addresses', array_values( $addresses ) );
		}
	}

	/**
	 * How many names the shared certificate of basic mode is to hold; 0 in another mode.
	 */
	public function names(): int {
		return 'basic' === $this->ssl_mode() ? count( Remotes::shared_names( Remotes::shared( self::id() ) ) ) : 0;
	}

	/**
	 * When the shared certificate was last ordered, as a Unix time; 0 when it is not known.
	 */
	public function ordered_at(): int {
		return (int) $this->fact( 'ordered_at', YEAR_IN_SECONDS );
	}

	/**
	 * The shared certificate is ordered.
	 *
	 * @param int    $at  Unix time.
	 * @param string $set Hash of the names that it is expected to be for.
	 */
	public function keep_order( int $at, string $set ): void {
		$this->keep( 'ordered_at', $at );
		$this->keep( 'order_set', $set );
	}

	/**
	 * Hash of the names that the last order of the shared certificate counts for; "" when it is not known.
	 */
	public function order_set(): string {
		return (string) $this->fact( 'order_set', YEAR_IN_SECONDS );
	}

	/**
	 * The shared certificate as it was seen last, and which order brought it; null when nobody saw it yet.
	 *
	 * @return array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int}|null See Shared_Certificate::after().
	 */
	public function shared_certificate(): ?array {
		return $this->fact( 'certificate', YEAR_IN_SECONDS );
	}

	/**
	 * Another one is served, or more is known of it.
	 *
	 * @param array{serial: string, set: string, from: int, order: int, is_same: bool, kept: int} $certificate All that is known of it.
	 */
	public function keep_shared_certificate( array $certificate ): void {
		$this->keep( 'certificate', $certificate );
	}

	/**
	 * The order of the shared certificate after which RunCloud was asked last what it has; 0 when there was none.
	 */
	public function read_at(): int {
		return (int) $this->fact( 'read_at', YEAR_IN_SECONDS );
	}

	/**
	 * RunCloud was asked what it has after an order of the shared certificate.
	 *
	 * @param int $ordered_at When that was ordered, as a Unix time.
	 */
	public function keep_read( int $ordered_at ): void {
		$this->keep( 'read_at', $ordered_at );
	}

	/**
	 * What was found of domains that nobody looks at otherwise, by host.
	 *
	 * @return array<string, array{reason: string, name: string, since: int, at: int}>
	 */
	public function neighbours(): array {
		return (array) $this->fact( 'neighbours', WEEK_IN_SECONDS );
	}

	/**
	 * Domains that nobody looks at otherwise were looked at.
	 *
	 * @param array<string, array{reason: string, name: string, since: int, at: int}> $found All that is known of them, by host.
	 */
	public function keep_neighbours( array $found ): void {
		$this->keep( 'neighbours', $found );
	}

	/**
	 * Forgets everything, to be asked again.
	 */
	public function forget(): void {
		Option::delete( self::OPTION );
	}

	/**
	 * A fact, or null when it is not known or too old. One from the future (the clock was ahead) is not known either.
	 *
	 * @param string $name    Name of the fact.
	 * @param int    $max_age Seconds for which it is kept.
	 */
	private function fact( string $name, int $max_age ): mixed {
		$fact = $this->all()[ $name ] ?? null;
		$age  = is_array( $fact ) ? time() - (int) ( $fact['at'] ?? 0 ) : PHP_INT_MAX;
		return $age <= $max_age && $age > -MINUTE_IN_SECONDS ? $fact['value'] : null;
	}

	/**
	 * Keeps a fact.
	 *
	 * @param string $name  Name of the fact.
	 * @param mixed  $value What was learnt; nothing secret.
	 */
	private function keep( string $name, mixed $value ): void {
		$fact = array(
			'value' => $value,
			'at'    => time(),
		);
		Option::update( self::OPTION, static fn( mixed $facts ): array => array( $name => $fact ) + self::facts_of_now( $facts ) );
	}

	/**
	 * Everything known about the web application that the credentials name now.
	 *
	 * @return array<string, mixed>
	 */
	private function all(): array {
		return self::facts_of_now( Option::read( self::OPTION ) );
	}

	/**
	 * Facts of an option's value, if they are about the web application that the credentials name now.
	 *
	 * @param mixed $facts The value.
	 *
	 * @return array<string, mixed>
	 */
	private static function facts_of_now( mixed $facts ): array {
		$web_app = self::name();
		return is_array( $facts ) && ( $facts['web_app'] ?? '' ) === $web_app ? $facts : array( 'web_app' => $web_app );
	}
}
