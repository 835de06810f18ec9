<?php
/**
 * What the network itself says: the only statements on the tables of WordPress and of Ultimate Multisite.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Table;
use RunCloud\Exception\ExceptionInterface;

/**
 * Hosts of domain records and of sites. All is read past the caches, since a worker of the queue lives long enough to remember a record that
 * another process deleted, and nothing is joined on text: the tables may have another collation than ours.
 *
 * A host's form is the extension's. The network may have it in Unicode or with a full stop at the end; both are found.
 */
final class Network {

	/** Names in one statement. */
	const PIECE = 500;

	/** Names of one page of the walk. */
	const PAGE = 1000;

	/** The site's metadata that says whose it is. */
	const CUSTOMER = 'wu_customer_id';

	/** Stages of Ultimate Multisite in which a record counts; in the others it is inactive only until its checks are over. */
	private const STAGES_THAT_COUNT = array( 'done', 'done-without-ssl' );

	/**
	 * The form of a host name that all else uses, or null when the text cannot be one.
	 *
	 * @param string $name As somebody wrote it.
	 */
	public static function host_of( string $name ): ?string {
		try {
			return \RunCloud\normalize_host( trim( $name ) );
		} catch ( ExceptionInterface | \ValueError ) {
			return null;
		}
	}

	/**
	 * The host whose row belongs to a name, also in a PHP without the extension: what is written there in the extension's form is found, anything else
	 * is found nowhere. Good for looking a row up, and for nothing else.
	 *
	 * @param string $name As somebody wrote it.
	 */
	public static function row_host_of( string $name ): string {
		if ( null === Plugin::missing_extension() ) {
			return (string) self::host_of( $name );
		}
		$name = strtolower( trim( $name ) );
		return preg_match( '/^[a-z0-9.*_-]+$/D', $name ) ? $name : '';
	}

	/**
	 * What the network wants of hosts now. A host that is not in the answer is not wanted by it.
	 *
	 * A record whose site is gone does not count: Ultimate Multisite leaves such behind when its early loader is off.
	 *
	 * @param list<string> $hosts Host names as the extension writes them.
	 *
	 * @return array<string, array{site_id: int, network_id: int, customer_id: int, suspended: bool, sources: list<string>}> By host.
	 *
	 * @throws \RuntimeException The database does not say. That must not pass for "nobody's".
	 */
	public static function find( array $hosts ): array {
		$found = array();
		foreach ( array_chunk( $hosts, self::PIECE ) as $piece ) {
			$names = self::writable( 'record', $piece );
			$list  = implode( ', ', array_fill( 0, count( $names ), '%s' ) );
			$rows  = self::rows( 'SELECT ' . self::RECORD . ", record.domain FROM {records} AS record JOIN {sites} AS site ON site.blog_id = record.blog_id WHERE record.domain IN ($list) ORDER BY record.id", $names );
			self::gather( $found, self::without_ours( $rows ), 'record', array_flip( $piece ) );
			$names = self::writable( 'site', $piece );
			$list  = implode( ', ', array_fill( 0, count( $names ), '%s' ) );
			self::gather( $found, self::rows( 'SELECT site.domain, ' . self::SITE . " FROM {sites} AS site WHERE site.domain IN ($list) ORDER BY site.blog_id", $names ), 'site', array_flip( $piece ) );
		}
		return self::with_customers( $found );
	}

