<?php
/**
 * Writes what the network wants.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

use Domain_Sync_For_RunCloud\Hooks;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Options;
use Domain_Sync_For_RunCloud\Serving\Ownership;
use Domain_Sync_For_RunCloud\Store\Decisions;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Store\History;
use Domain_Sync_For_RunCloud\Store\Option;
use Domain_Sync_For_RunCloud\Store\Origin;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Mapping;

/**
 * Events come twice, late, or in another order than things happened. So an event is only a reason to look: the network itself says whether it
 * wants a host. After that is written the network is asked once more, so that of two processes that change the same host the later change
 * wins.
 */
final class Desired {

	/** How often the network may change its mind while we write. */
	const TRIES = 3;

	// Lines of the history.
	const WANTED    = 'wanted';
	const OTHERWISE = 'wanted-otherwise';
	const UNWANTED  = 'unwanted';

	/** So much of what code says is kept for the next walk. */
	const MOST_KEPT    = 1000;
	const LONGEST_NAME = 300;

	/**
	 * Writes what the network wants of a host now.
	 *
	 * @param string $name    Host name as the event or the network has it.
	 * @param bool   $is_news Whether somebody did something at this moment: what waits for approval since before the plugin is approved by that, and
	 *                        what had failed is tried again. Not so for the late echo of an event.
	 * @param string $hold    What a new host, or a removal, has to wait for.
	 */
	public static function refresh( string $name, bool $is_news = true, string $hold = '' ): void {
		$host = Network::host_of( $name );
		if ( null === $host ) {
			if ( $is_news ) {
				Log::warning( sprintf( '"%s" cannot be a host name; nothing was done.', mb_substr( sanitize_text_field( $name ), 0, 100 ) ) );
			}
			return;
		}
		for ( $try = 0; $try < self::TRIES; $try++ ) {
			$has = Network::find( array( $host ) )[ $host ] ?? null;
			if ( ! self::is_managed( $host, $has, $is_news ) || ! self::write( $host, $has, $hold ) ) {
				break;
			}
			$is_news = false;
			Queue::run_soon();
		}
		if ( $is_news && null !== $has && self::renew( $host ) ) {
			Queue::run_soon();
		}
	}

	/**
	 * The same for many names that the walk found, in few statements. What is wrong with one (a filter that throws) does not stop the others.
	 *
	 * @param list<string> $names Host names as the network has them.
	 * @param string       $hold  What a new host has to wait for.
	 *
	 * @return array<string, \Throwable> What was wrong, by name.
	 */
	public static function refresh_many( array $names, string $hold ): array {
		$hosts = array();
		foreach ( $names as $name ) {
			$hosts[ $name ] = Network::host_of( $name );
		}
		$hosts  = array_filter( $hosts );
		$before = Network::find( array_values( $hosts ) );
		$wrong  = array();
		$is_due = false;
		foreach ( $hosts as $name => $host ) {
			try {
				$has    = $before[ $host ] ?? null;
				$is_due = ( self::is_managed( $host, $has, false ) && self::write( $host, $has, $hold ) ) || $is_due;
			} catch ( \Throwable $e ) {
				$wrong[ $name ] = $e;
			}
		}
		if ( $is_due ) {
			Queue::run_soon();
		}
		// After it is written the network is asked once more.
		$after = Network::find( array_values( $hosts ) );
		foreach ( $hosts as $name => $host ) {
			if ( ( $before[ $host ] ?? null ) !== ( $after[ $host ] ?? null ) && ! isset( $wrong[ $name ] ) ) {
				self::refresh( (string) $name, false );
			}
		}
		return $wrong;
	}

	/**
	 * The same for an addition that was queued. One that was queued before the plugin came, and that nobody has carried out, is what somebody
	 * asked for: it does not wait for approval.
	 *
	 * @param string $name Host name.
	 */
	public static function refresh_queued( string $name ): void {
		self::refresh( $name, false );
		$host = (string) Network::host_of( $name );
		$row  = Domain_List::find( $host );
		if ( Domain::HOLD_EXISTING === $row?->hold && Domain::UNKNOWN === $row->remote_state && Decisions::release( array( $host ), Domain::HOLD_EXISTING ) ) {
			Queue::run_soon();
		}
	}

