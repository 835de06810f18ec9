<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel did not answer in time: runcloud.connect_timeout, runcloud.timeout or runcloud.deadline ran out; the message says
 * which, and whether it was spent on DNS, on connecting or on waiting for the answer. Also when the panel itself gave up (HTTP 408).
 * Retryable. The panel may have carried the request out, unless there was no connection yet.
 */
class TimeoutException extends ApiException
{
}
