<?php
/**
 * Has certificates made for mapped hosts.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Let's Encrypt looks the host up, so a certificate is asked for only when its DNS points here: Ultimate Multisite says so, or the
 * addresses that the panel gives are found in DNS.
 *
 * How many requests that takes depends on the web application: in basic mode one for all hosts that became ready together, in
 * advanced mode one for each, in automatic mode none.
 */
final class Certificates {

	/** Seconds that a host which is ready waits for others, so that they share one request in basic mode. */
	const GATHER = 60;

	/** Seconds after which DNS is looked at first when Ultimate Multisite has not said anything; doubles up to a day. */
	const FIRST_LOOK = 600;

	/** Seconds that one job may spend on hosts in advanced mode; Action Scheduler plans with 30. */
	const TIME_PER_JOB = 20;

	/** Names that a Let's Encrypt certificate can hold, and how many before that the admin is warned. */
	const NAMES_LIMIT = 100;
	const NAMES_WARN  = 90;

	/**
	 * Sends nothing yet.
	 *
	 * @param Certificate_States $states   Where the states are.
	 * @param Domains            $domains  Where the rows are.
	 * @param Domain_Reader      $reader   Finds rows.
	 * @param Runcloud           $runcloud The panel.
	 * @param Ssl_Mode           $mode     How SSL is set up, as far as it is known.
	 * @param Dns                $dns      Whether a host points here.
	 * @param Queue              $queue    Where jobs go.
	 * @param Pause              $pause    Whether all jobs wait.
	 * @param Log                $log      The log.
	 */
	public function __construct(
		private readonly Certificate_States $states,
		private readonly Domains $domains,
		private readonly Domain_Reader $reader,
		private readonly Runcloud $runcloud,
		private readonly Ssl_Mode $mode,
		private readonly Dns $dns,
		private readonly Queue $queue,
		private readonly Pause $pause,
		private readonly Log $log
	) {}

	/**
	 * State of the certificate of a host that was mapped this moment.
	 */
	public function first_state(): string {
		return $this->mode->is_automatic() ? Domain::CERTIFICATE_AUTOMATIC : Domain::CERTIFICATE_WAITS_FOR_DNS;
	}

	/**
	 * Ultimate Multisite found that the host's DNS points here.
	 *
	 * @param string $host Host name.
	 */
	public function resolves( string $host ): void {
		if ( $this->states->resolves( $host ) ) {
			$this->queue->redeploy_in( $this->gathering_time() );
		}
	}

	/**
	 * Looks at DNS for a host that Ultimate Multisite says nothing about.
	 *
	 * @param Domain $domain The claimed row.
	 */
	public function look_at_dns( Domain $domain ): void {
		if ( $this->dns->points_here( $domain->host, $domain->remote_id ) ) {
			$this->domains->look_at_dns_in( $domain, 0 );
			$this->states->resolves( $domain->host );
			$this->log->info( "{$domain->host}: DNS points here" );
			return;
		}
		$this->domains->look_at_dns_in( $domain, Back_Off::seconds( $domain->attempts + 1, self::FIRST_LOOK, DAY_IN_SECONDS ) );
	}

	/**
	 * Schedules what a mapped host's certificate needs next.
	 *
	 * @param Domain $domain The row.
	 */
	public function follow( Domain $domain ): void {
		if ( Domain::CERTIFICATE_DUE === $domain->certificate ) {
			$this->queue->redeploy_in( $this->gathering_time() );
		} elseif ( Domain::CERTIFICATE_WAITS_FOR_DNS === $domain->certificate ) {
			$this->queue->wake_at( $domain->next_try_at );
		}
	}

	/**
	 * Makes a job if a certificate is due and none was made for it.
	 */
	public function sweep(): void {
		if ( $this->states->any_due() ) {
			$this->queue->redeploy_in( $this->gathering_time() );
		}
	}

