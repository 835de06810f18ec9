<?php
/**
 * A persistent object cache in Redis, for OBJECT_CACHE=1. As those of the real world it remembers in the process what it read or wrote once,
 * so that a process that lives long sees old values; and when Redis does not answer it goes on without, until the process ends.
 */

/** A connection to Redis by its socket. */
final class Environment_Redis {

	/** Seconds to wait for an answer. */
	private const TIMEOUT = 0.5;

	/** @var resource|null */
	private $stream = null;

	/** The process that the connection belongs to: after a fork it is the other one's. */
	private int $process = 0;

	private bool $is_down = false;

	public function __construct( private readonly string $socket ) {}

	/** Sends a command. Its answer: text, number, null or a list; false when there is none, or Redis refused. */
	public function send( string ...$words ) {
		$this->connect();
		if ( $this->is_down ) {
			return false;
		}
		$command = '*' . count( $words ) . "\r\n";
		foreach ( $words as $word ) {
			$command .= '$' . strlen( $word ) . "\r\n$word\r\n";
		}
		try {
			$this->write( $command );
			return $this->answer();
		} catch ( RuntimeException $e ) {
			$this->is_down = true;
			if ( is_resource( $this->stream ) ) {
				fclose( $this->stream );
			}
			return false;
		}
	}

	/** Whether it answers in this process. */
	public function is_up(): bool {
		$this->connect();
		return ! $this->is_down;
	}

	private function connect(): void {
		if ( getmypid() === $this->process ) {
			return;
		}
		$this->process = getmypid();
		$this->stream  = @stream_socket_client( "unix://$this->socket", $code, $message, self::TIMEOUT );
		$this->is_down = false === $this->stream;
		if ( ! $this->is_down ) {
			stream_set_timeout( $this->stream, 0, (int) ( self::TIMEOUT * 1000000 ) );
		}
	}

	private function write( string $bytes ): void {
		while ( '' !== $bytes ) {
			$written = @fwrite( $this->stream, $bytes );
			if ( ! $written ) {
				throw new RuntimeException( 'Redis takes nothing.' );
			}
			$bytes = substr( $bytes, $written );
		}
	}

	private function answer() {
		$line = @fgets( $this->stream );
		if ( false === $line || ! str_ends_with( $line, "\r\n" ) ) {
			throw new RuntimeException( 'Redis does not answer.' );
		}
		$rest = substr( $line, 1, -2 );
		switch ( $line[0] ) {
			case '+':
				return $rest;
			case ':':
				return (int) $rest;
			case '-':
				return false;
			case '$':
				return '-1' === $rest ? null : substr( $this->bytes( (int) $rest + 2 ), 0, -2 );
			case '*':
				$list = array();
				for ( $left = (int) $rest; $left > 0; $left-- ) {
					$list[] = $this->answer();
				}
				return $list;
		}
		throw new RuntimeException( 'That is not Redis.' );
	}

	private function bytes( int $count ): string {
		$bytes = '';
		while ( strlen( $bytes ) < $count ) {
			$piece = @fread( $this->stream, $count - strlen( $bytes ) );
			if ( false === $piece || '' === $piece ) {
				throw new RuntimeException( 'Redis stopped in the middle.' );
			}
			$bytes .= $piece;
		}
		return $bytes;
	}
}

/** The cache: what this process remembers, and Redis behind it. */
class WP_Object_Cache {

	/** What this process has read or written, by full key. */
	private array $seen = array();

	private array $global = array();

	private array $not_persistent = array();

	private string $blog = '';

	private Environment_Redis $redis;

	public function __construct() {
		$this->redis = new Environment_Redis( REDIS_SOCKET );
		$this->switch_to_blog( get_current_blog_id() );
	}

	/** Whether Redis answers this process. */
	public function is_persistent(): bool {
		return $this->redis->is_up();
	}

	public function add( $key, $data, $group = 'default', $expire = 0 ): bool {
		if ( wp_suspend_cache_addition() || ! $this->is_valid( $key ) || array_key_exists( $this->name( $key, $group ), $this->seen ) ) {
			return false;
		}
		return $this->store( $key, $data, $group, (int) $expire, 'NX' );
	}

	public function replace( $key, $data, $group = 'default', $expire = 0 ): bool {
		if ( ! $this->is_valid( $key ) ) {
			return false;
		}
		if ( ! $this->is_persistent_group( $group ) && ! array_key_exists( $this->name( $key, $group ), $this->seen ) ) {
			return false;
		}
		return $this->store( $key, $data, $group, (int) $expire, 'XX' );
	}

	public function set( $key, $data, $group = 'default', $expire = 0 ): bool {
		return $this->is_valid( $key ) && $this->store( $key, $data, $group, (int) $expire );
	}

