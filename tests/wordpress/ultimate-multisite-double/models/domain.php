<?php
/** A host mapped to a site. */

namespace WP_Ultimo\Models;

class Domain {

	const INACTIVE_STAGES = array( 'checking-dns', 'checking-ssl-cert', 'failed', 'ssl-failed' );

	private const DEFAULTS = array(
		'id'             => 0,
		'blog_id'        => 0,
		'domain'         => '',
		'active'         => true,
		'primary_domain' => false,
		'secure'         => false,
		'stage'          => 'checking-dns',
	);

	/** Columns whose changes are announced. */
	private const TRANSITIONS = array(
		'domain'         => true,
		'active'         => true,
		'primary_domain' => true,
		'secure'         => true,
		'stage'          => true,
	);

	private array $data;

	public function __construct( array $data ) {
		$this->data           = array_intersect_key( $data, self::DEFAULTS ) + self::DEFAULTS;
		$this->data['domain'] = strtolower( $this->data['domain'] );
	}

	public function get_id() {
		return (int) $this->data['id'];
	}

	public function get_domain() {
		return $this->data['domain'];
	}

	public function set_domain( $domain ): void {
		$this->data['domain'] = strtolower( $domain );
	}

	public function get_blog_id() {
		return (int) $this->data['blog_id'];
	}

	public function set_blog_id( $blog_id ): void {
		$this->data['blog_id'] = (int) $blog_id;
	}

	public function get_site_id() {
		return $this->get_blog_id();
	}

	public function get_url( $path = '' ): string {
		return ( $this->is_secure() ? 'https://' : 'http://' ) . $this->get_domain() . "/$path";
	}

	public function get_stage() {
		return $this->data['stage'];
	}

	public function set_stage( $stage ): void {
		$this->data['stage'] = $stage;
	}

	public function is_primary_domain() {
		return (bool) $this->data['primary_domain'];
	}

	public function set_primary_domain( $primary_domain ): void {
		$this->data['primary_domain'] = (bool) $primary_domain;
	}

	public function is_secure() {
		return (bool) $this->data['secure'];
	}

	public function set_secure( $secure ): void {
		$this->data['secure'] = (bool) $secure;
	}

	public function set_active( $active ): void {
		$this->data['active'] = (bool) $active;
	}

	/** Not while the stage forbids it, whatever the column says. */
	public function is_active() {
		return (bool) $this->data['active'] && ! $this->has_inactive_stage();
	}

	public function has_inactive_stage(): bool {
		return in_array( $this->get_stage(), self::INACTIVE_STAGES, true );
	}

	/** What the network option wu_double_dns says (hosts, or true for all); others are asked only when that is no. */
	public function has_correct_dns() {
		return $this->is_listed( 'wu_double_dns' ) || apply_filters( 'wu_domain_has_correct_dns', false, $this, array() );
	}

	/** What the network option wu_double_ssl says. */
	public function has_valid_ssl_certificate() {
		return $this->is_listed( 'wu_double_ssl' );
	}

	/** True; false when there was nothing to save or the record is gone; an error when the host is none or is taken. */
	public function save() {
		if ( ! preg_match( '/^(?!.*xn--[^.]*$)[a-z0-9-]+(\.[a-z0-9-]+)+$/', $this->data['domain'] ) ) {
			return new \WP_Error( 'validation', 'This is not a domain.' );
		}
		$same = self::get_by( 'domain', $this->get_domain() );
		if ( $same && $same->get_id() !== $this->get_id() ) {
			return new \WP_Error( 'validation', 'This domain is taken.' );
		}
		$new    = 0 === $this->get_id();
		$before = $new ? null : self::get_by( 'id', $this->get_id() );
		$saved  = $new ? $this->insert() : $before && $this->update( $before );
		do_action( 'wu_domain_post_save', $this->data, $this, $new );
		wp_cache_flush();
		if ( $this->is_primary_domain() && ( $new || $before && ! $before->is_primary_domain() ) ) {
			$primary = array(
				'blog_id'        => $this->get_blog_id(),
				'primary_domain' => true,
				'fields'         => 'ids',
			);
			do_action( 'wu_async_remove_old_primary_domains', array_diff( self::query( $primary ), array( $this->get_id() ) ) );
			do_action( 'wu_domain_became_primary', $this, $this->get_blog_id(), $new );
		}
		return $saved;
	}

