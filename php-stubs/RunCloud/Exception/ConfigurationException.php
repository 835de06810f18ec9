<?php

declare(strict_types=1);

namespace RunCloud\Exception;

use RunCloud\Reason;

/**
 * A constant, a constructor argument or an ini setting must be corrected before any request can be sent.
 *
 * The message names it, shows its value unless that is a secret, and says what to enter instead. No request was sent.
 */
class ConfigurationException extends \InvalidArgumentException implements ExceptionInterface
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
