<?php
/**
 * What the last button of the setup found.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * Kept for who pressed it, for an hour: an address carries no texts. What is kept is RunCloud's answer to one question, so that nothing else is decided by it.
 */
final class Setup_Note {

	/** User meta. */
	const META = 'domain_sync_setup';

	/** Web applications that are kept at most. */
	const MOST = 20;

	/**
	 * What a search for the web application found.
	 *
	 * @return list<array{server_id: int, web_app_id: int, name: string, root_path: string}>|null Null when nobody searched within the hour.
	 */
	public static function found(): ?array {
		$note = self::read();
		return isset( $note['found'] ) && is_array( $note['found'] ) ? array_values( $note['found'] ) : null;
	}

	/**
	 * What was wrong with a step, as a sentence; "" when nothing was.
	 *
	 * @param string $step Id of the step.
	 */
	public static function error( string $step ): string {
		$note = self::read();
		return ( $note['step'] ?? '' ) === $step && is_string( $note['error'] ?? null ) ? $note['error'] : '';
	}

	/**
	 * Web applications were looked for.
	 *
	 * @param list<array<string, mixed>> $found What was found, see Panel::discover().
	 */
	public static function keep_found( array $found ): void {
		$names = array( 'server_id' => 0, 'web_app_id' => 0, 'name' => 0, 'root_path' => 0 );
		self::keep( array( 'found' => array_map( static fn( array $one ): array => array_intersect_key( $one, $names ), array_slice( $found, 0, self::MOST ) ) ) );
	}

	/**
	 * Something is wrong. What was found before stays.
	 *
	 * @param string $step     Id of the step that somebody has to see to.
	 * @param string $sentence What.
	 */
	public static function keep_error( string $step, string $sentence ): void {
		self::keep( array( 'step' => $step, 'error' => $sentence ) + array_filter( array( 'found' => self::found() ), 'is_array' ) );
	}

	/** Nothing is wrong any more. What was found stays. */
	public static function end_error(): void {
		self::keep( array_filter( array( 'found' => self::found() ), 'is_array' ) );
	}

	/** Other credentials see other web applications. */
	public static function forget(): void {
		delete_user_meta( get_current_user_id(), self::META );
	}

	/**
	 * Writes it down.
	 *
	 * @param array<string, mixed> $note What.
	 */
	private static function keep( array $note ): void {
		update_user_meta( get_current_user_id(), self::META, wp_slash( array( 'at' => time() ) + $note ) );
	}

	/**
	 * What is kept, if it is not too old.
	 *
	 * @return array<string, mixed>
	 */
	private static function read(): array {
		$note = get_user_meta( get_current_user_id(), self::META, true );
		return is_array( $note ) && is_int( $note['at'] ?? null ) && abs( time() - $note['at'] ) < HOUR_IN_SECONDS ? $note : array();
	}
}
