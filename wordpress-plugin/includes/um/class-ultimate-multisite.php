<?php
/**
 * What the plugin asks of Ultimate Multisite and of the network.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Um;

/**
 * Domain records, settings, stored credentials and the log, the same way in all versions from 2.4.10 on.
 */
final class Ultimate_Multisite {

	const INTEGRATION = 'runcloud';

	/**
	 * Whether the admin switched the RunCloud integration on. All versions keep that in the same network option.
	 */
	public function is_enabled(): bool {
		$enabled = get_network_option( null, 'wu_host_integrations_enabled', array() );
		return is_array( $enabled ) && ! empty( $enabled[ self::INTEGRATION ] );
	}

	/**
	 * The site that a host belongs to now: by a domain record, or as the site's own address. 0 when the network does not want it.
	 *
	 * A record whose site is gone does not count: Ultimate Multisite leaves such behind when its early loader is off. The tables are
	 * read past all caches: a worker of the queue lives long enough to remember a record that was deleted meanwhile.
	 *
	 * @param string $host Host name.
	 *
	 * @throws \RuntimeException The database does not say. That must not pass for "nobody's": the host would be removed from RunCloud.
	 */
	public function site_of( string $host ): int {
		global $wpdb;
		$records = $wpdb->base_prefix . 'wu_domain_mappings';
		$sites   = $wpdb->blogs;
		// phpcs:disable WordPress.DB -- see above for caching; a table's name cannot be a placeholder.
		$suppressed = $wpdb->suppress_errors();
		$site_id    = $wpdb->get_var(
			$wpdb->prepare(
				"SELECT COALESCE(
					( SELECT site.blog_id FROM $records AS record JOIN $sites AS site ON site.blog_id = record.blog_id WHERE record.domain = %s LIMIT 1 ),
					( SELECT blog_id FROM $sites WHERE domain = %s LIMIT 1 ),
					0
				)",
				$host,
				$host
			)
		);
		$wpdb->suppress_errors( $suppressed );
		// phpcs:enable
		if ( null === $site_id ) {
			throw new \RuntimeException( "Whose host $host is could not be read from the database: $wpdb->last_error" ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
		}
		return (int) $site_id;
	}

	/**
	 * The hosts of a site: of its domain records, and its own address.
	 *
	 * @param int $site_id The site.
	 *
	 * @return list<string>
	 */
	public function hosts_of( int $site_id ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB -- as above.
		return $wpdb->get_col( $wpdb->prepare( "SELECT domain FROM {$wpdb->base_prefix}wu_domain_mappings WHERE blog_id = %d UNION SELECT domain FROM $wpdb->blogs WHERE blog_id = %d", $site_id, $site_id ) );
	}

	/**
	 * Hosts that the network has and nobody asked for: of domain records and sites that are newer than these.
	 *
	 * @param string $domains The table of domains.
	 * @param array{records: int, sites: int} $newest As newest() gave it.
	 * @param int $limit How many at most.
	 *
	 * @return list<string>
	 */
	public function not_desired( string $domains, array $newest, int $limit ): array {
		global $wpdb;
		$records = $wpdb->base_prefix . 'wu_domain_mappings';
		$unseen = "LEFT JOIN $domains AS domain ON domain.host = has.domain AND domain.desired = 'present' WHERE domain.id IS NULL AND";
		// phpcs:ignore WordPress.DB -- as above.
		return $wpdb->get_col(
			$wpdb->prepare(
				"SELECT has.domain FROM $records AS has JOIN $wpdb->blogs AS site ON site.blog_id = has.blog_id $unseen has.id > %d
				UNION SELECT has.domain FROM $wpdb->blogs AS has $unseen has.blog_id > %d LIMIT %d",
				$newest['records'],
				$newest['sites'],
				$limit
			)
		);
	}

