<?php
/**
 * What goes out, as JSON schemas.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

/**
 * They say what is there; further properties may come with later versions.
 */
final class Schemas {

	/**
	 * A page of domains.
	 *
	 * @return array<string, mixed>
	 */
	public static function domains(): array {
		return self::output(
			array(
				'domains' => array(
					'type'  => 'array',
					'items' => self::output(
						array(
							'host'        => self::text(),
							'unicode'     => self::text(),
							'site_id'     => array( 'type' => 'integer' ),
							'is_wanted'   => array( 'type' => 'boolean' ),
							'hold'        => self::text(),
							'domain'      => self::condition(),
							'certificate' => self::condition(),
						)
					),
				),
				'next'    => self::text( __( 'Ask for the next page with this as "after"; empty at the end. A page may be shorter than asked for.', 'domain-sync-for-runcloud' ) ),
			)
		);
	}

	/**
	 * A page of the plan.
	 *
	 * @return array<string, mixed>
	 */
	public static function plan(): array {
		return self::output(
			array(
				'headline' => self::text(),
				'lines'    => array(
					'type'  => 'array',
					'items' => self::output(
						array(
							'host'        => self::text(),
							'kind'        => self::text(),
							'state'       => self::text(),
							'label'       => self::text(),
							'reason'      => self::text(),
							'sentence'    => self::text(),
							'requests'    => array( 'type' => 'integer' ),
							'can_approve' => array( 'type' => 'boolean' ),
							'can_decline' => array( 'type' => 'boolean' ),
						)
					),
				),
				'next'     => self::text(),
			)
		);
	}

	/**
	 * All of one domain.
	 *
	 * @return array<string, mixed>
	 */
	public static function domain(): array {
		return self::output(
			array(
				'host'        => self::text(),
				'unicode'     => self::text(),
				'domain'      => self::condition(),
				'certificate' => self::condition(),
				'desired'     => array( 'type' => 'object' ),
				'actual'      => array( 'type' => 'object' ),
				'decision'    => array( 'type' => 'object' ),
				'work'        => array( 'type' => 'object' ),
				'history'     => array(
					'type'  => 'array',
					'items' => array( 'type' => 'object' ),
				),
			)
		);
	}

	/**
	 * What is the matter with a host, as of now.
	 *
	 * @return array<string, mixed>
	 */
	public static function verification(): array {
		$texts = array(
			'type'  => 'array',
			'items' => self::text(),
		);
		return self::output(
			array(
				'host'           => self::text(),
				'is_right'       => array( 'type' => 'boolean' ),
				'needs_somebody' => array( 'type' => 'boolean' ),
				'resolves_to'    => $texts,
				'should_be'      => $texts,
				'findings'       => array(
					'type'  => 'array',
					'items' => self::output(
						array(
							'about'     => self::word( '', array( 'panel', 'domain', 'certificate' ) ),
							'status'    => self::text(),
							'reason'    => self::text(),
							'sentence'  => self::text(),
							'next_step' => self::text(),
							'to_fix'    => array( 'type' => 'boolean' ),
						)
					),
				),
				'next_command'   => self::text(),
			)
		);
	}

	/**
	 * What came of each host.
	 *
	 * @return array<string, mixed>
	 */
	public static function answers(): array {
		return self::output(
			array(
				'done'  => array( 'type' => 'integer' ),
				'hosts' => array(
					'type'  => 'array',
					'items' => self::output(
						array(
							'host'     => self::text(),
							'done'     => array( 'type' => 'boolean' ),
							'reason'   => self::text(),
							'sentence' => self::text(),
						)
					),
				),
			)
		);
	}

	/**
	 * How everything is.
	 *
	 * @return array<string, mixed>
	 */
	public static function overview(): array {
		return self::output(
			array(
				'needs'    => array(
					'type'  => 'array',
					'items' => self::text(),
				),
				'obstacle' => array( 'type' => array( 'object', 'null' ) ),
				'plan'     => self::text(),
				'approved' => array( 'type' => 'integer' ),
				'next_at'  => self::text(),
			)
		);
	}

	/**
	 * How a domain or its certificate is.
	 *
	 * @return array<string, mixed>
	 */
	private static function condition(): array {
		return self::output(
			array(
				'status'    => self::text(),
				'reason'    => self::text(),
				'sentence'  => self::text(),
				'next_step' => self::text(),
				'since'     => self::text(),
			)
		);
	}

	/**
	 * An object that has these properties.
	 *
	 * @param array<string, array<string, mixed>> $properties Properties.
	 *
	 * @return array<string, mixed>
	 */
	private static function output( array $properties ): array {
		return array(
			'type'       => 'object',
			'properties' => $properties,
			'required'   => array_keys( $properties ),
		);
	}

	/**
	 * A text.
	 *
	 * @param string $description What it is.
	 *
	 * @return array<string, mixed>
	 */
	public static function text( string $description = '' ): array {
		return array_filter(
			array(
				'type'        => 'string',
				'description' => $description,
			)
		);
	}

	/**
	 * One of some words.
	 *
	 * @param string       $description What it is.
	 * @param list<string> $words       The words.
	 *
	 * @return array<string, mixed>
	 */
	public static function word( string $description, array $words ): array {
		return self::text( $description ) + array( 'enum' => $words );
	}
}
