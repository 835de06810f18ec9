<?php
/**
 * What is shown of a host, as HTML.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * The pieces of which the customer's view and the boxes for the admin are made: everything escaped where it goes in. It works without the script,
 * which only shows the buttons that copy.
 */
final class Host_Html {

	/** Handle of the script and of the style. */
	private const HANDLE = 'domain-sync-hosts';

	/** What these pieces may hold. */
	public const ALLOWED = array(
		'div'     => array( 'class' => true ),
		'p'       => array( 'class' => true ),
		'span'    => array( 'class' => true ),
		'strong'  => array(),
		'br'      => array(),
		'code'    => array(),
		'details' => array(
			'class' => true,
			'open'  => true,
		),
		'summary' => array(),
		'ul'      => array( 'class' => true ),
		'li'      => array( 'class' => true ),
		'dl'      => array(),
		'dt'      => array(),
		'dd'      => array(),
		'a'       => array(
			'href'   => true,
			'target' => true,
			'rel'    => true,
		),
		'button'  => array(
			'type'       => true,
			'hidden'     => true,
			'aria-label' => true,
			'data-*'     => true,
		),
	);

	/** Has the style and the script loaded on this page. */
	public static function load_assets(): void {
		$file = dirname( __DIR__, 2 ) . '/domain-sync-for-runcloud.php';
		foreach ( array( 'hosts.css', 'copy.js' ) as $asset ) {
			$path    = dirname( __DIR__, 2 ) . "/assets/$asset";
			$version = (string) ( is_file( $path ) ? filemtime( $path ) : 0 );
			if ( str_ends_with( $asset, '.css' ) ) {
				wp_enqueue_style( self::HANDLE, plugins_url( "assets/$asset", $file ), array(), $version );
			} else {
				wp_enqueue_script( self::HANDLE, plugins_url( "assets/$asset", $file ), array(), $version, true );
			}
		}
	}

	/**
	 * How something is: a word in a colour, and a sentence.
	 *
	 * @param string $about    What it is about, or "".
	 * @param string $state    A state or status, for the colour.
	 * @param string $label    The word.
	 * @param string $sentence The sentence, or "".
	 */
	public static function state( string $about, string $state, string $label, string $sentence = '' ): string {
		// Of what nobody has judged yet there is nothing to say.
		return '' === $label ? '' : sprintf(
			'<p>%s%s %s</p>',
			'' === $about ? '' : '<span class="domain-sync-about">' . esc_html( $about ) . '</span> ',
			self::mark( $state, $label ),
			esc_html( $sentence )
		);
	}

	/**
	 * A word in a colour.
	 *
	 * @param string $state A state or status, for the colour.
	 * @param string $label The word.
	 */
	public static function mark( string $state, string $label ): string {
		return sprintf( '<span class="domain-sync-state is-%s">%s</span>', esc_attr( $state ), esc_html( $label ) );
	}

	/**
	 * What to do.
	 *
	 * @param string $next_step A sentence, or "" for nothing.
	 */
	public static function next_step( string $next_step ): string {
		/* translators: %s: a sentence. */
		return '' === $next_step ? '' : '<p>' . sprintf( esc_html__( 'What to do: %s', 'domain-sync-for-runcloud' ), esc_html( $next_step ) ) . '</p>';
	}

	/**
	 * DNS records, each with what it should be and what it is.
	 *
	 * @param list<array<string, mixed>> $records See Records.
	 */
	public static function records( array $records ): string {
		$html = '';
		foreach ( $records as $record ) {
			$is_surplus = '' === $record['should_be'];
			$lines      = array( __( 'Type', 'domain-sync-for-runcloud' ) => '<code>' . esc_html( $record['type'] ) . '</code>' );
			$name       = '@' === $record['field'] || $record['field'] === $record['name'] ? '' : " ({$record['name']})";

			$lines[ __( 'Name', 'domain-sync-for-runcloud' ) ] = self::copied( $record['field'], ! $is_surplus ) . esc_html( '@' === $record['field'] ? " ({$record['name']})" : $name );
			if ( ! $is_surplus ) {
				$lines[ __( 'Value', 'domain-sync-for-runcloud' ) ] = self::copied( $record['should_be'], true );
			}
			if ( ! $record['is_right'] ) {
				$lines[ __( 'Now', 'domain-sync-for-runcloud' ) ] = match ( true ) {
					array() !== $record['is_now'] => '<code>' . implode( '</code> <code>', array_map( 'esc_html', $record['is_now'] ) ) . '</code>',
					$record['is_known']           => esc_html__( 'nothing', 'domain-sync-for-runcloud' ),
					default                       => esc_html__( 'not looked at yet', 'domain-sync-for-runcloud' ),
				};
			}
			$html .= self::record(
				match ( true ) {
					$is_surplus            => 'is-wrong',
					$record['is_right']    => 'is-right',
					$record['is_known']    => 'is-wrong',
					default                => '',
				},
				match ( true ) {
					$is_surplus                   => __( 'Remove this record', 'domain-sync-for-runcloud' ),
					$record['is_right']           => __( 'This record is right', 'domain-sync-for-runcloud' ),
					array() !== $record['is_now'] => __( 'Change this record', 'domain-sync-for-runcloud' ),
					$record['is_known']           => __( 'Create this record', 'domain-sync-for-runcloud' ),
					default                       => __( 'This record is needed', 'domain-sync-for-runcloud' ),
				},
				$lines
			);
		}
		return '' === $html ? '' : "<ul class=\"domain-sync-records\">$html</ul>";
	}