	/**
	 * Writes what the network wants of all hosts of a site, those that it had included.
	 *
	 * @param int $site_id The site.
	 */
	public static function refresh_site( int $site_id ): void {
		$hosts = Domain_List::hosts_of_site( $site_id );
		$names = array_filter( Network::names_of( $site_id ), static fn( string $name ): bool => ! in_array( Network::host_of( $name ), $hosts, true ) );
		$rows  = Domain_List::find_many( $hosts );
		$found = Network::find( $hosts );
		foreach ( $hosts as $host ) {
			if ( self::is_other( $rows[ $host ] ?? null, $found[ $host ] ?? null ) ) {
				self::refresh( $host, false );
			}
		}
		foreach ( $names as $name ) {
			self::refresh( $name, false );
		}
	}

	/**
	 * Code says that it wants a host, or does not want it any more. What the network has it tells itself: that goes with it, and nobody fires another
	 * event for it.
	 *
	 * @param string $name    Host name.
	 * @param int    $site_id The site that it is for; 0 when it is not wanted.
	 */
	public static function take_from_code( string $name, int $site_id = 0 ): void {
		if ( 0 === $site_id ) {
			self::unwant_by_code( $name );
		} elseif ( Network::has( $name ) ) {
			self::refresh( $name );
		} else {
			self::want_by_code( $name, $site_id );
		}
	}

	/**
	 * Keeps what code says until the next walk, where a host's form is not known: the walk itself finds only what the network has.
	 *
	 * @param string $name    Host name.
	 * @param int    $site_id The site that it is for; 0 when it is not wanted.
	 */
	public static function keep( string $name, int $site_id = 0 ): void {
		$is_kept = false;
		$id      = bin2hex( random_bytes( 8 ) );
		Option::update(
			Options::KEPT,
			static function ( mixed $kept ) use ( $id, $name, $site_id, &$is_kept ): array {
				$kept    = (array) $kept;
				$is_kept = strlen( $name ) <= self::LONGEST_NAME && count( $kept ) < self::MOST_KEPT;
				// Our options are ASCII.
				return $is_kept ? $kept + array( $id => array( rawurlencode( $name ), $site_id ) ) : $kept;
			}
		);
		if ( ! $is_kept ) {
			Log::warning( sprintf( 'What code said of "%s" is lost: this PHP cannot do it, and no more can be kept for one that can.', mb_substr( sanitize_text_field( $name ), 0, 100 ) ) );
		}
	}

	/**
	 * Does what was kept, in its order.
	 */
	public static function take_kept(): void {
		$kept = (array) Option::read( Options::KEPT, array() );
		foreach ( $kept as $one ) {
			if ( is_array( $one ) && isset( $one[0], $one[1] ) ) {
				self::take_from_code( rawurldecode( (string) $one[0] ), (int) $one[1] );
			}
		}
		if ( $kept ) {
			Option::update( Options::KEPT, static fn( mixed $now ): array => array_diff_key( (array) $now, $kept ) );
		}
	}

	/**
	 * Code wants a host that the network need not have. It stays until the same code wants it no more, or the site is gone.
	 *
	 * @param string $name    Host name.
	 * @param int    $site_id The site that it is for.
	 *
	 * @return string|null The host's form, or null when it is none that is mapped.
	 */
	public static function want_by_code( string $name, int $site_id ): ?string {
		$host = Network::host_of( $name );
		if ( null === $host || ! self::is_managed( $host, null, true ) ) {
			return null;
		}
		$has = Network::find( array( $host ) )[ $host ] ?? array();
		$row      = Domain_List::find( $host );
		$settings = self::settings_of( $host, $has + array( 'site_id' => $site_id ) );
		if ( Domains::want( $host, $settings + self::ownership_of( $host, $settings ), Domain::CODE ) ) {
			self::note_wanted( $host, $row, $settings['site_id'] );
			self::tell( $host, $row );
			Queue::run_soon();
		} elseif ( self::renew( $host ) ) {
			Queue::run_soon();
		}
		return $host;
	}

