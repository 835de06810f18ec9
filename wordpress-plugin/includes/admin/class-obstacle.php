<?php
/**
 * Why nothing can be sent from here.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The first thing that is in the way, in the order in which somebody has to put it right.
 */
final class Obstacle {

	/**
	 * Why nothing can be sent from here: a code, and a sentence with what to do. Null when it can.
	 *
	 * @return array{code: string, sentence: string}|null
	 */
	public static function read(): ?array {
		$extension = Plugin::missing_extension();
		if ( null !== $extension ) {
			$php = php_ini_loaded_file() ? (string) php_ini_loaded_file() : PHP_BINARY;
			/* translators: 1: what is wrong, a sentence, 2: file of PHP's settings. */
			return self::because( Reason::No_Extension->value, sprintf( __( '%1$s This is the PHP with the settings of %2$s: install the extension for it.', 'domain-sync-for-runcloud' ), $extension, $php ) );
		}
		if ( ! Ultimate_Multisite::is_loaded() ) {
			return self::because( 'no-ultimate-multisite', self::no_ultimate_multisite() );
		}
		$obstacle = Identity::obstacle();
		if ( null !== $obstacle ) {
			return self::because( $obstacle->value, Identity::advice() );
		}
		if ( ! Plugin::is_switched_on() ) {
			return self::because( 'switched-off', __( 'The RunCloud integration is switched off. Switch it on in Ultimate Multisite, under Settings, Integrations.', 'domain-sync-for-runcloud' ) );
		}
		$missing = Credentials::read()->missing();
		/* translators: %s: names of constants. */
		return $missing ? self::because( 'constants', sprintf( __( 'Not set, or not a value that can be right: %s. Set it in wp-config.php or in the wizard.', 'domain-sync-for-runcloud' ), implode( ', ', $missing ) ) ) : null;
	}

	/** That Ultimate Multisite does not run. */
	public static function no_ultimate_multisite(): string {
		return __( 'Ultimate Multisite is not active on this network, or not set up yet. Activate it for the network, complete its setup, and leave out --skip-plugins.', 'domain-sync-for-runcloud' );
	}

	/**
	 * An obstacle.
	 *
	 * @param string $code     What is wrong.
	 * @param string $sentence The same, and what to do.
	 *
	 * @return array{code: string, sentence: string}
	 */
	private static function because( string $code, string $sentence ): array {
		return array(
			'code'     => $code,
			'sentence' => $sentence,
		);
	}
}
