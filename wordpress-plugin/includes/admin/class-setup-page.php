<?php
/**
 * From activation to done.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Steps in their order. The first that needs somebody is open; those that are done say so in a line, and can be opened again.
 */
final class Setup_Page extends Page {

	/**
	 * The steps.
	 *
	 * @var list<Setup_Step>
	 */
	private array $steps;

	/** Reads what is shown. */
	public function __construct() {
		$this->steps = Setup::steps();
	}

	/** What the page is called. */
	public function title(): string {
		return __( 'Setup', 'domain-sync-for-runcloud' );
	}

	/** Prints it. */
	public function show(): void {
		$next  = Setup::next( $this->steps );
		$items = '';
		foreach ( $this->steps as $number => $step ) {
			$items .= Html::tag( 'li', array( 'id' => "domain-sync-step-$step->id", 'class' => "domain-sync-step is-{$step->status->value}", 'aria-current' => $number === $next ? 'step' : false ), self::step( $step, $number + 1, $number === $next ) );
		}
		Html::show( Html::text( 'p', $this->lead( $next ), array( 'class' => 'domain-sync-lead' ) ) . Html::tag( 'ol', array( 'class' => 'domain-sync-steps' ), $items ) );
	}

	/**
	 * What is next, in a sentence.
	 *
	 * @param int|null $next Place of the next step; null when all are done.
	 */
	private function lead( ?int $next ): string {
		if ( null === $next ) {
			$is_done = array() === array_filter( $this->steps, static fn( Setup_Step $step ): bool => Status::Ready !== $step->status );
			return $is_done
				? __( 'All is set up. New domains are added by themselves.', 'domain-sync-for-runcloud' )
				: __( 'All that you have to do is done. What is pending goes on in the background; new domains are added by themselves.', 'domain-sync-for-runcloud' );
		}
		/* translators: 1: number of a step, 2: number of steps, 3: title of the step. */
		return sprintf( __( 'Step %1$d of %2$d: %3$s.', 'domain-sync-for-runcloud' ), $next + 1, count( $this->steps ), $this->steps[ $next ]->title );
	}

	/**
	 * A step.
	 *
	 * @param Setup_Step $step    The step.
	 * @param int        $number  Its number.
	 * @param bool       $is_next Whether it is the next one.
	 */
	private static function step( Setup_Step $step, int $number, bool $is_next ): string {
		$word = match ( true ) {
			Status::Ready === $step->status             => __( 'Done', 'domain-sync-for-runcloud' ),
			Status::Action === $step->status && $is_next => __( 'Next', 'domain-sync-for-runcloud' ),
			Status::Action === $step->status             => __( 'To do', 'domain-sync-for-runcloud' ),
			Status::Unknown === $step->status            => __( 'Later', 'domain-sync-for-runcloud' ),
			default                                      => '',
		};
		/* translators: 1: number of a step, 2: its title. */
		$title = Html::text( 'strong', sprintf( __( '%1$d. %2$s', 'domain-sync-for-runcloud' ), $number, $step->title ) );
		$lines = '';
		foreach ( $step->sentences as $sentence ) {
			$lines .= Html::text( 'p', $sentence );
		}
		return Html::tag( 'details', array( 'open' => $is_next || Status::Pending === $step->status ), Html::tag( 'summary', array(), $title, ' ', Words::status( $step->status, '', $word ) ), Html::tag( 'div', array( 'class' => 'domain-sync-step-body' ), $lines . $step->html ) );
	}
}
