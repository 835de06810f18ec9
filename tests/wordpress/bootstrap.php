<?php

declare(strict_types=1);

require __DIR__ . '/support/autoload.php';

use RunCloud\Test\WordPress\Support\Environment;

Environment::get();
