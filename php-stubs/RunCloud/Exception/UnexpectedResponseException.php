<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel answered, but not what is documented: another status, a redirect, no JSON, JSON of another shape, a body of more than
 * 4 MiB. The message says what was expected and what came, without the body. getStatus() is the answer's status.
 */
class UnexpectedResponseException extends ApiException
{
}
