<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Too many requests (HTTP 429). Retryable; getRetryAfter() tells when, if the panel said so.
 *
 * If the panel says how long to wait, the extension waits, as far as runcloud.max_retries and runcloud.deadline allow. If it does
 * not, this is thrown at once: the limit is per minute, and a queue waits better than a worker.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class RateLimitException extends ApiException
{
}
