<?php
/**
 * HTML of the screens.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Unicode;

/**
 * Elements are put together here, so that no attribute is written without being escaped, and printed through a list of what may be in them.
 */
final class Html {

	/** What every element may have. */
	private const ANY = array(
		'class'            => true,
		'id'               => true,
		'title'            => true,
		'dir'              => true,
		'lang'             => true,
		'role'             => true,
		'hidden'           => true,
		'tabindex'         => true,
		'data-*'           => true,
		'aria-label'       => true,
		'aria-labelledby'  => true,
		'aria-describedby' => true,
		'aria-live'        => true,
		'aria-current'     => true,
		'aria-hidden'      => true,
	);

	/** Elements, and what they may have beside that. */
	private const ELEMENTS = array(
		'a'        => array( 'href' ),
		'button'   => array( 'type', 'name', 'value', 'disabled' ),
		'form'     => array( 'action', 'method' ),
		'details'  => array( 'open' ),
		'input'    => array( 'type', 'name', 'value', 'checked', 'min', 'max', 'step', 'size', 'inputmode', 'autocomplete', 'spellcheck', 'maxlength', 'placeholder' ),
		'label'    => array( 'for' ),
		'progress' => array( 'value', 'max' ),
		'th'       => array( 'scope' ),
		'td'       => array( 'colspan' ),
		'time'     => array( 'datetime' ),
	);

	/** Elements without more. */
	private const PLAIN = array( 'bdi', 'br', 'caption', 'code', 'dd', 'div', 'dl', 'dt', 'fieldset', 'h2', 'h3', 'legend', 'li', 'nav', 'ol', 'p', 'pre', 'section', 'small', 'span', 'strong', 'summary', 'table', 'tbody', 'thead', 'tr', 'ul' );

	/**
	 * An element.
	 *
	 * @param string                         $name       Its name.
	 * @param array<string, string|int|bool> $attributes Attributes; false leaves one out, true is one without a value.
	 * @param string                         ...$inside  HTML.
	 */
	public static function tag( string $name, array $attributes = array(), string ...$inside ): string {
		$html = "<$name";
		foreach ( $attributes as $attribute => $value ) {
			if ( false !== $value ) {
				$html .= sprintf( ' %s="%s"', $attribute, true === $value ? esc_attr( $attribute ) : ( in_array( $attribute, array( 'href', 'action' ), true ) ? esc_url( (string) $value ) : esc_attr( (string) $value ) ) );
			}
		}
		return in_array( $name, array( 'input', 'br' ), true ) ? "$html />" : "$html>" . implode( '', $inside ) . "</$name>";
	}

	/**
	 * An element with text.
	 *
	 * @param string                         $name       Its name.
	 * @param string                         $text       Plain text.
	 * @param array<string, string|int|bool> $attributes Attributes.
	 */
	public static function text( string $name, string $text, array $attributes = array() ): string {
		return self::tag( $name, $attributes, esc_html( $text ) );
	}

	/**
	 * A link.
	 *
	 * @param string $address Where to.
	 * @param string $text    Plain text.
	 * @param string $class   Classes.
	 */
	public static function link( string $address, string $text, string $class = '' ): string {
		return self::tag( 'a', array( 'href' => $address, 'class' => '' !== $class ? $class : false ), esc_html( $text ) );
	}

	/**
	 * A button that sends its form.
	 *
	 * @param string $name  Its name.
	 * @param string $value Its value.
	 * @param string $text  Plain text.
	 * @param string $class Classes.
	 * @param string $label What a screen reader says, where the text alone says too little.
	 */
	public static function button( string $name, string $value, string $text, string $class = 'button', string $label = '' ): string {
		return self::text(
			'button',
			$text,
			array(
				'type'       => 'submit',
				'name'       => $name,
				'value'      => $value,
				'class'      => $class,
				'aria-label' => '' !== $label ? $label : false,
			)
		);
	}

	/**
	 * A field that is not seen.
	 *
	 * @param string $name  Its name.
	 * @param string $value Its value.
	 */
	public static function hidden( string $name, string $value ): string {
		return self::tag( 'input', array( 'type' => 'hidden', 'name' => $name, 'value' => $value ) );
	}

	/**
	 * A form that is posted.
	 *
	 * @param string $action Name of what is done.
	 * @param string $nonce  What its nonce is for.
	 * @param string $html   What is in it.
	 * @param string $class  Classes.
	 */
	public static function form( string $action, string $nonce, string $html, string $class = '' ): string {
		return self::tag( 'form', array( 'action' => Links::post(), 'method' => 'post', 'class' => '' !== $class ? $class : false ), self::hidden( 'action', $action ), wp_nonce_field( $nonce, '_wpnonce', true, false ), $html );
	}

	/**
	 * A host name as people read it: in Unicode, never turned round by the letters in it or around it.
	 *
	 * @param string $host Host name as the extension writes it.
	 */
	public static function host( string $host ): string {
		return self::text( 'bdi', Unicode::of( $host ), array( 'dir' => 'ltr' ) );
	}

	/**
	 * A picture that says nothing that the text beside it does not say.
	 *
	 * @param string $name Name of a dashicon.
	 */
	public static function icon( string $name ): string {
		return self::tag( 'span', array( 'class' => "dashicons dashicons-$name", 'aria-hidden' => 'true' ) );
	}

	/**
	 * Prints.
	 *
	 * @param string $html HTML.
	 */
	public static function show( string $html ): void {
		printf( '%s', wp_kses( $html, self::allowed() ) );
	}

	/**
	 * What may be printed.
	 *
	 * @return array<string, array<string, bool>>
	 */
	private static function allowed(): array {
		$allowed = array_fill_keys( self::PLAIN, self::ANY );
		foreach ( self::ELEMENTS as $name => $attributes ) {
			$allowed[ $name ] = array_fill_keys( $attributes, true ) + self::ANY;
		}
		return $allowed;
	}
}
