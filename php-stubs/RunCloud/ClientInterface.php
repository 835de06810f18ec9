<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * What a client does with its web application. Client implements it.
 *
 * Use it as the type of your arguments, so that your tests can pass a stub:
 *
 *     final class Shops
 *     {
 *         public function __construct(private RunCloud\ClientInterface $runCloud)
 *         {
 *         }
 *     }
 *
 * A later version may add methods, so create the stub with PHPUnit's createStub() rather than by hand; see docs/testing.md.
 *
 * Every method that talks to the panel follows the ini settings runcloud.connect_timeout, runcloud.timeout (one request),
 * runcloud.deadline (the whole call) and runcloud.max_retries. The Exception\ApiException that it throws is one of:
 *
 * - Exception\AuthenticationException (401), Exception\PermissionException (403), Exception\NotFoundException (404),
 *   Exception\ValidationException (422), Exception\RateLimitException (429), Exception\ServerException (5xx);
 * - Exception\ConnectionException, Exception\TimeoutException, Exception\UnexpectedResponseException;
 * - Exception\ApiException itself, for any other status.
 *
 * Everything that the extension throws on its own account is an Exception\ExceptionInterface. PHP's own TypeError, for an argument
 * of the wrong type, is not listed at the methods.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
interface ClientInterface
{
    /**
     * Adds a domain to the web application as an alias. Takes one request when nothing goes wrong.
     *
     * If the name is already there, that is a success, and "created" in the result is false. If the answer to the request was
     * lost on the way, the list of domains is read, and the domain is sent again only if it is not there. A domain is never
     * added twice, unless RunCloud accepts a name that is there already (its documentation does not say).
     *
     * A domain that was there keeps its "www" and its redirection, whatever was asked for: compare the result, and change it
     * with updateDomain().
     *
     *     $domain = $client->addDomain('shop.example', www: true, redirection: RunCloud\Redirection::NonWww);
     *
     * @param string      $domain      Host name, at most 253 bytes as ASCII, at least two labels; "*" may be the first label.
     *                                 International names are converted to ASCII, and upper case to lower; a trailing dot is
     *                                 dropped. No scheme, port, path or address.
     * @param bool        $www         Serve "www." plus the name as well.
     * @param Redirection $redirection Which of the two forms RunCloud redirects to the other.
     *
     * @return Domain The domain as the panel holds it.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain, or $www and $redirection do not go together with
     *                                          it: "www" of a wildcard or of a name with "www.", a redirection to "www." without
     *                                          $www. No request was sent.
     * @throws Exception\ValidationException    The panel refused the name, and it is not among the web application's domains.
     *                                          With Reason::DomainTaken its words say that the name is in use: another
     *                                          web application has it.
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $domain is not UTF-8.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617111
     */
    public function addDomain(
        string $domain,
        bool $www = false,
        Redirection $redirection = Redirection::None
    ): Domain;

    /**
     * Removes a domain from the web application.
     *
     * With the id this takes two requests: it reads the panel's name for the id, which must be $domain, and then deletes the
     * domain. Without an id, or if the id is gone, it first searches the list of domains for the name, 40 per request.
     *
     *     $client->removeDomain('shop.example', $domain->id);
     *
     * @param string   $domain   Host name, as for addDomain().
     * @param int|null $domainId Id from an earlier Domain, at least 1.
     *
     * @return bool True when this call removed the domain, false when it was not there.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain, the id belongs to another name, or the domain
     *                                          is the primary one. Nothing is deleted then.
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $domainId is below 1, or $domain is not UTF-8.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617113
     * @link https://runcloud.io/docs/api/v3/api-8617116
     */
    public function removeDomain(string $domain, ?int $domainId = null): bool;

    /**
     * Redeploys a certificate, so that it covers the current domains.
     *
     * What happens depends on how SSL is set up for the web application:
     *
     * - automatic: nothing, since the panel does it itself (SslOutcome::Automatic);
     * - advanced, one certificate per domain: a Let's Encrypt certificate is redeployed (SslOutcome::Redeployed), a missing one
     *   is installed (SslOutcome::Installed);
     * - basic, one certificate for all domains: a Let's Encrypt certificate is redeployed (SslOutcome::Redeployed). A missing one
     *   is not installed (SslOutcome::NotInstalled), since the first certificate changes the whole web application. Whether RunCloud
     *   issues it for all names of the moment or for those that it had is not documented: see RunCloud\inspect_hosts().
     *
     * A certificate that was not issued by Let's Encrypt is left alone (SslOutcome::NotRenewable).
     *
     * The first call takes at most three requests in basic mode, and three in advanced mode if the domain's id is known. With the
     * ids of an earlier result it takes one; if that certificate is gone, it is looked up again. The panel may take a long time to
     * issue a certificate, so runcloud.deadline limits these requests, and not runcloud.timeout.
     *
     *     $ssl = $client->redeploySsl('shop.example');
     *     $ssl = $client->redeploySsl('shop.example', $ssl->certificateId, $ssl->domainId); // one request
     *
     * @param string|null $domain        Host name, as for addDomain(). Required in advanced mode, ignored in the others.
     * @param int|null    $certificateId Id from an earlier SslDeployment, at least 1.
     * @param int|null    $domainId      Id from an earlier SslDeployment, at least 1; saves the search for the domain in
     *                                   advanced mode.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain. In advanced mode also: none was given, or it
     *                                          is a wildcard without a certificate, whose first one needs DNS validation.
     * @throws Exception\NotFoundException      In advanced mode: the domain is not among the web application's domains.
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $certificateId or $domainId is below 1, or $domain is not UTF-8.
     *
     * @link https://runcloud.io/docs/ssl-tls-certificate
     * @link https://runcloud.io/docs/api/v2/api-9849816
     * @link https://runcloud.io/docs/api/v3/api-8811386
     */
    public function redeploySsl(
        ?string $domain = null,
        ?int $certificateId = null,
        ?int $domainId = null
    ): SslDeployment;

