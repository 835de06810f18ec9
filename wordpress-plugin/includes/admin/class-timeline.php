<?php
/**
 * What happened to a host, as a time line.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

/**
 * The newest first, each with who did it: a person, or the plugin by itself. What no user was logged in for (a hook, a command without --user) is
 * written down without a name, and so it is shown.
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
			$person = Words::person( $event['user_id'] );
			$html  .= Html::tag(
				'li',
				array(),
				Words::time( (int) strtotime( $event['at'] ) ),
				' ',
				Html::text( 'span', self::sentence( $event ), array( 'class' => 'domain-sync-event' ) ),
				' ',
				/* translators: %s: a person's name. */
				Html::text( 'small', '' === $person ? __( 'by itself', 'domain-sync-for-runcloud' ) : sprintf( __( 'by %s', 'domain-sync-for-runcloud' ), $person ), array( 'class' => 'domain-sync-why' ) )
			);
		}
		return Html::tag( 'ol', array( 'class' => 'domain-sync-timeline' ), $html );
	}

	/**
	 * What happened, in words.
	 *
	 * @param array<string, mixed> $event The event.
	 */
	private static function sentence( array $event ): string {
		$own = match ( $event['kind'] ) {
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
			'order-asked'       => __( 'A new certificate was asked for.', 'domain-sync-for-runcloud' ),
			'adopt-asked'       => __( 'Its adoption was asked for.', 'domain-sync-for-runcloud' ),
			'remove-asked'      => __( 'Its removal was asked for.', 'domain-sync-for-runcloud' ),
			'undo-asked'        => __( 'Its removal was called off.', 'domain-sync-for-runcloud' ),
			'approve-asked'     => __( 'The step was approved.', 'domain-sync-for-runcloud' ),
			'decline-asked'     => __( 'The step was declined.', 'domain-sync-for-runcloud' ),
			default             => (string) $event['sentence'],
		};
		return '' !== $own ? $own : (string) $event['kind'];
	}
}
