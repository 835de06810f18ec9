<?php
/**
 * The file by which this network knows itself.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Store\Option;

/**
 * A static file in the main site's uploads, since the web server serves such a file for every host that it has, without WordPress. It
 * has a random name and a secret content, and only the content proves anything. Neither name nor content is ever logged.
 */
final class Nonce {

	/** Seconds after which it is renewed. */
	const LASTS = 86400;

	/** The form of its file's name. */
	private const NAME = '/^domain-sync-[0-9a-f]{32}\.txt$/D';

	/**
	 * The nonce that is there, or a new one.
	 *
	 * @return array{path: string, file: string, content: string} The path that a visitor of any host asks for; the file; what it holds.
	 *
	 * @throws \RuntimeException The file or the option cannot be written.
	 */
	public static function get(): array {
		$uploads = self::uploads();
		$kept    = (array) Option::read( Probe::OPTION, array() );
		$name    = (string) ( $kept['name'] ?? '' );
		$content = (string) ( $kept['content'] ?? '' );
		$is_good = '' !== $content && 1 === preg_match( self::NAME, $name ) && abs( time() - (int) ( $kept['time'] ?? 0 ) ) <= self::LASTS;
		if ( ! $is_good || ! self::is_there( array( 'file' => "{$uploads['basedir']}/$name", 'content' => $content ) ) ) {
			$before  = $name;
			$name    = 'domain-sync-' . bin2hex( random_bytes( 16 ) ) . '.txt';
			$content = bin2hex( random_bytes( 32 ) );
			self::write( "{$uploads['basedir']}/$name", $content );
			try {
				Option::write( Probe::OPTION, array( 'name' => $name, 'content' => $content, 'time' => time() ) );
			} catch ( \RuntimeException $e ) {
				// Else each look would leave a file behind.
				@unlink( "{$uploads['basedir']}/$name" );
				throw new \RuntimeException( 'The option of the file that is asked for by HTTP cannot be written: ' . $e->getMessage() ); // phpcs:ignore WordPress.Security.EscapeOutput -- goes to the log.
			}
			self::clean( $uploads['basedir'], $name, $before );
		}
		// As a browser would write it: the extension takes no other letters.
		$path = preg_replace_callback( '/[^!-~]/', static fn( array $letter ): string => rawurlencode( $letter[0] ), (string) parse_url( $uploads['baseurl'], PHP_URL_PATH ) );
		return array(
			'path'    => rtrim( (string) $path, '/' ) . "/$name",
			'file'    => "{$uploads['basedir']}/$name",
			'content' => $content,
		);
	}

	/**
	 * Whether a nonce is still the one that is served.
	 *
	 * @param array{file: string, content: string} $nonce As from get().
	 */
	public static function is_there( array $nonce ): bool {
		return @file_get_contents( $nonce['file'] ) === $nonce['content'];
	}

	/** Removes its file, what is left of earlier ones, and its option. */
	public static function forget(): void {
		$folder = self::uploads()['basedir'];
		foreach ( self::files( $folder ) as $name ) {
			@unlink( "$folder/$name" );
		}
		Option::delete( Probe::OPTION );
	}

	/**
	 * Removes the file of before, and old ones: two processes may have renewed it at the same time.
	 *
	 * @param string $folder The main site's uploads.
	 * @param string $name   The file that stays.
	 * @param string $before The file of before.
	 */
	private static function clean( string $folder, string $name, string $before ): void {
		foreach ( self::files( $folder ) as $old ) {
			if ( $old !== $name && ( $old === $before || abs( time() - (int) @filemtime( "$folder/$old" ) ) > self::LASTS ) ) {
				@unlink( "$folder/$old" );
			}
		}
	}

	/**
	 * Writes the file under another name first, so that nobody is ever served half of it.
	 *
	 * @param string $file    The file.
	 * @param string $content What it holds.
	 *
	 * @throws \RuntimeException It cannot be written.
	 */
	private static function write( string $file, string $content ): void {
		$new = "$file.new";
		// The web server may be another user; what the process's mask takes away is given back.
		$is_written = wp_mkdir_p( dirname( $file ) ) && @file_put_contents( $new, $content ) === strlen( $content ) && @chmod( $new, 0644 ) && @rename( $new, $file );
		if ( ! $is_written ) {
			@unlink( $new );
			throw new \RuntimeException( 'The main site\'s uploads folder cannot be written, so nothing can be asked for by HTTP.' );
		}
	}

	/**
	 * Files of nonces, whole or not.
	 *
	 * @param string $folder The main site's uploads.
	 *
	 * @return list<string>
	 */
	private static function files( string $folder ): array {
		$found = is_dir( $folder ) ? @scandir( $folder ) : false;
		$is_one = static fn( string $name ): bool => 1 === preg_match( self::NAME, (string) preg_replace( '/\.new$/D', '', $name ) );
		return array_values( array_filter( false === $found ? array() : $found, $is_one ) );
	}

	/**
	 * Folder and address of the main site's uploads.
	 *
	 * @return array{basedir: string, baseurl: string}
	 */
	private static function uploads(): array {
		$is_elsewhere = get_current_blog_id() !== get_main_site_id();
		if ( $is_elsewhere ) {
			switch_to_blog( get_main_site_id() );
		}
		try {
			$uploads = wp_upload_dir( null, false );
		} finally {
			if ( $is_elsewhere ) {
				restore_current_blog();
			}
		}
		return array( 'basedir' => (string) $uploads['basedir'], 'baseurl' => (string) $uploads['baseurl'] );
	}
}
