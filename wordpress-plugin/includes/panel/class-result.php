<?php
/**
 * How a call to RunCloud ended.
 *
 * @package Domain_Sync_For_RunCloud
 */

declare( strict_types = 1 );

namespace Domain_Sync_For_RunCloud\Panel;

use Domain_Sync_For_RunCloud\Store\Reason;
use RunCloud\Exception\ApiException;
use RunCloud\Exception\AuthenticationException;
use RunCloud\Exception\ConfigurationException;
use RunCloud\Exception\ConnectionException;
use RunCloud\Exception\ExceptionInterface;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Exception\PermissionException;
use RunCloud\Exception\RateLimitException;
use RunCloud\Exception\ServerException;
use RunCloud\Exception\TimeoutException;
use RunCloud\Exception\UnexpectedResponseException;
use RunCloud\Exception\ValidationException;

/**
 * Either a value, or a reason with its details.
 */
final class Result {

	/** Letters of a message at most. */
	const LONGEST_MESSAGE = 500;

	/**
	 * The extension's codes by what they mean for a domain. What is not here goes by the status (see reason_of()).
	 *
	 * "gone-meanwhile" and "domain-contradictory" pass by themselves, but only a look says how: so they are an unknown outcome, and
	 * no failure that somebody would have to end.
	 */
	private const CODES = array(
		'rate-limited'      => array( 'rate-limited', 'search-unfinished' ),
		'quota-spent'       => array( 'monthly-quota-spent' ),
		'unauthorized'      => array( 'unauthorized', 'credentials-missing', 'credentials-invalid', 'constant-missing', 'constant-invalid' ),
		'forbidden'         => array( 'forbidden', 'intermediary-refused' ),
		'web-app-not-found' => array( 'not-found', 'server-not-found', 'web-app-not-found' ),
		'outcome-unknown'   => array( 'gone-meanwhile', 'domain-contradictory' ),
		'panel-down'        => array( 'server-error', 'request-timeout', 'answer-broken', 'answer-not-http', 'too-many-headers', 'answer-too-large', 'answer-compressed', 'answer-not-json', 'answer-undocumented', 'redirected', 'list-endless' ),
		'panel-unreachable' => array( 'out-of-file-descriptors', 'out-of-threads', 'client-failed', 'dns-configuration-unreadable', 'dns-name-unknown', 'dns-failed', 'dns-timeout', 'connect-refused', 'connect-failed', 'connect-timeout', 'proxy-authentication-required', 'proxy-refused', 'proxy-failed', 'proxy-answer-invalid', 'certificate-expired', 'certificate-not-yet-valid', 'certificate-wrong-name', 'certificate-unknown-issuer', 'certificate-key-unsupported', 'certificate-invalid', 'client-certificate-required', 'tls-version-too-old', 'tls-nothing-in-common', 'tls-not-spoken', 'tls-broken', 'tls-refused', 'connection-broken', 'answer-timeout', 'deadline-passed' ),
		'refused'           => array( 'validation-refused', 'domain-invalid', 'www-invalid', 'domain-primary', 'domain-id-mismatch', 'domain-required', 'wildcard-certificate' ),
		'other-app'         => array( 'domain-taken' ),
		'failed'            => array( 'domain-not-found', 'setting-invalid', 'ca-file-unreadable', 'ca-file-invalid', 'roots-missing', 'nothing-to-change', 'argument-invalid', 'class-taken' ),
	);

