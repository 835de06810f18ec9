<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel did not accept the credentials (HTTP 401).
 *
 * The panel answers this for three causes, and the message names them all: the token (or key and secret) is wrong or was
 * regenerated, this server's address is not on the workspace's IP allow-list, or API access is switched off. Not retryable.
 *
 * @link https://runcloud.io/docs/generating-api-keys-enabling-api-access
 */
class AuthenticationException extends ApiException
{
}
