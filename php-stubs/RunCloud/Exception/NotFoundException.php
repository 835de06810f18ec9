<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * Something that the call needs does not exist (HTTP 404).
 *
 * The message says which with its id or name: the server, the web application, or the domain. Up to two more requests are sent
 * to find that out. Not retryable.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class NotFoundException extends ApiException
{
}