	/**
	 * See done() and failed().
	 *
	 * @param bool                 $is_ok              Whether the call did what was asked.
	 * @param mixed                $value              What it gave.
	 * @param Reason|null          $reason             Why it did not.
	 * @param array<string, mixed> $details            Arguments of the reason: scalars and short lists. "code" is the extension's own reason.
	 * @param bool                 $is_outcome_unknown Whether RunCloud may have done it though no answer said so: look first.
	 * @param int                  $retry_after        Seconds that RunCloud asked to wait; 0 when it did not ask.
	 * @param int|null             $status             HTTP status of RunCloud's last answer.
	 * @param int                  $requests           HTTP requests sent.
	 * @param int                  $milliseconds       Time taken.
	 * @param string               $message            The extension's sentence, plain text: to be shown, never to be logged.
	 * @param int|null             $remaining          Requests that RunCloud's rate limit leaves; null when it did not say.
	 */
	private function __construct(
		public readonly bool $is_ok,
		public readonly mixed $value = null,
		public readonly ?Reason $reason = null,
		public readonly array $details = array(),
		public readonly bool $is_outcome_unknown = false,
		public readonly int $retry_after = 0,
		public readonly ?int $status = null,
		public readonly int $requests = 0,
		public readonly int $milliseconds = 0,
		public readonly string $message = '',
		public readonly ?int $remaining = null
	) {}

	/**
	 * The call did what was asked.
	 *
	 * @param mixed    $value        What it gave.
	 * @param int      $requests     HTTP requests sent.
	 * @param int      $milliseconds Time taken.
	 * @param int|null $remaining    Requests that the rate limit leaves.
	 */
	public static function done( mixed $value, int $requests = 0, int $milliseconds = 0, ?int $remaining = null ): self {
		return new self( is_ok: true, value: $value, requests: $requests, milliseconds: $milliseconds, remaining: $remaining );
	}

	/**
	 * It did not.
	 *
	 * @param Reason               $reason             Why.
	 * @param array<string, mixed> $details            Its arguments.
	 * @param int                  $requests           HTTP requests sent.
	 * @param int                  $milliseconds       Time taken.
	 * @param string               $message            A sentence for a person, without secrets.
	 * @param int|null             $status             HTTP status of RunCloud's last answer.
	 * @param int                  $retry_after        Seconds that RunCloud asked to wait.
	 * @param bool                 $is_outcome_unknown Whether RunCloud may have done it nevertheless.
	 */
	public static function failed( Reason $reason, array $details = array(), int $requests = 0, int $milliseconds = 0, string $message = '', ?int $status = null, int $retry_after = 0, bool $is_outcome_unknown = false ): self {
		$message = self::plain( $message );
		if ( '' !== $message && in_array( $reason, array( Reason::Refused, Reason::Failed ), true ) ) {
			$details += array( 'message' => $message );
		}
		if ( null !== $status ) {
			$details += array( 'status' => $status );
		}
		if ( $retry_after > 0 ) {
			$details += array( 'until' => time() + $retry_after );
		}
		return new self( false, null, $reason, $details, $is_outcome_unknown, $retry_after, $status, $requests, $milliseconds, $message );
	}

	/**
	 * What was thrown instead of an answer.
	 *
	 * @param \Throwable $e            What was thrown.
	 * @param int        $requests     HTTP requests sent.
	 * @param int        $milliseconds Time taken.
	 */
	public static function from_exception( \Throwable $e, int $requests = 0, int $milliseconds = 0 ): self {
		if ( ! $e instanceof ExceptionInterface ) {
			// Other code's, or PHP's own (a function that is switched off): the call may have been made by then.
			return self::failed( Reason::Outcome_Unknown, array( 'code' => 'foreign-exception' ), $requests, $milliseconds, $e->getMessage(), null, 0, true );
		}
		$code   = $e->getReason()->value;
		$is_api = $e instanceof ApiException;
		$status = $is_api ? $e->getStatus() : null;
		return self::failed(
			self::known( $code ) ?? self::by_class( $e ) ?? self::reason_of( $code, $status ),
			array( 'code' => $code ),
			$requests,
			$milliseconds,
			$e->getMessage(),
			$status,
			$is_api ? (int) ceil( min( DAY_IN_SECONDS, max( 0.0, (float) $e->getRetryAfter() ) ) ) : 0,
			$is_api && $e->isOutcomeUnknown()
		);
	}