	/**
	 * Records of hosts that take visitors: the active ones, and the primary ones. Of a host with "www." and the one without Ultimate Multisite takes the
	 * primary record, active or not.
	 *
	 * @param list<string> $hosts Host names as the extension writes them, PIECE at most.
	 *
	 * @return array<string, array<string, int>> What each is (Domain::WAS_ACTIVE, WAS_PRIMARY), by host and by the host as the record has it.
	 */
	public static function taking_records( array $hosts ): array {
		$found = array();
		$names = self::writable( 'record', $hosts );
		$list  = implode( ', ', array_fill( 0, count( $names ), '%s' ) );
		foreach ( $names ? self::rows( "SELECT domain, active, primary_domain FROM {records} WHERE domain IN ($list) AND ( active = 1 OR primary_domain = 1 )", $names ) : array() as $row ) {
			$host = self::row_host_of( (string) $row['domain'] );
			if ( in_array( $host, $hosts, true ) ) {
				$found[ $host ][ (string) $row['domain'] ] = ( '1' === $row['active'] ? Domain::WAS_ACTIVE : 0 ) | ( '1' === $row['primary_domain'] ? Domain::WAS_PRIMARY : 0 );
			}
		}
		return $found;
	}

	/**
	 * Records of a host that are not active.
	 *
	 * @param string $host Host name as the extension writes it.
	 *
	 * @return list<string> The host as the records have it.
	 */
	public static function inactive_records( string $host ): array {
		$names = self::writable( 'record', array( $host ) );
		$list  = implode( ', ', array_fill( 0, count( $names ), '%s' ) );
		$rows  = self::rows( "SELECT domain FROM {records} WHERE domain IN ($list) AND active = 0", $names );
		return array_column( array_filter( $rows, static fn( array $row ): bool => self::row_host_of( (string) $row['domain'] ) === $host ), 'domain' );
	}

	/**
	 * Whether one of a site's records is the primary one.
	 *
	 * @param int $site_id The site.
	 */
	public static function has_primary( int $site_id ): bool {
		return array() !== self::rows( 'SELECT id FROM {records} WHERE blog_id = %d AND primary_domain = 1 LIMIT 1', array( $site_id ) );
	}

	/**
	 * Makes records inactive, and none the primary one, where Ultimate Multisite itself cannot.
	 *
	 * @param list<string> $names Hosts as the records have them.
	 *
	 * @throws \RuntimeException The database refused.
	 */
	public static function switch_off( array $names ): void {
		global $wpdb;
		$list = implode( ', ', array_fill( 0, count( $names ), '%s' ) );
		if ( false === $wpdb->query( self::prepare( "UPDATE {records} SET active = 0, primary_domain = 0 WHERE domain IN ($list)", $names ) ) ) { // phpcs:ignore WordPress.DB -- see above for caching.
			throw new \RuntimeException( 'A record could not be made inactive.' );
		}
	}

	/**
	 * The customer of a site; 0 for the network's own.
	 *
	 * @param int $site_id The site.
	 */
	public static function customer_of( int $site_id ): int {
		return (int) ( self::rows( 'SELECT meta_value FROM {site_meta} WHERE blog_id = %d AND meta_key = %s', array( $site_id, self::CUSTOMER ) )[0]['meta_value'] ?? 0 );
	}

	/**
	 * Whether the network wants a host.
	 *
	 * @param string $name As somebody wrote it.
	 */
	public static function has( string $name ): bool {
		$host = self::host_of( $name );
		return null !== $host && array() !== self::find( array( $host ) );
	}

	/**
	 * One page of the names that the network has, by primary key.
	 *
	 * @param string $source "record" or "site".
	 * @param int    $after  Id of the last one of the page before.
	 *
	 * @return list<array{id: int, name: string, site_id: int}>
	 */
	public static function page( string $source, int $after ): array {
		// Straight: from the side of the sites the database would read every record of a site that has many, for each page.
		$rows = 'record' === $source
			? self::rows( 'SELECT STRAIGHT_JOIN record.id, record.domain, record.blog_id FROM {records} AS record JOIN {sites} AS site ON site.blog_id = record.blog_id WHERE record.id > %d ORDER BY record.id LIMIT %d', array( $after, self::PAGE ) )
			: self::rows( 'SELECT site.blog_id AS id, site.domain, site.blog_id FROM {sites} AS site WHERE site.blog_id > %d ORDER BY site.blog_id LIMIT %d', array( $after, self::PAGE ) );
		return array_map(
			static fn( array $row ): array => array(
				'id'      => (int) $row['id'],
				'name'    => (string) $row['domain'],
				'site_id' => (int) $row['blog_id'],
			),
			$rows
		);
	}

