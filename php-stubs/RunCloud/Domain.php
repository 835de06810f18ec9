<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * A domain of the web application, as the panel returned it.
 *
 * An ordinary value: readable, comparable, serializable, fit for json_encode(). The extension makes it; your tests can make one
 * with __set_state().
 *
 *     $domain = $client->addDomain('shop.example');
 *     echo $domain->created ? 'added' : 'was there', ' as ', $domain->type->value;
 *
 * @link https://runcloud.io/docs/api/v3/api-8617112
 */
final readonly class Domain
{
    /** The panel's id. Keep it: removeDomain() needs fewer requests with it. */
    public int $id;

    /** Host name in ASCII and lower case, without a trailing dot. */
    public string $name;

    /** The domain's role in the web application; addDomain() makes aliases. */
    public DomainType $type;

    /** Whether "www." plus the name is served as well. */
    public bool $www;

    /** Which of the two forms RunCloud redirects to the other. */
    public Redirection $redirection;

    /** Whether all sub-domains are served as well. */
    public bool $wildcard;

    /** DNS provider in which RunCloud manages the records, such as "cloudflare"; "none" or null without one. */
    public ?string $dnsIntegration;

    /** The panel's status; undocumented, null in every documented answer. */
    public ?string $status;

    /** The panel's text "YYYY-MM-DD HH:MM:SS"; UTC is assumed. Null when the panel did not say. */
    public ?string $createdAt;

    /** True only if the call that returned this object added the domain. */
    public bool $created;

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
    public static function __set_state(array $data): Domain
    {
    }
}
