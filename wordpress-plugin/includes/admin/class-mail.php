<?php
/**
 * The mail to the network's admin.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Admin;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Identity;
use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Panel\Limits;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Needs;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Handover;

/**
 * One mail when something has needed somebody for a time that can be set, and one when it is well again. Looked after at the end of a run, once an
 * hour; other runs read one option for it.
 *
 * A mail is claimed by a compare-and-swap before it is sent, so that of two processes one sends it. What tells that it was sent is written afterwards: a
 * process that dies between loses one mail, and the next day says the same.
 */
final class Mail {

	/** The language of the mail that is being made. */
	private static string $locale = '';

	/** Looks whether a mail is due, and sends it. Never throws: what goes wrong here stops nothing. */
	public static function send_if_due(): void {
		try {
			self::look( time() );
		} catch ( \Throwable $e ) {
			Log::error( 'Whether a mail to the network\'s admin is due could not be seen: ' . $e->getMessage() );
		}
	}

	/**
	 * Looks once an hour.
	 *
	 * @param int $now Unix time.
	 */
	private static function look( int $now ): void {
		$saved  = Option::read( Options::MAIL );
		$record = Mail_Record::whole( $saved, $now );
		if ( ! Mail_Record::is_due( $record, $now ) ) {
			return;
		}
		$after = Settings::get( 'mail_after' ) * HOUR_IN_SECONDS;
		if ( 0 === $after || ! Plugin::is_main_site() || null !== Identity::obstacle() ) {
			return;
		}
		$until  = $now - $after;
		$others = self::others( $now );

		list( $new, $mail ) = Mail_Record::after_look( $record, Needs::find( $record['reported_until'], $until ), array_keys( $others ), $now, $after );

		$recipients = '' === $mail ? array() : self::recipients( $mail );
		if ( '' !== $mail && ! $recipients ) {
			// Nobody is to have it now; who is to have it later gets it then.
			$new  = array_intersect_key( $record, array_flip( array( 'needs_at', 'well_at' ) ) ) + $new;
			$mail = '';
		}
		if ( ! self::claim( $saved, $new ) || '' === $mail ) {
			return;
		}
		$is_sent = self::send( $recipients, $mail, $until, $others );
		Option::update( Options::MAIL, static fn( mixed $saved ): array => Mail_Record::after_mail( Mail_Record::whole( $saved, $now ), $mail, $is_sent, $until, array_keys( $others ), $now ) );
		$is_sent
			? Log::info( Mail_Record::NEEDS === $mail ? 'A mail to the network\'s admin says what needs somebody.' : 'A mail to the network\'s admin says that all is well again.' )
			: Log::warning( 'A mail to the network\'s admin could not be sent; it is tried again later.' );
	}

	/**
	 * Writes the record if nobody else has meanwhile.
	 *
	 * @param mixed                $saved As it was read.
	 * @param array<string, mixed> $new   As it should be.
	 *
	 * @return bool Whether this process wrote it.
	 */
	private static function claim( mixed $saved, array $new ): bool {
		$is_ours = false;
		Option::update(
			Options::MAIL,
			static function ( mixed $current ) use ( $saved, $new, &$is_ours ): mixed {
				$is_ours = $current === $saved;
				return $is_ours ? $new : $current;
			}
		);
		return $is_ours;
	}

	/**
	 * What needs somebody and is no row: blocks of RunCloud that somebody must end, the month's requests, the PHP that runs cron.
	 *
	 * @param int $now Unix time.
	 *
	 * @return array<string, array<string, mixed>> Arguments by the code of the reason.
	 */
	private static function others( int $now ): array {
		$others = array();
		// A block stands until a call works, also while its time is over.
		foreach ( Limits::blocks( $now ) as $block ) {
			$reason = Reason::tryFrom( $block['reason'] );
			if ( Status::Action === $reason?->status() || Reason::Quota_Spent === $reason ) {
				$others[ $reason->value ] = array( 'until' => $block['until'] );
			}
		}
		$handover = Handover::condition( $now );
		return null === $handover ? $others : $others + array( Reason::No_Extension->value => $handover );
	}

	/**
	 * Who gets it.
	 *
	 * @param string $mail Mail_Record::NEEDS or WELL.
	 *
	 * @return list<string>
	 */
	private static function recipients( string $mail ): array {
		$recipients = array( (string) Option::read( 'admin_email', '' ) );
		/**
		 * Filters who gets the mail that says what needs somebody, or that all is well again.
		 *
		 * @since 0.1.0
		 *
		 * @param list<string> $recipients Addresses: the network's admin. With none no mail is sent.
		 * @param string       $mail       "needs" or "well".
		 */
		$recipients = Hooks::ask( static fn() => apply_filters( 'domain_sync_mail_recipients', $recipients, $mail ), $recipients, 'domain_sync_mail_recipients' );
		return array_values( array_filter( (array) $recipients, static fn( mixed $address ): bool => is_string( $address ) && (bool) is_email( $address ) ) );
	}

	/**
	 * Sends it, in the language of who reads it.
	 *
	 * @param list<string>                        $recipients Addresses.
	 * @param string                              $mail       Mail_Record::NEEDS or WELL.
	 * @param int                                 $until      What began until then has lasted long enough.
	 * @param array<string, array<string, mixed>> $others     What needs somebody and is no row.
	 */
	private static function send( array $recipients, string $mail, int $until, array $others ): bool {
		$is_switched = false;
		try {
			$user         = get_user_by( 'email', $recipients[0] );
			self::$locale = $user ? get_user_locale( $user ) : get_locale();
			$is_switched  = switch_to_locale( self::$locale );
			// WordPress 6.1 would read the texts in the language of who has opened a page of wp-admin.
			add_filter( 'determine_locale', array( self::class, 'locale' ) );
			unload_textdomain( 'domain-sync-for-runcloud', true );
			$text = Mail_Record::NEEDS === $mail ? Mail_Text::needs( $until, $others ) : Mail_Text::well();
			return (bool) wp_mail( $recipients, Mail_Text::subject( $mail ), $text, array( 'Content-Type: text/plain; charset=UTF-8' ) );
		} catch ( \Throwable $e ) {
			// Its text may hold an address or a password.
			Log::warning( sprintf( 'Sending a mail failed: %s in %s, line %d', get_class( $e ), basename( $e->getFile() ), $e->getLine() ) );
			return false;
		} finally {
			remove_filter( 'determine_locale', array( self::class, 'locale' ) );
			if ( $is_switched ) {
				restore_previous_locale();
			}
			unload_textdomain( 'domain-sync-for-runcloud', true );
		}
	}

	/** The language of the mail that is being made. */
	public static function locale(): string {
		return self::$locale;
	}
}