	/**
	 * Names of the records of a site, and its own address.
	 *
	 * @param int $site_id The site.
	 *
	 * @return list<string>
	 */
	public static function names_of( int $site_id ): array {
		return array_column( self::rows( 'SELECT domain FROM {records} WHERE blog_id = %d UNION SELECT domain FROM {sites} WHERE blog_id = %d', array( $site_id, $site_id ) ), 'domain' );
	}

	/**
	 * Whether there is a site.
	 *
	 * @param int $site_id The site.
	 */
	public static function has_site( int $site_id ): bool {
		return array() !== self::rows( 'SELECT blog_id FROM {sites} WHERE blog_id = %d', array( $site_id ) );
	}

	/**
	 * The ids of the newest domain record and the newest site.
	 *
	 * @return array{record: int, site: int}
	 *
	 * @throws \RuntimeException The database does not say.
	 */
	public static function newest(): array {
		return array(
			'record' => (int) self::rows( 'SELECT MAX( id ) AS id FROM {records}' )[0]['id'],
			'site'   => (int) self::rows( 'SELECT MAX( blog_id ) AS id FROM {sites}' )[0]['id'],
		);
	}

	/**
	 * Whether the web application serves the host as its own: the main domain of a network or of its main site, with and without "www.".
	 *
	 * @param string $host Host name.
	 */
	public static function is_main( string $host ): bool {
		return in_array( self::without_www( $host ), self::mains(), true );
	}

	/**
	 * The shared host that a host lies below, or "": that of a network, or one that the checkout offers addresses under. The longest one,
	 * should there be several.
	 *
	 * @param string            $host  Host name.
	 * @param list<string>|null $bases What get_bases() gave, for many hosts.
	 */
	public static function get_base_of( string $host, ?array $bases = null ): string {
		$longest = '';
		foreach ( $bases ?? self::get_bases() as $base ) {
			if ( str_ends_with( $host, ".$base" ) && strlen( $base ) > strlen( $longest ) ) {
				$longest = $base;
			}
		}
		return $longest;
	}

	/**
	 * All shared hosts.
	 *
	 * @return list<string>
	 */
	public static function get_bases(): array {
		return array_values( array_unique( array( ...self::mains(), ...self::offered() ) ) );
	}

	/**
	 * Whether RunCloud is to serve "www." and the host as well: what Ultimate Multisite's setting says, but never for a name that begins so
	 * already, nor for a wildcard, a shared host or a sub-site, whose "www." no DNS knows.
	 *
	 * @param string $host Host name.
	 */
	public static function wants_www( string $host ): bool {
		$setting = false;
		if ( ! str_starts_with( $host, 'www.' ) && ! str_starts_with( $host, '*.' ) && ! in_array( $host, self::offered(), true ) && '' === self::get_base_of( $host ) ) {
			$manager = self::domain_manager();
			$setting = null !== $manager && method_exists( $manager, 'should_create_www_subdomain' ) && $manager->should_create_www_subdomain( $host );
		}
		/**
		 * Filters whether RunCloud is to serve "www." and a host as well.
		 *
		 * @since 0.1.0
		 *
		 * @param bool   $www  What Ultimate Multisite's setting says.
		 * @param string $host Host name.
		 */
		return (bool) apply_filters( 'domain_sync_www', $setting, $host );
	}

	/** What is read of a site, and of a record and its site. */
	private const SITE   = 'site.blog_id, site.site_id, site.archived, site.spam, site.deleted';
	private const RECORD = 'record.id, record.active, record.stage, ' . self::SITE;

