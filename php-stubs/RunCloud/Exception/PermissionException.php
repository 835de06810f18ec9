<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The credentials are good, but not for this (HTTP 403): the plan lacks the feature, the token may not touch the server, or the
 * month's requests are spent. Not retryable.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class PermissionException extends ApiException
{
}
