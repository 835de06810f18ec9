<?php
/**
 * What the mail to the network's admin says.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Network\Unicode;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Needs;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Plan;

/**
 * Plain text, made when it is sent, in the language that is set then. It holds what the screens hold: hosts, sentences and next steps.
 */
final class Mail_Text {

	/** Hosts that are named. */
	const HOSTS = 20;

	/** Longest sentence. */
	private const LONGEST = 600;

	/**
	 * The subject.
	 *
	 * @param string $mail Mail_Record::NEEDS or WELL.
	 */
	public static function subject( string $mail ): string {
		return Mail_Record::NEEDS === $mail
			/* translators: %s: name of the network. */
			? sprintf( __( '[%s] Domain Sync for RunCloud: something needs you', 'domain-sync-for-runcloud' ), self::network() )
			/* translators: %s: name of the network. */
			: sprintf( __( '[%s] Domain Sync for RunCloud: all is well again', 'domain-sync-for-runcloud' ), self::network() );
	}

	/**
	 * What needs somebody.
	 *
	 * @param int                                 $until  What began until then has lasted long enough.
	 * @param array<string, array<string, mixed>> $others Arguments by the code of a reason, of what is no row.
	 */
	public static function needs( int $until, array $others ): string {
		$hours = Settings::get( 'mail_after' );
		$parts = array(
			/* translators: 1: number of hours, 2: name of the network. */
			sprintf( _n( 'This has needed somebody for more than %1$d hour on the network %2$s.', 'This has needed somebody for more than %1$d hours on the network %2$s.', $hours, 'domain-sync-for-runcloud' ), $hours, self::network() ),
		);
		foreach ( $others as $code => $details ) {
			$parts[] = self::of_other( Reason::from( $code ), $details );
		}
		$plan = Needs::plan_waits( $until ) ? Plan::headline() : '';
		if ( '' !== $plan ) {
			$parts[] = $plan . "\n" . self::command( 'plan' );
		}
		$rows = Needs::rows( $until, array_keys( $others ), self::HOSTS );
		foreach ( $rows as $row ) {
			$parts[] = self::of_row( $row, $until, array_keys( $others ) );
		}
		$more = count( $rows ) < self::HOSTS ? 0 : Needs::count( $until, array_keys( $others ) ) - count( $rows );
		if ( $more > 0 ) {
			/* translators: %d: number of domains. */
			$parts[] = sprintf( _n( 'and %d more.', 'and %d more.', $more, 'domain-sync-for-runcloud' ), $more ) . "\n" . self::command( 'list --status=action' ) . "\n" . self::command( 'list --certificate=action' );
		}
		$parts[] = self::where();
		$parts[] = __( 'No other mail comes about this for as long as it lasts. What is new comes in one mail a day at most. When all is well again a mail says so.', 'domain-sync-for-runcloud' )
			/* translators: %s: a command. */
			. "\n" . sprintf( __( 'After how many hours a mail comes (0: never) is set with: %s', 'domain-sync-for-runcloud' ), self::command( 'settings mail_after' ) );
		return implode( "\n\n", $parts ) . "\n";
	}

	/** That all is well again. */
	public static function well(): string {
		return implode(
			"\n\n",
			array(
				/* translators: %s: name of the network. */
				sprintf( __( 'All is well again: no domain, no certificate and nothing else needs somebody on the network %s.', 'domain-sync-for-runcloud' ), self::network() ),
				self::where(),
			)
		) . "\n";
	}

	/**
	 * What is no row.
	 *
	 * @param Reason               $reason  Why.
	 * @param array<string, mixed> $details Its arguments; of the PHP that runs cron which one it is, and whether its requests arrive.
	 */
	private static function of_other( Reason $reason, array $details ): string {
		$text = self::both( $reason, $details );
		if ( Reason::No_Extension !== $reason ) {
			return $text;
		}
		return $text . "\n" . self::line( (string) ( $details['php'] ?? '' ) ) . ( false !== ( $details['arrives'] ?? true ) ? '' : "\n" . sprintf(
			/* translators: %s: an address. */
			__( 'The request by which it hands its work over does not arrive: see that this server may post to %s, without a password.', 'domain-sync-for-runcloud' ),
			get_admin_url( get_main_site_id(), 'admin-ajax.php' )
		) );
	}

	/**
	 * A host, and why it, or its certificate, needs somebody.
	 *
	 * @param Domain       $row   The row.
	 * @param int          $until What began until then has lasted long enough.
	 * @param list<string> $other Codes of reasons that are reported in another way.
	 */
	private static function of_row( Domain $row, int $until, array $other ): string {
		$unicode = self::line( Unicode::of( $row->host ) );
		$lines   = array( $unicode === $row->host ? $row->host : "$unicode ($row->host)" );
		$is_named = static fn( Status $status, ?Reason $reason, int $since ): bool => Status::Action === $status && null !== $reason && $since <= $until && ! in_array( $reason->value, $other, true );
		if ( $is_named( $row->domain_status, $row->domain_reason, $row->domain_since ) ) {
			// What is to be set as TXT is for the customer's eyes, and no mail's: of it the name alone.
			$lines[] = self::both( $row->domain_reason, Reason::Ownership === $row->domain_reason ? self::record( $row ) : $row->domain_details );
		}
		if ( $is_named( $row->certificate_status, $row->certificate_reason, $row->certificate_since ) ) {
			$lines[] = self::both( $row->certificate_reason, $row->certificate_details );
		}
		return implode( "\n", $lines );
	}

	/**
	 * Arguments of the reason that asks for a TXT record, without its value.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array<string, string>
	 */
	private static function record( Domain $row ): array {
		return array(
			'record' => "_domain-sync.$row->host",
			'value'  => __( 'the value that its page shows', 'domain-sync-for-runcloud' ),
		);
	}

	/**
	 * Sentence and next step.
	 *
	 * @param Reason               $reason  Why.
	 * @param array<string, mixed> $details Its arguments.
	 */
	private static function both( Reason $reason, array $details ): string {
		return self::line( $reason->sentence( $details ) ) . "\n" . self::line( $reason->next_step( $details ) );
	}

	/** Where to look. */
	private static function where(): string {
		return __( 'Where to look:', 'domain-sync-for-runcloud' ) . "\n" . network_admin_url() . "\n" . self::command( 'status' );
	}

	/**
	 * A command of the command line.
	 *
	 * @param string $words What follows "wp domain-sync".
	 */
	private static function command( string $words ): string {
		return "wp domain-sync $words";
	}

	/** The network's name, in one line. */
	private static function network(): string {
		$name = self::line( wp_specialchars_decode( (string) Option::read( 'site_name', '' ), ENT_QUOTES ) );
		return '' === $name ? (string) get_network()?->domain : $name;
	}

	/**
	 * A text in one line, without what would command a terminal or turn the direction of letters. Joiners stay: Hindi and Bengali need them.
	 *
	 * @param string $text The text.
	 */
	private static function line( string $text ): string {
		$text = (string) preg_replace( '/[\p{Cc}\p{Zl}\p{Zp}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}]+/u', ' ', wp_check_invalid_utf8( $text, true ) );
		return mb_substr( trim( $text ), 0, self::LONGEST );
	}
}