	/**
	 * Puts rows into the answer. A record says more than a site's address.
	 *
	 * @param array<string, array<string, mixed>>      $found  The answer so far.
	 * @param list<array<string, string|null>>         $rows   Rows of one table.
	 * @param string                                   $source "record" or "site".
	 * @param array<string, int>                       $wanted Hosts that are asked for, as keys.
	 */
	private static function gather( array &$found, array $rows, string $source, array $wanted ): void {
		foreach ( $rows as $row ) {
			// The database's idea of equal texts is not ours: to it "strasse" is "straße".
			$host = self::host_of( (string) $row['domain'] );
			if ( null === $host || ! isset( $wanted[ $host ] ) ) {
				continue;
			}
			$found[ $host ] ??= array(
				'site_id'     => (int) $row['blog_id'],
				'network_id'  => (int) $row['site_id'],
				'customer_id' => 0,
				'suspended'   => self::is_suspended( $row ),
				'sources'     => array(),
			);
			// Of several sites that share a host one that is not switched off is enough.
			$found[ $host ]['suspended'] = $found[ $host ]['suspended'] && self::is_suspended( $row );
			if ( ! in_array( $source, $found[ $host ]['sources'], true ) ) {
				$found[ $host ]['sources'][] = $source;
			}
		}
	}

	/**
	 * Records, those as active that we made inactive until their hosts are proven: that is nothing that the admin decided.
	 *
	 * @param list<array<string, string|null>> $rows Records.
	 *
	 * @return list<array<string, string|null>>
	 */
	private static function without_ours( array $rows ): array {
		$hosts = array();
		foreach ( $rows as $at => $row ) {
			if ( '0' === $row['active'] && in_array( $row['stage'], self::STAGES_THAT_COUNT, true ) ) {
				$hosts[ $at ] = self::row_host_of( (string) $row['domain'] );
			}
		}
		foreach ( array_intersect( $hosts, $hosts ? Domain_List::withheld( array_values( $hosts ) ) : array() ) as $at => $host ) {
			$rows[ $at ]['active'] = '1';
		}
		return $rows;
	}

	/**
	 * Whether the site or the record is switched off.
	 *
	 * @param array<string, string|null> $row Of a record or a site.
	 */
	private static function is_suspended( array $row ): bool {
		$is_off    = '1' === $row['archived'] || '1' === $row['spam'] || '1' === $row['deleted']
			|| ( isset( $row['stage'] ) && '0' === $row['active'] && in_array( $row['stage'], self::STAGES_THAT_COUNT, true ) );
		/**
		 * Filters whether a site or its record counts as switched off: its host then stays at RunCloud as it is, and no new one is made.
		 *
		 * @since 0.1.0
		 *
		 * @param bool   $suspended Whether the site is archived, spam or deleted, or the record is not active.
		 * @param string $name      The host as the network writes it.
		 * @param int    $site_id   The site.
		 */
		return (bool) Hooks::ask( static fn() => apply_filters( 'domain_sync_site_suspended', $is_off, (string) $row['domain'], (int) $row['blog_id'] ), $is_off, 'domain_sync_site_suspended' );
	}

	/**
	 * Adds the customers of the sites.
	 *
	 * @param array<string, array<string, mixed>> $found The answer so far.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	private static function with_customers( array $found ): array {
		$sites = array_values( array_unique( array_column( $found, 'site_id' ) ) );
		foreach ( array_chunk( $sites, self::PIECE ) as $piece ) {
			$list      = implode( ', ', array_fill( 0, count( $piece ), '%d' ) );
			$rows      = self::rows( "SELECT blog_id, meta_value FROM {site_meta} WHERE blog_id IN ($list) AND meta_key = %s", array( ...$piece, self::CUSTOMER ) );
			$customers = array_column( $rows, 'meta_value', 'blog_id' );
			foreach ( $found as $host => $one ) {
				if ( isset( $customers[ $one['site_id'] ] ) ) {
					$found[ $host ]['customer_id'] = (int) $customers[ $one['site_id'] ];
				}
			}
		}
		return $found;
	}

	/**
	 * How a table may have hosts written. wpdb refuses a whole statement that holds a letter which its table cannot.
	 *
	 * @param string       $source "record" or "site".
	 * @param list<string> $hosts  Host names as the extension writes them.
	 *
	 * @return list<string>
	 */
	private static function writable( string $source, array $hosts ): array {
		global $wpdb;
		$names = array();
		foreach ( $hosts as $host ) {
			$unicode = Unicode::of( $host );
			$is_wide = 1 === preg_match( '/[\xf0-\xf7]/', $unicode );
			if ( $is_wide && 'utf8mb4' !== $wpdb->get_col_charset( 'record' === $source ? "{$wpdb->base_prefix}wu_domain_mappings" : $wpdb->blogs, 'domain' ) ) {
				$unicode = $host;
			}
			foreach ( array_unique( array( $host, $unicode ) ) as $name ) {
				array_push( $names, $name, "$name." );
			}
		}
		return $names;
	}

