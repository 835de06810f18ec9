<?php
/**
 * What was learnt about the web application, so that it need not be asked again.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * RunCloud meters requests by the month. How SSL is set up, the basic certificate's id, the addresses of DNS records and the
 * wildcards change seldom: each is kept for a while, and for one web application only.
 *
 * Two processes that write at once may lose one fact; it is asked again then.
 */
final class Web_App_Memory {

	/**
	 * A fact, or null when it is not known or too old.
	 *
	 * @param string $name    Name of the fact.
	 * @param int    $max_age Seconds after which it must be asked again.
	 */
	public function recall( string $name, int $max_age ): mixed {
		$fact = $this->all()[ $name ] ?? null;
		return is_array( $fact ) && time() - (int) $fact['at'] <= $max_age ? $fact['value'] : null;
	}

	/**
	 * Keeps a fact.
	 *
	 * @param string $name  Name of the fact.
	 * @param mixed  $value What was learnt; nothing secret.
	 */
	public function keep( string $name, mixed $value ): void {
		$facts          = $this->all();
		$facts[ $name ] = array(
			'value' => $value,
			'at'    => time(),
		);
		update_network_option( null, Schema::OPTION_MEMORY, $facts );
	}

	/**
	 * Everything known about the web application that the credentials name now.
	 *
	 * @return array<string, mixed>
	 */
	private function all(): array {
		$credentials = Credentials::read();
		$web_app     = "{$credentials->server_id}/{$credentials->web_app_id}";
		$facts       = get_network_option( null, Schema::OPTION_MEMORY, array() );
		return is_array( $facts ) && ( $facts['web_app'] ?? '' ) === $web_app ? $facts : array( 'web_app' => $web_app );
	}
}
