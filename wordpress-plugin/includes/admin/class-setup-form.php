<?php
/**
 * The forms of the setup.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Fields for what is stored by Ultimate Multisite, lines for what stands in wp-config.php. No secret is written into a field.
 */
final class Setup_Form {

	/** Names of the fields, each with its constant. */
	const FIELDS = array(
		'token'  => Credentials::TOKEN,
		'key'    => Credentials::KEY,
		'secret' => Credentials::SECRET,
		'server' => Credentials::SERVER_ID,
		'app'    => Credentials::WEB_APP_ID,
	);

	/**
	 * A button that does one thing.
	 *
	 * @param string $what       What it does.
	 * @param string $text       What it says.
	 * @param bool   $is_primary Whether it is the one to press.
	 */
	public static function button( string $what, string $text, bool $is_primary = false ): string {
		return Html::form( Setup_Actions::ACTION, Setup_Actions::ACTION, Html::button( 'do', $what, $text, $is_primary ? 'button button-primary' : 'button' ), 'domain-sync-actions' );
	}

	/**
	 * Token, or key and secret.
	 *
	 * @param Credentials $credentials As they are.
	 */
	public static function credentials( Credentials $credentials ): string {
		$is_v2 = $credentials->is_v2();
		if ( $credentials->has_key() && Credentials::is_constant( $is_v2 ? Credentials::KEY : Credentials::TOKEN ) ) {
			return '';
		}
		$html = '';
		if ( Ultimate_Multisite::can_store() ) {
			$token  = self::field( 'token', __( 'API token', 'domain-sync-for-runcloud' ), true );
			$legacy = Html::tag( 'details', array( 'open' => $is_v2 ), Html::text( 'summary', __( 'A legacy personal space has a key and a secret instead', 'domain-sync-for-runcloud' ) ), self::field( 'key', __( 'API key', 'domain-sync-for-runcloud' ), true ) . self::field( 'secret', __( 'API secret', 'domain-sync-for-runcloud' ), true ) );
			$html   = Html::form( Setup_Actions::ACTION, Setup_Actions::ACTION, $token . $legacy . Html::tag( 'p', array(), Html::button( 'do', 'save', $credentials->has_key() ? __( 'Save and test', 'domain-sync-for-runcloud' ) : __( 'Save, and look for the web application', 'domain-sync-for-runcloud' ), $credentials->has_key() ? 'button' : 'button button-primary' ) ) );
		}
		$name  = static fn( string $constant, string $value ): string => sprintf( "define( '%s', '%s' );", $constant, $value );
		$lines = Setup::lines( array( $name( Credentials::TOKEN, 'your-token' ) ) );
		$where = Html::text( 'p', __( 'Put the line into wp-config.php, above the one that says "stop editing". RunCloud\'s dashboard has a file manager for it.', 'domain-sync-for-runcloud' ) );
		if ( '' === $html ) {
			return $where . $lines . Html::tag( 'p', array(), Html::link( Ultimate_Multisite::wizard_address(), __( 'Or let Ultimate Multisite\'s wizard write it there', 'domain-sync-for-runcloud' ) ) );
		}
		return $html . Html::tag( 'details', array(), Html::text( 'summary', __( 'Or keep it in wp-config.php', 'domain-sync-for-runcloud' ) ), $where . $lines );
	}

	/**
	 * What was found, and fields for the ids.
	 *
	 * @param Credentials                $credentials As they are.
	 * @param list<array<string, mixed>> $found       What was found.
	 */
	public static function web_app( Credentials $credentials, array $found ): string {
		$has_ids     = $credentials->server_id > 0 && $credentials->web_app_id > 0;
		$is_constant = Credentials::is_constant( Credentials::SERVER_ID ) || Credentials::is_constant( Credentials::WEB_APP_ID );
		$can_store   = Ultimate_Multisite::can_store() && ! $is_constant;
		$html        = $found ? self::found( $credentials, $found, $can_store ) : '';
		$html       .= self::button( 'find', $found ? __( 'Look again', 'domain-sync-for-runcloud' ) : __( 'Look for the web application', 'domain-sync-for-runcloud' ), ! $has_ids && ! $found );
		if ( $can_store ) {
			$fields = self::field( 'server', __( 'Server id', 'domain-sync-for-runcloud' ), false, (string) $credentials->server_id ) . self::field( 'app', __( 'Web application id', 'domain-sync-for-runcloud' ), false, (string) $credentials->web_app_id );
			$form   = Html::form( Setup_Actions::ACTION, Setup_Actions::ACTION, $fields . Html::tag( 'p', array(), Html::button( 'do', 'save', __( 'Save the ids, and test', 'domain-sync-for-runcloud' ) ) ) );
			$html  .= Html::tag( 'details', array( 'open' => array() === $found && null !== Setup_Note::found() ), Html::text( 'summary', __( 'Enter the ids', 'domain-sync-for-runcloud' ) ), $form );
		}
		return $html;
	}

