<?php
/**
 * What the command line prints.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use WP_CLI;
use WP_CLI\Utils;

/**
 * Rows are printed piece by piece, so that 100,000 of them take no more memory than 1,000. WP-CLI's own formatter would gather them all.
 */
final class Output {

	/** Rows of a piece; on a terminal each piece of a table has its own head. */
	const PIECE = 1000;

	/**
	 * Prints rows in the format that was asked for.
	 *
	 * @param iterable<mixed>                          $items   What is printed, one row each.
	 * @param array<string, callable( mixed ): mixed>  $columns All columns: what each says of an item. The first one is printed for "ids".
	 * @param list<string>                             $default The columns that are printed when nobody asks for others.
	 * @param array<string, mixed>                     $options The command's options: format, fields, field.
	 */
	public static function rows( iterable $items, array $columns, array $default, array $options ): void {
		$format = $options['format'] ?? 'table';
		$field  = (string) ( $options['field'] ?? '' );
		$fields = isset( $options['fields'] ) ? array_map( 'trim', explode( ',', (string) $options['fields'] ) ) : $default;
		$fields = match ( true ) {
			'' !== $field                                          => array( $field ),
			'ids' === $format                                      => array( array_key_first( $columns ) ),
			'count' === $format                                    => array(),
			default                                                => $fields,
		};
		$wrong = array_diff( $fields, array_keys( $columns ) );
		if ( $wrong ) {
			/* translators: 1: what was given, 2: names of fields. */
			WP_CLI::error( sprintf( __( 'There is no field "%1$s"; there are: %2$s.', 'domain-sync-for-runcloud' ), current( $wrong ), implode( ', ', array_keys( $columns ) ) ) );
		}
		$format = '' !== $field ? 'field' : $format;
		$count  = 0;
		$piece  = array();
		foreach ( $items as $item ) {
			++$count;
			$piece[] = array_combine( $fields, array_map( static fn( string $name ): mixed => $columns[ $name ]( $item ), $fields ) );
			if ( count( $piece ) >= self::PIECE ) {
				self::piece( $piece, $fields, $format, $count === self::PIECE );
				$piece = array();
			}
		}
		if ( $piece || 0 === $count ) {
			self::piece( $piece, $fields, $format, $count <= self::PIECE );
		}
		match ( $format ) {
			'json'  => WP_CLI::line( ']' ),
			'count' => WP_CLI::line( (string) $count ),
			default => null,
		};
	}

	/**
	 * Prints one thing: for people as two columns, else with all that is in it.
	 *
	 * @param array<string, mixed> $item    The thing.
	 * @param array<string, mixed> $options The command's options: format.
	 */
	public static function item( array $item, array $options ): void {
		if ( in_array( $options['format'] ?? 'table', array( 'json', 'yaml' ), true ) ) {
			WP_CLI::print_value( $item, array( 'format' => $options['format'] ) );
			return;
		}
		$rows = array();
		foreach ( self::flat( $item ) as $name => $value ) {
			$rows[] = array(
				'Field' => $name,
				'Value' => $value,
			);
		}
		Utils\format_items( 'table', $rows, array( 'Field', 'Value' ) );
	}

	/**
	 * Prints some rows.
	 *
	 * @param list<array<string, mixed>> $rows     The rows.
	 * @param list<string>               $fields   Their fields.
	 * @param string                     $format   How.
	 * @param bool                       $is_first Whether they are the first ones.
	 */
	private static function piece( array $rows, array $fields, string $format, bool $is_first ): void {
		match ( $format ) {
			'csv'   => Utils\write_csv( STDOUT, array_map( array( self::class, 'texts' ), $rows ), $is_first ? $fields : array() ),
			'json'  => WP_CLI::line( ( $is_first ? '[' : ',' ) . implode( ",\n", array_map( array( self::class, 'json' ), $rows ) ) ),
			'yaml'  => self::yaml( $rows, $is_first ),
			'ids'   => WP_CLI::line( implode( ' ', array_map( 'current', $rows ) ) ),
			'field' => $rows ? WP_CLI::line( implode( "\n", array_map( 'current', array_map( array( self::class, 'texts' ), $rows ) ) ) ) : null,
			'count' => null,
			default => $is_first || ! Utils\isPiped()
				? Utils\format_items( 'table', array_map( array( self::class, 'texts' ), $rows ), $fields )
				: WP_CLI::line( implode( "\n", array_map( static fn( array $row ): string => implode( "\t", self::texts( $row ) ), $rows ) ) ),
		};
	}

	/**
	 * Prints rows as YAML, in which any JSON may stand.
	 *
	 * @param list<array<string, mixed>> $rows     The rows.
	 * @param bool                       $is_first Whether they are the first ones.
	 */
	private static function yaml( array $rows, bool $is_first ): void {
		$lines = $is_first ? array( '---' ) : array();
		foreach ( $rows as $row ) {
			foreach ( $row as $name => $value ) {
				$lines[] = ( array_key_first( $row ) === $name ? '- ' : '  ' ) . "$name: " . self::json( $value );
			}
		}
		WP_CLI::line( implode( "\n", $lines ) );
	}

	/**
	 * A value as JSON.
	 *
	 * @param mixed $value The value.
	 */
	private static function json( mixed $value ): string {
		return (string) wp_json_encode( $value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE );
	}

	/**
	 * The values of a row as texts.
	 *
	 * @param array<string, mixed> $row The row.
	 *
	 * @return array<string, string>
	 */
	private static function texts( array $row ): array {
		return array_map( array( self::class, 'text' ), $row );
	}

	/**
	 * A value as text.
	 *
	 * @param mixed $value The value.
	 */
	private static function text( mixed $value ): string {
		return match ( true ) {
			true === $value    => 'yes',
			false === $value   => 'no',
			is_array( $value ) => implode( ', ', array_map( array( self::class, 'text' ), $value ) ),
			default            => (string) $value,
		};
	}

	/**
	 * A thing in one level: "desired.site_id". What has no value says so.
	 *
	 * @param array<string, mixed> $item  The thing.
	 * @param string               $below Beginning of the names.
	 *
	 * @return array<string, string>
	 */
	private static function flat( array $item, string $below = '' ): array {
		$flat = array();
		foreach ( $item as $name => $value ) {
			if ( is_array( $value ) && ! array_is_list( $value ) ) {
				$flat += self::flat( $value, "$below$name." );
			} else {
				$text = self::text( $value );

				$flat[ "$below$name" ] = '' === $text ? '-' : $text;
			}
		}
		return $flat;
	}
}
