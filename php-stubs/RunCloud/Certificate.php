<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A certificate as the panel holds it, without its key and its PEM, which the extension never reads.
 *
 * What a visitor is served may be another one: the panel says what it has ordered, not what the web server shows.
 *
 * @link https://runcloud.io/docs/ssl-tls-certificate
 */
final readonly class Certificate
{
    /** The panel's id; redeploySsl() takes it. */
    public int $id;

    /** "letsencrypt", "custom" or "csr"; null when the panel does not say. */
    public ?string $method;

    /** The panel's text "YYYY-MM-DD HH:MM:SS"; UTC is assumed. */
    public ?string $validUntil;

    /** When the panel renews it, "YYYY-MM-DD HH:MM:SS". */
    public ?string $renewalDate;

    /** Whether it is one of Let's Encrypt's test environment, which no browser trusts; null when the panel does not say. */
    public ?bool $staging;

    private function __construct()
    {
    }
}