	/**
	 * Code does not want a host any more. Where the network has it, it stays.
	 *
	 * @param string $name Host name.
	 */
	public static function unwant_by_code( string $name ): ?string {
		$host = Network::host_of( $name );
		if ( null !== $host ) {
			$has = Network::find( array( $host ) )[ $host ] ?? null;
			$row = Domain_List::find( $host );
			if ( Domains::unwant( $host, null === $has ? '' : Domain::CODE ) ) {
				null === $has && History::add( $host, self::UNWANTED, array(), Origin::actor() );
				Hooks::changed( $host, $row?->domain_reason, Reason::Removal_Waits );
				Queue::run_soon();
			}
		}
		return $host;
	}

	/**
	 * Hosts that really are not in the network, of those that the rows do not want: the second look, which a removal rests on.
	 *
	 * @param list<Domain> $rows Rows.
	 * @param int          $now  Unix time.
	 *
	 * @return array<string, int> When that was seen, by host.
	 */
	public static function confirm( array $rows, int $now ): array {
		$hosts = array_column( array_filter( $rows, static fn( Domain $row ): bool => ! $row->is_wanted() ), 'host' );
		if ( ! $hosts ) {
			return array();
		}
		$found = Network::find( $hosts );
		foreach ( array_keys( $found ) as $host ) {
			self::refresh( (string) $host, false );
		}
		return array_fill_keys( array_diff( $hosts, array_keys( $found ) ), $now );
	}

	/**
	 * Whether a row says something else than the network.
	 *
	 * @param Domain|null               $row The row.
	 * @param array<string, mixed>|null $has What the network has: site_id, customer_id, suspended.
	 */
	public static function is_other( ?Domain $row, ?array $has ): bool {
		$is_wanted_by_network = null !== $row && array_intersect( array( Domain::RECORD, Domain::SITE ), $row->source );
		if ( null === $has ) {
			return (bool) $is_wanted_by_network || ( null !== $row && in_array( Domain::CODE, $row->source, true ) && ! Network::has_site( $row->site_id ) );
		}
		return ! $is_wanted_by_network || array( $row->site_id, $row->customer_id, $row->suspended ) !== array( $has['site_id'], $has['customer_id'], $has['suspended'] );
	}

	/**
	 * Writes what is desired of a host. Nothing is written where nothing is new.
	 *
	 * @param string                    $host Host name.
	 * @param array<string, mixed>|null $has  What the network has of it.
	 * @param string                    $hold What it has to wait for.
	 *
	 * @return bool Whether something is to be done for it.
	 */
	private static function write( string $host, ?array $has, string $hold ): bool {
		$network = array( Domain::RECORD, Domain::SITE );
		$row     = Domain_List::find( $host );
		if ( null !== $has ) {
			$settings  = self::settings_of( $host, $has );
			$sources = null === $row ? array() : array_intersect( $network, $row->source );
			if ( $sources && ! Domains::is_changed( $row, $settings ) && ! array_diff( $has['sources'], $sources ) && ! array_diff( $sources, $has['sources'] ) ) {
				return false;
			}
			$waits   = false;
			$written = Domains::want( $host, $settings + self::ownership_of( $host, $settings ), $has['sources'], $hold, $waits );
			if ( $written ) {
				// What the walk found that was there before nobody did at this moment.
				'' === $hold && self::note_wanted( $host, $row, $settings['site_id'] );
				self::tell( $host, $row, $hold );
			}
			if ( $waits ) {
				Mapping::withhold( $host );
			} elseif ( $written && null !== $row && $row->withheld ) {
				Mapping::give_back( $host );
			}
			return Domains::unwant( $host, array_diff( $network, $has['sources'] ) ) || $written;
		}
		if ( null === $row || ! $row->is_wanted() ) {
			return false;
		}
		// What code asked for goes with the site that it was for.
		$is_kept = in_array( Domain::CODE, $row->source, true ) && Network::has_site( $row->site_id );
		$written = Domains::unwant( $host, $is_kept ? $network : '', $hold );
		if ( $written ) {
			$is_kept || History::add( $host, self::UNWANTED, array(), Origin::actor() );
			Hooks::condition_changed( $row, Reason::Removal_Waits, false );
		}
		return $written;
	}

	/**
	 * Notes who had a host wanted, or wanted otherwise.
	 *
	 * @param string      $host    Host name.
	 * @param Domain|null $row     The row as it was before, or null.
	 * @param int         $site_id The site that it is for now.
	 */
	private static function note_wanted( string $host, ?Domain $row, int $site_id ): void {
		$is_same = null !== $row && $row->is_wanted() && $row->site_id === $site_id;
		History::add( $host, $is_same ? self::OTHERWISE : self::WANTED, array( 'site_id' => $site_id ), Origin::actor() );
	}

