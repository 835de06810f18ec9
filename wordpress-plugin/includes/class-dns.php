<?php
/**
 * Whether a host's DNS points to the web application.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Compares what DNS says with what the panel would have it say. Every host of a web application has the same addresses, so the
 * panel is asked once a day, not once a host.
 */
final class Dns {

	/**
	 * Looks nothing up yet.
	 *
	 * @param Runcloud       $runcloud The panel.
	 * @param Web_App_Memory $memory   What was learnt before.
	 */
	public function __construct( private readonly Runcloud $runcloud, private readonly Web_App_Memory $memory ) {}

	/**
	 * Whether the host points here. When that cannot be found out the answer is no.
	 *
	 * @param string $host      Host name.
	 * @param int    $remote_id The domain's id at RunCloud.
	 */
	public function points_here( string $host, int $remote_id ): bool {
		$addresses = $this->addresses( $host, $remote_id );
		/**
		 * Filters whether a host's DNS points to the web application, before DNS is asked.
		 *
		 * @param bool|null    $points_here Null to have DNS asked.
		 * @param string       $host        Host name.
		 * @param list<string> $addresses   Addresses that the panel would have its records hold.
		 */
		$points_here = apply_filters( 'domain_sync_dns_points_here', null, $host, $addresses );
		return null !== $points_here
			? (bool) $points_here
			: array() !== array_intersect( $addresses, $this->look_up( $host ) );
	}

	/**
	 * Addresses that the panel would have a host's records hold; none when the panel did not answer.
	 *
	 * @param string $host      Host name.
	 * @param int    $remote_id The domain's id at RunCloud.
	 *
	 * @return list<string>
	 */
	private function addresses( string $host, int $remote_id ): array {
		$known = $this->memory->recall( 'addresses', DAY_IN_SECONDS );
		if ( is_array( $known ) ) {
			return $known;
		}
		$outcome = $this->runcloud->addresses( $host, $remote_id );
		if ( $outcome->ok && array() !== $outcome->value ) {
			$this->memory->keep( 'addresses', $outcome->value );
		}
		return $outcome->ok ? $outcome->value : array();
	}

	/**
	 * Addresses that DNS has for a host.
	 *
	 * @param string $host Host name.
	 *
	 * @return list<string>
	 */
	private function look_up( string $host ): array {
		// phpcs:ignore WordPress.PHP.NoSilencedErrors -- a name server that does not answer is no fault of the code.
		$records = @dns_get_record( $host, DNS_A | DNS_AAAA );
		return array_map(
			static fn( array $record ): string => (string) ( $record['ip'] ?? $record['ipv6'] ?? '' ),
			is_array( $records ) ? $records : array()
		);
	}
}