	public function get( $key, $group = 'default', $force = false, &$found = null ) {
		$found = false;
		if ( ! $this->is_valid( $key ) ) {
			return false;
		}
		$name = $this->name( $key, $group );
		if ( ( $force || ! array_key_exists( $name, $this->seen ) ) && $this->is_persistent_group( $group ) ) {
			$text = $this->redis->send( 'GET', $name );
			if ( is_string( $text ) ) {
				$this->seen[ $name ] = self::decoded( $text );
			} elseif ( null === $text ) {
				unset( $this->seen[ $name ] );
			}
		}
		$found = array_key_exists( $name, $this->seen );
		return $found ? self::copy_of( $this->seen[ $name ] ) : false;
	}

	public function get_multiple( $keys, $group = 'default', $force = false ): array {
		$names = array();
		foreach ( array_filter( (array) $keys, array( $this, 'is_valid' ) ) as $key ) {
			$name = $this->name( $key, $group );
			if ( $force || ! array_key_exists( $name, $this->seen ) ) {
				$names[] = $name;
			}
		}
		$texts = $names && $this->is_persistent_group( $group ) ? $this->redis->send( 'MGET', ...$names ) : false;
		foreach ( is_array( $texts ) ? array_combine( $names, $texts ) : array() as $name => $text ) {
			if ( null === $text ) {
				unset( $this->seen[ $name ] );
			} else {
				$this->seen[ $name ] = self::decoded( $text );
			}
		}
		$values = array();
		foreach ( (array) $keys as $key ) {
			$value          = $this->is_valid( $key ) ? $this->seen[ $this->name( $key, $group ) ] ?? false : false;
			$values[ $key ] = self::copy_of( $value );
		}
		return $values;
	}

	public function delete( $key, $group = 'default' ): bool {
		if ( ! $this->is_valid( $key ) ) {
			return false;
		}
		$name  = $this->name( $key, $group );
		$known = array_key_exists( $name, $this->seen );
		unset( $this->seen[ $name ] );
		$deleted = $this->is_persistent_group( $group ) ? $this->redis->send( 'DEL', $name ) : false;
		return false === $deleted ? $known : $deleted > 0;
	}

	/** Adds to a number. One that is not there stays so; none falls below 0. */
	public function change_number( $key, int $offset, $group = 'default' ) {
		$value = $this->get( $key, $group, true, $found );
		if ( ! $found ) {
			return false;
		}
		$name = $this->name( $key, $group );
		if ( is_int( $value ) && $this->is_persistent_group( $group ) ) {
			$sum = $this->redis->send( 'INCRBY', $name, (string) $offset );
			if ( is_int( $sum ) && $sum >= 0 ) {
				$this->seen[ $name ] = $sum;
				return $sum;
			}
			$value = is_int( $sum ) ? $sum - $offset : $value;
		}
		$sum = max( 0, ( is_numeric( $value ) ? (int) $value : 0 ) + $offset );
		$this->set( $key, $sum, $group );
		return $sum;
	}

	public function flush(): bool {
		$this->seen = array();
		$this->redis->send( 'FLUSHDB' );
		return true;
	}

	public function flush_runtime(): bool {
		$this->seen = array();
		return true;
	}

	public function flush_group( $group ): bool {
		$start      = self::group( $group ) . "\n";
		$this->seen = array_filter( $this->seen, static fn( $name ): bool => ! str_starts_with( (string) $name, $start ), ARRAY_FILTER_USE_KEY );
		$cursor     = '0';
		do {
			$page = $this->redis->send( 'SCAN', $cursor, 'MATCH', addcslashes( $start, '*?[]\\' ) . '*', 'COUNT', '1000' );
			if ( ! is_array( $page ) ) {
				break;
			}
			$cursor = $page[0];
			if ( $page[1] ) {
				$this->redis->send( 'DEL', ...$page[1] );
			}
		} while ( '0' !== $cursor );
		return true;
	}

	public function add_global_groups( $groups ): void {
		$this->global = array_fill_keys( (array) $groups, true ) + $this->global;
	}

	public function add_non_persistent_groups( $groups ): void {
		$this->not_persistent = array_fill_keys( (array) $groups, true ) + $this->not_persistent;
	}

	public function switch_to_blog( $blog_id ): void {
		$this->blog = is_multisite() ? (int) $blog_id . ':' : '';
	}

	/** WordPress's own cache drops what is not shared by all sites here. */
	public function reset(): void {
		$this->seen = array_filter(
			$this->seen,
			fn( $name ): bool => isset( $this->global[ strstr( (string) $name, "\n", true ) ] ),
			ARRAY_FILTER_USE_KEY
		);
	}

	public function stats(): void {
		echo '<p>', count( $this->seen ), ' keys in this process; Redis ', $this->is_persistent() ? 'answers' : 'does not answer', '</p>';
	}

	/** Whether it can be a key. Silently: WordPress's own cache complains of what cannot. */
	private function is_valid( $key ): bool {
		return is_int( $key ) || ( is_string( $key ) && '' !== trim( $key ) );
	}

	private static function group( $group ): string {
		return $group ? (string) $group : 'default';
	}

