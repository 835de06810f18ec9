<?php

declare(strict_types=1);

namespace RunCloud\Exception;

use RunCloud\Reason;

/**
 * Something must be set up differently before any request can be sent: a constant, a constructor argument, an ini setting.
 *
 * The message names it, shows its value unless that is a secret, and says what to put there. No request was sent.
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
