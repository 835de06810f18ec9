<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel failed (HTTP 500 to 599). Retryable.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class ServerException extends ApiException
{
}
