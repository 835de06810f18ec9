<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Something that the call needs does not exist (HTTP 404).
 *
 * The message says what is missing, with its id or name: the server, the web application, or the domain. It takes up to two more
 * requests to find out. Not retryable.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class NotFoundException extends ApiException
{
}