	/**
	 * The TXT record that proves that a host is somebody's.
	 *
	 * @param array{name: string, value: string} $proof The record.
	 */
	public static function proof( array $proof ): string {
		$field = Records::field( $proof['name'] );
		$lines = array(
			__( 'Type', 'domain-sync-for-runcloud' )  => '<code>TXT</code>',
			__( 'Name', 'domain-sync-for-runcloud' )  => self::copied( $field, true ) . ( $field === $proof['name'] ? '' : esc_html( " ({$proof['name']})" ) ),
			__( 'Value', 'domain-sync-for-runcloud' ) => self::copied( $proof['value'], true ),
		);
		return '<ul class="domain-sync-records">' . self::record( 'is-wrong', __( 'Create this record', 'domain-sync-for-runcloud' ), $lines ) . '</ul>';
	}

	/**
	 * Whose the DNS is, and where its provider says how a record is set.
	 *
	 * @param string $name_server One of the zone's name servers, or "".
	 */
	public static function provider( string $name_server ): string {
		$provider = Dns_Provider::of( $name_server );
		if ( null === $provider ) {
			/* translators: %s: name of a name server. */
			return '' === $name_server ? '' : '<p>' . sprintf( esc_html__( 'Records are set where the name server %s belongs to.', 'domain-sync-for-runcloud' ), '<code>' . esc_html( $name_server ) . '</code>' ) . '</p>';
		}
		return sprintf(
			'<p>%s <a href="%s" target="_blank" rel="noopener noreferrer">%s</a></p>',
			/* translators: %s: name of a DNS provider. */
			sprintf( esc_html__( 'The DNS of this domain is at %s.', 'domain-sync-for-runcloud' ), '<strong>' . esc_html( $provider['name'] ) . '</strong>' ),
			esc_url( $provider['url'] ),
			/* translators: %s: name of a DNS provider. */
			sprintf( esc_html__( 'Help of %s (opens in a new tab)', 'domain-sync-for-runcloud' ), esc_html( $provider['name'] ) )
		);
	}

	/**
	 * One record.
	 *
	 * @param string                $css_class Its class, or "".
	 * @param string                $title     What to do with it.
	 * @param array<string, string> $lines     HTML by name.
	 */
	private static function record( string $css_class, string $title, array $lines ): string {
		$html = '';
		foreach ( $lines as $name => $line ) {
			$html .= '<dt>' . esc_html( $name ) . "</dt><dd>$line</dd>";
		}
		return '<li class="' . esc_attr( $css_class ) . '"><strong>' . esc_html( $title ) . "</strong><dl>$html</dl></li>";
	}

	/**
	 * A text that can be copied.
	 *
	 * @param string $text       The text.
	 * @param bool   $has_button Whether there is a button for it.
	 */
	private static function copied( string $text, bool $has_button ): string {
		$html = '<code>' . esc_html( $text ) . '</code>';
		return ! $has_button ? $html : $html . sprintf(
			' <button type="button" hidden data-domain-sync-copy="%s" data-done="%s" data-failed="%s" aria-label="%s">%s</button>',
			esc_attr( $text ),
			esc_attr__( 'Copied', 'domain-sync-for-runcloud' ),
			esc_attr__( 'Not copied: select it', 'domain-sync-for-runcloud' ),
			/* translators: %s: a text. */
			esc_attr( sprintf( __( 'Copy %s', 'domain-sync-for-runcloud' ), $text ) ),
			esc_html__( 'Copy', 'domain-sync-for-runcloud' )
		);
	}
}
