<?php
/**
 * The door that commands knock at.
 */

final class WP_CLI {

	const GLOBALS = array( 'path', 'url', 'user', 'debug', 'quiet', 'allow-root' );

	private static array $commands = array();
	private static array $before   = array();
	private static array $config   = array();
	private static array $args     = array();
	private static array $options  = array();

	/** Reads a command line: "--name=value", "--name", "--no-name", and words. */
	public static function read( array $line ): void {
		foreach ( $line as $word ) {
			if ( ! preg_match( '/^--([^=]+)(?:=(.*))?$/s', $word, $found ) ) {
				self::$args[] = $word;
				continue;
			}
			$name  = preg_replace( '/^no-/', '', $found[1] );
			$value = $found[2] ?? ( $name === $found[1] );
			if ( in_array( $name, self::GLOBALS, true ) ) {
				self::$config[ $name ] = $value;
			} else {
				self::$options[ $name ] = $value;
			}
		}
	}

	/** A class's public methods become commands, or one method does. */
	public static function add_command( $name, $callable, $args = array() ) {
		if ( isset( $args['before_invoke'] ) ) {
			self::$before[ $name ] = $args['before_invoke'];
		}
		if ( is_array( $callable ) ) {
			self::$commands[ $name ] = $callable;
			return true;
		}
		foreach ( ( new ReflectionClass( $callable ) )->getMethods( ReflectionMethod::IS_PUBLIC ) as $method ) {
			if ( ! $method->isStatic() && ! $method->isConstructor() ) {
				self::$commands[ "$name {$method->name}" ] = array( $callable, $method->name );
			}
		}
		return true;
	}

	/** Runs the command of the command line. */
	public static function run(): void {
		$name    = implode( ' ', array_slice( self::$args, 0, 2 ) );
		$args    = array_slice( self::$args, 2 );
		$command = self::$commands[ $name ] ?? null;
		if ( null === $command ) {
			self::error( "'$name' is not a registered wp command." );
		}
		self::check( (string) ( new ReflectionMethod( ...$command ) )->getDocComment(), $args );
		foreach ( self::$before as $of => $callable ) {
			if ( str_starts_with( "$name ", "$of " ) ) {
				$callable( $of );
			}
		}
		call_user_func( array( new $command[0](), $command[1] ), $args, self::$options );
	}

	/** Holds the command line to what the docblock says. */
	private static function check( string $manual, array $args ): void {
		preg_match_all( '/^\s*\* (\[?)(--)?(?:<)?([\w-]+)[^\n]*\]?\n\s*\* : (?s:(.*?))(?=\n\s*\*\s*\n|\z)/m', strstr( $manual, '## OPTIONS' ) ?: '', $found, PREG_SET_ORDER );
		// What stands above a line that begins so is read as an option.
		preg_match_all( '/^\s*\* (\S+)[^\n]*\n\s*\* : /m', $manual, $all );
		foreach ( preg_grep( '/^(\[?--[a-z-]+(=<[a-z-]+>)?\]?|\[?<[a-z-]+>(\]?\.\.\.|\.\.\.\])?\]?)$/', $all[1], PREG_GREP_INVERT ) as $part ) {
			self::warning( 'The command `' . implode( ' ', self::$args ) . "` has an invalid synopsis part: $part" );
		}
		$words = 0;
		$known = array();
		foreach ( $found as list( , $is_optional, $dashes, $name, $text ) ) {
			if ( '' === $dashes ) {
				++$words;
				if ( '' === $is_optional && ! isset( $args[ $words - 1 ] ) ) {
					self::error( 'usage: ' . implode( ' ', self::$args ) . " <$name>" );
				}
				$words = str_contains( $found[0][0], '...' ) ? PHP_INT_MAX : $words;
				continue;
			}
			preg_match_all( '/^\s*\*\s+- (\S+)$/m', $text, $values );
			$known[ $name ] = $values[1];
			if ( preg_match( '/^\s*\* default: (\S+)$/m', $text, $default ) ) {
				self::$options += array( $name => $default[1] );
			}
		}
		if ( count( $args ) > $words ) {
			self::error( 'Too many positional arguments: ' . implode( ' ', array_slice( $args, $words ) ) );
		}
		foreach ( self::$options as $name => $value ) {
			if ( ! isset( $known[ $name ] ) ) {
				self::error( "Parameter errors:\n unknown --$name parameter" );
			}
			if ( $known[ $name ] && ! in_array( $value, $known[ $name ], true ) ) {
				self::error( "Parameter errors:\n Invalid value specified for '$name'" );
			}
		}
	}

	public static function get_config( $key ) {
		return self::$config[ $key ] ?? null;
	}

	public static function line( $message = '' ) {
		echo $message . "\n";
	}

	public static function log( $message ) {
		if ( empty( self::$config['quiet'] ) ) {
			self::line( $message );
		}
	}

	public static function success( $message ) {
		self::log( "Success: $message" );
	}

	public static function debug( $message, $group = false ) {
		if ( ! empty( self::$config['debug'] ) ) {
			fwrite( STDERR, "Debug: $message\n" );
		}
	}

	public static function warning( $message ) {
		fwrite( STDERR, "Warning: $message\n" );
	}

	public static function error( $message, $exit = true ) {
		fwrite( STDERR, "Error: $message\n" );
		if ( $exit ) {
			exit( 1 );
		}
	}

	public static function halt( $return_code ) {
		exit( $return_code );
	}

	public static function confirm( $question, $assoc_args = array() ) {
		if ( empty( $assoc_args['yes'] ) ) {
			fwrite( STDOUT, $question . ' [y/n] ' );
			if ( 'y' !== strtolower( trim( (string) fgets( STDIN ) ) ) ) {
				exit;
			}
		}
	}

	public static function print_value( $value, $assoc_args = array() ) {
		// JSON is YAML as well.
		echo json_encode( $value ) . "\n";
	}
}
