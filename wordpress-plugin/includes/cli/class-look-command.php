<?php
/**
 * The command line: what visitors are served.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Admin\Verification;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Sync\Queue;
use WP_CLI;

/**
 * Look, verify.
 */
final class Look_Command {

	/** Hosts that one command looks at. */
	private const MOST = 500;

	/**
	 * Looks at hosts now: DNS, HTTP and TLS.
	 *
	 * Prints what is there, and has it written down by the queue's next look for those hosts that are mapped. Sends nothing to RunCloud. 500 hosts at most
	 * take 15 seconds at most. "wp domain-sync verify" says of one host what that means.
	 *
	 * ## OPTIONS
	 *
	 * <host>...
	 * : Host names, in Unicode or ASCII. They need not be mapped. One that cannot be a host is named, and the exit code is 1.
	 *
	 * [--fields=<fields>]
	 * : Only these fields, separated by commas: host, resolves_to, is_served, http, tls, tls_until, domain, certificate, tls_here, name_servers, needs_somebody.
	 *
	 * [--format=<format>]
	 * : How they are shown.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - csv
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     # Has DNS arrived by now?
	 *     $ wp domain-sync look $(wp domain-sync list --reason=dns-elsewhere --format=ids)
	 *
	 * @param array<string>        $args    Hosts.
	 * @param array<string, mixed> $options fields, format.
	 */
	public function look( array $args, array $options ): void {
		self::must_have_extension();
		$hosts = array_slice( Context::hosts( $args ), 0, self::MOST );
		if ( count( $args ) > self::MOST ) {
			/* translators: %d: number of hosts. */
			WP_CLI::warning( sprintf( __( 'Only the first %d hosts are looked at.', 'domain-sync-for-runcloud' ), self::MOST ) );
		}
		$views   = $hosts ? Verification::of_many( $hosts ) : array();
		$reason  = static fn( string $about ): callable => static fn( array $view ): string => (string) ( array_column( $view['findings'], 'reason', 'about' )[ $about ] ?? '' );
		$columns = array(
			'host'           => static fn( array $view ): string => $view['host'],
			'resolves_to'    => static fn( array $view ): array => $view['resolves_to'],
			'is_served'      => static fn( array $view ): bool => $view['http']['reaches_this_network'],
			'http'           => static fn( array $view ): string => self::hops( $view['http']['hops'] ),
			'tls'            => static fn( array $view ): string => $view['tls']['verdict'] ?? '',
			'tls_until'      => static fn( array $view ): string => $view['tls']['until'] ?? '',
			'domain'         => $reason( 'domain' ),
			'certificate'    => $reason( 'certificate' ),
			'tls_here'       => static fn( array $view ): string => $view['tls_here']['verdict'] ?? '',
			'name_servers'   => static fn( array $view ): array => $view['dns']['NS']['values'] ?? array(),
			'needs_somebody' => static fn( array $view ): bool => $view['needs_somebody'],
		);
		Output::rows( $views, $columns, array( 'host', 'resolves_to', 'is_served', 'http', 'tls', 'tls_until', 'domain', 'certificate' ), $options );
		foreach ( array_unique( array_filter( array_column( $views, 'error' ) ) ) as $error ) {
			WP_CLI::warning( $error );
		}
		if ( $hosts && Domain_List::look_now( $hosts ) > 0 ) {
			Queue::run_soon();
		}
		if ( count( $hosts ) < count( array_unique( $args ) ) ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * Says what is the matter with one host, and what to do.
	 *
	 * Looks at DNS, HTTP and TLS now, and says beside that what RunCloud has, as far as anybody looked. The host need not be mapped: what its DNS lacks is
	 * said before. Sends nothing to RunCloud and writes nothing. The exit code is 1 when something is to be fixed by somebody, or could not be looked at, and
	 * 0 when all is right or time alone does the rest.
	 *
	 * ## OPTIONS
	 *
	 * <host>
	 * : Its host name, in Unicode or ASCII.
	 *
	 * [--format=<format>]
	 * : How it is shown. JSON and YAML hold all that was seen, and codes of reasons that stay the same.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync verify shop.example.com
	 *
	 *     # Which of its parts are not right?
	 *     $ wp domain-sync verify shop.example.com --format=json | jq -r '.findings[] | select(.to_fix) | .reason'
	 *
	 * @param array<string>        $args    The host.
	 * @param array<string, mixed> $options format.
	 */
	public function verify( array $args, array $options ): void {
		self::must_have_extension();
		$host = (string) Network::host_of( $args[0] );
		if ( '' === $host ) {
			WP_CLI::error( Context::no_host( $args[0] ) );
		}
		$view = Verification::of( $host );
		Output::item( 'table' === ( $options['format'] ?? 'table' ) ? self::texts( $view ) : $view, $options );
		if ( $view['needs_somebody'] ) {
			WP_CLI::halt( 1 );
		}
	}

	/**
	 * A verification for people.
	 *
	 * @param array<string, mixed> $view See Verification.
	 *
	 * @return array<string, mixed>
	 */
	private static function texts( array $view ): array {
		$says = array();
		$fix  = array();
		foreach ( $view['findings'] as $one ) {
			$says[ $one['about'] ] = "{$one['sentence']} ({$one['reason']})";
			$fix                   = array( ...$fix, ...( $one['to_fix'] ? array( $one['next_step'] ) : array() ) );
		}
		$nothing = $view['is_right'] ? __( 'nothing, all is right', 'domain-sync-for-runcloud' ) : __( 'nothing: time does the rest', 'domain-sync-for-runcloud' );
		return array_filter(
			array(
				'host'                  => $view['host'] === $view['unicode'] ? $view['host'] : "{$view['host']} ({$view['unicode']})",
				'currently resolves to' => $view['resolves_to'] ? implode( ', ', $view['resolves_to'] ) : __( 'nothing', 'domain-sync-for-runcloud' ),
				'should resolve to'     => $view['should_be'] ? implode( ', ', $view['should_be'] ) : __( 'not known: RunCloud is asked for it once a domain has waited for its DNS', 'domain-sync-for-runcloud' ),
				'DNS'                   => self::dns( $view['dns'] ),
				'HTTP'                  => self::hops( $view['http']['hops'] ),
				'reaches this network'  => $view['http']['reaches_this_network'],
				'TLS'                   => self::tls( $view['tls'] ),
				'TLS at this server'    => self::tls( $view['tls_here'] ),
				'RunCloud'              => $says['panel'] ?? '',
				'domain'                => $says['domain'] ?? '',
				'certificate'           => $says['certificate'] ?? '',
				'what to fix'           => $fix ? implode( ' ', array_unique( $fix ) ) : $nothing,
				'next command'          => $view['next_command'],
				'not looked at'         => $view['error'],
			),
			static fn( mixed $value ): bool => '' !== $value
		);
	}

	/**
	 * DNS in a line.
	 *
	 * @param array<string, array<string, mixed>> $dns By type.
	 */
	private static function dns( array $dns ): string {
		$parts = array();
		foreach ( $dns as $type => $answer ) {
			$parts[] = "$type " . ( ! empty( $answer['values'] ) ? implode( ' ', $answer['values'] ) : $answer['outcome'] );
		}
		return implode( '; ', $parts );
	}

	/**
	 * The way of a request in a line.
	 *
	 * @param list<array<string, mixed>> $hops Hops.
	 */
	private static function hops( array $hops ): string {
		return implode( ' → ', array_map( static fn( array $hop ): string => $hop['url'] . ' ' . ( $hop['status'] ?? $hop['error'] ?? '' ), $hops ) );
	}

	/**
	 * A certificate in a line.
	 *
	 * @param array<string, mixed> $tls The certificate.
	 */
	private static function tls( array $tls ): string {
		return implode( ', ', array_filter( array( $tls['verdict'] ?? '', $tls['issuer'] ?? '', $tls['until'] ?? '' ) ) );
	}

	/** Ends the command where nobody can look. */
	private static function must_have_extension(): void {
		$missing = Plugin::missing_extension();
		if ( null !== $missing ) {
			WP_CLI::error( $missing );
		}
	}
}
