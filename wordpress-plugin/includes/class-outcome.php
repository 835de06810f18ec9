<?php
/**
 * How a call to RunCloud ended.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud;

/**
 * Either a value, or a sentence that says what went wrong and whether trying again can help.
 */
final class Outcome {

	/**
	 * See done() and failed().
	 *
	 * @param bool       $ok           Whether the call did what was asked.
	 * @param mixed      $value        What it gave.
	 * @param string     $sentence     What went wrong, for a person, without secrets.
	 * @param bool       $retryable    Whether the same call may work later without anybody changing anything.
	 * @param float|null $retry_after  Seconds the panel asked to wait.
	 * @param bool       $rate_limited Whether the panel has had enough requests from us for now.
	 * @param bool       $refused      Whether it is certain that nothing was changed at the panel.
	 * @param int|null   $status       HTTP status of the panel's last answer.
	 * @param int        $requests     HTTP requests sent.
	 * @param int        $milliseconds Time taken.
	 */
	private function __construct(
		public readonly bool $ok,
		public readonly mixed $value = null,
		public readonly string $sentence = '',
		public readonly bool $retryable = false,
		public readonly ?float $retry_after = null,
		public readonly bool $rate_limited = false,
		public readonly bool $refused = false,
		public readonly ?int $status = null,
		public readonly int $requests = 0,
		public readonly int $milliseconds = 0
	) {}

	/**
	 * The call did what was asked.
	 *
	 * @param mixed $value        What it gave.
	 * @param int   $requests     HTTP requests sent.
	 * @param int   $milliseconds Time taken.
	 */
	public static function done( mixed $value, int $requests, int $milliseconds ): self {
		return new self( ok: true, value: $value, requests: $requests, milliseconds: $milliseconds );
	}

	/**
	 * The panel refused, failed, or could not be reached.
	 *
	 * @param string     $sentence     What went wrong.
	 * @param bool       $retryable    Whether trying again can help.
	 * @param float|null $retry_after  Seconds the panel asked to wait.
	 * @param bool       $rate_limited Whether the panel has had enough requests for now.
	 * @param int|null   $status       HTTP status of the panel's last answer; 400 to 499 means that nothing was changed.
	 * @param int        $requests     HTTP requests sent.
	 * @param int        $milliseconds Time taken.
	 */
	public static function failed( string $sentence, bool $retryable, ?float $retry_after, bool $rate_limited, ?int $status, int $requests, int $milliseconds ): self {
		return new self(
			ok: false,
			sentence: $sentence,
			retryable: $retryable,
			retry_after: $retry_after,
			rate_limited: $rate_limited,
			refused: null !== $status && $status >= 400 && $status < 500,
			status: $status,
			requests: $requests,
			milliseconds: $milliseconds
		);
	}

	/**
	 * Nothing was sent, or nothing that changes anything: somebody must set something up differently first.
	 *
	 * @param string $sentence     What is wrong, where, and what to do.
	 * @param int    $requests     HTTP requests sent.
	 * @param int    $milliseconds Time taken.
	 */
	public static function impossible( string $sentence, int $requests = 0, int $milliseconds = 0 ): self {
		return new self( ok: false, sentence: $sentence, refused: true, requests: $requests, milliseconds: $milliseconds );
	}

	/**
	 * Something broke on this side; whether the panel did its part is not known.
	 *
	 * @param string $sentence     What broke.
	 * @param int    $requests     HTTP requests sent.
	 * @param int    $milliseconds Time taken.
	 */
	public static function broken( string $sentence, int $requests = 0, int $milliseconds = 0 ): self {
		return new self( ok: false, sentence: $sentence, retryable: true, requests: $requests, milliseconds: $milliseconds );
	}

	/**
	 * What the call cost, for a line of the log: "2 requests, 183 ms".
	 */
	public function cost(): string {
		return sprintf( '%d %s, %d ms', $this->requests, 1 === $this->requests ? 'request' : 'requests', $this->milliseconds );
	}

	/**
	 * For listeners of domain_sync_after_call. Holds no secret and no answer's body.
	 *
	 * @return array{ok: bool, error: string, retryable: bool, retry_after: float|null, status: int|null, requests: int, milliseconds: int}
	 */
	public function report(): array {
		return array(
			'ok'           => $this->ok,
			'error'        => $this->sentence,
			'retryable'    => $this->retryable,
			'retry_after'  => $this->retry_after,
			'status'       => $this->status,
			'requests'     => $this->requests,
			'milliseconds' => $this->milliseconds,
		);
	}
}
