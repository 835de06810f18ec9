<?php
/**
 * The steps of the setup that are about RunCloud.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Credentials;
use Domain_Sync_For_RunCloud\Panel\Inventory;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Credentials, server and web application, the test, the switch. What wp-config.php says is shown and not asked for; no secret is ever shown.
 */
final class Setup_Connection {

	/**
	 * The steps.
	 *
	 * @return list<Setup_Step>
	 */
	public static function steps(): array {
		return array( self::credentials(), self::web_app(), self::test(), self::switch() );
	}

	/** A token, or a key with its secret. */
	private static function credentials(): Setup_Step {
		$title       = __( 'Give the plugin a token of RunCloud\'s API', 'domain-sync-for-runcloud' );
		$credentials = Credentials::read();
		$how         = __( 'In the RunCloud dashboard open the workspace\'s settings, then API Management: switch the API on, make a token and copy it. Where the workspace allows some addresses only, this server\'s must be among them.', 'domain-sync-for-runcloud' );
		$sentences   = array();
		if ( Credentials::unreadable() ) {
			$sentences[] = __( 'What was stored cannot be read any more, since the salts of wp-config.php were changed. Enter it again.', 'domain-sync-for-runcloud' );
		}
		if ( $credentials->has_key() ) {
			$name        = $credentials->is_v2() ? Credentials::KEY : Credentials::TOKEN;
			$sentences[] = $credentials->is_v2()
				? __( 'The key and secret of a legacy personal space are used.', 'domain-sync-for-runcloud' )
				: __( 'A token is used.', 'domain-sync-for-runcloud' );
			$sentences[] = Credentials::is_constant( $name )
				? __( 'It is in wp-config.php; change it there.', 'domain-sync-for-runcloud' )
				: __( 'Ultimate Multisite keeps it, encrypted, in the database.', 'domain-sync-for-runcloud' );
		} else {
			$sentences[] = $how;
		}
		$error = self::refused();
		if ( '' !== $error ) {
			array_unshift( $sentences, $error );
		}
		return new Setup_Step( 'credentials', $title, $credentials->has_key() && '' === $error ? Status::Ready : Status::Action, $sentences, Setup_Form::credentials( $credentials ) );
	}

	/** That RunCloud refuses the credentials, as a sentence; "" when it is not known to. */
	private static function refused(): string {
		$block = self::block();
		return '' !== Setup_Note::error( 'credentials' ) || Reason::Unauthorized !== $block ? Setup_Note::error( 'credentials' ) : $block->sentence() . ' ' . $block->next_step();
	}

	/** Why RunCloud is not called at present; null when it is. */
	private static function block(): ?Reason {
		$block = Limits::blocks()[ Breaker::ALL ] ?? null;
		return null !== $block && $block['until'] > time() ? Reason::tryFrom( $block['reason'] ) : null;
	}

