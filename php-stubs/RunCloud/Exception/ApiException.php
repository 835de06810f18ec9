<?php

declare(strict_types=1);

namespace RunCloud\Exception;

use RunCloud\Reason;

/**
 * A call failed because the panel refused it, could not be reached, or gave an answer that the extension cannot use.
 *
 * Its subclasses tell the causes apart. The class itself is thrown for a status that the API does not document, such as 400 or
 * 405. The message is a complete sentence for people and safe to show; getCode() is the HTTP status or 0. PHP code may create and
 * extend this class; the getters then return null, false, null and 0.
 *
 *     try {
 *         $client->addDomain($host);
 *     } catch (RunCloud\Exception\ApiException $e) {
 *         if (!$e->isRetryable()) {
 *             throw $e;
 *         }
 *         $this->tryAgainIn($e->getRetryAfter() ?? 60.0);
 *     }
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class ApiException extends \RuntimeException implements ExceptionInterface
{
    /**
     * HTTP status of the panel's last answer, or null when there was none.
     */
    public function getStatus(): ?int
    {
    }

    /**
     * Whether the same call may succeed later although nobody changes anything.
     */
    public function isRetryable(): bool
    {
    }

    /**
     * Seconds to wait before the next try, as the panel asked for in its last answer, at most a day (86400); an hour at least when
     * the month's calls are spent; null when it did not ask.
     */
    public function getRetryAfter(): ?float
    {
    }

    /**
     * Number of times the request that failed was sent: 1 without retries, 0 when nothing could be sent.
     */
    public function getAttempts(): int
    {
    }

    /**
     * Whether something that changes RunCloud may have been carried out although no answer said so.
     *
     * It is, for instance, when the answer to an addition was lost and reading back was refused. Look before you do it again, or
     * before you tell anybody that nothing happened.
     */
    public function isOutcomeUnknown(): bool
    {
    }

    /** {@inheritDoc} */
    public function getReason(): Reason
    {
    }

    /** {@inheritDoc} */
    public function getDetails(): array
    {
    }
}
