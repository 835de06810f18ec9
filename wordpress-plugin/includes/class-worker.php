<?php
/**
 * Carries a wish out.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * One job: claim the wish, do its next step at RunCloud, write down what came of it. Whatever is about to be asked of RunCloud is
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
	 * @param Wishes             $wishes       Where the states are.
	 * @param Wish_Reader        $reader       Finds wishes.
	 * @param Certificates       $certificates What follows once a host is mapped.
	 * @param Runcloud           $runcloud     The panel.
	 * @param Wildcards          $wildcards    What needs no domain of its own.
	 * @param Ultimate_Multisite $um           The network.
	 * @param Queue              $queue        Where jobs go.
	 * @param Pause              $pause        Whether all jobs wait.
	 * @param Log                $log          The log.
	 */
	public function __construct(
		private readonly Wishes $wishes,
		private readonly Wish_Reader $reader,
		private readonly Certificates $certificates,
		private readonly Runcloud $runcloud,
		private readonly Wildcards $wildcards,
		private readonly Ultimate_Multisite $um,
		private readonly Queue $queue,
		private readonly Pause $pause,
		private readonly Log $log
	) {}

	/**
	 * Does the next step of a wish. Never throws.
	 *
	 * @param int $id The wish.
	 */
	public function carry_out( int $id ): void {
		try {
			$paused_until = $this->pause->ends_at();
			if ( 0 !== $paused_until ) {
				$this->queue->wake_at( $paused_until );
				return;
			}
			$wish = $this->wishes->claim( $id );
			if ( null === $wish ) {
				return;
			}
			// Should this process die, somebody looks after the row as soon as its claim has run out.
			$this->queue->wake_at( $wish->claimed_until + 1 );
			$this->step( $wish );
			$this->follow( $id );
		} catch ( \Throwable $e ) {
			$this->log->error( "Wish $id was left for the next sweep: " . $e->getMessage() );
		}
	}

	/**
	 * The step that is next.
	 *
	 * @param Wish $wish The claimed wish.
	 */
	private function step( Wish $wish ): void {
		if ( Wish::MAPPED === $wish->state ) {
			$this->certificates->look_at_dns( $wish );
		} elseif ( $wish->wants_host() ) {
			$this->map( $wish );
		} else {
			$this->unmap( $wish );
		}
	}

	/**
	 * RunCloud is to serve the host.
	 *
	 * @param Wish $wish The claimed wish.
	 */
	private function map( Wish $wish ): void {
		if ( $wish->is_known_to_be_there() ) {
			$this->is_mapped( $wish );
			return;
		}
		$covered = $this->wildcards->cover( $wish->host );
		if ( ! $covered->ok ) {
			$this->did_not_work( $wish, 'ask for wildcards', $covered );
			return;
		}
		if ( $covered->value ) {
			$this->wishes->is_covered( $wish );
			$this->log->info( "{$wish->host}: a wildcard at RunCloud serves it, no domain of its own is needed ({$covered->cost()})" );
			return;
		}
		$www = $this->um->wants_www( $wish->host );
		$this->wishes->telling( $wish, $www );
		$outcome = $this->runcloud->add( $wish->host, $www );
		if ( ! $outcome->ok ) {
			$this->did_not_work( $wish, 'map', $outcome );
			return;
		}
		$owned = $outcome->value['created'] || $this->is_ours( $wish, $outcome->value['created_at'] );
		$this->wishes->has_seen_domain( $wish, $outcome->value['id'], $owned );
		$this->is_mapped( $wish );
		$this->log->info(
			sprintf(
				'%s: %s (domain %d, %s)',
				$wish->host,
				$owned ? 'mapped at RunCloud' : 'was at RunCloud already and will be left there when it is unmapped',
				$outcome->value['id'],
				$outcome->cost()
			)
		);
	}

	/**
	 * RunCloud is not to serve the host any more. Only what this plugin added is removed.
	 *
	 * @param Wish $wish The claimed wish.
	 */
	private function unmap( Wish $wish ): void {
		if ( '' === $wish->told ) {
			$this->wishes->is_gone( $wish );
			return;
		}
		$remote_id = $wish->remote_id;
		$owned     = $wish->owned;
		if ( 0 === $remote_id ) {
			// RunCloud was asked for the host, and the answer never came.
			$found = $this->runcloud->find( $wish->host );
			if ( ! $found->ok ) {
				$this->did_not_work( $wish, 'unmap', $found );
				return;
			}
			if ( null === $found->value ) {
				$this->wishes->is_gone( $wish );
				$this->log->info( "{$wish->host}: not at RunCloud, nothing to remove ({$found->cost()})" );
				return;
			}
			$remote_id = $found->value['id'];
			$owned     = $owned || $this->is_ours( $wish, $found->value['created_at'] );
			$this->wishes->has_seen_domain( $wish, $remote_id, $owned );
		}
		if ( ! $owned ) {
			$this->wishes->is_gone( $wish );
			$this->log->info( "{$wish->host}: unmapped; left at RunCloud, since it was there before it was mapped" );
			return;
		}
		$this->wishes->telling( $wish, $wish->www );
		$outcome = $this->runcloud->remove( $wish->host, $remote_id );
		if ( ! $outcome->ok ) {
			$this->did_not_work( $wish, 'unmap', $outcome );
			return;
		}
		$this->wishes->is_gone( $wish );
		$this->log->info( sprintf( '%s: %s (domain %d, %s)', $wish->host, $outcome->value ? 'removed from RunCloud' : 'was gone from RunCloud already', $remote_id, $outcome->cost() ) );
	}

	/**
	 * The host is at RunCloud; its certificate is next.
	 *
	 * @param Wish $wish The claimed wish.
	 */
	private function is_mapped( Wish $wish ): void {
		$this->wishes->is_mapped( $wish, $this->certificates->first_state(), time() + Certificates::FIRST_LOOK );
	}

	/**
	 * Whether a domain that was found was made by us: the answer to our request may have been lost.
	 *
	 * It is, if the panel made it at the time we asked. The panel's times are taken for UTC.
	 *
	 * @param Wish   $wish       The claimed wish.
	 * @param string $created_at The panel's "YYYY-MM-DD HH:MM:SS".
	 */
	private function is_ours( Wish $wish, string $created_at ): bool {
		$made  = strtotime( "$created_at UTC" );
		$asked = 0 !== $wish->told_at ? $wish->told_at : time();
		return false !== $made && $made >= $asked - self::CLOCK_BEHIND && $made <= time() + self::CLOCK_AHEAD;
	}

	/**
	 * Another try later, or none, and the sentence why.
	 *
	 * @param Wish    $wish    The claimed wish.
	 * @param string  $what    What was tried.
	 * @param Outcome $outcome How it ended.
	 */
	private function did_not_work( Wish $wish, string $what, Outcome $outcome ): void {
		if ( $outcome->rate_limited ) {
			$seconds = $this->pause->begin( $outcome->retry_after ) - time();
		} else {
			$seconds = Back_Off::after( $outcome, $wish->attempts );
		}
		if ( $outcome->retryable && time() - $wish->wished_at < Back_Off::GIVE_UP_AFTER ) {
			$this->wishes->try_again_in( $wish, $seconds, $outcome->sentence );
			$this->log->warning( "{$wish->host}: could not $what, next try in $seconds s: {$outcome->sentence} ({$outcome->cost()})" );
			return;
		}
		$error = $outcome->retryable
			/* translators: %s: the last error, a sentence. */
			? sprintf( __( 'Given up after a day of trying. %s', 'domain-sync-for-runcloud' ), $outcome->sentence )
			: $outcome->sentence;
		$this->wishes->has_failed( $wish, $error, '' === $wish->told && $outcome->refused );
		$this->log->error( "{$wish->host}: could not $what: $error ({$outcome->cost()}) " . Connection_Test::GOES_ON );
	}

	/**
	 * What the wish needs next: a newer wish may have come in, DNS may be looked at later, a certificate may be due.
	 *
	 * @param int $id The wish.
	 */
	private function follow( int $id ): void {
		$wish = $this->reader->get( $id );
		if ( null === $wish || $wish->is_claimed() ) {
			return;
		}
		if ( Wish::WAITING === $wish->state ) {
			$this->queue->carry_out( $id );
		} elseif ( Wish::RETRYING === $wish->state ) {
			$this->queue->wake_at( $wish->next_try_at );
		} elseif ( Wish::MAPPED === $wish->state ) {
			$this->certificates->follow( $wish );
		}
	}
}
