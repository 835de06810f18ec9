<?php
/**
 * Carries a step out.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * One job: claim the row, do its next step at RunCloud, write down what came of it. Whatever is about to be asked of RunCloud is
 * written before, so a job may die between any two lines; the next one goes on from the row.
 */
final class Worker {

	/**
	 * Seconds that the panel's clock may be behind and ahead of ours. Behind counts against us: a domain that somebody made at
	 * RunCloud just before it was mapped must not pass for ours.
	 */
	const CLOCK_BEHIND = 2;
	const CLOCK_AHEAD  = 300;

	/**
	 * Sends nothing yet.
	 *
	 * @param Domains            $domains      Where the states are.
	 * @param Domain_Reader      $reader       Finds rows.
	 * @param Certificates       $certificates What follows once a host is mapped.
	 * @param Runcloud           $runcloud     The panel.
	 * @param Wildcards          $wildcards    What needs no domain of its own.
	 * @param Ultimate_Multisite $um           The network.
	 * @param Queue              $queue        Where jobs go.
	 * @param Pause              $pause        Whether all jobs wait.
	 * @param Log                $log          The log.
	 */
	public function __construct(
		private readonly Domains $domains,
		private readonly Domain_Reader $reader,
		private readonly Certificates $certificates,
		private readonly Runcloud $runcloud,
		private readonly Wildcards $wildcards,
		private readonly Ultimate_Multisite $um,
		private readonly Queue $queue,
		private readonly Pause $pause,
		private readonly Log $log
	) {}

	/**
	 * Does the next step of a row. Never throws.
	 *
	 * @param int $id The row's id.
	 */
	public function carry_out( int $id ): void {
		try {
			$paused_until = $this->pause->ends_at();
			if ( 0 !== $paused_until ) {
				$this->queue->wake_at( $paused_until );
				return;
			}
			$domain = $this->domains->claim( $id );
			if ( null === $domain ) {
				return;
			}
			// Should this process die, somebody looks after the row as soon as its claim has run out.
			$this->queue->wake_at( $domain->claimed_until + 1 );
			$this->step( $domain );
			$this->follow( $id );
		} catch ( \Throwable $e ) {
			$this->log->error( "Domain $id was left for the next sweep: " . $e->getMessage() );
		}
	}

	/**
	 * The step that is next.
	 *
	 * @param Domain $domain The claimed row.
	 */
	private function step( Domain $domain ): void {
		if ( Domain::MAPPED === $domain->state ) {
			$this->certificates->look_at_dns( $domain );
		} elseif ( $domain->wants_host() ) {
			$this->map( $domain );
		} else {
			$this->unmap( $domain );
		}
	}

	/**
	 * RunCloud is to serve the host.
	 *
	 * @param Domain $domain The claimed row.
	 */
	private function map( Domain $domain ): void {
		if ( $domain->is_known_to_be_there() ) {
			$this->is_mapped( $domain );
			return;
		}
		$covered = $this->wildcards->cover( $domain->host );
		if ( ! $covered->ok ) {
			$this->did_not_work( $domain, 'ask for wildcards', $covered );
			return;
		}
		if ( $covered->value ) {
			$this->domains->is_covered( $domain );
			$this->log->info( "{$domain->host}: a wildcard at RunCloud serves it, no domain of its own is needed ({$covered->cost()})" );
			return;
		}
		$www = $this->um->wants_www( $domain->host );
		$this->domains->note_asked( $domain, $www );
		$outcome = $this->runcloud->add( $domain->host, $www );
		if ( ! $outcome->ok ) {
			$this->did_not_work( $domain, 'map', $outcome );
			return;
		}
		$owned = $outcome->value['created'] || $this->is_ours( $domain, $outcome->value['created_at'] );
		$this->domains->has_seen_domain( $domain, $outcome->value['id'], $owned );
		$this->is_mapped( $domain );
		$this->log->info(
			sprintf(
				'%s: %s (domain %d, %s)',
				$domain->host,
				$owned ? 'mapped at RunCloud' : 'was at RunCloud already and will be left there when it is unmapped',
				$outcome->value['id'],
				$outcome->cost()
			)
		);
	}