	/**
	 * Hosts that are wanted and that the network has no more.
	 *
	 * @param string $domains The table of domains.
	 * @param int    $limit   How many at most.
	 *
	 * @return array<string, int> Site by host.
	 */
	public function not_here( string $domains, int $limit ): array {
		global $wpdb;
		$records = $wpdb->base_prefix . 'wu_domain_mappings';
		// phpcs:disable WordPress.DB -- as above.
		$rows = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT domain.host, domain.site_id FROM $domains AS domain
				LEFT JOIN ( $records AS record JOIN $wpdb->blogs AS mapped ON mapped.blog_id = record.blog_id ) ON record.domain = domain.host
				LEFT JOIN $wpdb->blogs AS site ON site.domain = domain.host
				WHERE domain.desired = 'present' AND domain.by_hand = 0 AND record.id IS NULL AND site.blog_id IS NULL
				ORDER BY domain.id LIMIT %d",
				$limit
			),
			ARRAY_A
		);
		// phpcs:enable
		return array_map( 'intval', array_column( $rows ?? array(), 'site_id', 'host' ) );
	}

	/**
	 * The ids of the newest domain record and the newest site.
	 *
	 * @return array{records: int, sites: int}
	 */
	public static function newest(): array {
		global $wpdb;
		// phpcs:disable WordPress.DB -- as above.
		$suppressed = $wpdb->suppress_errors();
		$newest     = array(
			'records' => (int) $wpdb->get_var( "SELECT MAX( id ) FROM {$wpdb->base_prefix}wu_domain_mappings" ),
			'sites'   => (int) $wpdb->get_var( "SELECT MAX( blog_id ) FROM $wpdb->blogs" ),
		);
		$wpdb->suppress_errors( $suppressed );
		// phpcs:enable
		return $newest;
	}

	/**
	 * Whether the whole network lives on a host, so that it is none of the plugin's business.
	 *
	 * @param string $host Host name.
	 */
	public function is_base_domain( string $host ): bool {
		return in_array( preg_replace( '/^www\./', '', $host ), $this->bases(), true );
	}

	/**
	 * The base domain that a host is a sub-domain of, or null. The longest one, should there be several.
	 *
	 * @param string $host Host name.
	 */
	public function base_of( string $host ): ?string {
		$bases = array_filter( $this->bases(), static fn( string $base ): bool => str_ends_with( $host, ".$base" ) );
		usort( $bases, static fn( string $one, string $other ): int => strlen( $other ) <=> strlen( $one ) );
		return $bases[0] ?? null;
	}

	/**
	 * Whether RunCloud is to serve "www." and the host as well: what the setting of Ultimate Multisite says, but never for a name
	 * that begins so already, nor for a sub-site of the network, whose "www." no DNS knows.
	 *
	 * @param string $host Host name.
	 */
	public function wants_www( string $host ): bool {
		$setting = false;
		if ( ! str_starts_with( $host, 'www.' ) && ! str_starts_with( $host, '*.' ) && null === $this->base_of( $host ) ) {
			$manager = $this->domain_manager();
			$setting = null !== $manager && method_exists( $manager, 'should_create_www_subdomain' ) && $manager->should_create_www_subdomain( $host );
		}
		/**
		 * Filters whether RunCloud is to serve "www." and a host as well.
		 *
		 * @param bool   $www  What Ultimate Multisite's setting says.
		 * @param string $host Host name.
		 */
		return (bool) apply_filters( 'domain_sync_www', $setting, $host );
	}

	/**
	 * What the wizard stored for a constant, or "".
	 *
	 * @param string $name The constant.
	 */
	public static function stored_credential( string $name ): string {
		$stored = get_network_option( null, "wu_hosting_credential_$name", '' );
		$store  = 'WP_Ultimo\Helpers\Credential_Store';
		if ( ! is_string( $stored ) || '' === $stored || ! class_exists( $store ) ) {
			return '';
		}
		try {
			return trim( (string) $store::decrypt( $stored ) );
		} catch ( \Throwable $e ) {
			// The salts of wp-config.php changed since: as good as not stored.
			return '';
		}
	}

	/**
	 * Writes a line to a log channel.
	 *
	 * @param string $channel The channel.
	 * @param string $message One line.
	 * @param string $level   A level of PSR-3.
	 *
	 * @return bool False when there is no Ultimate Multisite to write it.
	 */
	public static function log( string $channel, string $message, string $level ): bool {
		if ( ! function_exists( 'wu_log_add' ) ) {
			return false;
		}
		wu_log_add( $channel, $message, $level );
		return true;
	}

	/**
	 * Hosts that sites share: those of the networks and their main sites, and those the checkout offers addresses under.
	 *
	 * @return list<string>
	 */
	private function bases(): array {
		$bases = array();
		foreach ( get_networks() as $network ) {
			$bases[] = $network->domain;
			$bases[] = (string) get_site( get_main_site_id( (int) $network->id ) )?->domain;
		}
		$manager = $this->domain_manager();
		if ( null !== $manager && method_exists( $manager, 'get_checkout_form_base_domains' ) ) {
			$bases = array_merge( $bases, $manager->get_checkout_form_base_domains() );
		}
		$bases = array_map( static fn( $base ): string => (string) preg_replace( '/^www\./', '', strtolower( (string) $base ) ), $bases );
		return array_values( array_unique( array_filter( $bases ) ) );
	}

	/**
	 * Ultimate Multisite's domain manager, or null.
	 */
	private function domain_manager(): ?object {
		$manager = 'WP_Ultimo\Managers\Domain_Manager';
		return class_exists( $manager ) ? $manager::get_instance() : null;
	}
}
