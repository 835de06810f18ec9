<?php
/**
 * What the plugin consists of, and what it listens to.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

use Domain_Sync_For_RunCloud\Um\Legacy_Era;
use Domain_Sync_For_RunCloud\Um\Registry_Era;
use Domain_Sync_For_RunCloud\Um\Ultimate_Multisite;

/**
 * The parts, made once a request, and their order of work.
 */
final class Plugin {

	const VERSION = '0.1.0';

	private static ?Plugin $instance = null;

	public readonly Ultimate_Multisite $um;
	public readonly Log $log;
	public readonly Queue $queue;
	public readonly Pause $pause;
	public readonly Runcloud $runcloud;
	public readonly Wish_Reader $reader;
	public readonly Wishes $wishes;
	public readonly Certificate_States $certificate_states;
	public readonly Ssl_Mode $ssl_mode;
	public readonly Certificates $certificates;
	public readonly Worker $worker;
	public readonly Sweep $sweep;
	public readonly Hosts $hosts;
	public readonly Events $events;

	/**
	 * The one plugin of this request.
	 */
	public static function instance(): Plugin {
		self::$instance ??= new self();
		return self::$instance;
	}

	/**
	 * Makes the parts. None of them reads, writes or sends anything yet.
	 */
	private function __construct() {
		$this->um                 = new Ultimate_Multisite();
		$this->log                = new Log();
		$this->queue              = new Queue( $this->log );
		$this->pause              = new Pause();
		$this->runcloud           = new Runcloud( new Http_Rules(), $this->log );
		$this->reader             = new Wish_Reader();
		$this->wishes             = new Wishes( $this->reader );
		$this->certificate_states = new Certificate_States( $this->reader );

		$memory             = new Web_App_Memory();
		$this->ssl_mode     = new Ssl_Mode( $memory );
		$wildcards          = new Wildcards( $this->um, $this->runcloud, $memory );
		$dns                = new Dns( $this->runcloud, $memory );
		$this->certificates = new Certificates( $this->certificate_states, $this->wishes, $this->reader, $this->runcloud, $this->ssl_mode, $dns, $this->queue, $this->pause, $this->log );
		$this->worker       = new Worker( $this->wishes, $this->reader, $this->certificates, $this->runcloud, $wildcards, $this->um, $this->queue, $this->pause, $this->log );
		$this->sweep        = new Sweep( $this->reader, $this->certificates, $this->queue, $this->pause );
		$this->hosts        = new Hosts( $this->um, $this->wishes, $this->queue, $this->log );
		$this->events       = new Events( $this->hosts, $this->reader, $this->certificates, $this->log );
	}

	/**
	 * Listens, in every kind of request. Without the extension Ultimate Multisite's own provider stays in charge.
	 */
	public function start(): void {
		( new Notices( $this->ssl_mode ) )->bind();
		$this->queue->bind( $this );
		if ( null === Runcloud::missing() ) {
			( new Registry_Era( $this->events ) )->bind();
			( new Legacy_Era( $this->events ) )->bind();
		}
	}

	/**
	 * Whether this process may act at RunCloud: the extension is here, and the integration is set up and switched on.
	 */
	public function is_in_charge(): bool {
		return null === Runcloud::missing() && $this->um->is_enabled() && Credentials::read()->is_complete();
	}

	/**
	 * A real answer to "does it work?", as Ultimate Multisite's wizard asks. What had failed is then tried again.
	 *
	 * @return true|\WP_Error
	 */
	public function test_connection(): bool|\WP_Error {
		$result = ( new Connection_Test( $this->runcloud, $this->ssl_mode, $this->log ) )->run();
		if ( true === $result && $this->wishes->try_failed_again() + $this->certificate_states->try_failed_again() > 0 ) {
			$this->queue->wake_at( time() );
		}
		return $result;
	}

	/**
	 * On activation: the table. Nothing is sent to RunCloud.
	 */
	public static function activate(): void {
		Schema::create();
	}

	/**
	 * On deactivation: no jobs are left behind that nobody could run. The wishes stay, for the next activation.
	 */
	public static function deactivate(): void {
		self::instance()->queue->clear();
	}
}
