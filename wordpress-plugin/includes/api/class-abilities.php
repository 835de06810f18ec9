<?php
/**
 * The services as abilities of WordPress.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Api;

/**
 * For agents, in WordPress 6.9 and later. What changes something takes hosts by name, and says whether it may be destructive.
 */
final class Abilities {

	const CATEGORY = 'domain-sync';

	/** Those that only read, and those that change something. */
	const READING  = array( 'overview', 'list', 'get', 'verify', 'plan' );
	const CHANGING = Named::VERBS;

	/** Those that change something and send nothing to RunCloud. */
	const HARMLESS = array( Named::CHECK, Named::DECLINE, Named::UNDO );

	/** The category. */
	public static function register_category(): void {
		wp_register_ability_category(
			self::CATEGORY,
			array(
				'label'       => __( 'Domain Sync', 'domain-sync-for-runcloud' ),
				'description' => __( 'Mapped domains of this network at RunCloud, what visitors are served there, and their certificates.', 'domain-sync-for-runcloud' ),
			)
		);
	}

	/** The abilities. */
	public static function register(): void {
		self::reading( 'overview', __( 'How everything is', 'domain-sync-for-runcloud' ), __( 'How the whole installation is: counts, what needs somebody, what blocks RunCloud, the month\'s requests. Sends nothing.', 'domain-sync-for-runcloud' ), array(), Schemas::overview() );
		self::reading( 'list', __( 'List domains', 'domain-sync-for-runcloud' ), __( 'A page of domains with their conditions, each with what somebody can do about it. Sends nothing.', 'domain-sync-for-runcloud' ), Inputs::domains_wanted(), Schemas::domains() );
		self::reading( 'get', __( 'Get a domain', 'domain-sync-for-runcloud' ), __( 'All that is known of one domain, with its history. Sends nothing.', 'domain-sync-for-runcloud' ), Inputs::host(), Schemas::domain() );
		self::reading( 'verify', __( 'Verify a domain', 'domain-sync-for-runcloud' ), __( 'Looks at DNS, HTTP and TLS of a host now, and says what is to be fixed. Also for a host that is not mapped yet. Takes up to 15 seconds; sends nothing to RunCloud.', 'domain-sync-for-runcloud' ), Inputs::host(), Schemas::verification() );
		self::reading( 'plan', __( 'Show the plan', 'domain-sync-for-runcloud' ), __( 'A page of what is to be done at RunCloud, and what waits for a decision. Sends nothing.', 'domain-sync-for-runcloud' ), Inputs::plan_wanted(), Schemas::plan() );
		self::changing( 'check', __( 'Look at domains', 'domain-sync-for-runcloud' ), __( 'Has DNS, HTTP and TLS of named hosts looked at in the next run. Sends nothing to RunCloud.', 'domain-sync-for-runcloud' ) );
		self::changing( 'retry', __( 'Try domains again', 'domain-sync-for-runcloud' ), __( 'Has what failed for named hosts tried again in the next run.', 'domain-sync-for-runcloud' ) );
		self::changing( 'redeploy', __( 'Order certificates again', 'domain-sync-for-runcloud' ), __( 'Has the certificates of named hosts ordered again, within the limits of Let\'s Encrypt.', 'domain-sync-for-runcloud' ) );
		self::changing( 'approve', __( 'Approve lines of the plan', 'domain-sync-for-runcloud' ), __( 'Approves what the plan says of named hosts, so that it is done at RunCloud: an addition, an adoption, a removal. Read the plan first, and name the kind that it says.', 'domain-sync-for-runcloud' ) );
		self::changing( 'decline', __( 'Decline lines of the plan', 'domain-sync-for-runcloud' ), __( 'Declines what the plan says of named hosts: they stay as they are.', 'domain-sync-for-runcloud' ) );
		self::changing( 'adopt', __( 'Adopt domains', 'domain-sync-for-runcloud' ), __( 'Has what others made at RunCloud for named hosts count as made by the plugin, so that it is changed and removed with the network\'s.', 'domain-sync-for-runcloud' ) );
		self::changing( 'undo', __( 'Call removals off', 'domain-sync-for-runcloud' ), __( 'Keeps at RunCloud what is about to be removed for named hosts.', 'domain-sync-for-runcloud' ) );
		self::changing( 'remove', __( 'Remove domains', 'domain-sync-for-runcloud' ), __( 'Has RunCloud\'s domains of named hosts removed that the network does not map any more, and ends what code asked for. What the network maps stays.', 'domain-sync-for-runcloud' ) );
	}

	/**
	 * Lets ours through to Ultimate Multisite's own MCP server.
	 *
	 * @param mixed $is_included Whether an ability is one of its.
	 * @param mixed $name        The ability.
	 */
	public static function include_in_mcp( $is_included, $name = '' ): bool {
		return (bool) $is_included || ( is_string( $name ) && str_starts_with( $name, self::CATEGORY . '/' ) );
	}

	/**
	 * Registers one that only reads.
	 *
	 * @param string                              $name        Its name.
	 * @param string                              $label       The same for people.
	 * @param string                              $description What it does.
	 * @param array<string, array<string, mixed>> $input       What comes in.
	 * @param array<string, mixed>                $output      What goes out.
	 */
	private static function reading( string $name, string $label, string $description, array $input, array $output ): void {
		$annotations = array(
			'readonly'    => true,
			'destructive' => false,
			'idempotent'  => true,
		);
		self::add( $name, compact( 'label', 'description' ), Inputs::input( $input ), $output, $annotations );
	}

	/**
	 * Registers one that changes something about named hosts.
	 *
	 * @param string $name        Its name.
	 * @param string $label       The same for people.
	 * @param string $description What it does.
	 */
	private static function changing( string $name, string $label, string $description ): void {
		// Not idempotent: WordPress would take such by DELETE, with the hosts in the address.
		$annotations = array(
			'readonly'    => false,
			'destructive' => ! in_array( $name, self::HARMLESS, true ),
			'idempotent'  => false,
		);
		self::add( $name, compact( 'label', 'description' ), Inputs::input( Inputs::of( $name ) ), Schemas::answers(), $annotations );
	}

	/**
	 * Registers one.
	 *
	 * @param string                $name        Its name.
	 * @param array<string, string> $texts       label, description.
	 * @param array<string, mixed>  $input       Schema of what comes in.
	 * @param array<string, mixed>  $output      Schema of what goes out.
	 * @param array<string, bool>   $annotations What it may do.
	 */
	private static function add( string $name, array $texts, array $input, array $output, array $annotations ): void {
		$services = array(
			'list' => 'domains',
			'get'  => 'domain',
		);
		wp_register_ability(
			self::CATEGORY . "/$name",
			$texts + array(
				'category'            => self::CATEGORY,
				'input_schema'        => $input,
				'output_schema'       => $output,
				'execute_callback'    => array( Services::class, $services[ $name ] ?? $name ),
				'permission_callback' => array( Services::class, 'may' ),
				'meta'                => array(
					'annotations'  => $annotations,
					'show_in_rest' => true,
				),
			)
		);
	}
}
