<?php
/**
 * How SSL is set up for the web application.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Learnt from RunCloud's answers and kept for a week (a day where nothing would be asked for otherwise), so that it need not be
 * asked for each host.
 */
final class Ssl_Mode {

	/**
	 * Knows what the memory knows.
	 *
	 * @param Web_App_Memory $memory What was learnt before.
	 */
	public function __construct( private readonly Web_App_Memory $memory ) {}

	/**
	 * RunCloud said so.
	 *
	 * @param string $mode           "basic", "advanced" or "automatic".
	 * @param int    $certificate_id In basic mode the certificate's id, else 0.
	 */
	public function learn( string $mode, int $certificate_id ): void {
		$this->memory->keep(
			'ssl',
			array(
				'mode'           => $mode,
				'certificate_id' => 'basic' === $mode ? $certificate_id : 0,
			)
		);
	}

	/**
	 * The mode, or "" when it is not known.
	 */
	public function known(): string {
		return (string) ( $this->memory->recall( 'ssl', WEEK_IN_SECONDS )['mode'] ?? '' );
	}

	/**
	 * Whether RunCloud looks after certificates by itself.
	 */
	public function is_automatic(): bool {
		return 'automatic' === ( $this->memory->recall( 'ssl', DAY_IN_SECONDS )['mode'] ?? '' );
	}

	/**
	 * Whether each domain has its own certificate.
	 */
	public function is_advanced(): bool {
		return 'advanced' === $this->known();
	}

	/**
	 * Id of the one certificate of basic mode; 0 when it is not known.
	 */
	public function certificate_id(): int {
		return (int) ( $this->memory->recall( 'ssl', WEEK_IN_SECONDS )['certificate_id'] ?? 0 );
	}

	/**
	 * Keeps how many names the one certificate of basic mode holds at least.
	 *
	 * @param int $names Number of names.
	 */
	public function count_names( int $names ): void {
		$this->memory->keep( 'certificate names', $names );
	}

	/**
	 * How many names the one certificate of basic mode holds at least; 0 when it is not known or not basic mode.
	 */
	public function names(): int {
		return 'basic' === $this->known() ? (int) $this->memory->recall( 'certificate names', WEEK_IN_SECONDS ) : 0;
	}
}
