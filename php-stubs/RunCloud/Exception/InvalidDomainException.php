<?php

declare(strict_types=1);

namespace RunCloud\Exception;

use RunCloud\Reason;

/**
 * The given domain cannot be used: it is not a host name, the panel has another name for the given id, or it is the primary
 * domain and was to be removed.
 *
 * The message shows the domain and says what to pass instead. If the text cannot be a host name, no request was sent.
 */
class InvalidDomainException extends \InvalidArgumentException implements ExceptionInterface
{
    /** {@inheritDoc} */
    public function getReason(): Reason
    {
    }

    /** {@inheritDoc} */
    public function getDetails(): array
    {
    }
}
