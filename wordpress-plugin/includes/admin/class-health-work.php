<?php
/**
 * Tests of the work and of the domains.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Panel\Breaker;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Panel\Web_App;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Plan;
use Domain_Sync_For_RunCloud\Sync\Queue;

/**
 * One method a test; each gives a result as Site_Health has it, and sends nothing.
 */
final class Health_Work {

	/** Seconds after which what is due and not done is stuck. */
	const STUCK = 900;

	/**
	 * This is the network that was confirmed, and no copy of it.
	 *
	 * @return array<string, mixed>
	 */
	public static function copy(): array {
		$obstacle = Identity::obstacle();
		if ( null === $obstacle ) {
			return Site_Health::result( 'copy', Site_Health::GOOD, __( 'This is the real network', 'domain-sync-for-runcloud' ), __( 'Domains are kept in step with RunCloud from here.', 'domain-sync-for-runcloud' ) );
		}
		$details = array( 'environment' => wp_get_environment_type() );
		return Site_Health::result(
			'copy',
			// A staging site is what it says it is.
			Reason::Environment === $obstacle ? Site_Health::RECOMMENDED : Site_Health::CRITICAL,
			__( 'This counts as a copy of the network', 'domain-sync-for-runcloud' ),
			$obstacle->sentence( $details ) . ' ' . __( 'Nothing is sent to RunCloud from here.', 'domain-sync-for-runcloud' ),
			array( $obstacle->next_step( $details ) )
		);
	}

	/**
	 * Cron runs, and what is due is done.
	 *
	 * @return array<string, mixed>
	 */
	public static function queue(): array {
		$now = time();
		try {
			$waits = array_filter(
				array(
					'cron'   => self::cron_since(),
					'job'    => self::job_since( $now ),
					'domain' => self::is_open() ? Domain_List::next_at() : 0,
				)
			);
		} catch ( \Throwable $e ) {
			return self::unread( 'queue' );
		}
		$late = array_filter( $waits, static fn( int $time ): bool => $time < $now - self::STUCK );
		if ( array() === $late ) {
			return Site_Health::result( 'queue', Site_Health::GOOD, __( 'Domains are worked in the background', 'domain-sync-for-runcloud' ), __( 'WordPress\'s cron runs, and nothing that is due waits for longer than 15 minutes.', 'domain-sync-for-runcloud' ) );
		}
		$minutes = intdiv( $now - min( $late ), MINUTE_IN_SECONDS );
		$address = site_url( 'wp-cron.php?doing_wp_cron' );
		if ( isset( $late['cron'] ) ) {
			return Site_Health::result(
				'queue',
				Site_Health::CRITICAL,
				__( 'WordPress\'s cron does not run', 'domain-sync-for-runcloud' ),
				/* translators: %d: number of minutes. */
				sprintf( __( 'Something has waited for the cron of the main site for %d minutes. Until it runs no domain is worked.', 'domain-sync-for-runcloud' ), $minutes ),
				array(
					/* translators: %s: an entry of a crontab. */
					sprintf( __( 'Have the system\'s cron visit it each minute (in the RunCloud dashboard: Server, Cron Job): `%s`', 'domain-sync-for-runcloud' ), "* * * * * curl -fsS -o /dev/null '$address'" ),
				)
			);
		}
		return Site_Health::result(
			'queue',
			Site_Health::CRITICAL,
			__( 'The queue is stuck', 'domain-sync-for-runcloud' ),
			/* translators: %d: number of minutes. */
			sprintf( __( 'Cron runs, but what is due for domains has waited for %d minutes.', 'domain-sync-for-runcloud' ), $minutes ),
			array( __( 'Look at Tools, Scheduled Actions, of the main site: jobs that failed or hang there hold up all that come after them. The log of Ultimate Multisite (integration-runcloud) says why a run broke off.', 'domain-sync-for-runcloud' ) )
		);
	}

