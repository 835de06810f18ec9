<?php
/**
 * Whether this network may speak to RunCloud at all.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;

/**
 * A copy of a network (staging) has the rows and the credentials of the real one, and what is tried there must not reach the real web
 * application. So nothing is sent where the type of the environment is not "production", nor where the main domain is another one than the
 * admin confirmed. Switching the plugin off and on confirms nothing.
 */
final class Identity {

	/**
	 * Notes that this is the network, unless one is noted already.
	 */
	public static function note_first(): void {
		if ( '' === self::noted() ) {
			self::confirm();
		}
	}

	/**
	 * The admin says that this is the network from now on.
	 */
	public static function confirm(): void {
		if ( ! in_array( self::noted(), array( '', self::mark() ), true ) ) {
			Review::begin( Review::MOVED );
		}
		Option::write( Options::NETWORK, self::mark(), get_current_network_id() );
	}

	/**
	 * Why nothing may be sent from here; null when it may.
	 */
	public static function obstacle(): ?Reason {
		$reason = null;
		if ( 'production' !== wp_get_environment_type() ) {
			$reason = Reason::Environment;
		} elseif ( ! self::is_noted() ) {
			$reason = Reason::Copy;
		}
		/**
		 * Filters whether this installation counts as a copy, from which nothing is sent to RunCloud.
		 *
		 * @since 0.1.0
		 *
		 * @param bool   $copy   What the environment's type and the main domain say.
		 * @param string $reason "environment", "copy" or "".
		 */
		$is_copy = (bool) Hooks::ask( static fn() => apply_filters( 'domain_sync_is_copy', null !== $reason, (string) $reason?->value ), true, 'domain_sync_is_copy' );
		return $is_copy ? ( $reason ?? Reason::Copy ) : null;
	}

	/**
	 * What is the matter and what to do, as sentences for the admin; "" when all is well.
	 */
	public static function advice(): string {
		$reason  = self::obstacle();
		$details = array( 'environment' => wp_get_environment_type() );
		return null === $reason ? '' : $reason->sentence( $details ) . ' ' . $reason->next_step( $details );
	}

	/**
	 * Says in the log why nothing is sent, once a day.
	 *
	 * @param int $now Unix time.
	 */
	public static function say_so( int $now ): void {
		if ( abs( $now - (int) Option::read( Options::OBSTACLE_SAID_AT, 0 ) ) >= DAY_IN_SECONDS ) {
			Option::write( Options::OBSTACLE_SAID_AT, $now );
			Log::warning( self::advice() );
		}
	}

	/**
	 * Whether the mark that is noted is this network's, or none is. Where that cannot be read nothing may be sent.
	 */
	private static function is_noted(): bool {
		try {
			return in_array( self::noted(), array( '', self::mark() ), true );
		} catch ( \RuntimeException $e ) {
			return false;
		}
	}

	/**
	 * The mark that is noted, or "". Not a cache's word for it: that may still be from before the database was copied here.
	 */
	private static function noted(): string {
		return (string) Option::read( Options::NETWORK, '', get_current_network_id() );
	}

	/**
	 * Not the domain in plain words, which a search and replace over the copied database would change as well.
	 */
	private static function mark(): string {
		return md5( (string) get_network()?->domain );
	}
}
