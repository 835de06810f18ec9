<?php
/**
 * How everything is, at the top of each screen.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Status;

/**
 * Five facts, each with its status as word and picture. They are Overview's; only the queue is asked here.
 */
final class Header {

	/** All of it. */
	public static function html(): string {
		$overview = Overview::read();
		$queue    = Queue_Report::read();
		return Html::tag(
			'dl',
			array( 'class' => 'domain-sync-facts' ),
			self::connection( $overview ),
			self::fact( __( 'Queue', 'domain-sync-for-runcloud' ), self::queue_status( $queue ), Queue_Report::sentences( $queue ) ),
			self::inventory( $overview ),
			self::requests( $overview['requests'] ),
			self::decisions( $overview )
		);
	}

	/**
	 * Whether anything can be sent from here.
	 *
	 * @param array<string, mixed> $overview See Overview.
	 */
	private static function connection( array $overview ): string {
		$sentences = array();
		$status    = Status::Ready;
		if ( null !== $overview['obstacle'] ) {
			$status      = Status::Action;
			$sentences[] = $overview['obstacle']['sentence'];
		} elseif ( 'paused' === $overview['settings']['policy'] ) {
			$status      = Status::Pending;
			$sentences[] = __( 'The policy is "paused": nothing is sent until you change it in the settings.', 'domain-sync-for-runcloud' );
		}
		foreach ( $overview['blocks'] as $block ) {
			$status = Status::Action === $status || $block['needs_somebody'] ? Status::Action : Status::Pending;
			array_push( $sentences, $block['sentence'], $block['next_step'] );
		}
		if ( ! $sentences ) {
			$sentences[] = __( 'Nothing is in the way.', 'domain-sync-for-runcloud' );
		}
		$link = null === $overview['obstacle'] ? '' : Html::link( Links::setup(), __( 'Open the setup', 'domain-sync-for-runcloud' ) );
		return self::fact( __( 'Connection', 'domain-sync-for-runcloud' ), $status, $sentences, $link );
	}

	/**
	 * How the queue is.
	 *
	 * @param array<string, mixed> $queue See Queue_Report.
	 */
	private static function queue_status( array $queue ): Status {
		return match ( true ) {
			! $queue['is_known'], $queue['is_late']                          => Status::Action,
			null !== $queue['handover']                                      => $queue['handover']['arrives'] ? Status::Pending : Status::Action,
			0 === $queue['last_at']                                          => Status::Unknown,
			default                                                          => Status::Ready,
		};
	}

	/**
	 * How far RunCloud's list of domains is read.
	 *
	 * @param array<string, mixed> $overview See Overview.
	 */
	private static function inventory( array $overview ): string {
		$progress = $overview['inventory'];
		$bar      = $progress['is_reading'] && $progress['pages'] > 0
			? Html::tag( 'progress', array( 'value' => $progress['page'], 'max' => $progress['pages'], 'aria-label' => __( 'Pages that are read', 'domain-sync-for-runcloud' ) ) )
			: '';
		$status   = $progress['is_reading'] || $progress['is_asked'] ? Status::Pending : ( '' === $progress['ended_at'] ? Status::Unknown : Status::Ready );
		return self::fact( __( 'List at RunCloud', 'domain-sync-for-runcloud' ), $status, array( self::sentence( Overview::texts( $overview )['inventory'] ) ), $bar );
	}

	/**
	 * The month's requests.
	 *
	 * @param array<string, mixed> $requests See Overview.
	 */
	private static function requests( array $requests ): string {
		$sent  = number_format_i18n( $requests['sent'] );
		$quota = $requests['quota'];
		if ( 0 === $quota ) {
			/* translators: %s: number of requests. */
			return self::fact( __( 'Requests this month', 'domain-sync-for-runcloud' ), Status::Ready, array( sprintf( __( '%s sent. How many RunCloud grants is not set.', 'domain-sync-for-runcloud' ), $sent ) ) );
		}
		$bar    = Html::tag( 'progress', array( 'value' => min( $requests['sent'], $quota ), 'max' => $quota, 'aria-label' => __( 'Requests of this month', 'domain-sync-for-runcloud' ) ) );
		$status = $requests['sent'] >= $quota ? Status::Action : Status::Ready;
		/* translators: 1: number of requests, 2: number of requests. */
		return self::fact( __( 'Requests this month', 'domain-sync-for-runcloud' ), $status, array( sprintf( __( '%1$s of %2$s sent.', 'domain-sync-for-runcloud' ), $sent, number_format_i18n( $quota ) ) ), $bar );
	}

	/**
	 * What waits for the admin, and what is under way.
	 *
	 * @param array<string, mixed> $overview See Overview.
	 */
	private static function decisions( array $overview ): string {
		$waits     = array_sum( array_diff_key( $overview['on_hold'], array( Domain::HOLD_DECLINED => 0 ) ) );
		$sentences = array();
		if ( $overview['approved'] > 0 ) {
			/* translators: %s: number of domains. */
			$sentences[] = sprintf( __( '%s approved and not done yet.', 'domain-sync-for-runcloud' ), number_format_i18n( $overview['approved'] ) );
		}
		if ( $waits > 0 ) {
			/* translators: %s: number of domains. */
			$sentences[] = sprintf( _n( '%s waits for you.', '%s wait for you.', $waits, 'domain-sync-for-runcloud' ), number_format_i18n( $waits ) );
		} elseif ( '' !== $overview['plan'] ) {
			$sentences[] = $overview['plan'];
		}
		$link = $waits > 0 || '' !== $overview['plan'] ? Html::link( Links::plan(), __( 'Review the plan', 'domain-sync-for-runcloud' ) ) : '';
		if ( ! $sentences ) {
			$sentences[] = __( 'Nothing waits for you.', 'domain-sync-for-runcloud' );
		}
		$status = '' !== $link ? Status::Action : ( $overview['approved'] > 0 ? Status::Pending : Status::Ready );
		return self::fact( __( 'Decisions', 'domain-sync-for-runcloud' ), $status, $sentences, $link );
	}

	/**
	 * A fact.
	 *
	 * @param string       $name      What it is about.
	 * @param Status       $status    How that is.
	 * @param list<string> $sentences Plain text.
	 * @param string       $html      What stands below them.
	 */
	private static function fact( string $name, Status $status, array $sentences, string $html = '' ): string {
		$word = Status::Ready === $status ? __( 'In order', 'domain-sync-for-runcloud' ) : '';
		return Html::tag(
			'div',
			array( 'class' => "domain-sync-fact is-$status->value" ),
			Html::text( 'dt', $name ),
			Html::tag( 'dd', array(), Words::status( $status, '', $word ), Html::text( 'p', implode( ' ', $sentences ) ), $html )
		);
	}

	/**
	 * A piece of a line as a sentence.
	 *
	 * @param string $text The piece.
	 */
	private static function sentence( string $text ): string {
		$first = mb_substr( $text, 0, 1 );
		// WordPress brings mb_substr() to a PHP without mbstring, but not this one.
		$first = function_exists( 'mb_strtoupper' ) ? mb_strtoupper( $first ) : strtoupper( $first );
		/* translators: %s: words that begin with a capital letter and become a sentence; your language's full stop follows them. */
		return sprintf( __( '%s.', 'domain-sync-for-runcloud' ), $first . mb_substr( $text, 1 ) );
	}
}
