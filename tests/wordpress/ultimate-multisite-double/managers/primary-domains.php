<?php
/** Which of a site's domains is the one to redirect to: at most one, and of later versions the first own one that gets ready. */

namespace WP_Ultimo\Managers;

use WP_Ultimo\Database\Domains\Domain_Stage;

final class Primary_Domains {

	private const DONE = array( Domain_Stage::DONE, Domain_Stage::DONE_WITHOUT_SSL );

	public static function init(): void {
		add_action( 'wu_async_remove_old_primary_domains', array( self::class, 'demote' ) );
		if ( 'legacy' !== WU_DOUBLE_INTEGRATIONS ) {
			add_action( 'wu_transition_domain_stage', array( self::class, 'promote' ), 10, 3 );
		}
	}

	/** Despite the hook's name in the same process. */
	public static function demote( $ids ): void {
		foreach ( $ids as $id ) {
			$domain = wu_get_domain( $id );
			if ( $domain ) {
				$domain->set_primary_domain( false );
				$domain->save();
			}
		}
	}

	public static function promote( $old, $new, $id ): void {
		$domain = in_array( $new, self::DONE, true ) && ! in_array( $old, self::DONE, true ) ? wu_get_domain( $id ) : null;
		if ( ! $domain || $domain->is_primary_domain() || self::is_below_network( $domain->get_domain() ) ) {
			return;
		}
		$primary = array(
			'blog_id'        => $domain->get_blog_id(),
			'primary_domain' => true,
		);
		foreach ( wu_get_domains( $primary ) as $other ) {
			if ( ! self::is_below_network( $other->get_domain() ) ) {
				return;
			}
		}
		$domain->set_primary_domain( true );
		$domain->save();
	}

	private static function is_below_network( string $host ): bool {
		return str_ends_with( strtolower( $host ), '.' . wp_parse_url( network_home_url(), PHP_URL_HOST ) );
	}
}