	public function delete() {
		global $wpdb;
		do_action( 'wu_domain_pre_delete', $this );
		$result = (bool) $wpdb->delete( self::table(), array( 'id' => $this->get_id() ) );
		do_action( 'wu_domain_post_delete', $result, $this );
		wu_log_clear( 'domain-' . $this->get_domain() );
		wu_log_add( 'domain-' . $this->get_domain(), 'This domain was deleted, and its log cleared.' );
		return $result;
	}

	public static function get_by( string $column, $value ) {
		global $wpdb;
		$column = 'id' === $column ? 'id' : 'domain';
		$row    = $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . self::table() . " WHERE $column = %s", $value ), ARRAY_A );
		return $row ? new self( $row ) : false;
	}

	/** False when the site has none. */
	public static function get_by_site( $site ) {
		$all = array(
			'blog_id' => is_object( $site ) ? $site->blog_id : $site,
			'number'  => 10000,
		);
		return self::query( $all ) ?: false; // phpcs:ignore Universal.Operators.DisallowShortTernary
	}

	public static function query( array $query ) {
		global $wpdb;
		$where = array( '1 = 1' );
		foreach ( array( 'id', 'blog_id', 'domain', 'active', 'primary_domain', 'stage' ) as $column ) {
			if ( isset( $query[ $column ] ) ) {
				$where[] = $wpdb->prepare( "$column = %s", is_bool( $query[ $column ] ) ? (int) $query[ $column ] : $query[ $column ] );
			}
		}
		foreach ( $query['stage__not_in'] ?? array() as $stage ) {
			$where[] = $wpdb->prepare( 'stage <> %s', $stage );
		}
		$from = ' FROM ' . self::table() . ' WHERE ' . implode( ' AND ', $where );
		if ( ! empty( $query['count'] ) ) {
			return (int) $wpdb->get_var( 'SELECT COUNT(*)' . $from );
		}
		$limit = $wpdb->prepare( ' ORDER BY id LIMIT %d OFFSET %d', $query['number'] ?? 100, $query['offset'] ?? 0 );
		$rows  = $wpdb->get_results( 'SELECT *' . $from . $limit, ARRAY_A );
		if ( isset( $query['fields'] ) ) {
			return array_column( $rows, 'ids' === $query['fields'] ? 'id' : $query['fields'] );
		}
		return array_map( static fn( $row ) => new self( $row ), $rows );
	}

	private function insert(): bool {
		global $wpdb;
		$row = $this->filtered_row();
		if ( ! $wpdb->insert( self::table(), $row ) ) {
			return false;
		}
		$this->data['id'] = $wpdb->insert_id;
		foreach ( array_intersect_key( $row, self::TRANSITIONS ) as $column => $value ) {
			do_action( "wu_transition_domain_$column", 'new', $value, $this->get_id() );
		}
		return true;
	}

	private function update( self $before ): bool {
		global $wpdb;
		$old = $before->row();
		$new = array_diff_assoc( $this->filtered_row(), $old );
		if ( ! $new || ! $wpdb->update( self::table(), $new, array( 'id' => $this->get_id() ) ) ) {
			return false;
		}
		// A value that any of these columns had before counts as none that is new: the original compares without their names.
		$old = array_intersect_key( $old, self::TRANSITIONS );
		foreach ( array_diff( array_intersect_key( $new, self::TRANSITIONS ), $old ) as $column => $value ) {
			do_action( "wu_transition_domain_$column", $old[ $column ], $value, $this->get_id() );
		}
		return true;
	}

	/** The record as it is to be stored; others may change that. The object stays as it is. */
	private function filtered_row(): array {
		$row = apply_filters( 'wu_domain_pre_save', array( 'id' => $this->get_id() ) + $this->row(), $this->data, $this );
		unset( $row['id'] );
		return $row;
	}

	/** The record as the database holds it. */
	private function row(): array {
		$row = array_merge( $this->data, array( 'blog_id' => (int) $this->data['blog_id'] ) );
		foreach ( array( 'active', 'primary_domain', 'secure' ) as $flag ) {
			$row[ $flag ] = (int) $row[ $flag ];
		}
		unset( $row['id'] );
		return $row;
	}

	private function is_listed( string $option ): bool {
		$hosts = get_network_option( null, $option, array() );
		return true === $hosts || in_array( $this->get_domain(), (array) $hosts, true );
	}

	private static function table(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'wu_domain_mappings';
	}
}
