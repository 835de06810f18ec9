<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel answered, but not what is documented: a redirect, which is not followed; no JSON, JSON of another shape, a body of
 * more than 4 MiB, more headers than any panel sends, compression; a web page that refuses (HTTP 4xx), which something between
 * this server and the panel has sent in its place. The message says what came, without the body. getStatus() is the answer's status,
 * where it has one. Retryable only where something between this server and the panel may have answered in its place.
 */
class UnexpectedResponseException extends ApiException
{
}
