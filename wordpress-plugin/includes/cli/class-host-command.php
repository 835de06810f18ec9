<?php
/**
 * The command line: one host.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Api\Named;
use Domain_Sync_For_RunCloud\Network\Network;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Status;
use WP_CLI;

/**
 * Add, remove, ssl.
 */
final class Host_Command {

	/**
	 * Has RunCloud serve a host that the network itself need not know.
	 *
	 * That is what code does with domain_sync_add(): the host stays until "wp domain-sync remove" or until its site is gone, also when it is mapped
	 * meanwhile. To map a domain so that WordPress serves the site under it, map it in Ultimate Multisite: what is mapped there needs no such command.
	 *
	 * ## OPTIONS
	 *
	 * <host>
	 * : Host name, in Unicode or ASCII.
	 *
	 * --site=<id>
	 * : The site that it is for.
	 *
	 * [--wait]
	 * : Work in the foreground until RunCloud has it. The exit code is 1 when it does not get it.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync add files.example.com --site=3 --wait
	 *
	 * @param array<string>        $args    The host.
	 * @param array<string, mixed> $options site, wait.
	 */
	public function add( array $args, array $options ): void {
		$site = (string) $options['site'];
		if ( ! ctype_digit( $site ) || strlen( $site ) > 18 ) {
			/* translators: %s: what was given. */
			WP_CLI::error( sprintf( __( '"%s" is no id of a site; "wp site list" shows them.', 'domain-sync-for-runcloud' ), $site ) );
		}
		Context::must_send();
		$host   = self::host( $args[0] );
		$has    = Network::find( array( $host ) )[ $host ] ?? null;
		$before = Domain_List::find( $host );
		$added  = domain_sync_add( $host, (int) $site );
		if ( is_wp_error( $added ) ) {
			WP_CLI::error( Network::is_main( $host ) ? __( 'This is the network\'s own main domain, which the web application serves by itself.', 'domain-sync-for-runcloud' ) : $added->get_error_message() );
		}
		if ( null !== $has ) {
			/* translators: 1: host name, 2: id of a site. */
			WP_CLI::warning( sprintf( __( '%1$s is in the network already, for site %2$d, and is served for that. It stays at RunCloud now even when it is unmapped there; "wp domain-sync remove" takes that back.', 'domain-sync-for-runcloud' ), $host, $has['site_id'] ) );
		} elseif ( in_array( Domain::CODE, $before->source ?? array(), true ) && (int) $site === $before->site_id ) {
			/* translators: %s: host name. */
			WP_CLI::log( sprintf( __( '%s was asked for before; it is looked at again.', 'domain-sync-for-runcloud' ), $host ) );
		}
		self::conclude(
			$host,
			$options,
			/* translators: %s: host name. */
			__( '%s is written down; the queue has RunCloud serve it.', 'domain-sync-for-runcloud' ),
			static fn( ?Domain $row ): ?bool => match ( true ) {
				null === $row, '' !== $row->hold       => null,
				Domain::PRESENT === $row->remote_state => true,
				0 === $row->due_at                     => Status::Ready === $row->domain_status ? true : null,
				default                                => false,
			}
		);
	}

	/**
	 * Takes back what "add", or domain_sync_add(), asked for, and has removed what the network does not map any more.
	 *
	 * What the network has stays: unmap it in Ultimate Multisite. What others made at RunCloud stays as well, and the primary domain. A removal rests on a
	 * second look a minute later.
	 *
	 * ## OPTIONS
	 *
	 * <host>
	 * : Host name, in Unicode or ASCII.
	 *
	 * [--wait]
	 * : Work in the foreground until RunCloud does not have it any more. The exit code is 1 when it keeps it.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync remove files.example.com
	 *
	 * @param array<string>        $args    The host.
	 * @param array<string, mixed> $options wait.
	 */
	public function remove( array $args, array $options ): void {
		Context::must_send();
		$host = self::host( $args[0] );
		$row  = Domain_List::find( $host );
		if ( null === $row ) {
			/* translators: %s: host name. */
			WP_CLI::error( sprintf( __( '%s: nobody knows this host here.', 'domain-sync-for-runcloud' ), $host ) );
		}
		$has = Network::find( array( $host ) )[ $host ] ?? null;
		if ( null !== $has && ! in_array( Domain::CODE, $row->source, true ) ) {
			/* translators: 1: host name, 2: id of a site. */
			WP_CLI::error( sprintf( __( '%1$s is in the network, for site %2$d: unmap it in Ultimate Multisite, and it is removed here. Nothing was changed.', 'domain-sync-for-runcloud' ), $host, $has['site_id'] ) );
		}
		$answer = Named::carry_out( Named::REMOVE, array( $host ) )[0];
		if ( ! $answer['done'] ) {
			WP_CLI::error( "$host: {$answer['sentence']} ({$answer['reason']}) wp domain-sync get $host" );
		}
		if ( null !== $has ) {
			/* translators: 1: host name, 2: id of a site. */
			WP_CLI::success( sprintf( __( 'Code does not want %1$s any more. It stays at RunCloud, since the network has it, for site %2$d.', 'domain-sync-for-runcloud' ), $host, $has['site_id'] ) );
			return;
		}
		self::conclude(
			$host,
			$options,
			/* translators: %s: host name. */
			__( '%s is not wanted any more; what was made for it at RunCloud is removed after a second look.', 'domain-sync-for-runcloud' ),
			static fn( ?Domain $row ): ?bool => match ( true ) {
				null === $row, Domain::ABSENT === $row->remote_state => true,
				$row->is_wanted(), '' !== $row->hold, 0 === $row->due_at => null,
				default                                              => false,
			}
		);
	}

