<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel answered, but not what is documented: a redirect, which is not followed; no JSON, JSON of another shape, a body of
 * more than 4 MiB. The message says what was received, without the body. getStatus() is the answer's status. Retryable only where
 * something between this server and the panel may have answered in its place.
 */
class UnexpectedResponseException extends ApiException
{
}
