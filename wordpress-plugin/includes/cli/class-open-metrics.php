<?php
/**
 * The status for monitors.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Cli;

use Domain_Sync_For_RunCloud\Store\Domain_List;

/**
 * OpenMetrics text 1.0, as Prometheus reads it. Numbers and codes only: no host, no text that others wrote.
 */
final class Open_Metrics {

	/** Certificates that end later than in so many seconds are not looked for. */
	private const FAR = 10 * 366 * 86400;

	/**
	 * The status as text.
	 *
	 * @param array<string, mixed> $overview See Overview::read().
	 */
	public static function of( array $overview ): string {
		$inventory = $overview['inventory'];
		$requests  = $overview['requests'];
		$first     = Domain_List::ending( time() + self::FAR, 1 )[0] ?? null;
		return self::family( 'domains', 'gauge', 'Domains by how they are.', self::by( 'status', $overview['domains'] ) )
			. self::family( 'certificates', 'gauge', 'Domains by how their certificate is.', self::by( 'status', $overview['certificates'] ) )
			. self::family( 'on_hold', 'gauge', 'Domains that wait for a decision, or were declined, by why.', self::by( 'hold', $overview['on_hold'] ) )
			. self::family( 'approved', 'gauge', 'Domains that are approved and not done yet.', self::one( $overview['approved'] ) )
			. self::family( 'needs', 'gauge', 'Things that need somebody.', self::one( count( $overview['needs'] ) ) )
			. self::family( 'obstacle', 'gauge', 'Why nothing can be sent from here; absent when it can.', self::by( 'code', null === $overview['obstacle'] ? array() : array( $overview['obstacle']['code'] => 1 ) ) )
			. self::family( 'blocked_until_timestamp_seconds', 'gauge', 'Until when RunCloud, or one kind of call, is not called; absent when it is.', self::blocks( $overview['blocks'] ), 'seconds' )
			. self::family( 'requests', 'counter', 'Requests to RunCloud in this month, in UTC, by kind of call.', self::by( 'kind', $requests['kinds'], '_total' ) )
			. self::family( 'requests_quota', 'gauge', 'Requests that RunCloud grants each month; 0 when nobody knows.', self::one( $requests['quota'] ) )
			. self::family( 'inventory_domains', 'gauge', 'Domains of the web application when its list was last read.', self::one( $inventory['total'] ) )
			. self::family( 'inventory_checked_timestamp_seconds', 'gauge', 'When the list of domains was last seen to be as it is known.', self::time( $inventory['checked_at'] ), 'seconds' )
			. self::family( 'next_timestamp_seconds', 'gauge', 'When the next step or look is due. Far in the past: the queue stands still.', self::time( $overview['next_at'] ), 'seconds' )
			. self::family( 'certificate_first_end_timestamp_seconds', 'gauge', 'When the first certificate that is served ends.', null === $first || 0 === $first->certificate_until ? array() : self::one( $first->certificate_until ), 'seconds' )
			. "# EOF\n";
	}

	/**
	 * A family of metrics. One without samples is left out.
	 *
	 * @param string                $name    Its name, without the prefix.
	 * @param string                $type    gauge or counter.
	 * @param string                $help    What it is.
	 * @param array<string, int>    $samples Values by what stands behind the name.
	 * @param string                $unit    Its unit, with which the name ends, or "".
	 */
	private static function family( string $name, string $type, string $help, array $samples, string $unit = '' ): string {
		if ( array() === $samples ) {
			return '';
		}
		$text = "# TYPE domain_sync_$name $type\n" . ( '' === $unit ? '' : "# UNIT domain_sync_$name $unit\n" ) . "# HELP domain_sync_$name $help\n";
		foreach ( $samples as $behind => $value ) {
			$text .= "domain_sync_$name$behind $value\n";
		}
		return $text;
	}

	/**
	 * Samples that differ in one label.
	 *
	 * @param string             $label  The label.
	 * @param array<string, int> $values Values by what it says.
	 * @param string             $suffix What stands before the label.
	 *
	 * @return array<string, int>
	 */
	private static function by( string $label, array $values, string $suffix = '' ): array {
		$samples = array();
		foreach ( $values as $is => $value ) {
			$samples[ $suffix . '{' . $label . '="' . self::escaped( (string) $is ) . '"}' ] = (int) $value;
		}
		return $samples;
	}

	/**
	 * What is blocked.
	 *
	 * @param array<string, array<string, mixed>> $blocks See Overview::read().
	 *
	 * @return array<string, int>
	 */
	private static function blocks( array $blocks ): array {
		$samples = array();
		foreach ( $blocks as $scope => $block ) {
			$samples[ '{scope="' . self::escaped( (string) $scope ) . '",reason="' . self::escaped( (string) $block['reason'] ) . '"}' ] = (int) strtotime( $block['until'] );
		}
		return $samples;
	}

	/**
	 * One sample.
	 *
	 * @param int $value Its value.
	 *
	 * @return array<string, int>
	 */
	private static function one( int $value ): array {
		return array( '' => $value );
	}

	/**
	 * One sample that is a time; none for "never".
	 *
	 * @param string $time See Overview::time().
	 *
	 * @return array<string, int>
	 */
	private static function time( string $time ): array {
		return '' === $time ? array() : self::one( (int) strtotime( $time ) );
	}

	/**
	 * A label's value.
	 *
	 * @param string $value The value.
	 */
	private static function escaped( string $value ): string {
		return strtr( $value, array( '\\' => '\\\\', '"' => '\\"', "\n" => '\\n' ) );
	}
}
