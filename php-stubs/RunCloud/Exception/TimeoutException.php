<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel did not answer within runcloud.connect_timeout, runcloud.timeout or runcloud.deadline; the message says which. Also
 * thrown when the panel itself gave up (HTTP 408). Retryable. The panel may have carried the request out.
 */
class TimeoutException extends ApiException
{
}
