<?php
/**
 * Asks other plugins, whose faults are not ours.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * A filter or a listener that throws must not stop what is done for other hosts.
 */
final class Hooks {

	/**
	 * What a filter says, or something else where it throws.
	 *
	 * @param callable $apply   Applies the filter; its name stands there.
	 * @param mixed    $default What counts where it throws.
	 * @param string   $name    Its name, for the log.
	 */
	public static function ask( callable $apply, mixed $default, string $name ): mixed {
		static $logged = array();
		try {
			return $apply();
		} catch ( \Throwable $e ) {
			if ( ! isset( $logged[ $name ] ) ) {
				$logged[ $name ] = true;
				Log::warning( sprintf( 'A filter or listener of %s failed: %s in %s, line %d', $name, get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
			}
			return $default;
		}
	}

	/**
	 * Tells that a domain, or its certificate, is in another condition than before.
	 *
	 * @param Domain $row            The row as it was.
	 * @param Reason $reason         How it is now.
	 * @param bool   $is_certificate Whether that is about its certificate.
	 */
	public static function condition_changed( Domain $row, Reason $reason, bool $is_certificate ): void {
		self::changed( $row->host, $is_certificate ? $row->certificate_reason : $row->domain_reason, $reason, $is_certificate );
	}

	/**
	 * The same, where there is no row of before.
	 *
	 * @param string      $host           Host name.
	 * @param Reason|null $old            How it was; null when nobody knew.
	 * @param Reason      $reason         How it is now.
	 * @param bool        $is_certificate Whether that is about its certificate.
	 */
	public static function changed( string $host, ?Reason $old, Reason $reason, bool $is_certificate = false ): void {
		if ( $old === $reason ) {
			return;
		}
		self::ask(
			static function () use ( $host, $reason, $is_certificate, $old ): void {
				/**
				 * Fires when a domain, or its certificate, is in another condition than before: once for each change that the network, a step at
				 * RunCloud or a look brings about. What the admin decides in the plan is announced by the step that follows.
				 *
				 * @since 0.1.0
				 *
				 * @param string $host  Host name.
				 * @param string $which "domain" or "certificate".
				 * @param string $old   Code of the reason before, or "".
				 * @param string $new   Code of the reason now.
				 */
				do_action( 'domain_sync_condition_changed', $host, $is_certificate ? 'certificate' : 'domain', (string) $old?->value, $reason->value );
			},
			null,
			'domain_sync_condition_changed'
		);
		if ( Status::Action !== $reason->status() || Status::Action === $old?->status() ) {
			return;
		}
		self::ask(
			static function () use ( $host, $reason ): void {
				/**
				 * Fires when somebody has to do something about a domain or its certificate, and had not before.
				 *
				 * @since 0.1.0
				 *
				 * @param string $host   Host name.
				 * @param string $reason Code of the reason.
				 */
				do_action( 'domain_sync_needs_action', $host, $reason->value );
			},
			null,
			'domain_sync_needs_action'
		);
	}

	/** Whether anybody listens to changes of conditions: where many rows change in one statement they are only read then. */
	public static function are_followed(): bool {
		return has_action( 'domain_sync_condition_changed' ) || has_action( 'domain_sync_needs_action' );
	}

	/**
	 * Tells that visitors of a domain reach this network.
	 *
	 * @param string $host Host name.
	 */
	public static function domain_ready( string $host ): void {
		self::ask(
			static function () use ( $host ): void {
				/**
				 * Fires when visitors of a domain reach this network.
				 *
				 * @since 0.1.0
				 *
				 * @param string $host Host name.
				 */
				do_action( 'domain_sync_domain_ready', $host );
			},
			null,
			'domain_sync_domain_ready'
		);
	}

	/**
	 * Tells that a certificate that covers a domain is served.
	 *
	 * @param string $host Host name.
	 */
	public static function certificate_ready( string $host ): void {
		self::ask(
			static function () use ( $host ): void {
				/**
				 * Fires when a certificate that covers a domain is served.
				 *
				 * @since 0.1.0
				 *
				 * @param string $host Host name.
				 */
				do_action( 'domain_sync_certificate_ready', $host );
			},
			null,
			'domain_sync_certificate_ready'
		);
	}

	/**
	 * Tells that the web application's list of domains was read to its end.
	 *
	 * @param int $total    How many domains it has.
	 * @param int $vanished How many that are mapped here were not among them.
	 */
	public static function inventory_finished( int $total, int $vanished ): void {
		self::ask(
			static function () use ( $total, $vanished ): void {
				/**
				 * Fires when the web application's list of domains was read to its end.
				 *
				 * @since 0.1.0
				 *
				 * @param int $total    How many domains it has.
				 * @param int $vanished How many that are mapped here were not among them.
				 */
				do_action( 'domain_sync_inventory_finished', $total, $vanished );
			},
			null,
			'domain_sync_inventory_finished'
		);
	}
}
