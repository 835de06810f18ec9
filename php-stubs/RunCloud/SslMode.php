<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * How SSL is set up for a web application.
 *
 * @link https://runcloud.io/docs/ssl-tls-certificate
 */
enum SslMode: string
{
    /** One certificate for all domains of the web application. */
    case Basic = 'basic';

    /** A certificate for each domain. */
    case Advanced = 'advanced';

    /** RunCloud issues and renews certificates itself, also for domains that are added later. */
    case Automatic = 'automatic';
}