	/**
	 * Main domains of the networks and their main sites.
	 *
	 * @return list<string>
	 */
	private static function mains(): array {
		$mains = array();
		foreach ( get_networks() as $network ) {
			$mains[] = self::without_www( $network->domain );
			$mains[] = self::without_www( (string) get_site( get_main_site_id( (int) $network->id ) )?->domain );
		}
		return array_values( array_unique( array_filter( $mains ) ) );
	}

	/**
	 * Hosts that the checkout offers addresses under.
	 *
	 * @return list<string>
	 */
	private static function offered(): array {
		$manager = self::domain_manager();
		$bases   = null !== $manager && method_exists( $manager, 'get_checkout_form_base_domains' ) ? $manager->get_checkout_form_base_domains() : array();
		return array_diff( array_map( static fn( $base ): string => self::without_www( (string) $base ), $bases ), array( '' ) );
	}

	/**
	 * A host without its "www.".
	 *
	 * @param string $host Host name.
	 */
	private static function without_www( string $host ): string {
		return (string) preg_replace( '/^www\./', '', strtolower( $host ) );
	}

	/**
	 * Ultimate Multisite's domain manager, or null.
	 */
	private static function domain_manager(): ?object {
		$manager = 'WP_Ultimo\Managers\Domain_Manager';
		return class_exists( $manager ) ? $manager::get_instance() : null;
	}

	/**
	 * Rows of the network's tables.
	 *
	 * @param string       $sql  The statement; names in braces stand for tables.
	 * @param array<mixed> $args Values of its placeholders.
	 *
	 * @return list<array<string, string|null>>
	 *
	 * @throws \RuntimeException The database refused.
	 */
	private static function rows( string $sql, array $args = array() ): array {
		global $wpdb;
		// Replicas lag: what was written a moment ago would be missing.
		Table::read_primary();
		$suppressed = $wpdb->suppress_errors();
		$rows       = $wpdb->get_results( self::prepare( $sql, $args ), ARRAY_A ); // phpcs:ignore WordPress.DB -- see above for caching.
		$wpdb->suppress_errors( $suppressed );
		if ( ! is_array( $rows ) || '' !== $wpdb->last_error ) {
			throw new \RuntimeException( "What the network wants could not be read from the database: $wpdb->last_error" ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
		}
		return $rows;
	}

	/**
	 * Puts the tables and the values in.
	 *
	 * @param string       $sql  The statement.
	 * @param array<mixed> $args Values of its placeholders.
	 */
	private static function prepare( string $sql, array $args ): string {
		global $wpdb;
		// WordPress 6.1 knows no placeholder for names yet.
		$sql = strtr(
			$sql,
			array(
				'{records}'   => "`{$wpdb->base_prefix}wu_domain_mappings`",
				'{sites}'     => "`$wpdb->blogs`",
				'{site_meta}' => "`$wpdb->blogmeta`",
			)
		);
		return $args ? $wpdb->prepare( $sql, $args ) : $sql; // phpcs:ignore WordPress.DB.PreparedSQL -- this is where it gets prepared.
	}
}
