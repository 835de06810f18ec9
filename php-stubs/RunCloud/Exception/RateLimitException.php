<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Too many requests (HTTP 429). Retryable; getRetryAfter() tells when, if the panel said so.
 *
 * The extension waits by itself as long as runcloud.max_retries and runcloud.deadline allow, and throws then.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class RateLimitException extends ApiException
{
}
