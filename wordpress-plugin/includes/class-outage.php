<?php
/**
 * A time in which RunCloud refuses everything, or does not answer.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * A token that ran out, a spent month's quota or a panel that is down for days fails many domains, none of which is to blame. They are
 * tried again when RunCloud works again, though nobody presses "Test connection": a network that waits for its admin has lost them.
 *
 * Since each request counts, that is not at once but some hours after the first failure, and a quiet network asks once a day.
 */
final class Outage {

	/** Seconds after the first failure from which an answer ends the outage. */
	const SHORTEST = 6 * HOUR_IN_SECONDS;

	/** Seconds until RunCloud is asked whether it works again. */
	const ASK_AFTER = DAY_IN_SECONDS;

	/** Statuses that are about the token, the plan, the server or the web application. */
	const ABOUT_US = array( 401, 403, 404 );

	/**
	 * Binds nothing yet.
	 *
	 * @param Plugin $plugin Whose steps failed.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/**
	 * Notes from now on how calls end.
	 */
	public function listen(): void {
		add_action( 'domain_sync_after_call', array( $this, 'note_outcome' ), 10, 2 );
	}

	/**
	 * A call ended.
	 *
	 * @param array<string, mixed> $call   What was called.
	 * @param array<string, mixed> $report How it ended.
	 */
	public function note_outcome( $call, $report ): void {
		unset( $call );
		$since = $this->since();
		if ( $report['ok'] ) {
			if ( 0 !== $since && time() - $since >= self::SHORTEST ) {
				$this->end();
				$this->plugin->try_failed_again( $since );
			}
		} elseif ( 0 === $since && ( $report['retryable'] || in_array( $report['status'], self::ABOUT_US, true ) ) ) {
			update_network_option( null, Schema::OPTION_OUTAGE, time() );
		}
	}

	/**
	 * Asks RunCloud once a day, if nothing has shown for so long that it works again. The question is the one of "Test connection".
	 */
	public function ask_if_over(): void {
		$since = $this->since();
		$asked = (int) get_network_option( null, Schema::OPTION_ASKED, 0 );
		if ( 0 !== $since && time() - max( $since, $asked ) >= self::ASK_AFTER ) {
			update_network_option( null, Schema::OPTION_ASKED, time() );
			$this->plugin->test_connection();
		}
	}

	/**
	 * RunCloud works.
	 */
	public function end(): void {
		delete_network_option( null, Schema::OPTION_OUTAGE );
	}

	/**
	 * When it began, as a Unix time; 0 when there is none.
	 */
	private function since(): int {
		return (int) get_network_option( null, Schema::OPTION_OUTAGE, 0 );
	}
}