    /**
     * Lists all domains of the web application: one request for every 40 of them.
     *
     * @return list<Domain> In the panel's order; "created" is false for all of them.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617112
     */
    public function domains(): array;

    /**
     * Reads one page of the domains: one request. For lists that one call cannot read within the rate limit.
     *
     * @param int $page Number of the page, from 1.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $page is below 1.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617112
     */
    public function domainsPage(int $page): DomainPage;

    /**
     * Reads a domain by its id: one request, two when it is not there.
     *
     * This is how to know that a domain is gone: a list may miss one that moved from page to page while it was read.
     *
     * @param int $id Id of a domain, at least 1.
     *
     * @return Domain|null Null when RunCloud itself says that the web application has no such domain. Any other failure throws,
     *                     also a 404 of something between this server and RunCloud.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $id is below 1.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617113
     */
    public function domain(int $id): ?Domain;

    /**
     * Sets what is served beside a domain's name, and keeps the domain with its certificate. Three requests, one when nothing is to
     * be changed.
     *
     *     $domain = $client->addDomain('shop.example', www: true);
     *     if (!$domain->www) { // it was there already, without www
     *         $domain = $client->updateDomain($domain->id, www: true);
     *     }
     *
     * A certificate covers a new "www." only after a redeploy.
     *
     * @param int              $id          Id of the domain, at least 1.
     * @param bool|null        $www         Serve "www." plus the name as well; null: as it is.
     * @param Redirection|null $redirection Which of the two forms RunCloud redirects to the other; null: as it is.
     *
     * @return Domain As RunCloud holds it afterwards. Compare: RunCloud may not do all that it is asked for.
     *
     * @throws Exception\ConfigurationException Both are null, or a setting in php.ini cannot be used; no request was sent.
     * @throws Exception\InvalidDomainException "www" and redirection do not go together with each other or with the name.
     * @throws Exception\NotFoundException      The web application has no domain with this id.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $id is below 1.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617114
     */
    public function updateDomain(int $id, ?bool $www = null, ?Redirection $redirection = null): Domain;

    /**
     * Finds a domain of the web application by its name. Stops at the page of 40 that holds it.
     *
     * @param string $domain Host name, as for addDomain().
     *
     * @return Domain|null Null when the web application has no such domain.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain; no request was sent.
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $domain is not UTF-8.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617112
     */
    public function findDomain(string $domain): ?Domain;

    /**
     * Tells which DNS records the owner of a domain must set, according to the panel.
     *
     *     foreach ($client->dnsRecords('shop.example') as $record) {
     *         echo "{$record->hostname} {$record->type} {$record->content}\n";
     *     }
     *
     * @param string   $domain   Host name, as for addDomain().
     * @param int|null $domainId Id from an earlier Domain, at least 1; saves the search for the name. If the id is gone, the name
     *                           is searched.
     *
     * @return list<DnsRecord>
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain; no request was sent.
     * @throws Exception\NotFoundException      The domain is not among the web application's domains.
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $domainId is below 1, or $domain is not UTF-8.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617115
     */
    public function dnsRecords(string $domain, ?int $domainId = null): array;

    /**
     * Tells how SSL is set up for the web application. One request.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     *
     * @link https://runcloud.io/docs/ssl-tls-certificate
     */
    public function sslMode(): SslMode;

    /**
     * Reads the certificate of the web application (basic mode) or of one of its domains (advanced mode). One request, two when
     * there is none.
     *
     * @param int|null $domainId Id of a domain, at least 1, in advanced mode.
     *
     * @return Certificate|null Null when none is installed.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\NotFoundException      The domain or the web application itself is not there.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      $domainId is below 1.
     *
     * @link https://runcloud.io/docs/ssl-tls-certificate
     */
    public function certificate(?int $domainId = null): ?Certificate;

    /**
     * Reads the server. One request.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617081
     */
    public function server(): Server;

    /**
     * Reads the web application. One request.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617094
     */
    public function webApp(): WebApp;

    /**
     * Checks that the panel answers and accepts the credentials. One request; returns nothing or throws.
     *
     * The ids are not checked: server() and webApp() do that.
     *
     * @throws Exception\ConfigurationException A setting in php.ini cannot be used; no request was sent.
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     *
     * @link https://runcloud.io/docs/api/v3/
     */
    public function ping(): void;

    /**
     * Number of HTTP requests that this object has sent, retries included. RunCloud meters requests by the month.
     *
     * @link https://runcloud.io/docs/increase-api-usage-limit
     */
    public function requestCount(): int;

    /**
     * Requests left in the current minute according to the panel's last answer, or null if it has not said so yet.
     *
     * @link https://runcloud.io/docs/api/v2/
     */
    public function rateLimitRemaining(): ?int;
}
