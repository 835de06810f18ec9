<?php
/** Notices that plugins ask for; printed on the network's admin screens. */

final class WU_Double_Notices {

	private array $notices = array();

	public function __construct() {
		add_action( 'network_admin_notices', array( $this, 'render' ) );
	}

	public function add( $message, $type = 'success', $panel = 'admin', $dismissible_key = false, $actions = array() ): void {
		$this->notices[] = array( $type, $message );
	}

	public function render(): void {
		foreach ( $this->notices as list( $type, $message ) ) {
			printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $type ), wp_kses_post( $message ) );
		}
	}
}
