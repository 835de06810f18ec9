<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel could not be reached, or the connection broke: DNS, the network, the proxy, TLS, dropped before an answer, or no
 * file descriptor or thread left; the message says which. Retryable, except where nothing changes by itself: obstacles of TLS, such as a
 * certificate that is not trusted or out of date; a proxy that refuses (HTTP 407, 403); a resolv.conf that cannot be read.
 * getStatus() is null; getPrevious() holds the cause in the network library's words.
 */
class ConnectionException extends ApiException
{
}
