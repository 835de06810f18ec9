<?php
/**
 * The record by which a customer proves that a host is theirs, and the look for it.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Serving;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Settings;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Holder;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Um\Mapping;

/**
 * Whoever can write into the zone of a host has it. The text is bound to network, host and customer, so that one that was left there
 * proves nobody else. Its key is the plugin's own: other salts in wp-config.php leave records good that were set before.
 *
 * Looks cost no request to RunCloud, and need no lease.
 */
final class Ownership {

	/** Network option: the key. */
	const OPTION = 'domain_sync_ownership_key';

	/** What is put before a host's name, and before the text. */
	private const NAME = '_domain-sync.';
	private const TEXT = 'domain-sync=';

	/** Seconds for which a look may take. */
	const DEADLINE = 5.0;

	/**
	 * The TXT record that proves the host of a row for its customer.
	 *
	 * @param Domain $row The row.
	 *
	 * @return array{name: string, value: string} The value is no secret, but it belongs into no log.
	 */
	public static function record_of( Domain $row ): array {
		return array(
			'name'  => self::name_of( $row->host ),
			'value' => self::value_of( $row, self::key() ),
		);
	}

	/**
	 * Name of the record for a host. A wildcard's is that of the name below which it stands.
	 *
	 * @param string $host Host name.
	 */
	public static function name_of( string $host ): string {
		return self::NAME . ( str_starts_with( $host, '*.' ) ? substr( $host, 2 ) : $host );
	}

	/**
	 * Who must prove a host.
	 *
	 * @param string $host Host name.
	 */
	public static function policy_of( string $host ): string {
		return Holder::policy_of( $host, Settings::ownership(), Network::get_bases() );
	}

	/**
	 * Looks for the records of rows that wait for them, and lets go on those that are proven, or need not be any more.
	 *
	 * @param list<Domain> $rows     Rows on hold for their ownership.
	 * @param float        $deadline Seconds for everything.
	 */
	public static function look( array $rows, float $deadline ): void {
		if ( ! $rows ) {
			return;
		}
		$key   = self::key();
		$texts = self::texts( array_values( array_unique( array_map( static fn( Domain $row ): string => self::name_of( $row->host ), $rows ) ) ), $deadline );
		$left  = array();
		foreach ( $rows as $row ) {
			$is_proven = in_array( self::value_of( $row, $key ), $texts[ self::name_of( $row->host ) ] ?? array(), true );
			$policy    = self::policy_of( $row->host );
			if ( $is_proven || ! Holder::must_prove( $row, $policy, time() ) ) {
				self::let_go_on( $row, $is_proven, $is_proven || Holder::OFF === $policy );
			} else {
				$left[ $row->host ] = $row;
			}
		}
		$left        = self::without_those_of_the_other_name( $left );
		$is_possible = array() !== $texts || self::can_look();
		foreach ( $left as $row ) {
			Domain_List::look_again( $row, self::next_look( $row, time(), $is_possible ) );
		}
		// Somebody may have made the record active again by other means than Ultimate Multisite's own.
		foreach ( array_keys( Network::taking_records( array_keys( $left ) ) ) as $host ) {
			Mapping::withhold( (string) $host );
		}
	}

	/**
	 * When to look again: each minute in the first hour, each five minutes in the first day, then hourly.
	 *
	 * @param Domain $row         The row.
	 * @param int    $now         Unix time.
	 * @param bool   $is_possible Whether anybody can look at all.
	 */
	public static function next_look( Domain $row, int $now, bool $is_possible = true ): int {
		$age  = Reason::Ownership === $row->domain_reason && 0 !== $row->domain_since ? max( 0, $now - $row->domain_since ) : 0;
		$time = $now + ( $is_possible && $age < 3600 ? Verdict::TICK : ( $is_possible && $age < 86400 ? 300 : 3600 ) );
		return $time - $time % Verdict::TICK;
	}

