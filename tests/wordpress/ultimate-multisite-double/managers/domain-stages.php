<?php
/** Walks a domain record from "checking DNS" to "done" in queued steps. */

namespace WP_Ultimo\Managers;

use WP_Ultimo\Database\Domains\Domain_Stage;

final class Domain_Stages {

	private const HOOK = 'wu_async_process_domain_stage';

	private const TRIES = 5;

	public static function init(): void {
		add_action( self::HOOK, array( self::class, 'check' ), 10, 2 );
	}

	/** One look at DNS or at the certificate; an exception in it leaves the record where it is, for good. */
	public static function check( $domain_id, $tries = 0 ): void {
		$domain = wu_get_domain( $domain_id );
		if ( ! $domain ) {
			return;
		}
		$max_tries = apply_filters( 'wu_async_process_domain_stage_max_tries', self::TRIES, $domain );
		$log       = 'domain-' . $domain->get_domain();
		wu_log_add( $log, 'Check of ' . $domain->get_domain() );
		if ( Domain_Stage::CHECKING_DNS === $domain->get_stage() ) {
			$domain->has_correct_dns() ? self::to_certificate( $domain ) : self::again( $domain, (int) $tries, $max_tries, Domain_Stage::FAILED );
		} elseif ( Domain_Stage::CHECKING_SSL === $domain->get_stage() ) {
			$domain->has_valid_ssl_certificate() ? self::to_done( $domain ) : self::again( $domain, (int) $tries, $max_tries, Domain_Stage::SSL_FAILED );
		}
		wu_log_add( $log, 'Stage after the check: ' . $domain->get_stage() );
	}

	private static function to_certificate( $domain ): void {
		$domain->set_stage( Domain_Stage::CHECKING_SSL );
		$domain->save();
		wu_enqueue_async_action( self::HOOK, self::arguments( $domain, 0 ), 'domain' );
		do_action( 'wu_domain_manager_dns_propagation_finished', $domain );
	}

	private static function to_done( $domain ): void {
		$domain->set_stage( Domain_Stage::DONE );
		$domain->set_secure( true );
		$domain->save();
	}

	/** So many tries, and one that gives up. Nobody takes the record up again then. */
	private static function again( $domain, int $tries, $max_tries, string $stage_when_tired ): void {
		if ( $tries >= $max_tries ) {
			$domain->set_stage( $stage_when_tired );
			$domain->save();
			return;
		}
		$seconds = max( 10, min( 300, (int) wu_get_setting( 'dns_check_interval', 300 ) ) );
		wu_schedule_single_action( time() + $seconds, self::HOOK, self::arguments( $domain, $tries + 1 ), 'domain' );
	}

	private static function arguments( $domain, int $tries ): array {
		return array(
			'domain_id' => $domain->get_id(),
			'tries'     => $tries,
		);
	}
}
