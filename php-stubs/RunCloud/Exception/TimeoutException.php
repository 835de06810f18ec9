<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel did not answer in time: runcloud.connect_timeout, runcloud.timeout or runcloud.deadline ran out; the message says
 * which. Retryable. getStatus() is null.
 */
class TimeoutException extends ApiException
{
}
