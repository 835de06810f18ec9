<?php

declare(strict_types=1);

/**
 * Adds a domain to the RunCloud web application.
 *
 * The function form of RunCloud\Client::addDomain(), with the same arguments, result and exceptions.
 *
 *     // wp-config.php: WU_RUNCLOUD_API_TOKEN, WU_RUNCLOUD_SERVER_ID, WU_RUNCLOUD_APP_ID
 *     $domain = runcloud_add_domain('shop.example', www: true);
 *     printf("%s has the id %d\n", $domain->name, $domain->id);
 *
 * @param string                $domain      Host name, at most 253 bytes as ASCII; "*.example.org" is allowed. International
 *                                           names are converted to ASCII, and upper case to lower; a trailing dot is dropped.
 * @param bool                  $www         Serve "www." plus the name as well.
 * @param RunCloud\Redirection  $redirection Which of the two forms RunCloud redirects to the other.
 * @param RunCloud\Client|null  $client      The client to use; the default is RunCloud\Client::fromConstants().
 *
 * @return RunCloud\Domain The domain as the panel holds it; its property "created" says whether this call added it.
 *
 * @throws RunCloud\Exception\ConfigurationException  A constant (without $client) or an ini setting cannot be used.
 * @throws RunCloud\Exception\InvalidDomainException  The host name cannot be a domain.
 * @throws RunCloud\Exception\ApiException            RunCloud refused, could not be reached, or answered something unexpected.
 * @throws \ValueError                                $domain is not UTF-8.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617111
 */
function runcloud_add_domain(
    string $domain,
    bool $www = false,
    RunCloud\Redirection $redirection = RunCloud\Redirection::None,
    ?RunCloud\Client $client = null
): RunCloud\Domain {
}

/**
 * Removes a domain from the RunCloud web application.
 *
 * The function form of RunCloud\Client::removeDomain(), which has the details.
 *
 *     $removed = runcloud_remove_domain('shop.example', $domainId); // two requests, however many domains there are
 *     $removed = runcloud_remove_domain('shop.example');            // searches the list of domains first, 40 per request
 *
 * @param string               $domain   Host name, as for runcloud_add_domain().
 * @param int|null             $domainId Id from an earlier RunCloud\Domain, at least 1; saves the search.
 * @param RunCloud\Client|null $client   The client to use; the default is RunCloud\Client::fromConstants().
 *
 * @return bool True when this call removed the domain, false when it was not there.
 *
 * @throws RunCloud\Exception\ConfigurationException A constant (without $client) or an ini setting cannot be used.
 * @throws RunCloud\Exception\InvalidDomainException The host name cannot be a domain, the id belongs to another name, or the
 *                                                   domain is the primary one. Nothing is deleted then.
 * @throws RunCloud\Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
 * @throws \ValueError                               $domainId is below 1, or $domain is not UTF-8.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617116
 */
function runcloud_remove_domain(string $domain, ?int $domainId = null, ?RunCloud\Client $client = null): bool
{
}

/**
 * Redeploys the SSL certificate of the RunCloud web application, or of one of its domains.
 *
 * The function form of RunCloud\Client::redeploySsl(), which has the details. Note that $domainId comes last here.
 *
 *     $first = runcloud_redeploy_ssl('shop.example');
 *     // later: one request
 *     runcloud_redeploy_ssl('shop.example', $first->certificateId, domainId: $first->domainId);
 *
 * @param string|null          $domain        Host name; needed in advanced mode, where every domain has its own certificate.
 * @param int|null             $certificateId Id from an earlier RunCloud\SslDeployment, at least 1.
 * @param RunCloud\Client|null $client        The client to use; the default is RunCloud\Client::fromConstants().
 * @param int|null             $domainId      Id from an earlier RunCloud\SslDeployment, at least 1; saves the search in
 *                                            advanced mode.
 *
 * @return RunCloud\SslDeployment What was done, and the ids for the next time.
 *
 * @throws RunCloud\Exception\ConfigurationException A constant (without $client) or an ini setting cannot be used.
 * @throws RunCloud\Exception\InvalidDomainException The host name cannot be a domain, or none was given in advanced mode.
 * @throws RunCloud\Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
 * @throws \ValueError                               $certificateId or $domainId is below 1, or $domain is not UTF-8.
 *
 * @link https://runcloud.io/docs/api/v2/api-9849816
 */
function runcloud_redeploy_ssl(
    ?string $domain = null,
    ?int $certificateId = null,
    ?RunCloud\Client $client = null,
    ?int $domainId = null
): RunCloud\SslDeployment {
}

/** The version of the extension, the same as phpversion('runcloud'). */
const RUNCLOUD_VERSION = '0.1.0';