	/**
	 * What one of the extension's reasons means for a domain. One that a later version of the extension has goes by the status.
	 *
	 * @param string   $code   The extension's reason.
	 * @param int|null $status HTTP status of RunCloud's last answer.
	 */
	public static function reason_of( string $code, ?int $status ): Reason {
		return self::known( $code ) ?? match ( true ) {
			null === $status                 => Reason::Failed,
			401 === $status                  => Reason::Unauthorized,
			403 === $status                  => Reason::Forbidden,
			404 === $status                  => Reason::Web_App_Not_Found,
			429 === $status                  => Reason::Rate_Limited,
			408 === $status                  => Reason::Panel_Down,
			$status >= 400 && $status < 500 => Reason::Refused,
			default                          => Reason::Panel_Down,
		};
	}

	/**
	 * Whether the same call can work later though nobody changes anything.
	 */
	public function is_retryable(): bool {
		return null !== $this->reason && $this->reason->is_retryable();
	}

	/**
	 * For listeners of domain_sync_after_call: nothing that RunCloud wrote, and no secret.
	 *
	 * @return array{ok: bool, reason: string, retryable: bool, retry_after: int, status: int|null, requests: int, milliseconds: int}
	 */
	public function report(): array {
		return array(
			'ok'           => $this->is_ok,
			'reason'       => $this->reason->value ?? '',
			'retryable'    => $this->is_retryable(),
			'retry_after'  => $this->retry_after,
			'status'       => $this->status,
			'requests'     => $this->requests,
			'milliseconds' => $this->milliseconds,
		);
	}

	/**
	 * What the call cost, for a line of the log: "2 requests, 183 ms".
	 */
	public function cost(): string {
		return sprintf( '%d %s, %d ms', $this->requests, 1 === $this->requests ? 'request' : 'requests', $this->milliseconds );
	}

	/**
	 * The reason of a code that this version knows.
	 *
	 * @param string $code The extension's reason.
	 */
	private static function known( string $code ): ?Reason {
		foreach ( self::CODES as $reason => $codes ) {
			if ( in_array( $code, $codes, true ) ) {
				return Reason::from( $reason );
			}
		}
		return null;
	}

	/**
	 * The reason of an exception whose code is not known but whose class says enough; null when the status says more.
	 *
	 * @param ExceptionInterface $e The extension's exception, or one that other code made of its classes.
	 */
	private static function by_class( ExceptionInterface $e ): ?Reason {
		return match ( true ) {
			$e instanceof ConfigurationException      => Reason::Failed,
			$e instanceof InvalidDomainException      => Reason::Refused,
			$e instanceof ValidationException         => Reason::Refused,
			$e instanceof AuthenticationException     => Reason::Unauthorized,
			$e instanceof PermissionException         => Reason::Forbidden,
			$e instanceof NotFoundException           => Reason::Web_App_Not_Found,
			$e instanceof RateLimitException          => Reason::Rate_Limited,
			$e instanceof ServerException             => Reason::Panel_Down,
			$e instanceof UnexpectedResponseException => Reason::Panel_Down,
			$e instanceof ConnectionException         => Reason::Unreachable,
			$e instanceof TimeoutException            => Reason::Unreachable,
			$e instanceof ApiException && null === $e->getStatus() && $e->isRetryable() => Reason::Panel_Down,
			default                                   => null,
		};
	}

	/**
	 * A sentence as plain text: RunCloud's own words may be in it, and nobody knows what is in those.
	 *
	 * @param string $message A sentence.
	 */
	private static function plain( string $message ): string {
		$message = wp_strip_all_tags( wp_check_invalid_utf8( $message, true ) );
		return mb_substr( trim( preg_replace( '/[\x00-\x20\x7f]+/', ' ', $message ) ?? '' ), 0, self::LONGEST_MESSAGE );
	}
}
