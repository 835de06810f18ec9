<?php
/**
 * What the buttons of the setup do.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Walk;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Panel;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * One button goes as far as it can: a token that is saved is used at once to look for the web application; one that is found is set, where none is; and
 * with all of them set the connection is tested. Only reads are sent to RunCloud.
 */
final class Setup_Actions {

	const ACTION = 'domain_sync_setup';

	/** Bytes of a value at most. */
	const LONGEST = 1024;

	/** The form arrives. */
	public static function receive(): void {
		Access::must( self::ACTION );
		if ( ! Ultimate_Multisite::is_loaded() ) {
			Links::back( Said::of( 'no-network' ), Links::setup() );
		}
		match ( Input::text( 'do' ) ) {
			'save'      => self::save(),
			'find'      => self::with_lease( static fn() => self::find() ),
			'test'      => self::with_lease( static fn() => self::test() ),
			'switch-on' => self::switch_on(),
			default     => null,
		};
		Links::back( array(), Links::setup() );
	}

	/** Names of fields that were wrong, as sentences. */
	public static function wrong(): string {
		$sentences = array(
			'token'  => __( 'A token has letters, digits and signs, and no spaces; copy it whole from RunCloud.', 'domain-sync-for-runcloud' ),
			'key'    => __( 'A legacy personal space needs both, its key and its secret, without spaces.', 'domain-sync-for-runcloud' ),
			'server' => __( 'The server\'s id is a whole number, as in the dashboard\'s address: /servers/1001.', 'domain-sync-for-runcloud' ),
			'app'    => __( 'The web application\'s id is a whole number, as in the dashboard\'s address: /servers/1001/webapps/2001.', 'domain-sync-for-runcloud' ),
		);
		return implode( ' ', array_intersect_key( $sentences, array_flip( explode( '.', Input::text( Said::WRONG ) ) ) ) ) . ' ' . __( 'Nothing was saved.', 'domain-sync-for-runcloud' );
	}

	/** Stores what was filled in, all or nothing. */
	private static function save(): void {
		$values = self::filled_in();
		$wrong  = self::wrong_of( $values );
		if ( $wrong ) {
			Links::back( Said::of( 'setup-wrong' ) + array( Said::WRONG => implode( '.', $wrong ) ), Links::setup() );
		}
		if ( ! $values || ! Ultimate_Multisite::can_store() ) {
			Links::back( Said::of( 'setup-nothing' ), Links::setup() );
		}
		if ( isset( $values['token'] ) ) {
			$values += array( 'key' => '', 'secret' => '' );
		} elseif ( isset( $values['key'] ) ) {
			// A token would win over them.
			$values['token'] = '';
		}
		foreach ( $values as $name => $value ) {
			Ultimate_Multisite::store_credential( Setup_Form::FIELDS[ $name ], $value );
		}
		Credentials::read_anew();
		Setup_Note::forget();
		Log::info( 'Credentials were saved in the setup' );
		self::with_lease( static fn() => self::find_and_test() );
		Links::back( Said::of( 'setup-saved' ), Links::setup() );
	}

	/** Goes on with what is set now. */
	private static function find_and_test(): void {
		$credentials = Credentials::read();
		if ( $credentials->has_key() && 0 === $credentials->server_id && 0 === $credentials->web_app_id ) {
			self::find();
		} elseif ( $credentials->is_complete() ) {
			self::test();
		}
	}

	/** Looks for the web application. Where there is just one and no id is set, it is the one. */
	private static function find(): void {
		$result = ( new Panel() )->discover( untrailingslashit( Connection_Test::folder() ) );
		if ( ! $result->is_ok ) {
			self::note( 'web-app', (string) $result->reason?->value, '' !== $result->message ? $result->message : (string) $result->reason?->sentence( $result->details ) );
			return;
		}
		Setup_Note::keep_found( $result->value );
		$now = Credentials::read();
		if ( 1 === count( $result->value ) && 0 === $now->server_id && 0 === $now->web_app_id && Ultimate_Multisite::can_store() ) {
			Ultimate_Multisite::store_credential( Credentials::SERVER_ID, (string) $result->value[0]['server_id'] );
			Ultimate_Multisite::store_credential( Credentials::WEB_APP_ID, (string) $result->value[0]['web_app_id'] );
			Credentials::read_anew();
			self::test();
		}
	}

	/** Tests the connection. */
	private static function test(): void {
		Panel::for_run();
		$result = Connection_Test::run();
		if ( is_wp_error( $result ) ) {
			self::note( 'test', (string) $result->get_error_data(), $result->get_error_message() );
		} else {
			Setup_Note::end_error();
		}
	}

	/**
	 * Notes what is wrong, with the step that it is about.
	 *
	 * @param string $step     The step that found it.
	 * @param string $code     Code of the reason.
	 * @param string $sentence What is wrong.
	 */
	private static function note( string $step, string $code, string $sentence ): void {
		$about = match ( $code ) {
			Reason::Unauthorized->value                        => 'credentials',
			Reason::Web_App_Not_Found->value, 'other-folder'   => 'web-app',
			default                                            => $step,
		};
		Setup_Note::keep_error( $about, wp_strip_all_tags( $sentence ) );
	}

	/** Switches the integration on, and has the network looked through. */
	private static function switch_on(): void {
		Ultimate_Multisite::switch_on();
		Log::info( 'The integration was switched on in the setup' );
		Walk::ask();
		Queue::run_soon();
		Links::back( Said::of( 'switched-on' ), Links::setup() );
	}

	/**
	 * Does something while this process alone talks to RunCloud.
	 *
	 * @param callable(): void $call What.
	 */
	private static function with_lease( callable $call ): void {
		$owner = bin2hex( random_bytes( 8 ) );
		if ( ! Limits::take_lease( $owner ) ) {
			Links::back( Said::of( 'setup-busy' ), Links::setup() );
		}
		try {
			$call();
		} finally {
			Limits::end_lease( $owner );
		}
	}

	/**
	 * What was filled in. What wp-config.php says is not asked for.
	 *
	 * @return array<string, string> By names of Setup_Form::FIELDS.
	 */
	private static function filled_in(): array {
		$values = array();
		foreach ( Setup_Form::FIELDS as $name => $constant ) {
			$value = Input::text( $name );
			if ( '' !== $value && ! Credentials::is_constant( $constant ) ) {
				$values[ $name ] = $value;
			}
		}
		return $values;
	}

	/**
	 * Which of them cannot be right.
	 *
	 * @param array<string, string> $values Values.
	 *
	 * @return list<string>
	 */
	private static function wrong_of( #[\SensitiveParameter] array $values ): array {
		$wrong = array();
		foreach ( array( 'token', 'key', 'secret' ) as $name ) {
			if ( isset( $values[ $name ] ) && 1 !== preg_match( '/^[\x21-\x7e]{1,' . self::LONGEST . '}$/D', $values[ $name ] ) ) {
				$wrong[] = 'secret' === $name ? 'key' : $name;
			}
		}
		if ( isset( $values['key'] ) !== isset( $values['secret'] ) ) {
			$wrong[] = 'key';
		}
		foreach ( array( 'server', 'app' ) as $name ) {
			if ( isset( $values[ $name ] ) && 1 !== preg_match( '/^[1-9][0-9]{0,17}$/D', $values[ $name ] ) ) {
				$wrong[] = $name;
			}
		}
		return array_values( array_unique( $wrong ) );
	}
}
