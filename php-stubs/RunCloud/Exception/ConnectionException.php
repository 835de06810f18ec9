<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel could not be reached, or the connection broke: DNS, refused, TLS, dropped before an answer. Retryable, except when
 * the panel's certificate is not trusted. getStatus() is null; getPrevious() holds the cause in the network library's words.
 */
class ConnectionException extends ApiException
{
}
