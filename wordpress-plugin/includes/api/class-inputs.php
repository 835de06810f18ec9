<?php
/**
 * What comes in, as JSON schemas.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Line;

/**
 * Arguments of the services, the same for abilities and REST.
 */
final class Inputs {

	/** Why a row may wait for a decision. */
	private const HOLDS = array( 'existing', 'mass-removal', 'other-app', 'ownership', 'declined' );

	/**
	 * Arguments of a list of domains.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function domains_wanted(): array {
		$statuses = array_column( Status::cases(), 'value' );
		return array(
			'status'      => Schemas::word( __( 'Only domains that are so.', 'domain-sync-for-runcloud' ), $statuses ),
			'certificate' => Schemas::word( __( 'Only domains whose certificate is so.', 'domain-sync-for-runcloud' ), $statuses ),
			'reason'      => Schemas::text( __( 'Only domains that are so for this reason, a code such as dns-elsewhere.', 'domain-sync-for-runcloud' ) ) + array( 'pattern' => '^[a-z0-9-]{1,32}$' ),
			'hold'        => Schemas::word( __( 'Only domains that wait for a decision because of this.', 'domain-sync-for-runcloud' ), self::HOLDS ),
			'site_id'     => array(
				'type'        => 'integer',
				'minimum'     => 0,
				'description' => __( 'Only domains of this site.', 'domain-sync-for-runcloud' ),
			),
		) + self::page_wanted();
	}

	/**
	 * Arguments of the plan.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function plan_wanted(): array {
		return array(
			'kind'  => Schemas::word( __( 'Only lines that are about this.', 'domain-sync-for-runcloud' ), Line::KINDS ),
			'state' => Schemas::word( __( 'Only lines that are so.', 'domain-sync-for-runcloud' ), array( Line::WAITS, Line::OPTIONAL, Line::APPROVED, Line::DECLINED, Line::ITSELF, Line::STAYS ) ),
		) + self::page_wanted();
	}

	/**
	 * One host.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function host(): array {
		return array(
			'host' => Schemas::text( __( 'Host name, in Unicode or ASCII.', 'domain-sync-for-runcloud' ) ) + array(
				'required'  => true,
				'minLength' => 1,
				'maxLength' => 300,
			),
		);
	}

	/**
	 * Named hosts. There is no word for all of them.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function hosts(): array {
		return array(
			'hosts' => array(
				'type'        => 'array',
				'required'    => true,
				'minItems'    => 1,
				'maxItems'    => Named::MOST,
				'items'       => array(
					'type'      => 'string',
					'minLength' => 1,
					'maxLength' => 300,
				),
				'description' => __( 'Host names, each of them; nothing stands for all.', 'domain-sync-for-runcloud' ),
			),
		);
	}

	/**
	 * Named hosts, and what is decided about them.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function decision(): array {
		return self::hosts() + array(
			'kind' => Schemas::word( __( 'Only where the plan still says this of a host, as whoever decides has read it.', 'domain-sync-for-runcloud' ), Line::KINDS ),
		);
	}

	/**
	 * Arguments of what is done about named hosts.
	 *
	 * @param string $what One of Named::VERBS.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function of( string $what ): array {
		return in_array( $what, array( Named::APPROVE, Named::DECLINE ), true ) ? self::decision() : self::hosts();
	}

	/**
	 * An object with these properties and no others.
	 *
	 * @param array<string, array<string, mixed>> $properties Properties; "required" stands in each.
	 *
	 * @return array<string, mixed>
	 */
	public static function input( array $properties ): array {
		$needed = array_keys( array_filter( $properties, static fn( array $one ): bool => ! empty( $one['required'] ) ) );
		$schema = array_filter(
			array(
				'type'       => 'object',
				'properties' => array_map( static fn( array $one ): array => array_diff_key( $one, array( 'required' => 0 ) ), $properties ),
			)
		) + array( 'additionalProperties' => false );
		return $needed ? $schema + array( 'required' => $needed ) : $schema + array( 'default' => (object) array() );
	}

	/**
	 * Arguments of every list.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	private static function page_wanted(): array {
		return array(
			'after' => Schemas::text( __( 'The "next" of the page before.', 'domain-sync-for-runcloud' ) ) + array( 'pattern' => '^[a-z0-9.*_-]{0,253}$' ),
			'limit' => array(
				'type'        => 'integer',
				'minimum'     => 1,
				'maximum'     => Pages::MOST,
				'default'     => Pages::LIMIT,
				'description' => __( 'Entries of a page.', 'domain-sync-for-runcloud' ),
			),
		);
	}
}
