<?php
/**
 * The events of WordPress and Ultimate Multisite that the plugin takes in.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Ultimate Multisite announces hosts through its queue, some time after the change. The change itself is taken in as well, at once: a queue
 * that stands still loses nothing then, and the queued event is only an echo.
 *
 * Handlers write rows and return; none throws, and none waits for RunCloud.
 */
final class Events {

	/** UM's wait for a certificate, in tries of up to five minutes: RunCloud needs longer than its five tries. */
	const SSL_TRIES = 30;

	private bool $bound = false;

	/** Whether the queue is running a job. */
	private bool $in_job = false;

	/**
	 * Binds nothing yet.
	 *
	 * @param Plugin $plugin Whose parts take the events in.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/**
	 * Binds the handlers, once. To be called in every kind of request: Ultimate Multisite queues an addition only if somebody
	 * listens at that moment.
	 */
	public function bind(): void {
		if ( $this->bound ) {
			return;
		}
		$this->bound = true;

		add_action( 'wu_add_domain', array( $this, 'added' ), 10, 2 );
		add_action( 'wu_remove_domain', array( $this, 'removed' ), 10, 2 );
		add_action( 'wu_add_subdomain', array( $this, 'added' ), 10, 2 );
		add_action( 'wu_remove_subdomain', array( $this, 'removed' ), 10, 2 );

		// Before Ultimate Multisite's own handler at 10, so that our job stands before its echo.
		add_action( 'wu_transition_domain_domain', array( $this, 'renamed' ), 5, 2 );
		add_action( 'wu_domain_post_delete', array( $this, 'record_deleted' ), 20, 2 );
		add_action( 'wu_domain_added', array( $this, 'look' ) );
		add_action( 'wu_domain_removed', array( $this, 'look' ) );
		add_action( 'wp_insert_site', array( $this, 'site_changed' ), 20 );
		add_action( 'wp_update_site', array( $this, 'site_changed' ), 20, 2 );
		add_action( 'wp_delete_site', array( $this, 'site_deleted' ), 20 );

		add_action( 'wu_domain_manager_dns_propagation_finished', array( $this, 'dns_is_ready' ) );
		add_filter( 'wu_async_process_domain_stage_max_tries', array( $this, 'wait_for_certificate' ) );

		add_action( 'action_scheduler_before_execute', fn() => $this->in_job = true );
		add_action( 'action_scheduler_after_execute', fn() => $this->in_job = false );
		add_action( 'action_scheduler_failed_execution', fn() => $this->in_job = false );
	}

	/**
	 * A queued event: a host was added some time ago.
	 *
	 * @param string     $host    Host name.
	 * @param int|string $site_id The site; Ultimate Multisite gives some as text.
	 */
	public function added( $host, $site_id = 0 ): void {
		$this->guard(
			fn() => $this->in_job ? $this->plugin->hosts()->look( (string) $host, false ) : $this->plugin->hosts()->believe( (string) $host, max( 1, (int) $site_id ) )
		);
	}

	/**
	 * A queued event: a host was removed some time ago.
	 *
	 * @param string     $host    Host name.
	 * @param int|string $site_id The site.
	 */
	public function removed( $host, $site_id = 0 ): void {
		unset( $site_id );
		$this->guard(
			fn() => $this->in_job ? $this->plugin->hosts()->look( (string) $host, false ) : $this->plugin->hosts()->believe( (string) $host, 0 )
		);
	}

	/**
	 * A domain record is new, or has another host than before.
	 *
	 * @param mixed $old_host The host before; "new" for a new record.
	 * @param mixed $new_host The host now.
	 */
	public function renamed( $old_host, $new_host ): void {
		if ( $old_host === $new_host ) {
			return;
		}
		if ( 'new' !== $old_host ) {
			$this->look( $old_host );
		}
		$this->look( $new_host );
	}

	/**
	 * A domain record was deleted. The object may be older than a rename, so the site's other hosts are looked at as well.
	 *
	 * @param mixed  $result Whether it was.
	 * @param object $domain The record.
	 */
	public function record_deleted( $result, $domain ): void {
		if ( ! $result ) {
			return;
		}
		$this->guard(
			function () use ( $domain ): void {
				$this->plugin->hosts()->look( (string) $domain->get_domain() );
				foreach ( $this->plugin->reader()->hosts_of_site( (int) $domain->get_blog_id() ) as $host ) {
					$this->plugin->hosts()->look( $host, false );
				}
			}
		);
	}

	/**
	 * Something happened to a host at this moment.
	 *
	 * @param mixed $host Host name.
	 */
	public function look( $host ): void {
		$this->guard( fn() => $this->plugin->hosts()->look( (string) $host ) );
	}

	/**
	 * A site is new, or has another address than before.
	 *
	 * @param \WP_Site      $site The site now.
	 * @param \WP_Site|null $old  The site before.
	 */
	public function site_changed( $site, $old = null ): void {
		if ( null !== $old && $old->domain === $site->domain ) {
			return;
		}
		if ( null !== $old ) {
			$this->look( $old->domain );
		}
		$this->look( $site->domain );
	}

	/**
	 * A site is gone; so are all its hosts. Ultimate Multisite leaves domain records behind when its early loader is off.
	 *
	 * @param \WP_Site $site The site that was.
	 */
	public function site_deleted( $site ): void {
		$this->guard(
			function () use ( $site ): void {
				foreach ( $this->plugin->reader()->hosts_of_site( (int) $site->blog_id ) as $host ) {
					$this->plugin->hosts()->look( $host );
				}
			}
		);
		$this->look( $site->domain );
	}

	/**
	 * Ultimate Multisite found that a host's DNS points here.
	 *
	 * @param object $domain The domain record.
	 */
	public function dns_is_ready( $domain ): void {
		$this->guard(
			function () use ( $domain ): void {
				$host = (string) $domain->get_domain();
				// A host that was mapped before the plugin came gets its row now.
				$this->plugin->hosts()->look( $host, false );
				$this->plugin->certificates()->resolves( $host );
			}
		);
	}

	/**
	 * Ultimate Multisite's number of tries before it calls a host failed.
	 *
	 * @param mixed $tries Its own number.
	 */
	public function wait_for_certificate( $tries ): int {
		return max( self::SSL_TRIES, (int) $tries );
	}

	/**
	 * Runs a handler. A fault of ours must not break the saving of a site or a domain; the sweep and the echo come later.
	 *
	 * @param callable $handler What to do.
	 */
	private function guard( callable $handler ): void {
		try {
			$handler();
		} catch ( \Throwable $e ) {
			$this->plugin->log()->error( 'An event was not taken in: ' . $e->getMessage() );
		}
	}
}
