<?php
/**
 * A button that copies a text.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * It is hidden until the script shows it: without JavaScript there is nothing that it could do. The script says aloud that it did it.
 */
final class Copy {

	/**
	 * The button.
	 *
	 * @param string $text What it copies.
	 */
	public static function button( string $text ): string {
		return Html::text(
			'button',
			__( 'Copy', 'domain-sync-for-runcloud' ),
			array(
				'type'                  => 'button',
				'class'                 => 'button button-small',
				'hidden'                => true,
				'data-domain-sync-copy' => $text,
				/* translators: %s: what is copied. */
				'aria-label'            => sprintf( __( 'Copy %s', 'domain-sync-for-runcloud' ), $text ),
			)
		);
	}
}