	private function is_persistent_group( $group ): bool {
		return ! isset( $this->not_persistent[ self::group( $group ) ] );
	}

	private function name( $key, $group ): string {
		$group = self::group( $group );
		return "$group\n" . ( isset( $this->global[ $group ] ) ? '' : $this->blog ) . $key;
	}

	/** Keeps a value here and in Redis: always, or if it is not there yet (NX), or if it is there (XX). */
	private function store( $key, $data, $group, int $expire, string $condition = '' ): bool {
		$name = $this->name( $key, $group );
		$data = self::copy_of( $data );
		if ( $this->is_persistent_group( $group ) ) {
			$options = array( ...( $expire > 0 ? array( 'EX', (string) $expire ) : array() ), ...( '' === $condition ? array() : array( $condition ) ) );
			$answer  = $this->redis->send( 'SET', $name, self::encoded( $data ), ...$options );
			$refused = null === $answer || ( false === $answer && 'XX' === $condition && ! array_key_exists( $name, $this->seen ) );
			if ( $refused ) {
				return false;
			}
		}
		$this->seen[ $name ] = $data;
		return true;
	}

	private static function copy_of( $value ) {
		return is_object( $value ) ? clone $value : $value;
	}

	/** Numbers as they are, so that Redis can count with them. */
	private static function encoded( $value ): string {
		return is_int( $value ) ? (string) $value : serialize( $value );
	}

	private static function decoded( string $text ) {
		return preg_match( '/^-?\d+$/D', $text ) ? (int) $text : unserialize( $text );
	}
}

function wp_cache_init() {
	$GLOBALS['wp_object_cache'] = new WP_Object_Cache();
}

function wp_cache_close() {
	return true;
}

function wp_cache_add( $key, $data, $group = '', $expire = 0 ) {
	return $GLOBALS['wp_object_cache']->add( $key, $data, $group, $expire );
}

function wp_cache_add_multiple( array $data, $group = '', $expire = 0 ) {
	return environment_cache_each( $data, static fn( $key, $value ) => wp_cache_add( $key, $value, $group, $expire ) );
}

function wp_cache_replace( $key, $data, $group = '', $expire = 0 ) {
	return $GLOBALS['wp_object_cache']->replace( $key, $data, $group, $expire );
}

function wp_cache_set( $key, $data, $group = '', $expire = 0 ) {
	return $GLOBALS['wp_object_cache']->set( $key, $data, $group, $expire );
}

function wp_cache_set_multiple( array $data, $group = '', $expire = 0 ) {
	return environment_cache_each( $data, static fn( $key, $value ) => wp_cache_set( $key, $value, $group, $expire ) );
}

function wp_cache_get( $key, $group = '', $force = false, &$found = null ) {
	return $GLOBALS['wp_object_cache']->get( $key, $group, $force, $found );
}

function wp_cache_get_multiple( $keys, $group = '', $force = false ) {
	return $GLOBALS['wp_object_cache']->get_multiple( $keys, $group, $force );
}

function wp_cache_delete( $key, $group = '' ) {
	return $GLOBALS['wp_object_cache']->delete( $key, $group );
}

function wp_cache_delete_multiple( array $keys, $group = '' ) {
	return environment_cache_each( array_fill_keys( $keys, null ), static fn( $key ) => wp_cache_delete( $key, $group ) );
}

function wp_cache_incr( $key, $offset = 1, $group = '' ) {
	return $GLOBALS['wp_object_cache']->change_number( $key, (int) $offset, $group );
}

function wp_cache_decr( $key, $offset = 1, $group = '' ) {
	return $GLOBALS['wp_object_cache']->change_number( $key, -(int) $offset, $group );
}

function wp_cache_flush() {
	return $GLOBALS['wp_object_cache']->flush();
}

function wp_cache_flush_runtime() {
	return $GLOBALS['wp_object_cache']->flush_runtime();
}

function wp_cache_flush_group( $group ) {
	return $GLOBALS['wp_object_cache']->flush_group( $group );
}

function wp_cache_supports( $feature ) {
	return in_array( $feature, array( 'add_multiple', 'set_multiple', 'get_multiple', 'delete_multiple', 'flush_runtime', 'flush_group' ), true );
}

function wp_cache_add_global_groups( $groups ) {
	$GLOBALS['wp_object_cache']->add_global_groups( $groups );
}

function wp_cache_add_non_persistent_groups( $groups ) {
	$GLOBALS['wp_object_cache']->add_non_persistent_groups( $groups );
}

function wp_cache_switch_to_blog( $blog_id ) {
	$GLOBALS['wp_object_cache']->switch_to_blog( $blog_id );
}

function wp_cache_reset() {
	$GLOBALS['wp_object_cache']->reset();
}

/** What a function says to each key and value, by key. */
function environment_cache_each( array $values, callable $function ): array {
	$answers = array();
	foreach ( $values as $key => $value ) {
		$answers[ $key ] = $function( $key, $value );
	}
	return $answers;
}