	/** Server and web application. */
	private static function web_app(): Setup_Step {
		$title       = __( 'Find the server and the web application', 'domain-sync-for-runcloud' );
		$credentials = Credentials::read();
		$found       = Setup_Note::found();
		$has_ids     = $credentials->server_id > 0 && $credentials->web_app_id > 0;
		$is_other    = $has_ids && $found && ! array_filter( $found, static fn( array $one ): bool => $one['server_id'] === $credentials->server_id && $one['web_app_id'] === $credentials->web_app_id );
		$error       = Setup_Note::error( 'web-app' );
		$sentences   = array_filter( array( $error ) );
		if ( $has_ids ) {
			/* translators: 1: id of a server, 2: id of a web application. */
			$sentences[] = sprintf( __( 'Server %1$d, web application %2$d.', 'domain-sync-for-runcloud' ), $credentials->server_id, $credentials->web_app_id );
		}
		foreach ( array( Credentials::SERVER_ID => $credentials->server_id, Credentials::WEB_APP_ID => $credentials->web_app_id ) as $name => $id ) {
			if ( 0 === $id && Credentials::is_constant( $name ) ) {
				/* translators: %s: name of a constant. */
				$sentences[] = sprintf( __( '%s in wp-config.php is no whole number above zero: correct it there.', 'domain-sync-for-runcloud' ), $name );
			}
		}
		if ( $is_other ) {
			$sentences[] = __( 'These ids are another application\'s: this WordPress is not in its folder.', 'domain-sync-for-runcloud' );
		} elseif ( ! $has_ids ) {
			/* translators: %s: a folder. */
			$sentences[] = sprintf( __( 'Their ids are needed. The plugin can look for the web application that has the folder of this WordPress, %s; that takes a request to RunCloud for each of your servers.', 'domain-sync-for-runcloud' ), untrailingslashit( Connection_Test::folder() ) );
		}
		if ( array() === $found ) {
			/* translators: %s: name of a filter. */
			$sentences[] = sprintf( __( 'None was found that these credentials see. Where RunCloud\'s server has this WordPress under another path, as with containers, say so with the filter %s, or enter the ids: they are the two numbers in the dashboard\'s address, /servers/1001/webapps/2001.', 'domain-sync-for-runcloud' ), 'domain_sync_document_root' );
		}
		$status = match ( true ) {
			! $credentials->has_key() && ! $has_ids => Status::Unknown,
			$has_ids && ! $is_other && '' === $error => Status::Ready,
			default                                 => Status::Action,
		};
		return new Setup_Step( 'web-app', $title, $status, $sentences, $credentials->has_key() ? Setup_Form::web_app( $credentials, $found ?? array() ) : '' );
	}

	/** The connection. */
	private static function test(): Setup_Step {
		$title = __( 'Test the connection', 'domain-sync-for-runcloud' );
		$error = Setup_Note::error( 'test' );
		$block = self::block();
		$form  = Setup_Form::button( 'test', __( 'Test the connection', 'domain-sync-for-runcloud' ), '' !== $error );
		if ( ! Credentials::read()->is_complete() || '' !== self::refused() . Setup_Note::error( 'web-app' ) ) {
			return new Setup_Step( 'test', $title, Status::Unknown, array( __( 'Four requests ask RunCloud whether all of that is right.', 'domain-sync-for-runcloud' ) ) );
		}
		if ( '' !== $error ) {
			return new Setup_Step( 'test', $title, Status::Action, array( $error ), $form );
		}
		if ( null !== $block ) {
			return new Setup_Step( 'test', $title, $block->status(), array( $block->sentence(), $block->next_step() ), $form );
		}
		$mode = ( new Web_App() )->ssl_mode();
		if ( '' === $mode && ! Inventory::is_listed() ) {
			return new Setup_Step( 'test', $title, Status::Action, array( __( 'Four requests ask whether RunCloud accepts the token, has this server and this web application, and whether this WordPress is in its folder. Nothing is changed.', 'domain-sync-for-runcloud' ) ), Setup_Form::button( 'test', __( 'Test the connection', 'domain-sync-for-runcloud' ), true ) );
		}
		/* translators: %s: "basic", "advanced" or "automatic". */
		return new Setup_Step( 'test', $title, Status::Ready, array( '' === $mode ? __( 'RunCloud has answered.', 'domain-sync-for-runcloud' ) : sprintf( __( 'RunCloud has answered; the web application has %s SSL.', 'domain-sync-for-runcloud' ), $mode ) ), $form );
	}

	/** Ultimate Multisite's switch. */
	private static function switch(): Setup_Step {
		$title = __( 'Switch the integration on', 'domain-sync-for-runcloud' );
		if ( Plugin::is_switched_on() ) {
			return new Setup_Step( 'switch', $title, Status::Ready, array( __( 'The RunCloud integration of Ultimate Multisite is on.', 'domain-sync-for-runcloud' ) ) );
		}
		$sentence = __( 'From then on new domains are added. What was mapped before waits for your approval.', 'domain-sync-for-runcloud' );
		$is_open  = Ultimate_Multisite::is_loaded() && Credentials::read()->is_complete();
		return new Setup_Step( 'switch', $title, $is_open ? Status::Action : Status::Unknown, array( $sentence ), $is_open ? Setup_Form::button( 'switch-on', __( 'Switch it on', 'domain-sync-for-runcloud' ), true ) : '' );
	}
}
