<?php
/**
 * The events of WordPress and Ultimate Multisite that the plugin takes in.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Network;

use Domain_Sync_For_RunCloud\Lifecycle;
use Domain_Sync_For_RunCloud\Log;
use Domain_Sync_For_RunCloud\Plugin;
use Domain_Sync_For_RunCloud\Store\Domain_List;
use Domain_Sync_For_RunCloud\Store\Domains;
use Domain_Sync_For_RunCloud\Sync\Queue;
use Domain_Sync_For_RunCloud\Um\Mapping;
use Domain_Sync_For_RunCloud\Um\Stage;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * Ultimate Multisite announces hosts through its queue, some time after the change. The change itself is taken in as well, at once: a queue that
 * stands still loses nothing then, and the queued event is only an echo.
 *
 * Handlers write rows and return; none throws, and none waits for RunCloud. Where this PHP has no extension the form of a host is not known; the
 * network is walked instead, by a PHP that has it.
 */
final class Events {

	private static bool $is_bound = false;

	/** Whether the queue is running a job. */
	private static bool $is_in_job = false;

	/** Binds the handlers, once, in every kind of request: Ultimate Multisite queues an addition only if somebody listens at that moment. */
	public static function bind(): void {
		if ( self::$is_bound ) {
			return;
		}
		self::$is_bound = true;
		self::bind_to_queue();

		// Before Ultimate Multisite's own handler at 10, so that our job stands before its echo.
		add_action( 'wu_transition_domain_domain', array( self::class, 'record_changed' ), 5, 2 );
		add_filter( 'wu_domain_pre_save', array( Mapping::class, 'keep' ), 20, 3 );
		add_action( 'wu_domain_post_save', array( self::class, 'record_saved' ), 20, 3 );
		add_action( 'wu_domain_post_delete', array( self::class, 'record_deleted' ), 20, 2 );
		add_action( 'wp_insert_site', array( self::class, 'site_changed' ), 20 );
		add_action( 'wp_update_site', array( self::class, 'site_changed' ), 20, 2 );
		add_action( 'wp_delete_site', array( self::class, 'site_deleted' ), 20 );
		add_action( 'added_blog_meta', array( self::class, 'customer_changed' ), 20, 3 );
		add_action( 'updated_blog_meta', array( self::class, 'customer_changed' ), 20, 3 );

		add_action( 'wu_domain_manager_dns_propagation_finished', array( self::class, 'dns_is_ready' ) );
		add_filter( 'wu_async_process_domain_stage_max_tries', array( Stage::class, 'wait_for_certificate' ), 10, 2 );
	}

	/**
	 * Binds the handlers of the queued events only: a job that nobody listens to fails for good. That is all there is to do while Ultimate Multisite is
	 * switched off, or being updated, and another plugin's queue runs its jobs.
	 */
	public static function bind_to_queue(): void {
		add_action( 'wu_add_domain', array( self::class, 'added' ), 10, 2 );
		add_action( 'wu_remove_domain', array( self::class, 'removed' ), 10, 2 );
		add_action( 'wu_add_subdomain', array( self::class, 'added' ), 10, 2 );
		add_action( 'wu_remove_subdomain', array( self::class, 'removed' ), 10, 2 );

		add_action( 'action_scheduler_before_execute', array( self::class, 'job_begins' ) );
		add_action( 'action_scheduler_after_execute', array( self::class, 'job_ends' ) );
		add_action( 'action_scheduler_failed_execution', array( self::class, 'job_ends' ) );
	}

	/**
	 * A queued event: a host was added some time ago. Fired outside the queue it is other code that wants the host, unless the network has it: what
	 * the network tells no more then goes, and nobody fires another event for it.
	 *
	 * @param mixed $host    Host name.
	 * @param mixed $site_id The site; Ultimate Multisite gives some as text.
	 */
	public static function added( $host, $site_id = 0 ): void {
		$name    = (string) $host;
		$site_id = max( 1, (int) $site_id );
		self::guard(
			static fn() => self::$is_in_job ? Desired::refresh_queued( $name ) : Desired::take_from_code( $name, $site_id ),
			static fn() => self::$is_in_job || Desired::keep( $name, $site_id )
		);
	}

	/**
	 * A queued event: a host was removed some time ago.
	 *
	 * @param mixed $host    Host name.
	 * @param mixed $site_id The site.
	 */
	public static function removed( $host, $site_id = 0 ): void {
		unset( $site_id );
		$name = (string) $host;
		self::guard(
			static fn() => self::$is_in_job ? Desired::refresh( $name, false ) : Desired::take_from_code( $name ),
			static fn() => self::$is_in_job || Desired::keep( $name )
		);
	}