	/**
	 * RunCloud is not to serve the host any more. Only what this plugin added is removed.
	 *
	 * @param Domain $domain The claimed row.
	 */
	private function unmap( Domain $domain ): void {
		if ( '' === $domain->asked ) {
			$this->domains->is_gone( $domain );
			return;
		}
		$remote_id = $domain->remote_id;
		$owned     = $domain->owned;
		if ( 0 === $remote_id ) {
			// RunCloud was asked for the host, and the answer never came.
			$found = $this->runcloud->find( $domain->host );
			if ( ! $found->ok ) {
				$this->did_not_work( $domain, 'unmap', $found );
				return;
			}
			if ( null === $found->value ) {
				$this->domains->is_gone( $domain );
				$this->log->info( "{$domain->host}: not at RunCloud, nothing to remove ({$found->cost()})" );
				return;
			}
			$remote_id = $found->value['id'];
			$owned     = $owned || $this->is_ours( $domain, $found->value['created_at'] );
			$this->domains->has_seen_domain( $domain, $remote_id, $owned );
		}
		if ( ! $owned ) {
			$this->domains->is_gone( $domain );
			$this->log->info( "{$domain->host}: unmapped; left at RunCloud, since it was there before it was mapped" );
			return;
		}
		$this->domains->note_asked( $domain, $domain->www );
		$outcome = $this->runcloud->remove( $domain->host, $remote_id );
		if ( ! $outcome->ok ) {
			$this->did_not_work( $domain, 'unmap', $outcome );
			return;
		}
		$this->domains->is_gone( $domain );
		$this->log->info( sprintf( '%s: %s (domain %d, %s)', $domain->host, $outcome->value ? 'removed from RunCloud' : 'was gone from RunCloud already', $remote_id, $outcome->cost() ) );
	}

	/**
	 * The host is at RunCloud; its certificate is next.
	 *
	 * @param Domain $domain The claimed row.
	 */
	private function is_mapped( Domain $domain ): void {
		$this->domains->is_mapped( $domain, $this->certificates->first_state(), time() + Certificates::FIRST_LOOK );
	}

	/**
	 * Whether a domain that was found was made by us: the answer to our request may have been lost.
	 *
	 * It is, if the panel made it at the time we asked. The panel's times are taken for UTC.
	 *
	 * @param Domain $domain     The claimed row.
	 * @param string $created_at The panel's "YYYY-MM-DD HH:MM:SS".
	 */
	private function is_ours( Domain $domain, string $created_at ): bool {
		$made  = strtotime( "$created_at UTC" );
		$asked = 0 !== $domain->asked_at ? $domain->asked_at : time();
		return false !== $made && $made >= $asked - self::CLOCK_BEHIND && $made <= time() + self::CLOCK_AHEAD;
	}

	/**
	 * Another try later, or none, and the sentence why.
	 *
	 * @param Domain  $domain  The claimed row.
	 * @param string  $what    What was tried.
	 * @param Outcome $outcome How it ended.
	 */
	private function did_not_work( Domain $domain, string $what, Outcome $outcome ): void {
		if ( $outcome->rate_limited ) {
			$seconds = $this->pause->begin( $outcome->retry_after ) - time();
		} else {
			$seconds = Back_Off::after( $outcome, $domain->attempts );
		}
		if ( $outcome->retryable && time() - $domain->desired_since < Back_Off::GIVE_UP_AFTER ) {
			$this->domains->try_again_in( $domain, $seconds, $outcome->sentence );
			$this->log->warning( "{$domain->host}: could not $what, next try in $seconds s: {$outcome->sentence} ({$outcome->cost()})" );
			return;
		}
		$error = $outcome->retryable
			/* translators: %s: the last error, a sentence. */
			? sprintf( __( 'Given up after a day of trying. %s', 'domain-sync-for-runcloud' ), $outcome->sentence )
			: $outcome->sentence;
		$this->domains->has_failed( $domain, $error, '' === $domain->asked && $outcome->refused );
		$this->log->error( "{$domain->host}: could not $what: $error ({$outcome->cost()}) " . Connection_Test::GOES_ON );
	}

	/**
	 * What the row needs next: the desired state may have changed, DNS may be looked at later, a certificate may be due.
	 *
	 * @param int $id The row's id.
	 */
	private function follow( int $id ): void {
		$domain = $this->reader->get( $id );
		if ( null === $domain || $domain->is_claimed() ) {
			return;
		}
		if ( Domain::WAITING === $domain->state ) {
			$this->queue->carry_out( $id );
		} elseif ( Domain::RETRYING === $domain->state ) {
			$this->queue->wake_at( $domain->next_try_at );
		} elseif ( Domain::MAPPED === $domain->state ) {
			$this->certificates->follow( $domain );
		}
	}
}