	/**
	 * Has a host's certificate ordered again.
	 *
	 * Also where one is served. The limits of Let's Encrypt and of RunCloud hold as always, and an order that may be under way is not repeated: where it
	 * cannot be ordered now one sentence says what stands in the way, nothing is changed, and the exit code is 1.
	 *
	 * ## OPTIONS
	 *
	 * <host>
	 * : Host name, in Unicode or ASCII.
	 *
	 * [--wait]
	 * : Work in the foreground until a certificate that covers the host is served. That may take some minutes. The exit code is 1 when none comes.
	 *
	 * ## EXAMPLES
	 *
	 *     $ wp domain-sync ssl shop.example.com --wait
	 *
	 * @param array<string>        $args    The host.
	 * @param array<string, mixed> $options wait.
	 */
	public function ssl( array $args, array $options ): void {
		Context::must_send();
		Context::must_not_be_paused();
		$host   = self::host( $args[0] );
		$answer = Named::carry_out( Named::REDEPLOY, array( $host ) )[0];
		if ( ! $answer['done'] ) {
			WP_CLI::error( "$host: {$answer['sentence']} ({$answer['reason']})" );
		}
		$begun = time();
		self::conclude(
			$host,
			$options,
			/* translators: %s: host name. */
			__( 'The certificate of %s is ordered in the next run.', 'domain-sync-for-runcloud' ),
			static fn( ?Domain $row ): ?bool => match ( true ) {
				null === $row, '' !== $row->hold, Status::Action === $row->certificate_status, Status::Action === $row->domain_status => null,
				default => Status::Ready === $row->certificate_status && $row->ordered_at >= $begun - 1,
			}
		);
	}

	/**
	 * Says that something is written down, or works until it is done and says how it is then.
	 *
	 * @param string                              $host    The host.
	 * @param array<string, mixed>                $options wait.
	 * @param string                              $text    What is written down; "%s" is the host.
	 * @param callable( Domain|null ): (bool|null) $is_done See Foreground::work_hosts().
	 */
	private static function conclude( string $host, array $options, string $text, callable $is_done ): void {
		if ( empty( $options['wait'] ) ) {
			WP_CLI::success( sprintf( $text, $host ) );
			return;
		}
		$is_right = Foreground::work_hosts( array( $host ), $is_done );
		$row      = Domain_List::find( $host );
		$says     = trim( null === $row ? '' : $row->domain_reason?->sentence( $row->domain_details ) . ' ' . $row->certificate_reason?->sentence( $row->certificate_details ) );
		if ( ! $is_right ) {
			WP_CLI::error( trim( "$host: $says" ) . " wp domain-sync verify $host" );
		}
		/* translators: 1: host name, 2: how it is, in sentences. */
		WP_CLI::success( sprintf( __( 'Done: %1$s. %2$s', 'domain-sync-for-runcloud' ), $host, $says ) );
	}

	/**
	 * The host that somebody typed. Ends the command where it is none.
	 *
	 * @param string $name What was typed.
	 */
	private static function host( string $name ): string {
		$host = (string) Network::host_of( $name );
		if ( '' === $host ) {
			WP_CLI::error( Context::no_host( $name ) );
		}
		return $host;
	}
}