	/**
	 * A domain record is new, or has another host than before.
	 *
	 * @param mixed $old_host The host before; "new" for a new record.
	 * @param mixed $new_host The host now.
	 */
	public static function record_changed( $old_host, $new_host ): void {
		if ( $old_host !== $new_host ) {
			self::look( ...( 'new' === $old_host ? array() : array( $old_host ) ), ...array( $new_host ) );
		}
	}

	/**
	 * A domain record was saved. A new one, and a new host, were taken in before; what is left is who saves it again, or moves it to another site.
	 *
	 * @param mixed  $data   What was saved.
	 * @param object $record The record.
	 * @param bool   $is_new Whether it is new.
	 */
	public static function record_saved( $data, $record, $is_new = false ): void {
		unset( $data );
		// Ultimate Multisite's own jobs save records as well.
		if ( ! $is_new && ! self::$is_in_job ) {
			self::look( $record->get_domain() );
		}
	}

	/**
	 * A domain record was deleted. The object may be older than a rename: where its host is gone already, all hosts of the site are looked at.
	 *
	 * @param mixed  $result Whether it was.
	 * @param object $record The record.
	 */
	public static function record_deleted( $result, $record ): void {
		if ( ! $result ) {
			return;
		}
		self::guard(
			static function () use ( $record ): void {
				$host = (string) Network::host_of( (string) $record->get_domain() );
				$row  = Domain_List::find( $host );
				null !== $row && $row->is_wanted() ? Desired::refresh( $host, false ) : Desired::refresh_site( (int) $record->get_blog_id() );
			}
		);
	}

	/**
	 * A site is new, has another address than before, or was switched on or off.
	 *
	 * @param \WP_Site      $site The site now.
	 * @param \WP_Site|null $old  The site before.
	 */
	public static function site_changed( $site, $old = null ): void {
		if ( null === $old || $old->domain !== $site->domain ) {
			self::look( ...( null === $old ? array() : array( $old->domain ) ), ...array( $site->domain ) );
		}
		if ( null !== $old && array( $old->archived, $old->spam, $old->deleted ) !== array( $site->archived, $site->spam, $site->deleted ) ) {
			self::guard( static fn() => Desired::refresh_site( (int) $site->blog_id ) );
		}
	}

	/**
	 * A site is gone; so are all its hosts. Ultimate Multisite leaves domain records behind when its early loader is off.
	 *
	 * @param \WP_Site $site The site that was.
	 */
	public static function site_deleted( $site ): void {
		self::guard( static fn() => Desired::refresh_site( (int) $site->blog_id ) );
	}

	/**
	 * A site has another customer than before; no event of records or sites tells that.
	 *
	 * @param mixed $id      Id of the site's metadata.
	 * @param mixed $site_id The site.
	 * @param mixed $key     Its name.
	 */
	public static function customer_changed( $id, $site_id, $key ): void {
		unset( $id );
		if ( Network::CUSTOMER === $key ) {
			self::guard( static fn() => Desired::refresh_site( (int) $site_id ) );
		}
	}

	/**
	 * Ultimate Multisite found that a host's DNS points here. A host that was mapped before the plugin came gets its row now.
	 *
	 * @param object $record The record.
	 */
	public static function dns_is_ready( $record ): void {
		self::guard(
			static function () use ( $record ): void {
				Desired::refresh( (string) $record->get_domain(), false );
				if ( Domains::mark_dns_ready( (string) Network::host_of( (string) $record->get_domain() ) ) ) {
					Queue::run_soon();
				}
			},
			static fn() => Domains::mark_dns_ready( Network::row_host_of( (string) $record->get_domain() ) )
		);
	}

	/** The queue begins a job. */
	public static function job_begins(): void {
		self::$is_in_job = true;
	}

	/** The queue's job is over. */
	public static function job_ends(): void {
		self::$is_in_job = false;
	}

	/**
	 * Something happened to hosts at this moment.
	 *
	 * @param mixed ...$names Host names.
	 */
	private static function look( ...$names ): void {
		self::guard(
			static function () use ( $names ): void {
				foreach ( $names as $name ) {
					Desired::refresh( (string) $name );
				}
			}
		);
	}

	/**
	 * Runs a handler. A fault of ours must not break the saving of a site or a domain; the walk and the echo come later. Without the extension, or
	 * without Ultimate Multisite's own idea of what it wants, the walk does it.
	 *
	 * @param callable      $handler What to do.
	 * @param callable|null $else    What to do beside asking for the walk where only that can be done.
	 */
	private static function guard( callable $handler, ?callable $else = null ): void {
		try {
			if ( null !== Plugin::missing_extension() || ! Ultimate_Multisite::is_loaded() ) {
				if ( null !== $else ) {
					$else();
				}
				Walk::ask();
				return;
			}
			// From here on the built-in provider has to be silent, also in a PHP that has no extension and works the queue next.
			Lifecycle::take_charge();
			$handler();
		} catch ( \Throwable $e ) {
			Log::error( 'An event was not taken in: ' . $e->getMessage() );
		}
	}
}
