<?php
/**
 * What came of a form, as a notice on the next page.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Decisions;

/**
 * The address carries a word and two numbers, never a text: whoever makes up such an address can make it say nothing else.
 */
final class Said {

	const DONE = 'done';
	const NUMB = 'n';
	const MOST = 'of';

	/** Names of settings that were wrong. */
	const WRONG = 'wrong';

	const NAMES = array( self::DONE, self::NUMB, self::MOST, self::WRONG );

	/**
	 * For the address.
	 *
	 * @param string $done What was done.
	 * @param int    $n    About how many.
	 * @param int    $of   Of how many that were asked for; 0 where nobody counted.
	 *
	 * @return array<string, string|int>
	 */
	public static function of( string $done, int $n = 0, int $of = 0 ): array {
		return array(
			self::DONE => $done,
			self::NUMB => $n,
			self::MOST => $of,
		);
	}

	/** The notice of this page; "" for none. */
	public static function notice(): string {
		$done = Input::text( self::DONE );
		$n    = Input::number( self::NUMB );
		$of   = Input::number( self::MOST );
		$text = self::sentence( $done, $n, $of );
		if ( '' === $text ) {
			return '';
		}
		$is_error = in_array( $done, array( 'obstacle', 'nothing', 'no-network', 'wrong', 'setup-wrong', 'setup-nothing', 'setup-busy' ), true );
		$is_less  = ! $is_error && $of > $n;
		$text    .= $is_less ? ' ' . self::why_less( $done ) : '';
		$class    = $is_error ? 'error' : ( $is_less && 0 === $n ? 'warning' : 'success' );
		return Html::tag( 'div', array( 'class' => "notice notice-$class is-dismissible", 'role' => $is_error ? 'alert' : 'status' ), Html::text( 'p', $text ) );
	}

	/**
	 * What was done, in a sentence; "" for what nobody does.
	 *
	 * @param string $done What was done.
	 * @param int    $n    About how many.
	 * @param int    $of   Of how many.
	 */
	private static function sentence( string $done, int $n, int $of ): string {
		return match ( $done ) {
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::CHECK   => sprintf( __( 'Looked at in the next run: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::RETRY   => sprintf( __( 'Tried again in the next run: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::ORDER   => sprintf( __( 'Certificates ordered from the next run on: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::ADOPT   => sprintf( __( 'Adopted in the next run: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::REMOVE  => sprintf( __( 'Removed in the next runs: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::UNDO    => sprintf( __( 'Kept, their removal is called off: %1$d of %2$d.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::APPROVE => sprintf( __( 'Approved: %1$d of %2$d. They are worked in the background, whoever leaves this page.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of them that were chosen. */
			Possible::DECLINE => sprintf( __( 'Declined: %1$d of %2$d. They stay as they are.', 'domain-sync-for-runcloud' ), $n, $of ),
			/* translators: 1: number of domains, 2: number of domains. */
			'stop'            => sprintf( __( 'Domains that wait for your decision again: %1$d. Approved ones that have begun and are brought to their end: %2$d.', 'domain-sync-for-runcloud' ), $n, Decisions::count_approved() ),
			/* translators: %d: number of domains. */
			'retry-failed'    => sprintf( __( 'Tried again in the next run: %d.', 'domain-sync-for-runcloud' ), $n ),
			'inventory'       => __( 'RunCloud\'s list of domains is read from the next run on.', 'domain-sync-for-runcloud' ),
			/* translators: %d: number of settings. */
			'settings'        => 0 === $n ? __( 'Nothing was changed.', 'domain-sync-for-runcloud' ) : sprintf( _n( '%d setting is changed.', '%d settings are changed.', $n, 'domain-sync-for-runcloud' ), $n ),
			'obstacle'        => Obstacle::read()['sentence'] ?? __( 'Nothing was done. Try again.', 'domain-sync-for-runcloud' ),
			'no-network'      => Obstacle::no_ultimate_multisite(),
			'nothing'         => __( 'Choose what to do, and the domains to do it about.', 'domain-sync-for-runcloud' ),
			'wrong'           => Settings_Page::wrong(),
			'setup-saved'     => __( 'Saved.', 'domain-sync-for-runcloud' ),
			'setup-wrong'     => Setup_Actions::wrong(),
			'setup-nothing'   => __( 'Fill in what is to be saved.', 'domain-sync-for-runcloud' ),
			'setup-busy'      => __( 'Another process talks to RunCloud at this moment. Try again in a minute.', 'domain-sync-for-runcloud' ),
			'switched-on'     => __( 'The integration is switched on.', 'domain-sync-for-runcloud' ),
			default           => '',
		};
	}

	/**
	 * Why not all could be.
	 *
	 * @param string $done What was done.
	 */
	private static function why_less( string $done ): string {
		return match ( $done ) {
			Possible::CHECK  => __( 'The others are about to be looked at, wait for your decision, are not at RunCloud, or nobody wants them.', 'domain-sync-for-runcloud' ),
			Possible::RETRY  => __( 'The others wait for your decision, or are being worked.', 'domain-sync-for-runcloud' ),
			Possible::ORDER  => __( 'The others do not point here, wait for your decision, their order is under way, or a limit does not permit one now; the command "wp domain-sync ssl" says which.', 'domain-sync-for-runcloud' ),
			Possible::ADOPT  => __( 'The others are the plugin\'s already, or not at RunCloud.', 'domain-sync-for-runcloud' ),
			Possible::REMOVE => __( 'The others are mapped in this network (unmap them there), were made by others, are the primary domain, or are being worked.', 'domain-sync-for-runcloud' ),
			Possible::UNDO   => __( 'Of the others no removal is on its way, or RunCloud was asked for it already.', 'domain-sync-for-runcloud' ),
			default          => __( 'The others have changed meanwhile, or are being worked; look at the plan again.', 'domain-sync-for-runcloud' ),
		};
	}
}
