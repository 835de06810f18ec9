<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What Client::redeploySsl() did.
 *
 * The panel accepted the order; it does not say when the certificate is in use.
 *
 * @link https://runcloud.io/docs/ssl-tls-certificate
 */
enum SslOutcome: string
{
    /** The Let's Encrypt certificate was redeployed. */
    case Redeployed = 'redeployed';

    /** Advanced mode: the domain's first Let's Encrypt certificate was installed. */
    case Installed = 'installed';

    /** Automatic mode: nothing was done, because the panel does it itself. */
    case Automatic = 'automatic';

    /** Basic mode: there is no certificate yet. Install the first one in the dashboard: it changes the whole web application. */
    case NotInstalled = 'not-installed';

    /** The certificate was not issued by Let's Encrypt; renew it with its issuer. */
    case NotRenewable = 'not-renewable';
}
