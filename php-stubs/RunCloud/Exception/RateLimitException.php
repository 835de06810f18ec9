<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Too many requests (HTTP 429). Retryable; getRetryAfter() tells when, if the panel said so.
 *
 * Also when the panel's words say that the API calls of the month are spent (HTTP 429 or 403). getRetryAfter() is then an hour at
 * least, and the next month or a larger plan is what helps.
 *
 * When the panel says how long to wait, the extension waits by itself as long as runcloud.max_retries and runcloud.deadline
 * allow. When it does not, this is thrown at once: the limit is by the minute, and a queue waits better than a worker.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class RateLimitException extends ApiException
{
}
