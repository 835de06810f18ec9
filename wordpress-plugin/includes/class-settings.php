<?php
/**
 * What the network's admin sets.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Holder;
use Domain_Sync_For_RunCloud\Store\Option;

/**
 * Each setting has a default, and is one option together with the others. A value that no setting can have counts as the default.
 */
final class Settings {

	/** What each is by default. */
	const DEFAULTS = array(
		'policy'          => 'sync',
		'removal_delay'   => 0,
		'monthly_quota'   => 0,
		'inventory_share' => 10,
		'mail_after'      => 24,
		'ownership'       => Holder::AFTER_ANOTHER,
	);

	/** Beside the settings: the policy before the pause. */
	private const BEFORE_PAUSE = 'policy_before_pause';

	/** What each may be: one of these words, or a whole number from the first to the second. */
	const ALLOWED = array(
		'policy'          => array( 'sync', 'add-only', 'paused' ),
		'removal_delay'   => array( 0, 30 * 86400 ),
		'monthly_quota'   => array( 0, 100000000 ),
		'inventory_share' => array( 1, 100 ),
		'mail_after'      => array( 0, 720 ),
		'ownership'       => array( Holder::OFF, Holder::AFTER_ANOTHER, Holder::ALWAYS ),
	);

	/**
	 * A setting.
	 *
	 * policy: "sync", "add-only" (nothing is ever removed) or "paused" (nothing is sent). removal_delay: seconds that a host stays at RunCloud after the
	 * network dropped it. monthly_quota: requests that RunCloud grants each month; 0 when nobody knows. inventory_share: per cent of them that
	 * inventories may use. mail_after: hours that something has needed somebody when a mail says so; 0: never. ownership: who must
	 * prove that a host is theirs: "off" (nobody), "after-another-customer" (whoever maps what another customer had in the last year) or "always" (every
	 * customer).
	 *
	 * @param string $name Its name.
	 */
	public static function get( string $name ): string|int {
		return self::all()[ $name ];
	}

	/**
	 * All settings.
	 *
	 * @return array<string, string|int>
	 */
	public static function all(): array {
		$saved = Option::read( Options::SETTINGS );
		return array_filter( array_intersect_key( is_array( $saved ) ? $saved : array(), self::DEFAULTS ), self::is_allowed( ... ), ARRAY_FILTER_USE_BOTH ) + self::DEFAULTS;
	}

	/**
	 * Changes a setting.
	 *
	 * @param string     $name  Its name.
	 * @param string|int $value Its value; a number may come as text.
	 *
	 * @return string "" when it is changed; else what is wrong, as a sentence.
	 */
	public static function set( string $name, string|int $value ): string {
		if ( ! isset( self::DEFAULTS[ $name ] ) ) {
			/* translators: 1: what was given, 2: names of settings. */
			return sprintf( __( 'There is no setting "%1$s"; there are %2$s.', 'domain-sync-for-runcloud' ), $name, implode( ', ', array_keys( self::DEFAULTS ) ) );
		}
		$value = is_int( self::DEFAULTS[ $name ] ) && ctype_digit( (string) $value ) && strlen( (string) $value ) < 10 ? (int) $value : $value;
		if ( ! self::is_allowed( $value, $name ) ) {
			return is_int( self::DEFAULTS[ $name ] )
				/* translators: 1: name of a setting, 2: a number, 3: a number. */
				? sprintf( __( '%1$s is a whole number from %2$d to %3$d.', 'domain-sync-for-runcloud' ), $name, ...self::ALLOWED[ $name ] )
				/* translators: 1: name of a setting, 2: words. */
				: sprintf( __( '%1$s is one of: %2$s.', 'domain-sync-for-runcloud' ), $name, implode( ', ', self::ALLOWED[ $name ] ) );
		}
		Option::update(
			Options::SETTINGS,
			static function ( mixed $saved ) use ( $name, $value ): array {
				$saved = is_array( $saved ) ? $saved : array();
				$was   = $saved['policy'] ?? self::DEFAULTS['policy'];
				return array( $name => $value ) + ( 'paused' === $value && 'paused' !== $was ? array( self::BEFORE_PAUSE => $was ) : array() ) + $saved;
			}
		);
		if ( 'monthly_quota' === $name ) {
			Limits::end_all();
		} else {
			Domain_List::make_due_for_settings();
		}
		return '';
	}

	/** The policy that was in force before everything was paused, so that a pause turns "add-only" into nothing else. */
	public static function policy_before_pause(): string {
		$before = ( (array) Option::read( Options::SETTINGS, array() ) )[ self::BEFORE_PAUSE ] ?? '';
		return 'paused' !== $before && self::is_allowed( $before, 'policy' ) ? $before : self::DEFAULTS['policy'];
	}

	/**
	 * Requests that RunCloud grants each month; 0 when nobody knows.
	 *
	 * @param int|null $quota The setting, where it is at hand.
	 */
	public static function quota( ?int $quota = null ): int {
		$quota ??= self::get( 'monthly_quota' );
		/**
		 * Filters how many requests RunCloud grants each month.
		 *
		 * @since 0.1.0
		 *
		 * @param int $quota The setting; 0 when nobody knows.
		 */
		return max( 0, (int) Hooks::ask( static fn() => apply_filters( 'domain_sync_monthly_quota', $quota ), $quota, 'domain_sync_monthly_quota' ) );
	}

	/**
	 * Who must prove that a host is theirs.
	 *
	 * @param string|null $policy The setting, where it is at hand.
	 */
	public static function ownership( ?string $policy = null ): string {
		$policy ??= self::get( 'ownership' );
		/**
		 * Filters who must prove that a host is theirs: "off", "after-another-customer" (whoever takes a host over that another customer had) or
		 * "always". What is below a domain of the network itself need never be proven.
		 *
		 * @since 0.1.0
		 *
		 * @param string $policy The setting.
		 */
		$filtered = Hooks::ask( static fn() => apply_filters( 'domain_sync_ownership_policy', $policy ), $policy, 'domain_sync_ownership_policy' );
		return self::is_allowed( $filtered, 'ownership' ) ? $filtered : $policy;
	}

	/**
	 * Whether a setting may be so.
	 *
	 * @param mixed  $value The value.
	 * @param string $name  Name of the setting.
	 */
	private static function is_allowed( mixed $value, string $name ): bool {
		$allowed = self::ALLOWED[ $name ];
		return is_int( self::DEFAULTS[ $name ] ) ? is_int( $value ) && $value >= $allowed[0] && $value <= $allowed[1] : in_array( $value, $allowed, true );
	}
}
