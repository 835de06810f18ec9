<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What Client::redeploySsl() did, and the ids with which the next call takes one request.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). The extension makes it; your tests can make one
 * with __set_state(). It never holds a private key.
 *
 *     $ssl = $client->redeploySsl('shop.example');
 *     if ($ssl->outcome === RunCloud\SslOutcome::NotInstalled) {
 *         echo 'Install the first certificate in the RunCloud dashboard.';
 *     }
 *
 * @link https://runcloud.io/docs/ssl-tls-certificate
 */
final readonly class SslDeployment
{
    /** What was done. */
    public SslOutcome $outcome;

    /** How SSL is set up for the web application. */
    public SslMode $mode;

    /** Id of the certificate; null if there is none or the id is not known. */
    public ?int $certificateId;

    /** Id of the domain that the certificate belongs to; null in basic and automatic mode, where it belongs to the application. */
    public ?int $domainId;

    /** Name of the domain that the certificate belongs to; null in basic and automatic mode. */
    public ?string $domain;

    /** Where the certificate comes from: "letsencrypt", "custom" or "csr"; null when it was not looked up. */
    public ?string $method;

    /**
     * The panel's text "YYYY-MM-DD HH:MM:SS"; UTC is assumed. Null after a redeploy, because the date that the panel gave before
     * no longer holds.
     */
    public ?string $validUntil;

    private function __construct()
    {
    }

    /**
     * Makes one from the values of its properties, as var_export() writes them, and for tests of your code. An enum may be given by its
     * value; what may be null may be left out.
     *
     * @param array<string, mixed> $data Values by the name of the property.
     *
     * @throws \TypeError A value is missing or of another type.
     */
    public static function __set_state(array $data): SslDeployment
    {
    }
}
