<?php
/** The door others knock at: WP_Ultimo()->is_loaded(), ->notices. */

final class WP_Ultimo {

	public string $version;

	public WU_Double_Notices $notices;

	private static ?WP_Ultimo $instance = null;

	private bool $loaded = false;

	public static function get_instance(): WP_Ultimo {
		self::$instance ??= new self();
		return self::$instance;
	}

	private function __construct() {
		require_once __DIR__ . '/class-notices.php';
		$this->version = 'legacy' === WU_DOUBLE_INTEGRATIONS ? '2.4.10' : '2.14.2';
		$this->notices = new WU_Double_Notices();
	}

	public function is_loaded(): bool {
		return $this->loaded;
	}

	/** Loads in the order in which others can rely on: functions and queue, then managers, then integrations on plugins_loaded. */
	public function init(): void {
		foreach ( array( 'queue/load', 'functions/domains', 'functions/customers', 'functions/queue', 'functions/settings', 'functions/log', 'installers/core-installer', 'models/domain', 'models/domain-stage' ) as $file ) {
			require_once __DIR__ . "/$file.php";
		}
		if ( ! get_network_option( null, 'wu_setup_finished' ) ) {
			return;
		}
		require_once __DIR__ . '/managers/domain-manager.php';
		require_once __DIR__ . '/managers/domain-stages.php';
		require_once __DIR__ . '/managers/primary-domains.php';
		require_once __DIR__ . '/integrations/' . WU_DOUBLE_INTEGRATIONS . '.php';
		WP_Ultimo\Managers\Domain_Manager::get_instance()->init();
		WP_Ultimo\Managers\Domain_Stages::init();
		WP_Ultimo\Managers\Primary_Domains::init();
		$this->loaded = true;
	}
}