	/**
	 * No domain needs somebody, and nothing waits for a decision.
	 *
	 * @return array<string, mixed>
	 */
	public static function domains(): array {
		try {
			$action = array(
				'domain'      => Domain_List::counts()[ Status::Action->value ] ?? 0,
				'certificate' => Domain_List::counts( 'certificate' )[ Status::Action->value ] ?? 0,
			);
			$plan   = Plan::headline();
			$quota  = Settings::quota();
			$sent   = array_sum( Limits::spent() );
		} catch ( \Throwable $e ) {
			return self::unread( 'domains' );
		}
		$steps = array();
		if ( $action['domain'] > 0 ) {
			/* translators: %d: number of domains. */
			$steps[] = sprintf( _n( '%d domain needs somebody.', '%d domains need somebody.', $action['domain'], 'domain-sync-for-runcloud' ), $action['domain'] ) . ' `wp domain-sync list --status=action`';
		}
		if ( $action['certificate'] > 0 ) {
			/* translators: %d: number of certificates. */
			$steps[] = sprintf( _n( '%d certificate needs somebody.', '%d certificates need somebody.', $action['certificate'], 'domain-sync-for-runcloud' ), $action['certificate'] ) . ' `wp domain-sync list --certificate=action`';
		}
		if ( '' !== $plan ) {
			$steps[] = $plan . ' `wp domain-sync plan`';
		}
		if ( $quota > 0 && $sent >= $quota ) {
			/* translators: %d: number of requests. */
			$steps[] = sprintf( __( 'This month\'s %d requests to RunCloud are spent; the rest waits for the next month or a larger quota.', 'domain-sync-for-runcloud' ), $quota );
		}
		if ( array() === $steps ) {
			return Site_Health::result( 'domains', Site_Health::GOOD, __( 'No domain needs somebody', 'domain-sync-for-runcloud' ), __( 'What is under way goes on by itself.', 'domain-sync-for-runcloud' ) );
		}
		return Site_Health::with_link(
			Site_Health::result( 'domains', Site_Health::RECOMMENDED, __( 'Domains need somebody', 'domain-sync-for-runcloud' ), __( 'There is something that only you can decide or put right; each domain says what it is.', 'domain-sync-for-runcloud' ), $steps )
		);
	}

	/**
	 * The certificate that all domains share in basic mode has room.
	 *
	 * @return array<string, mixed>
	 */
	public static function names(): array {
		try {
			$names = ( new Web_App() )->names();
		} catch ( \Throwable $e ) {
			return self::unread( 'names' );
		}
		if ( $names < Notices::NAMES_WARN ) {
			return Site_Health::result(
				'names',
				Site_Health::GOOD,
				__( 'There is room for further domains in certificates', 'domain-sync-for-runcloud' ),
				/* translators: 1: number of names, 2: the most a certificate can hold. */
				0 === $names ? __( 'Domains do not share a certificate, or its names are not known yet.', 'domain-sync-for-runcloud' ) : sprintf( __( 'RunCloud\'s SSL certificate holds at least %1$d of at most %2$d names.', 'domain-sync-for-runcloud' ), $names, Notices::NAMES_LIMIT )
			);
		}
		return Site_Health::result(
			'names',
			$names >= Notices::NAMES_LIMIT ? Site_Health::CRITICAL : Site_Health::RECOMMENDED,
			$names >= Notices::NAMES_LIMIT ? __( 'The shared certificate is full', 'domain-sync-for-runcloud' ) : __( 'The shared certificate is nearly full', 'domain-sync-for-runcloud' ),
			/* translators: 1: number of names, 2: the most a certificate can hold. */
			sprintf( __( 'RunCloud\'s SSL certificate for this network holds at least %1$d of at most %2$d names. When it is full further domains get no certificate.', 'domain-sync-for-runcloud' ), $names, Notices::NAMES_LIMIT ),
			array( __( 'Switch the web application to advanced SSL in the RunCloud dashboard: each domain gets a certificate of its own then.', 'domain-sync-for-runcloud' ) )
		);
	}

	/** Since when the main site's cron has something to do, as a Unix time; 0 when it has nothing. */
	public static function cron_since(): int {
		$cron = _get_cron_array();
		return $cron ? (int) min( array_keys( $cron ) ) : 0;
	}

	/**
	 * Since when the job waits that is to be worked now, as a Unix time; 0 when none does.
	 *
	 * @param int $now Unix time.
	 */
	public static function job_since( int $now ): int {
		if ( ! function_exists( 'as_get_scheduled_actions' ) ) {
			return 0;
		}
		$late = array(
			'hook'         => Queue::JOB,
			'group'        => Queue::GROUP,
			'status'       => 'pending',
			'date'         => gmdate( 'Y-m-d H:i:s', $now - self::STUCK ),
			'date_compare' => '<=',
			'per_page'     => 1,
		);
		return as_get_scheduled_actions( $late, 'ids' ) ? $now - self::STUCK - 1 : 0;
	}

	/** Whether rows that are due should be worked. */
	private static function is_open(): bool {
		return Plugin::is_set_up() && ( Limits::blocks()[ Breaker::ALL ]['until'] ?? 0 ) <= time();
	}

	/**
	 * That the database did not say.
	 *
	 * @param string $test Name of the test.
	 *
	 * @return array<string, mixed>
	 */
	private static function unread( string $test ): array {
		return Site_Health::result( $test, Site_Health::RECOMMENDED, __( 'Domain Sync for RunCloud could not read its tables', 'domain-sync-for-runcloud' ), __( 'The database did not answer as it should.', 'domain-sync-for-runcloud' ), array( __( 'Load this page again. If it stays so, look at the database and at PHP\'s log.', 'domain-sync-for-runcloud' ) ) );
	}
}