	/**
	 * Tells that a host is wanted. What is served stays so.
	 *
	 * @param string      $host Host name.
	 * @param Domain|null $row  The row as it was before, or null.
	 * @param string      $hold What it has to wait for, if it is new.
	 */
	private static function tell( string $host, ?Domain $row, string $hold = '' ): void {
		$is_served = Status::Ready === $row?->domain_status && Domain::PRESENT === $row->remote_state;
		if ( ! $is_served ) {
			Hooks::changed( $host, $row?->domain_reason, ( null === $row ? Reason::tryFrom( $hold ) : null ) ?? Reason::Waiting );
		}
	}

	/**
	 * Who must prove a host, as Domains::want() takes it.
	 *
	 * @param string               $host     Host name.
	 * @param array<string, mixed> $settings What is desired of it.
	 *
	 * @return array{ownership: string|null}
	 */
	private static function ownership_of( string $host, array $settings ): array {
		return array( 'ownership' => 0 === $settings['customer_id'] ? null : Ownership::policy_of( $host ) );
	}

	/**
	 * What is desired of a host, as Domains::want() takes it.
	 *
	 * @param string               $host Host name.
	 * @param array<string, mixed> $has  What the network has of it.
	 *
	 * @return array<string, mixed>
	 */
	private static function settings_of( string $host, array $has ): array {
		$www = Network::wants_www( $host );
		/**
		 * Filters where RunCloud redirects a host that it serves with and without "www.".
		 *
		 * @since 0.1.0
		 *
		 * @param string $redirection "none", "www" (to the name with www) or "non-www" (to the name without).
		 * @param string $host        Host name.
		 * @param bool   $www         Whether RunCloud serves both names.
		 */
		$redirection = (string) apply_filters( 'domain_sync_redirection', $www ? 'non-www' : 'none', $host, $www );
		return array(
			'site_id'     => (int) ( $has['site_id'] ?? 0 ),
			'customer_id' => (int) ( $has['customer_id'] ?? 0 ),
			'suspended'   => (bool) ( $has['suspended'] ?? false ),
			'www'         => $www,
			'redirection' => in_array( $redirection, array( 'none', 'www', 'non-www' ), true ) ? $redirection : 'none',
		);
	}

	/**
	 * Whether the plugin looks after a host.
	 *
	 * @param string                    $host    Host name.
	 * @param array<string, mixed>|null $has     What the network has of it.
	 * @param bool                      $is_news Whether to say why not.
	 */
	private static function is_managed( string $host, ?array $has, bool $is_news ): bool {
		if ( ! str_contains( $host, '.' ) || Network::is_main( $host ) ) {
			return false;
		}
		if ( null !== $has && get_main_network_id() !== $has['network_id'] ) {
			if ( $is_news ) {
				Log::warning( "$host: belongs to a network beside the main one, which is not mapped; nothing was done." );
			}
			return false;
		}
		/**
		 * Filters whether the plugin looks after a host. What it does not look after stays at RunCloud as it is.
		 *
		 * @since 0.1.0
		 *
		 * @param bool   $manage  True.
		 * @param string $host    Host name.
		 * @param int    $site_id The site; 0 when the network does not want the host.
		 */
		return (bool) apply_filters( 'domain_sync_manage_host', true, $host, (int) ( $has['site_id'] ?? 0 ) );
	}

	/**
	 * Somebody asks for a host that is wanted already: what waits since before the plugin is approved by that, what had failed is tried again, and
	 * anything else is looked at. Ultimate Multisite checks a record that is saved again, and goes by what we last saw.
	 *
	 * @param string $host Host name.
	 *
	 * @return bool Whether something is to be done.
	 */
	private static function renew( string $host ): bool {
		$row = Domain_List::find( $host );
		if ( null === $row ) {
			return false;
		}
		if ( Domain::HOLD_EXISTING === $row->hold ) {
			return (bool) Decisions::release( array( $host ), Domain::HOLD_EXISTING );
		}
		return ( 0 !== $row->failing_since && Domain_List::retry( array( $host ) ) )
			|| ( Domain::PRESENT === $row->remote_state && Domain_List::look_now( array( $host ) ) );
	}
}