	/**
	 * The job: asks for the certificates of all hosts that are due. Never throws.
	 */
	public function redeploy(): void {
		try {
			$paused_until = $this->pause->ends_at();
			if ( 0 !== $paused_until ) {
				$this->queue->wake_at( $paused_until );
				return;
			}
			$domains = $this->states->claim_due();
			if ( array() === $domains ) {
				return;
			}
			$this->queue->wake_at( $domains[0]->claimed_until + 1 );
			$this->ask( $domains );
			foreach ( $domains as $domain ) {
				$this->follow_claimed( $domain->id );
			}
		} catch ( \Throwable $e ) {
			$this->log->error( 'Certificates were left for the next sweep: ' . $e->getMessage() );
		}
	}

	/**
	 * Asks for one host after the other, until an answer was for all of them, or the time is up.
	 *
	 * @param list<Domain> $domains The claimed rows.
	 */
	private function ask( array $domains ): void {
		$until = time() + self::TIME_PER_JOB;
		while ( $domains && time() <= $until ) {
			if ( $this->mode->is_automatic() ) {
				$this->settle( $domains, Domain::CERTIFICATE_AUTOMATIC, 0, '' );
				return;
			}
			$advanced = $this->mode->is_advanced();
			$outcome  = $this->ask_for( $domains[0], $advanced );
			if ( ! $outcome->ok ) {
				$this->did_not_work( $domains, $advanced, $outcome );
				if ( ! $advanced || $outcome->retryable ) {
					return;
				}
				array_shift( $domains );
				continue;
			}
			$this->mode->learn( $outcome->value['mode'], $outcome->value['certificate_id'] );
			$answered = $this->mode->is_advanced() ? array( array_shift( $domains ) ) : array_splice( $domains, 0 );
			$this->answered( $answered, $outcome );
		}
		foreach ( $domains as $domain ) {
			$this->states->give_back( $domain );
		}
	}

	/**
	 * Asks for one host, or for all of them at once, with the ids that save requests. A certificate's id alone means the one of
	 * basic mode, with a domain's id it means that domain's.
	 *
	 * @param Domain $domain   The claimed row.
	 * @param bool   $advanced Whether each host has its own certificate, as far as it is known.
	 */
	private function ask_for( Domain $domain, bool $advanced ): Outcome {
		$certificate_id = $advanced ? $domain->certificate_id : $this->mode->certificate_id();
		$domain_id      = $advanced || 0 === $certificate_id ? $domain->remote_id : 0;
		return $this->runcloud->redeploy( $domain->host, $certificate_id, $domain_id );
	}

	/**
	 * Writes RunCloud's answer down.
	 *
	 * @param list<Domain> $domains The hosts it is for.
	 * @param Outcome      $outcome The answer.
	 */
	private function answered( array $domains, Outcome $outcome ): void {
		list( $state, $error ) = match ( $outcome->value['outcome'] ) {
			'redeployed', 'installed' => array( Domain::CERTIFICATE_REQUESTED, '' ),
			'automatic'               => array( Domain::CERTIFICATE_AUTOMATIC, '' ),
			'not-installed'           => array( Domain::CERTIFICATE_NOT_INSTALLED, __( 'The web application has no SSL certificate yet. Install the first one in the RunCloud dashboard (web application, SSL/TLS); from then on it is kept up to date from here.', 'domain-sync-for-runcloud' ) ),
			'not-renewable'           => array( Domain::CERTIFICATE_NOT_RENEWABLE, __( 'The SSL certificate at RunCloud was not issued by Let\'s Encrypt there, so it cannot be renewed from here. Renew it where it came from, with this host in it.', 'domain-sync-for-runcloud' ) ),
			default                   => array( Domain::CERTIFICATE_FAILED, __( 'RunCloud answered something about the certificate that this version of the plugin does not know. Update the plugin.', 'domain-sync-for-runcloud' ) ),
		};
		$this->settle( $domains, $state, $outcome->value['certificate_id'], $error );
		if ( Domain::CERTIFICATE_REQUESTED === $state && ! $this->mode->is_advanced() ) {
			$this->states->all_are_covered();
			$this->count_names();
		}
		$line = sprintf( '%s: certificate %s (%s mode, %s)', $this->list( $domains ), $outcome->value['outcome'], $outcome->value['mode'], $outcome->cost() );
		'' === $error ? $this->log->info( $line ) : $this->log->error( "$line. $error" );
	}

