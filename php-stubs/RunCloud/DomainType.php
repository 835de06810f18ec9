<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A domain's role in its web application.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617112
 */
enum DomainType: string
{
    /** The web application's own domain; the extension never removes it. */
    case Primary = 'primary';

    /** Serves the same site; what Client::addDomain() makes. */
    case Alias = 'alias';

    /** Redirects to the primary domain. */
    case Redirect = 'redirect';
}
