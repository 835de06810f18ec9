<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel could not be reached, or the connection broke: DNS, refused, TLS, dropped before an answer. Retryable, except when
 * the panel's certificate is not trusted. getStatus() is null; getPrevious() is the cause as the network library reports it.
 */
class ConnectionException extends ApiException
{
}
