<?php
/**
 * What agents and other systems can ask for.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

use Domain_Sync_For_RunCloud\Admin\Access;
use Domain_Sync_For_RunCloud\Admin\Domain_View;
use Domain_Sync_For_RunCloud\Admin\Overview;
use Domain_Sync_For_RunCloud\Admin\Verification;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Origin;

/**
 * One service each, the same for abilities and REST: the services of screens and command line, with the same view models. Whoever calls one has been asked for
 * the capability before, and is asked here once more. What the store throws is one sentence, without the database's own words.
 */
final class Services {

	/**
	 * Whether who is logged in may.
	 *
	 * @return true|\WP_Error 401 for nobody, 403 for somebody else.
	 */
	public static function may(): bool|\WP_Error {
		return Access::is_allowed() ? true : new \WP_Error(
			'domain_sync_forbidden',
			__( 'Only an admin of the network can do this.', 'domain-sync-for-runcloud' ),
			array( 'status' => rest_authorization_required_code() )
		);
	}

	/**
	 * How everything is.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function overview(): array|\WP_Error {
		return self::serve( array( Overview::class, 'read' ) );
	}

	/**
	 * A page of domains.
	 *
	 * @param array<string, mixed>|object|null $input See Inputs::domains_wanted().
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function domains( array|object|null $input = null ): array|\WP_Error {
		return self::serve( static fn(): array => Pages::domains( (array) $input ) );
	}

	/**
	 * A page of the plan.
	 *
	 * @param array<string, mixed>|object|null $input See Inputs::plan_wanted().
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function plan( array|object|null $input = null ): array|\WP_Error {
		return self::serve( static fn(): array|\WP_Error => Pages::plan( (array) $input ) );
	}

	/**
	 * All of one domain.
	 *
	 * @param array<string, mixed> $input host.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function domain( array $input ): array|\WP_Error {
		return self::serve(
			static function () use ( $input ): array|\WP_Error {
				$host = Network::row_host_of( (string) $input['host'] );
				$row  = '' === $host ? null : Domain_List::find( $host );
				return null === $row ? new \WP_Error( 'domain_sync_not_known', __( 'Nobody knows this host here.', 'domain-sync-for-runcloud' ), array( 'status' => 404 ) ) : Domain_View::of( $row );
			}
		);
	}

	/**
	 * What is the matter with a host, as of now.
	 *
	 * @param array<string, mixed> $input host.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function verify( array $input ): array|\WP_Error {
		return self::serve(
			static function () use ( $input ): array|\WP_Error {
				$missing = Plugin::missing_extension();
				if ( null !== $missing ) {
					return new \WP_Error( 'domain_sync_extension', $missing, array( 'status' => 503 ) );
				}
				$host = Network::host_of( (string) $input['host'] );
				return null === $host ? new \WP_Error( 'domain_sync_host', __( 'This cannot be a host name.', 'domain-sync-for-runcloud' ), array( 'status' => 400 ) ) : Verification::of( $host );
			}
		);
	}

	/**
	 * Approves.
	 *
	 * @param array<string, mixed> $input hosts, kind.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function approve( array $input ): array|\WP_Error {
		return self::carry_out( Named::APPROVE, $input );
	}

	/**
	 * Declines.
	 *
	 * @param array<string, mixed> $input hosts, kind.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function decline( array $input ): array|\WP_Error {
		return self::carry_out( Named::DECLINE, $input );
	}

	/**
	 * Has hosts looked at.
	 *
	 * @param array<string, mixed> $input hosts.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function check( array $input ): array|\WP_Error {
		return self::carry_out( Named::CHECK, $input );
	}

	/**
	 * Adopts.
	 *
	 * @param array<string, mixed> $input hosts.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function adopt( array $input ): array|\WP_Error {
		return self::carry_out( Named::ADOPT, $input );
	}

	/**
	 * Calls removals off.
	 *
	 * @param array<string, mixed> $input hosts.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function undo( array $input ): array|\WP_Error {
		return self::carry_out( Named::UNDO, $input );
	}

	/**
	 * Tries again.
	 *
	 * @param array<string, mixed> $input hosts.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function retry( array $input ): array|\WP_Error {
		return self::carry_out( Named::RETRY, $input );
	}

	/**
	 * Orders certificates again.
	 *
	 * @param array<string, mixed> $input hosts.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function redeploy( array $input ): array|\WP_Error {
		return self::carry_out( Named::REDEPLOY, $input );
	}

	/**
	 * Removes.
	 *
	 * @param array<string, mixed> $input hosts.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function remove( array $input ): array|\WP_Error {
		return self::carry_out( Named::REMOVE, $input );
	}

	/**
	 * Does something about named hosts.
	 *
	 * @param string               $what  See Named.
	 * @param array<string, mixed> $input hosts, kind.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	private static function carry_out( string $what, array $input ): array|\WP_Error {
		return self::serve(
			static function () use ( $what, $input ): array {
				$names   = array_map( 'strval', array_filter( wp_parse_list( $input['hosts'] ), 'is_scalar' ) );
				$answers = Origin::during( Origin::SYSTEM, static fn(): array => Named::carry_out( $what, $names, (string) ( $input['kind'] ?? '' ) ) );
				return array(
					'done'  => count( array_filter( array_column( $answers, 'done' ) ) ),
					'hosts' => $answers,
				);
			}
		);
	}

	/**
	 * Serves who may be served.
	 *
	 * @param callable(): (array<string, mixed>|\WP_Error) $serve What.
	 *
	 * @return array<string, mixed>|\WP_Error
	 */
	private static function serve( callable $serve ): array|\WP_Error {
		$may = self::may();
		if ( true !== $may ) {
			return $may;
		}
		try {
			return $serve();
		} catch ( \Throwable $e ) {
			Log::error( sprintf( 'A request of another system broke off: %s in %s, line %d', get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
			return new \WP_Error( 'domain_sync_broke_off', __( 'This could not be read or written; the log of Domain Sync for RunCloud says where it broke off.', 'domain-sync-for-runcloud' ), array( 'status' => 500 ) );
		}
	}
}
