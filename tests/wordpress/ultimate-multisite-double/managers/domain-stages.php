<?php
/**
 * Walks a domain record from "checking DNS" to "done" in queued steps.
 *
 * What DNS and certificate checks find is set by the network options wu_double_dns and wu_double_ssl: lists of hosts, or true for all.
 */

namespace WP_Ultimo\Managers;

use WP_Ultimo\Database\Domains\Domain_Stage;

final class Domain_Stages {

	private const HOOK = 'wu_async_process_domain_stage';

	public static function init(): void {
		add_action( self::HOOK, array( self::class, 'check' ), 10, 2 );
	}

	public static function check( $domain_id, $tries = 0 ): void {
		$domain = wu_get_domain( $domain_id );
		if ( ! $domain ) {
			return;
		}
		if ( Domain_Stage::CHECKING_DNS === $domain->get_stage() ) {
			$found = apply_filters( 'wu_domain_has_correct_dns', self::finds( 'wu_double_dns', $domain ), $domain, array() );
			$found ? self::to_certificate( $domain ) : self::again( $domain, $tries, Domain_Stage::FAILED );
		} elseif ( Domain_Stage::CHECKING_SSL === $domain->get_stage() ) {
			self::finds( 'wu_double_ssl', $domain ) ? self::to_done( $domain ) : self::again( $domain, $tries, Domain_Stage::SSL_FAILED );
		}
	}

	private static function finds( string $option, $domain ): bool {
		$hosts = get_network_option( null, $option, array() );
		return true === $hosts || in_array( $domain->get_domain(), (array) $hosts, true );
	}

	private static function to_certificate( $domain ): void {
		$domain->set_stage( Domain_Stage::CHECKING_SSL );
		$domain->save();
		self::queue( time(), $domain, 0 );
		do_action( 'wu_domain_manager_dns_propagation_finished', $domain );
	}

	private static function to_done( $domain ): void {
		$domain->set_stage( Domain_Stage::DONE );
		$domain->set_secure( true );
		$domain->save();
	}

	private static function again( $domain, int $tries, string $stage_when_tired ): void {
		if ( $tries >= apply_filters( 'wu_async_process_domain_stage_max_tries', 5, $domain ) ) {
			$domain->set_stage( $stage_when_tired );
			$domain->save();
			return;
		}
		self::queue( time() + max( 10, min( 300, (int) wu_get_setting( 'dns_check_interval', 300 ) ) ), $domain, $tries + 1 );
	}

	private static function queue( int $when, $domain, int $tries ): void {
		$arguments = array(
			'domain_id' => $domain->get_id(),
			'tries'     => $tries,
		);
		wu_schedule_single_action( $when, self::HOOK, $arguments, 'domain' );
	}
}
