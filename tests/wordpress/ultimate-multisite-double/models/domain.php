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

	public function get_site_id() {
		return $this->get_blog_id();
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

	public function is_active() {
		return (bool) $this->data['active'] && ! $this->has_inactive_stage();
	}

	public function has_inactive_stage(): bool {
		return in_array( $this->get_stage(), self::INACTIVE_STAGES, true );
	}

	/** The transition of the host fires on insert (from "new") and on a change, as the original's database layer does. */
	public function save() {
		global $wpdb;
		if ( ! preg_match( '/^(?!.*xn--[^.]*$)[a-z0-9-]+(\.[a-z0-9-]+)+$/', $this->data['domain'] ) ) {
			return new \WP_Error( 'validation', 'This is not a domain.' );
		}
		$new    = 0 === $this->get_id();
		$before = $new ? 'new' : self::get_by( 'id', $this->get_id() )->get_domain();
		$row    = array_map( static fn( $value ) => is_bool( $value ) ? (int) $value : $value, array_diff_key( $this->data, array( 'id' => 0 ) ) );
		if ( $new ) {
			$wpdb->insert( self::table(), $row );
			$this->data['id'] = $wpdb->insert_id;
		} else {
			$wpdb->update( self::table(), $row, array( 'id' => $this->get_id() ) );
		}
		if ( $before !== $this->get_domain() ) {
			do_action( 'wu_transition_domain_domain', $before, $this->get_domain(), $this->get_id() );
		}
		do_action( 'wu_domain_post_save', $this->data, $this, $new );
		return true;
	}

	public function delete() {
		global $wpdb;
		$result = $wpdb->delete( self::table(), array( 'id' => $this->get_id() ) );
		do_action( 'wu_domain_post_delete', $result, $this );
		return $result;
	}

	public static function get_by( string $column, $value ) {
		global $wpdb;
		$column = 'id' === $column ? 'id' : 'domain';
		$row    = $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . self::table() . " WHERE $column = %s", $value ), ARRAY_A );
		return $row ? new self( $row ) : false;
	}

	public static function get_by_site( $site ) {
		$blog_id = is_object( $site ) ? $site->blog_id : $site;
		return self::query(
			array(
				'blog_id' => $blog_id,
				'number'  => 10000,
			)
		);
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

	private static function table(): string {
		global $wpdb;
		return $wpdb->base_prefix . 'wu_domain_mappings';
	}
}