	/**
	 * The web applications that were found.
	 *
	 * @param Credentials                $credentials As they are.
	 * @param list<array<string, mixed>> $found       What was found.
	 * @param bool                       $can_store   Whether one can be chosen here.
	 */
	private static function found( Credentials $credentials, array $found, bool $can_store ): string {
		$rows = '';
		foreach ( $found as $one ) {
			$is_set = $one['server_id'] === $credentials->server_id && $one['web_app_id'] === $credentials->web_app_id;
			/* translators: 1: name of a web application, 2: its id, 3: id of its server, 4: its folder. */
			$text  = Html::text( 'p', sprintf( __( '%1$s (web application %2$d on server %3$d), in %4$s', 'domain-sync-for-runcloud' ), $one['name'], $one['web_app_id'], $one['server_id'], $one['root_path'] ) );
			$rows .= Html::tag( 'li', array(), $text, $is_set ? Html::text( 'p', __( 'This one is set.', 'domain-sync-for-runcloud' ) ) : self::choice( $one, $can_store ) );
		}
		return Html::tag( 'ul', array( 'class' => 'domain-sync-found' ), $rows );
	}

	/**
	 * How one is chosen.
	 *
	 * @param array<string, mixed> $one       A web application.
	 * @param bool                 $can_store Whether that can be done here.
	 */
	private static function choice( array $one, bool $can_store ): string {
		if ( $can_store ) {
			return Html::form( Setup_Actions::ACTION, Setup_Actions::ACTION, Html::hidden( 'server', (string) $one['server_id'] ) . Html::hidden( 'app', (string) $one['web_app_id'] ) . Html::button( 'do', 'save', __( 'Use this one, and test', 'domain-sync-for-runcloud' ), 'button button-primary' ) );
		}
		return Html::text( 'p', __( 'Put these lines into wp-config.php, in the place of others for the same constants; then test the connection.', 'domain-sync-for-runcloud' ) )
			. Setup::lines( array( sprintf( "define( '%s', %d );", Credentials::SERVER_ID, $one['server_id'] ), sprintf( "define( '%s', %d );", Credentials::WEB_APP_ID, $one['web_app_id'] ) ) );
	}

	/**
	 * A field with its label.
	 *
	 * @param string $name      Its name, one of FIELDS.
	 * @param string $label     Its label.
	 * @param bool   $is_secret Whether nobody may read it over a shoulder, nor afterwards.
	 * @param string $value     What stands in it; never a secret.
	 */
	private static function field( string $name, string $label, bool $is_secret, string $value = '' ): string {
		$constant = self::FIELDS[ $name ];
		if ( Credentials::is_constant( $constant ) ) {
			/* translators: %s: name of a constant. */
			return Html::text( 'p', sprintf( __( '%s is set in wp-config.php.', 'domain-sync-for-runcloud' ), $constant ) );
		}
		$id    = "domain-sync-setup-$name";
		$input = Html::tag(
			'input',
			array(
				'type'         => $is_secret ? 'password' : 'text',
				'inputmode'    => $is_secret ? false : 'numeric',
				'class'        => 'regular-text',
				'id'           => $id,
				'name'         => $name,
				'value'        => '0' === $value ? '' : $value,
				'autocomplete' => $is_secret ? 'new-password' : 'off',
				'spellcheck'   => 'false',
				'maxlength'    => Setup_Actions::LONGEST,
				'placeholder'  => $is_secret && Credentials::is_stored( $constant ) ? __( 'stored; leave it empty to keep it', 'domain-sync-for-runcloud' ) : false,
			)
		);
		return Html::tag( 'p', array(), Html::text( 'label', $label, array( 'for' => $id ) ), '<br />', $input );
	}
}