	/**
	 * Of rows that wait, lets go on those whose customer has the same name with "www.", or without, by now: one proof is enough for both, and which of
	 * the two came first makes no difference.
	 *
	 * @param array<string, Domain> $rows Rows whose record was not found, by host.
	 *
	 * @return array<string, Domain> Those that wait on.
	 */
	private static function without_those_of_the_other_name( array $rows ): array {
		$now      = time();
		$siblings = $rows ? Domain_List::find_many( array_map( array( Holder::class, 'sibling_of' ), array_map( 'strval', array_keys( $rows ) ) ) ) : array();
		foreach ( $rows as $host => $row ) {
			$renewed = Holder::renewed( $row, $siblings[ Holder::sibling_of( $row->host ) ] ?? null, $now );
			if ( array( $renewed->last_customer_id, $renewed->left_at ) !== array( $row->last_customer_id, $row->left_at ) ) {
				Domains::remember( $row, $renewed->last_customer_id, $renewed->left_at );
			}
			if ( ! Holder::must_prove( $renewed, self::policy_of( $row->host ), $now ) ) {
				self::let_go_on( $renewed, false, false );
				unset( $rows[ $host ] );
			}
		}
		return $rows;
	}

	/**
	 * A row need not wait any more.
	 *
	 * @param Domain $row        The row.
	 * @param bool   $is_proven  Whether its record was found; else nobody asks for one any more.
	 * @param bool   $is_certain Whether it does not matter who had the host.
	 */
	private static function let_go_on( Domain $row, bool $is_proven, bool $is_certain ): void {
		if ( ! Domains::admit( $row, $is_certain ) ) {
			return;
		}
		if ( $is_proven ) {
			History::add( $row->host, 'ownership-proven', array( 'customer_id' => $row->customer_id ) );
			Log::info( "$row->host: ownership-proven" );
		}
		if ( $row->withheld ) {
			Mapping::give_back( $row->host );
		}
		Hooks::condition_changed( $row, Reason::Waiting, false );
	}

	/**
	 * The texts that names have. Only what was found counts: a forged answer has its texts as well.
	 *
	 * @param list<string> $names    Names of records.
	 * @param float        $deadline Seconds.
	 *
	 * @return array<string, list<string>> By name; empty where nobody can look.
	 */
	private static function texts( array $names, float $deadline ): array {
		if ( ! self::can_look() ) {
			return array();
		}
		$texts = array();
		try {
			foreach ( \RunCloud\lookup_txt( $names, max( 0.1, min( self::DEADLINE, $deadline ) ) ) as $name => $answer ) {
				$texts[ (string) $name ] = Observation::FOUND === $answer->outcome ? $answer->records : array();
			}
		} catch ( \Throwable $e ) {
			Log::warning( sprintf( 'Nobody could look for proofs of ownership: %s', get_class( $e ) ) );
		}
		return $texts;
	}

	/** Whether the extension of this PHP can look. */
	private static function can_look(): bool {
		return function_exists( 'RunCloud\lookup_txt' );
	}

	/**
	 * The text that a row's customer has to publish.
	 *
	 * @param Domain $row The row.
	 * @param string $key The key.
	 */
	private static function value_of( Domain $row, string $key ): string {
		return self::TEXT . substr( hash_hmac( 'sha256', get_main_network_id() . " $row->host $row->customer_id", $key ), 0, 40 );
	}

	/** The key; made when it is first asked for. */
	private static function key(): string {
		$key = Option::read( self::OPTION );
		if ( ! is_string( $key ) || strlen( $key ) < 32 ) {
			// Of two that make one the first one's counts.
			Option::update( self::OPTION, static fn( mixed $kept ): string => is_string( $kept ) && strlen( $kept ) >= 32 ? $kept : bin2hex( random_bytes( 32 ) ) );
			$key = (string) Option::read( self::OPTION );
		}
		return $key;
	}
}
