<?php
/**
 * What the network wants of one host.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * One row of the table, as it was when it was read.
 *
 * "desired" is what the network wants, "asked" what RunCloud was last asked for (written before the request leaves), "state" how far
 * things are. "generation" counts the changes of the desired state, so that the answer to an older request cannot pass for the newest.
 */
final class Domain {

	const PRESENT = 'present';
	const ABSENT  = 'absent';

	/** To be carried out by the next job. */
	const WAITING = 'waiting';
	/** A job is at it. */
	const WORKING = 'working';
	/** It did not work yet; there will be another try. */
	const RETRYING = 'retrying';
	/** It will not work until somebody does something; last_error says what. */
	const FAILED = 'failed';
	/** RunCloud serves the host. */
	const MAPPED = 'mapped';
	/** A wildcard of the web application serves the host; it needs no domain of its own. */
	const COVERED = 'covered';

	/** Nothing is to be done about a certificate. */
	const CERTIFICATE_NONE = 'none';
	/** It will be asked for once the host's DNS points here. */
	const CERTIFICATE_WAITS_FOR_DNS = 'waiting-for-dns';
	/** To be asked for by the next job. */
	const CERTIFICATE_DUE = 'due';
	/** RunCloud was asked for it and accepted. */
	const CERTIFICATE_REQUESTED = 'requested';
	/** RunCloud looks after it by itself. */
	const CERTIFICATE_AUTOMATIC = 'automatic';
	/** The web application has no certificate; the first one is the admin's decision. */
	const CERTIFICATE_NOT_INSTALLED = 'not-installed';
	/** The certificate came from elsewhere and is renewed there. */
	const CERTIFICATE_NOT_RENEWABLE = 'not-renewable';
	/** It will not work until somebody does something; certificate_error says what. */
	const CERTIFICATE_FAILED = 'failed';

	/**
	 * See from_row().
	 *
	 * @param int    $id                The row's id.
	 * @param string $host              Host name, ASCII, lower case.
	 * @param int    $site_id           The site that the host belongs to.
	 * @param bool   $by_hand           Whether code asked for it that fired the event itself: the network has no such host.
	 * @param string $desired           PRESENT or ABSENT.
	 * @param string $state             How far things are.
	 * @param string $asked             What RunCloud was last asked for: PRESENT, ABSENT or "".
	 * @param int    $asked_at          When it was first asked for the host, as a Unix time, or 0.
	 * @param int    $generation        Number of the desired state.
	 * @param int    $remote_id         The domain's id at RunCloud, or 0.
	 * @param bool   $owned             Whether the domain at RunCloud was made for this network by this plugin.
	 * @param bool   $www               Whether RunCloud also serves "www." and the host.
	 * @param int    $attempts          Tries of the present step.
	 * @param int    $next_try_at       When the next step is due, as a Unix time.
	 * @param string $last_error        Why the last try failed.
	 * @param string $certificate       State of the certificate.
	 * @param int    $certificate_id    The certificate's id at RunCloud, or 0.
	 * @param string $certificate_error Why there is none.
	 * @param int    $resolves_at       When DNS was first seen to point here, as a Unix time, or 0.
	 * @param string $claim             The job that has the row, or "".
	 * @param int    $claimed_until     When that job counts as dead, as a Unix time, or 0.
	 * @param int    $desired_since     Since when the network has wanted this, as a Unix time.
	 * @param int    $mapped_at         When RunCloud was seen to have the host, as a Unix time, or 0.
	 */
	private function __construct(
		public readonly int $id,
		public readonly string $host,
		public readonly int $site_id,
		public readonly bool $by_hand,
		public readonly string $desired,
		public readonly string $state,
		public readonly string $asked,
		public readonly int $asked_at,
		public readonly int $generation,
		public readonly int $remote_id,
		public readonly bool $owned,
		public readonly bool $www,
		public readonly int $attempts,
		public readonly int $next_try_at,
		public readonly string $last_error,
		public readonly string $certificate,
		public readonly int $certificate_id,
		public readonly string $certificate_error,
		public readonly int $resolves_at,
		public readonly string $claim,
		public readonly int $claimed_until,
		public readonly int $desired_since,
		public readonly int $mapped_at
	) {}

	/**
	 * Reads a row of the table.
	 *
	 * @param array<string, string|null> $row The row.
	 */
	public static function from_row( array $row ): self {
		$time = static fn( ?string $text ): int => null === $text ? 0 : (int) strtotime( "$text UTC" );
		return new self(
			id: (int) $row['id'],
			host: (string) $row['host'],
			site_id: (int) $row['site_id'],
			by_hand: (bool) $row['by_hand'],
			desired: (string) $row['desired'],
			state: (string) $row['state'],
			asked: (string) $row['asked'],
			asked_at: $time( $row['asked_at'] ),
			generation: (int) $row['generation'],
			remote_id: (int) $row['remote_id'],
			owned: (bool) $row['owned'],
			www: (bool) $row['www'],
			attempts: (int) $row['attempts'],
			next_try_at: $time( $row['next_try_at'] ),
			last_error: (string) $row['last_error'],
			certificate: (string) $row['certificate'],
			certificate_id: (int) $row['certificate_id'],
			certificate_error: (string) $row['certificate_error'],
			resolves_at: $time( $row['resolves_at'] ),
			claim: (string) $row['claim'],
			claimed_until: $time( $row['claimed_until'] ),
			desired_since: $time( $row['desired_since'] ),
			mapped_at: $time( $row['mapped_at'] )
		);
	}

	/**
	 * Whether the network wants the host.
	 */
	public function wants_host(): bool {
		return self::PRESENT === $this->desired;
	}

	/**
	 * Whether RunCloud is known to have the host: it was asked for it, gave its id, and was not asked to remove it since.
	 */
	public function is_known_to_be_there(): bool {
		return self::PRESENT === $this->asked && 0 < $this->remote_id;
	}

	/**
	 * Whether a living job has the row.
	 */
	public function is_claimed(): bool {
		return '' !== $this->claim && $this->claimed_until >= time();
	}
}
