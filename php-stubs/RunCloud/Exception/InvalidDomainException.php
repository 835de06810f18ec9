<?php

declare(strict_types=1);

namespace RunCloud\Exception;

use RunCloud\Reason;

/**
 * The given domain cannot be used: no host name, another name than the panel has for the given id, or the primary domain in a
 * call that removes.
 *
 * The message shows the domain and says what to pass instead. For text that can be no host name no request was sent.
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
