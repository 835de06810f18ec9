<?php

declare(strict_types=1);

namespace RunCloud\Exception;

/**
 * The panel refused the values that were sent (HTTP 422). Not retryable: the values must change.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
class ValidationException extends ApiException
{
    /**
     * The panel's sentences by the name of the field; empty when the panel gave only a message.
     *
     * @return array<string, list<string>>
     */
    public function getErrors(): array
    {
    }
}
