<?php
/**
 * What happened to a host, as a time line.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Desired;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Store\Reason;

/**
 * The newest first, each with who did it and by what way: a person, a command, another system, a hook, or the plugin by itself, since RunCloud had it
 * otherwise for example.
 */
final class Timeline {

	/**
	 * All of it.
	 *
	 * @param list<array<string, mixed>> $history See Domain_View.
	 */
	public static function html( array $history ): string {
		if ( ! $history ) {
			return Html::text( 'p', __( 'Nothing has happened in the last 90 days.', 'domain-sync-for-runcloud' ) );
		}
		cache_users( array_values( array_unique( array_filter( array_column( $history, 'user_id' ) ) ) ) );
		$html = '';
		foreach ( $history as $event ) {
			$html .= Html::tag(
				'li',
				array(),
				Words::time( (int) strtotime( $event['at'] ) ),
				' ',
				Html::text( 'span', '' !== $event['sentence'] ? $event['sentence'] : $event['kind'], array( 'class' => 'domain-sync-event' ) ),
				' ',
				Html::text( 'small', self::who( $event['user_id'], $event['via'] ), array( 'class' => 'domain-sync-why' ) )
			);
		}
		return Html::tag( 'ol', array( 'class' => 'domain-sync-timeline' ), $html );
	}

	/**
	 * Who did it, and by what way.
	 *
	 * @param int    $user_id Id of a user; 0 for nobody.
	 * @param string $via     See Origin; "" where that was not written down yet.
	 */
	private static function who( int $user_id, string $via ): string {
		$person = Words::person( $user_id );
		if ( '' === $person ) {
			return match ( $via ) {
				Origin::SCREEN  => __( 'on a screen', 'domain-sync-for-runcloud' ),
				Origin::COMMAND => __( 'by a command, without a user', 'domain-sync-for-runcloud' ),
				Origin::SYSTEM  => __( 'by another system', 'domain-sync-for-runcloud' ),
				Origin::HOOK    => __( 'by a hook, without a user', 'domain-sync-for-runcloud' ),
				Origin::DRIFT   => __( 'by itself, since RunCloud had it otherwise', 'domain-sync-for-runcloud' ),
				default         => __( 'by itself', 'domain-sync-for-runcloud' ),
			};
		}
		return match ( $via ) {
			/* translators: %s: a person's name. */
			Origin::COMMAND => sprintf( __( 'by %s, with a command', 'domain-sync-for-runcloud' ), $person ),
			/* translators: %s: a person's name. */
			Origin::SYSTEM  => sprintf( __( 'by %s, from another system', 'domain-sync-for-runcloud' ), $person ),
			/* translators: %s: a person's name. */
			Origin::HOOK    => sprintf( __( 'by %s, in the network', 'domain-sync-for-runcloud' ), $person ),
			/* translators: %s: a person's name. */
			default         => sprintf( __( 'by %s', 'domain-sync-for-runcloud' ), $person ),
		};
	}

	/**
	 * What happened, in words; "" for a kind that nobody knows.
	 *
	 * @param string               $kind    A reason's code, or a word of its own.
	 * @param array<string, mixed> $details Its arguments.
	 */
	public static function sentence( string $kind, array $details ): string {
		$reason = Reason::tryFrom( $kind );
		return match ( $kind ) {
			/* translators: %d: id of a site. */
			Desired::WANTED     => sprintf( __( 'The network wants it, for site %d.', 'domain-sync-for-runcloud' ), $details['site_id'] ?? 0 ),
			Desired::OTHERWISE  => __( 'What the network wants of it has changed.', 'domain-sync-for-runcloud' ),
			Desired::UNWANTED   => __( 'The network does not want it any more.', 'domain-sync-for-runcloud' ),
			'added'             => __( 'Added at RunCloud.', 'domain-sync-for-runcloud' ),
			'found'             => __( 'Found at RunCloud, where others had made it.', 'domain-sync-for-runcloud' ),
			'adopted'           => __( 'Adopted: it counts as made by the plugin.', 'domain-sync-for-runcloud' ),
			'updated'           => __( 'Its settings at RunCloud were changed.', 'domain-sync-for-runcloud' ),
			'removed'           => __( 'Removed at RunCloud.', 'domain-sync-for-runcloud' ),
			'left'              => __( 'Left at RunCloud, since it was there before.', 'domain-sync-for-runcloud' ),
			'order'             => __( 'A certificate was ordered.', 'domain-sync-for-runcloud' ),
			'order-not-taken'   => __( 'An order of a certificate was not taken.', 'domain-sync-for-runcloud' ),
			'certificate'       => __( 'A certificate appeared that the plugin had not ordered.', 'domain-sync-for-runcloud' ),
			'validation-failed' => __( 'Let\'s Encrypt could not check the host.', 'domain-sync-for-runcloud' ),
			'check-asked'       => __( 'A look was asked for.', 'domain-sync-for-runcloud' ),
			'retry-asked'       => __( 'Another try was asked for.', 'domain-sync-for-runcloud' ),
			'order-asked', 'redeploy-asked' => __( 'A new certificate was asked for.', 'domain-sync-for-runcloud' ),
			'adopt-asked'       => __( 'Its adoption was asked for.', 'domain-sync-for-runcloud' ),
			'remove-asked'      => __( 'Its removal was asked for.', 'domain-sync-for-runcloud' ),
			'undo-asked'        => __( 'Its removal was called off.', 'domain-sync-for-runcloud' ),
			'approve-asked'     => __( 'The step was approved.', 'domain-sync-for-runcloud' ),
			'decline-asked'     => __( 'The step was declined.', 'domain-sync-for-runcloud' ),
			default             => (string) ( $details ? $reason?->sentence( $details ) : $reason?->label() ),
		};
	}
}
