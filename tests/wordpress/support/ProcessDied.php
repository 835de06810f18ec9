<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * The PHP process ended before it could answer.
 */
final class ProcessDied extends \RuntimeException
{
}
