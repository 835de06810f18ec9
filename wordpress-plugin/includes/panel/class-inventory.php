<?php
/**
 * Reads the web application's list of domains, page by page.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

/**
 * A request for each 40 domains. How far it is read is kept, so that a limit, a kill or the end of a run costs one page at most.
 */
final class Inventory {

	/** Pages that one run reads: the rate limit is for all. */
	const PAGES = 15;

	/**
	 * Wildcards of the web application, without "*."; null while the list is not read to its end.
	 *
	 * @param Panel                    $panel   RunCloud.
	 * @param Web_App                  $web_app What is known of the web application.
	 * @param callable( Result ): void $note    Gets how each call ended.
	 *
	 * @return list<string>|null
	 */
	public static function wildcards( Panel $panel, Web_App $web_app, callable $note ): ?array {
		for ( $read = 0; $read < self::PAGES && null === $web_app->wildcards(); $read++ ) {
			$listing = $web_app->listing();
			$result  = $panel->page( $listing['page'] );
			$note( $result );
			if ( ! $result->is_ok ) {
				return null;
			}
			$page      = $result->value;
			$wildcards = $listing['wildcards'];
			foreach ( $page['domains'] as $domain ) {
				if ( $domain['wildcard'] || str_starts_with( $domain['host'], '*.' ) ) {
					$wildcards[] = (string) preg_replace( '/^\*\./', '', $domain['host'] );
				}
			}
			$total   = max( $page['total'] ?? 0, $listing['total'] + ( null === $page['total'] ? count( $page['domains'] ) : 0 ) );
			$is_last = array() === $page['domains'] || ( null !== $page['pages'] && $listing['page'] >= $page['pages'] );
			$is_last
				? $web_app->finish_listing( $wildcards, $total )
				: $web_app->keep_listing( $listing['page'] + 1, 0 === $listing['begun_at'] ? time() : $listing['begun_at'], $wildcards, $total );
		}
		return $web_app->wildcards();
	}
}
