<?php

declare(strict_types=1);

// A request to a worker of PHP-FPM that calls RunCloud.
(new RunCloud\Client(1001, 2001, apiToken: 'test-token'))->ping();
