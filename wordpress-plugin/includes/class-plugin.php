<?php
/**
 * What the plugin consists of, and what it listens to.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Legacy_Take_Over;
use Domain_Sync_For_RunCloud\Um\Registry_Take_Over;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The parts, each made when it is first asked for: most requests need none of them.
 */
final class Plugin {

	private static ?Plugin $instance = null;

	/**
	 * The parts made so far.
	 *
	 * @var array<string, object>
	 */
	private array $parts = array();

	/**
	 * The one plugin of this request.
	 */
	public static function instance(): Plugin {
		self::$instance ??= new self();
		return self::$instance;
	}

	/**
	 * Listens, in every kind of request. Without the extension Ultimate Multisite's own provider stays in charge.
	 */
	public function start(): void {
		Queue::bind( $this );
		add_action( 'network_admin_notices', fn() => ( new Notices( $this->ssl_mode() ) )->show() );
		if ( Extension::is_ready() ) {
			( new Registry_Take_Over( $this ) )->bind();
			( new Legacy_Take_Over( $this ) )->bind();
		}
	}

	/**
	 * Whether this process may act at RunCloud: the extension is here, the integration is set up and switched on, and this is no copy
	 * of the network.
	 */
	public function is_in_charge(): bool {
		return Extension::is_ready() && $this->um()->is_enabled() && Network_Identity::is_known() && Credentials::read()->is_complete();
	}

	/**
	 * A real answer to "does it work?", as Ultimate Multisite's wizard asks. What had failed is then tried again, at once.
	 *
	 * @return true|\WP_Error
	 */
	public function test_connection(): bool|\WP_Error {
		if ( ! Network_Identity::is_known() ) {
			return new \WP_Error( 'domain_sync_other_network', Network_Identity::advice() );
		}
		$result = ( new Connection_Test( $this->runcloud(), $this->ssl_mode(), $this->log() ) )->run();
		if ( true === $result ) {
			$this->pause()->end();
			$this->outage()->end();
			$this->try_failed_again();
		}
		return $result;
	}

	/**
	 * Has what failed tried again, at once.
	 *
	 * @param int $since Unix time; what failed before stays as it is.
	 */
	public function try_failed_again( int $since = 0 ): void {
		$this->domains()->try_failed_again( $since );
		$this->certificate_states()->try_failed_again( $since );
		$this->queue()->wake_at( time() );
	}

	/**
	 * On activation: the table. Nothing is sent to RunCloud.
	 */
	public static function activate(): void {
		Schema::create();
	}

	/**
	 * On deactivation: no jobs are left behind that nobody could run. The rows stay, for the next activation.
	 */
	public static function deactivate(): void {
		self::instance()->queue()->clear();
	}

	/** What the network and Ultimate Multisite say. */
	public function um(): Ultimate_Multisite {
		return $this->parts[ __FUNCTION__ ] ??= new Ultimate_Multisite();
	}

	/** The log. */
	public function log(): Log {
		return $this->parts[ __FUNCTION__ ] ??= new Log();
	}

	/** Where jobs go. */
	public function queue(): Queue {
		return $this->parts[ __FUNCTION__ ] ??= new Queue( $this->log() );
	}

	/** Whether all jobs wait. */
	public function pause(): Pause {
		return $this->parts[ __FUNCTION__ ] ??= new Pause();
	}

	/** The panel. */
	public function runcloud(): Runcloud {
		if ( ! isset( $this->parts[ __FUNCTION__ ] ) ) {
			$this->outage()->listen();
			$this->parts[ __FUNCTION__ ] = new Runcloud( new Http_Rules(), $this->log() );
		}
		return $this->parts[ __FUNCTION__ ];
	}

	/** Whether RunCloud refuses everything. */
	public function outage(): Outage {
		return $this->parts[ __FUNCTION__ ] ??= new Outage( $this );
	}

	/** Finds rows. */
	public function reader(): Domain_Reader {
		return $this->parts[ __FUNCTION__ ] ??= new Domain_Reader();
	}

	/** Changes rows. */
	public function domains(): Domains {
		return $this->parts[ __FUNCTION__ ] ??= new Domains( $this->reader() );
	}

	/** Changes the states of certificates. */
	public function certificate_states(): Certificate_States {
		return $this->parts[ __FUNCTION__ ] ??= new Certificate_States( $this->reader() );
	}

	/** What was learnt about the web application. */
	public function memory(): Web_App_Memory {
		return $this->parts[ __FUNCTION__ ] ??= new Web_App_Memory();
	}

	/** How SSL is set up. */
	public function ssl_mode(): Ssl_Mode {
		return $this->parts[ __FUNCTION__ ] ??= new Ssl_Mode( $this->memory() );
	}

	/** Has certificates made. */
	public function certificates(): Certificates {
		return $this->parts[ __FUNCTION__ ] ??= new Certificates( $this->certificate_states(), $this->domains(), $this->reader(), $this->runcloud(), $this->ssl_mode(), new Dns( $this->runcloud(), $this->memory() ), $this->queue(), $this->pause(), $this->log() );
	}

	/** Carries steps out. */
	public function worker(): Worker {
		return $this->parts[ __FUNCTION__ ] ??= new Worker( $this->domains(), $this->reader(), $this->certificates(), $this->runcloud(), new Wildcards( $this->um(), $this->runcloud(), $this->memory() ), $this->um(), $this->queue(), $this->pause(), $this->log() );
	}

	/** Finds what was left undone. */
	public function sweep(): Sweep {
		return $this->parts[ __FUNCTION__ ] ??= new Sweep( $this->reader(), $this->certificates(), $this->queue(), $this->pause(), $this->outage(), new Missed( $this->um(), $this->hosts(), $this->log() ) );
	}

	/** Turns events into desired states. */
	public function hosts(): Hosts {
		return $this->parts[ __FUNCTION__ ] ??= new Hosts( $this->um(), $this->domains(), $this->reader(), $this->queue(), $this->log() );
	}

	/** Takes events in. */
	public function events(): Events {
		return $this->parts[ __FUNCTION__ ] ??= new Events( $this );
	}
}