	/**
	 * Another try later, or none, and the sentence why. In advanced mode a permanent fault is one host's own.
	 *
	 * @param list<Domain> $domains  The claimed rows; the call was for the first.
	 * @param bool         $advanced Whether each host has its own certificate.
	 * @param Outcome      $outcome  How it ended.
	 */
	private function did_not_work( array $domains, bool $advanced, Outcome $outcome ): void {
		$seconds = $outcome->rate_limited
			? $this->pause->begin( $outcome->retry_after ) - time()
			: Back_Off::after( $outcome, $domains[0]->attempts );
		if ( $outcome->retryable ) {
			foreach ( $domains as $domain ) {
				$domain->attempts < Back_Off::TRIES_OF_A_DAY
					? $this->states->try_again_in( $domain, $seconds, $outcome->sentence )
					: $this->states->is_now( $domain, Domain::CERTIFICATE_FAILED, 0, $outcome->sentence );
			}
			$this->log->warning( "{$this->list( $domains )}: could not ask for the certificate, next try in $seconds s: {$outcome->sentence} ({$outcome->cost()})" );
			return;
		}
		$concerned = $advanced ? array( $domains[0] ) : $domains;
		$this->settle( $concerned, Domain::CERTIFICATE_FAILED, 0, $outcome->sentence );
		$this->log->error( "{$this->list( $concerned )}: could not ask for the certificate: {$outcome->sentence} ({$outcome->cost()}) " . Connection_Test::GOES_ON );
	}

	/**
	 * Writes one answer for several hosts.
	 *
	 * @param list<Domain> $domains        The claimed rows.
	 * @param string       $state          State of the certificate.
	 * @param int          $certificate_id Its id at RunCloud, or 0.
	 * @param string       $error          Why there is none.
	 */
	private function settle( array $domains, string $state, int $certificate_id, string $error ): void {
		foreach ( $domains as $domain ) {
			$this->states->is_now( $domain, $state, $certificate_id, $error );
		}
	}

	/**
	 * Schedules what a host that this job had needs next.
	 *
	 * @param int $id The row's id.
	 */
	private function follow_claimed( int $id ): void {
		$domain = $this->reader->get( $id );
		if ( null === $domain || $domain->is_claimed() ) {
			return;
		}
		if ( Domain::WAITING === $domain->state ) {
			$this->queue->carry_out( $id );
		} elseif ( Domain::MAPPED === $domain->state && Domain::CERTIFICATE_DUE === $domain->certificate ) {
			$this->queue->redeploy_in( max( 0, $domain->next_try_at - time() ) );
		}
	}

	/**
	 * Warns before one certificate for all hosts gets too small.
	 */
	private function count_names(): void {
		$names = $this->reader->certificate_names();
		$this->mode->count_names( $names );
		if ( $names >= self::NAMES_WARN ) {
			$this->log->warning( sprintf( 'The basic SSL certificate holds at least %d of at most %d names. Switch the web application to advanced SSL at RunCloud before it is full.', $names, self::NAMES_LIMIT ) );
		}
	}

	/**
	 * Seconds that hosts are gathered for.
	 */
	private function gathering_time(): int {
		/**
		 * Filters how long a host that is ready for its certificate waits for others, so that they share one request.
		 *
		 * @param int $seconds Seconds.
		 */
		return max( 0, (int) apply_filters( 'domain_sync_certificate_delay', self::GATHER ) );
	}

	/**
	 * Hosts for a line of the log.
	 *
	 * @param list<Domain> $domains Domains.
	 */
	private function list( array $domains ): string {
		$hosts = array_map( static fn( Domain $domain ): string => $domain->host, $domains );
		return implode( ', ', array_slice( $hosts, 0, 5 ) ) . ( count( $hosts ) > 5 ? sprintf( ' and %d more', count( $hosts ) - 5 ) : '' );
	}
}
