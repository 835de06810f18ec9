<?php
/**
 * Turns "something happened to this host" into a desired state.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Events come twice, late, or in another order than things happened. So an event is only a reason to look: the network itself says
 * whether it wants the host. After that is written the network is asked once more, so that of two processes that change the
 * same host the later change wins.
 */
final class Hosts {

	/**
	 * Writes nothing yet.
	 *
	 * @param Ultimate_Multisite $um      The network.
	 * @param Domains            $domains Where rows are written.
	 * @param Domain_Reader      $reader  Finds rows.
	 * @param Queue              $queue   Where jobs go.
	 * @param Log                $log     The log.
	 */
	public function __construct(
		private readonly Ultimate_Multisite $um,
		private readonly Domains $domains,
		private readonly Domain_Reader $reader,
		private readonly Queue $queue,
		private readonly Log $log
	) {}

	/**
	 * Something happened to a host: writes what the network wants of it now.
	 *
	 * @param string $name   Host name as the event gave it.
	 * @param bool   $reopen Whether what had failed is to be tried again: not for the late echo of an event already seen.
	 */
	public function look( string $name, bool $reopen = true ): void {
		$host = $this->manageable( $name, $reopen );
		if ( null === $host ) {
			return;
		}
		for ( $try = 0; $try < 3; $try++ ) {
			$site_id = $this->um->site_of( $host );
			if ( 0 === $site_id && $this->is_kept_by_hand( $host ) ) {
				return;
			}
			$this->write( $host, $site_id, false, $reopen );
			if ( $this->um->site_of( $host ) === $site_id ) {
				return;
			}
		}
	}

	/**
	 * Somebody says what is to become of a host, and is believed whatever the network has: for code that fires the hooks itself. What
	 * it asked for stays until it says otherwise or the site goes.
	 *
	 * @param string $name    Host name.
	 * @param int    $site_id The site it belongs to; 0 to remove it.
	 */
	public function believe( string $name, int $site_id ): void {
		$host = $this->manageable( $name, true );
		if ( null !== $host ) {
			$this->write( $host, $site_id, 0 < $site_id && 0 === $this->um->site_of( $host ), true );
		}
	}

	/**
	 * Writes the desired state, and has it carried out.
	 *
	 * @param string $host    Host name.
	 * @param int    $site_id The site it belongs to; 0 when it is not wanted.
	 * @param bool   $by_hand Whether the network itself has no such host.
	 * @param bool   $reopen  Whether what had failed is to be tried again.
	 */
	private function write( string $host, int $site_id, bool $by_hand, bool $reopen ): void {
		$domain = 0 < $site_id ? $this->domains->want( $host, $site_id, $by_hand, $reopen ) : $this->domains->unwant( $host, $reopen );
		if ( null !== $domain ) {
			$this->queue->carry_out( $domain->id );
		}
	}

	/**
	 * Whether other code asked for a host that the network does not have, for a site that is still there.
	 *
	 * @param string $host Host name, normalised.
	 */
	private function is_kept_by_hand( string $host ): bool {
		$domain = $this->reader->find( $host );
		return null !== $domain && $domain->by_hand && null !== get_site( $domain->site_id );
	}

	/**
	 * The host as RunCloud writes it, or null when it is none of the plugin's business: no host name, or one that the whole network
	 * lives on.
	 *
	 * @param string $name Host name.
	 * @param bool   $tell Whether a name that is none is news.
	 */
	private function manageable( string $name, bool $tell ): ?string {
		$host = strtolower( rtrim( trim( $name ), '.' ) );
		if ( preg_match( '/[^\x21-\x7e]/', $host ) && function_exists( 'idn_to_ascii' ) ) {
			$host = (string) idn_to_ascii( $host );
		}
		if ( ! preg_match( '/^[a-z0-9_*-]+(\.[a-z0-9_-]+)+$/', $host ) || strlen( $host ) > 253 ) {
			if ( $tell ) {
				$this->log->warning( sprintf( '"%s" is no host name that RunCloud could serve; nothing was done.', mb_substr( sanitize_text_field( $name ), 0, 100 ) ) );
			}
			return null;
		}
		return $this->um->is_base_domain( $host ) ? null : $host;
	}
}
