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

    /** One certificate for every domain. */
    case Advanced = 'advanced';

    /** RunCloud issues and renews by itself, for domains added later as well. */
    case Automatic = 'automatic';
}
