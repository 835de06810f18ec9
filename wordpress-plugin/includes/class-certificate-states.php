<?php
/**
 * Every change of a certificate's state.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * The states of certificates stand in the rows of the domains, and follow the same rules; see Domains.
 */
final class Certificate_States {

	/** Seconds a job may take for all it claimed before it counts as dead. */
	const CLAIM_SECONDS = 300;

	/** What must be true of a row whose certificate is to be asked for now. */
	const DUE = "state = 'mapped' AND certificate = 'due' AND next_try_at <= %s AND ( claim = '' OR claimed_until < %s )";

	/**
	 * Reads through the reader.
	 *
	 * @param Domain_Reader $reader Reads rows.
	 */
	public function __construct( private readonly Domain_Reader $reader ) {}

	/**
	 * DNS of a host points here. A mapped host's certificate is due then; another's will be once it is mapped.
	 *
	 * @param string $host Host name.
	 *
	 * @return bool Whether the certificate is due now.
	 */
	public function resolves( string $host ): bool {
		Rows::change( 'UPDATE %i SET resolves_at = COALESCE( resolves_at, %s ) WHERE host = %s', Rows::now(), $host );
		return (bool) Rows::change(
			"UPDATE %i SET certificate = 'due', certificate_error = '', attempts = 0, next_try_at = %s, updated_at = %s WHERE host = %s AND state = 'mapped' AND certificate <> 'automatic'",
			Rows::now(),
			Rows::now(),
			$host
		);
	}

	/**
	 * Whether a certificate is to be asked for now.
	 */
	public function any_due(): bool {
		return array() !== Rows::column( 'SELECT id FROM %i WHERE ' . self::DUE . ' LIMIT 1', Rows::now(), Rows::now() );
	}

	/**
	 * Takes up all hosts whose certificate is due. Each is only ever claimed by one job.
	 *
	 * @return list<Domain>
	 */
	public function claim_due(): array {
		$claim = Domains::new_claim();
		Rows::change(
			'UPDATE %i SET claim = %s, claimed_until = %s, attempts = attempts + 1, updated_at = %s WHERE ' . self::DUE,
			$claim,
			Rows::now( self::CLAIM_SECONDS ),
			Rows::now(),
			Rows::now(),
			Rows::now()
		);
		return $this->reader->held_by( $claim );
	}

	/**
	 * RunCloud answered.
	 *
	 * @param Domain $domain         The claimed row.
	 * @param string $state          State of the certificate.
	 * @param int    $certificate_id Its id at RunCloud, or 0.
	 * @param string $error          Why there is none, and what to do.
	 */
	public function is_now( Domain $domain, string $state, int $certificate_id, string $error ): void {
		Rows::settle(
			$domain,
			'certificate = %s, certificate_id = %d, certificate_error = %s, attempts = 0',
			$state,
			$certificate_id,
			$error
		);
	}

	/**
	 * It did not work yet.
	 *
	 * @param Domain $domain  The claimed row.
	 * @param int    $seconds Seconds until the next try.
	 * @param string $error   Why.
	 */
	public function try_again_in( Domain $domain, int $seconds, string $error ): void {
		Rows::settle( $domain, 'next_try_at = %s, certificate_error = %s', Rows::now( $seconds ), $error );
	}

	/**
	 * The job had no time left for it.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public function give_back( Domain $domain ): void {
		Rows::settle( $domain, 'attempts = attempts - 1' );
	}

	/**
	 * One certificate holds all names of the web application, so hosts that had none are served now as well.
	 */
	public function all_are_covered(): void {
		Rows::change( "UPDATE %i SET certificate = 'requested', certificate_error = '' WHERE state = 'mapped' AND certificate IN ('not-installed', 'not-renewable', 'failed') AND resolves_at IS NOT NULL" );
	}

	/**
	 * Has failed certificates asked for again.
	 *
	 * @param int $since Unix time; what failed before stays as it is.
	 *
	 * @return int How many.
	 */
	public function try_failed_again( int $since ): int {
		return Rows::change(
			"UPDATE %i SET certificate = 'due', attempts = 0, resolves_at = %s, next_try_at = %s WHERE state = 'mapped' AND certificate IN ('failed', 'not-installed', 'not-renewable') AND updated_at >= %s",
			Rows::now(),
			Rows::now(),
			Rows::at( $since )
		);
	}
}
