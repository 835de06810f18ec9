<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support\Matrix;

/**
 * What an operation is about.
 */
enum Kind
{
    case Domain;
    case Certificate;
    case Connection;
}
