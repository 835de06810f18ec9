<?php
/**
 * Functions that commands call.
 */

namespace WP_CLI\Utils;

/** Rows as in a pipe: tabs between the columns. */
function format_items( $format, $items, $fields ) {
	echo implode( "\t", $fields ) . "\n";
	foreach ( $items as $item ) {
		echo implode( "\t", array_map( static fn( $field ) => $item[ $field ], $fields ) ) . "\n";
	}
}

function write_csv( $fd, $rows, $headers = array() ) {
	foreach ( $headers ? array( $headers, ...$rows ) : $rows as $row ) {
		fputcsv( $fd, $row, ',', '"', '\\' );
	}
}

function isPiped() {
	return true;
}

function make_progress_bar( $message, $count, $interval = 100 ) {
	return new class() {
		public function tick( $increment = 1, $msg = null ) {
		}

		public function finish() {
		}
	};
}

function wp_clear_object_cache() {
	wp_cache_flush_runtime();
}
