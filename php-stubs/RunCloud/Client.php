<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * One web application of one RunCloud server, and the credentials to manage it.
 *
 * Making a client opens no connection and sends nothing. All clients of a PHP worker share the kept-alive connections, and
 * these stay open from one PHP request to the next.
 *
 *     $client = new RunCloud\Client(serverId: 1001, webAppId: 2001, apiToken: $token);
 *     $domain = $client->addDomain('shop.example');
 *     $ssl = $client->redeploySsl('shop.example');
 *
 * Every method that talks to the panel follows the ini settings runcloud.connect_timeout, runcloud.timeout (one request),
 * runcloud.deadline (the whole call) and runcloud.max_retries. It may throw, beside what is listed at the method:
 *
 * - Exception\AuthenticationException (401), Exception\PermissionException (403), Exception\NotFoundException (404),
 *   Exception\ValidationException (422), Exception\RateLimitException (429), Exception\ServerException (5xx);
 * - Exception\ConnectionException, Exception\TimeoutException, Exception\UnexpectedResponseException;
 * - Exception\ConfigurationException, when runcloud.base_url, runcloud.ca_file or a proxy cannot be used.
 *
 * The first two groups are all Exception\ApiException; everything the extension throws on its own account is an
 * Exception\ExceptionInterface.
 *
 * A client holds secrets, so it can be neither cloned nor serialized, and var_dump(), print_r(), (array) and json_encode()
 * show none of them.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
final class Client
{
    /**
     * Names the web application and the credentials. Sends no request.
     *
     * Give either a workspace token, which is used with API v3, or the key and secret of a legacy personal space, which are
     * used with API v2. When all are given the token wins. An empty string counts as not given.
     *
     * @param int         $serverId  Id of the server, at least 1: the number after /servers/ in the dashboard's address.
     * @param int         $webAppId  Id of the web application, at least 1: the number after /webapps/ in the dashboard's address.
     * @param string|null $apiToken  Token made in the workspace's settings, "API Management".
     * @param string|null $apiKey    Key of a legacy personal space; needs $apiSecret.
     * @param string|null $apiSecret Secret that belongs to $apiKey.
     * @param string|null $proxy     HTTP proxy for this client only, as "http://host:port" or "http://user:password@host:port".
     *                               Wins over the ini setting runcloud.proxy; an empty string means no proxy. Proxies named in
     *                               the environment are not used.
     *
     * @throws Exception\ConfigurationException An id is below 1; no credentials, or a key without its secret (or the other
     *                                          way round); a secret with characters that no HTTP header may carry; a proxy
     *                                          that is no http address.
     *
     * @link https://runcloud.io/docs/generating-api-keys-enabling-api-access
     */
    public function __construct(
        int $serverId,
        int $webAppId,
        #[\SensitiveParameter] ?string $apiToken = null,
        #[\SensitiveParameter] ?string $apiKey = null,
        #[\SensitiveParameter] ?string $apiSecret = null,
        #[\SensitiveParameter] ?string $proxy = null
    ) {
    }

    /**
     * Makes a client from PHP constants, as WordPress keeps them in wp-config.php. Sends no request.
     *
     * Read are, after the prefix: SERVER_ID and APP_ID (positive integers, as int or as digits), then API_TOKEN or, if that is
     * not defined or empty, API_KEY and API_SECRET.
     *
     *     define('WU_RUNCLOUD_API_TOKEN', '...');
     *     define('WU_RUNCLOUD_SERVER_ID', 1001);
     *     define('WU_RUNCLOUD_APP_ID', 2001);
     *     $client = RunCloud\Client::fromConstants();
     *
     * @param string $prefix What the names of the constants begin with.
     *
     * @throws Exception\ConfigurationException A constant is missing, empty or junk; the message names it.
     */
    public static function fromConstants(string $prefix = 'WU_RUNCLOUD_'): Client
    {
    }

    /**
     * Lists the web applications that hold a directory: "which server and web application am I?"
     *
     * Walks through all servers of the account and their web applications, 40 a page, so it costs at least one request per
     * server plus one. Ask once and keep the answer.
     *
     *     foreach (RunCloud\Client::discover(ABSPATH, apiToken: $token) as $app) {
     *         echo "define('WU_RUNCLOUD_SERVER_ID', {$app->serverId}); define('WU_RUNCLOUD_APP_ID', {$app->id});\n";
     *     }
     *
     * @param string      $documentRoot Absolute path, with or without a slash at the end. It is compared as text; nothing is
     *                                  looked up on this machine.
     * @param string|null $apiToken     As for the constructor; without any credentials the WU_RUNCLOUD_ constants are used.
     * @param string|null $apiKey       As for the constructor.
     * @param string|null $apiSecret    As for the constructor.
     * @param string|null $proxy        As for the constructor.
     *
     * @return list<WebApp> Those whose root path or public path is the directory or contains it. More than one when several
     *                      servers have such a directory.
     *
     * @throws Exception\ConfigurationException No credentials, or ones that cannot be used; or $documentRoot is not an
     *                                          absolute path.
     * @throws Exception\ApiException           As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617094
     */
    public static function discover(
        string $documentRoot,
        #[\SensitiveParameter] ?string $apiToken = null,
        #[\SensitiveParameter] ?string $apiKey = null,
        #[\SensitiveParameter] ?string $apiSecret = null,
        #[\SensitiveParameter] ?string $proxy = null
    ): array {
    }

    /**
     * Adds a domain to the web application as an alias. One request when all is well.
     *
     * A name that is already there is a success, and the answer's "created" is then false. The same holds when the answer to
     * the request was lost on the way: the pages of domains are read back, and the domain is sent again only if it is not there.
     * A domain is never added twice.
     *
     *     $domain = $client->addDomain('shop.example', www: true, redirection: RunCloud\Redirection::NonWww);
     *
     * @param string      $domain      Host name, at most 253 bytes as ASCII, at least two labels; "*" may be the first label.
     *                                 International names are turned into ASCII, upper case into lower, a trailing dot is
     *                                 dropped. No scheme, port, path or address.
     * @param bool        $www         Serve "www." plus the name as well.
     * @param Redirection $redirection Which of the two forms RunCloud redirects to the other.
     *
     * @return Domain The domain as the panel holds it.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain; no request was sent.
     * @throws Exception\ValidationException    The panel refused the name, and it is not among the web application's domains:
     *                                          most often another web application has it.
     * @throws Exception\ApiException           As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617111
     */
    public function addDomain(
        string $domain,
        bool $www = false,
        Redirection $redirection = Redirection::None
    ): Domain {
    }

    /**
     * Removes a domain from the web application.
     *
     * With the id this takes two requests: the panel's name for the id is read and must be $domain, then it is deleted. Should
     * the id be gone, or without an id, the pages of 40 domains are searched for the name first.
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
     * @throws Exception\ApiException           As described at the class.
     * @throws \ValueError                      $domainId is below 1.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617113
     * @link https://runcloud.io/docs/api/v3/api-8617116
     */
    public function removeDomain(string $domain, ?int $domainId = null): bool
    {
    }

    /**
     * Redeploys a certificate, so that it covers the domains of today.
     *
     * What happens depends on how SSL is set up for the web application:
     *
     * - automatic: nothing, the panel does it by itself (SslOutcome::Automatic);
     * - advanced, one certificate per domain: a Let's Encrypt certificate is redeployed (SslOutcome::Redeployed), a missing one
     *   is installed (SslOutcome::Installed);
     * - basic, one certificate for all domains: a Let's Encrypt certificate is redeployed (SslOutcome::Redeployed). A missing one
     *   is not installed (SslOutcome::NotInstalled), since the first certificate changes the whole web application.
     *
     * A certificate that came from elsewhere is left alone (SslOutcome::NotRenewable).
     *
     * Cold this takes at most three requests in basic mode, and three in advanced mode when the domain's id is known. With the
     * ids of an earlier answer it takes one; should the certificate be gone by then, it is looked up afresh. The panel may take
     * long to issue a certificate, so these requests are bound by runcloud.deadline and not by runcloud.timeout.
     *
     *     $ssl = $client->redeploySsl('shop.example');
     *     $ssl = $client->redeploySsl('shop.example', $ssl->certificateId, $ssl->domainId); // one request
     *
     * @param string|null $domain        Host name, as for addDomain(). Needed in advanced mode, not used in the others.
     * @param int|null    $certificateId Id from an earlier SslDeployment, at least 1.
     * @param int|null    $domainId      Id from an earlier SslDeployment, at least 1; saves the search for the domain in
     *                                   advanced mode.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain. In advanced mode also: none was given, or it
     *                                          is a wildcard without a certificate, whose first one needs DNS validation.
     * @throws Exception\NotFoundException      In advanced mode: the domain is not among the web application's domains.
     * @throws Exception\ApiException           As described at the class.
     * @throws \ValueError                      $certificateId or $domainId is below 1.
     *
     * @link https://runcloud.io/docs/ssl-tls-certificate
     * @link https://runcloud.io/docs/api/v2/api-9849816
     * @link https://runcloud.io/docs/api/v3/api-8811386
     */
    public function redeploySsl(
        ?string $domain = null,
        ?int $certificateId = null,
        ?int $domainId = null
    ): SslDeployment {
    }

    /**
     * Lists all domains of the web application: one request for every 40 of them.
     *
     * @return list<Domain> In the panel's order; "created" is false for all of them.
     *
     * @throws Exception\ApiException As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617112
     */
    public function domains(): array
    {
    }

    /**
     * Finds a domain of the web application by its name. Stops at the page of 40 that holds it.
     *
     * @param string $domain Host name, as for addDomain().
     *
     * @return Domain|null Null when the web application has no such domain.
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain; no request was sent.
     * @throws Exception\ApiException           As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617112
     */
    public function findDomain(string $domain): ?Domain
    {
    }

    /**
     * Tells which DNS records the owner of a domain must set, as the panel sees it.
     *
     *     foreach ($client->dnsRecords('shop.example') as $record) {
     *         echo "{$record->hostname} {$record->type} {$record->content}\n";
     *     }
     *
     * @param string   $domain   Host name, as for addDomain().
     * @param int|null $domainId Id from an earlier Domain, at least 1; saves the search through the pages. Should it be gone,
     *                           the name is searched.
     *
     * @return list<DnsRecord>
     *
     * @throws Exception\InvalidDomainException The host name cannot be a domain; no request was sent.
     * @throws Exception\NotFoundException      The domain is not among the web application's domains.
     * @throws Exception\ApiException           As described at the class.
     * @throws \ValueError                      $domainId is below 1.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617115
     */
    public function dnsRecords(string $domain, ?int $domainId = null): array
    {
    }

    /**
     * Tells how SSL is set up for the web application. One request.
     *
     * @throws Exception\ApiException As described at the class.
     *
     * @link https://runcloud.io/docs/ssl-tls-certificate
     */
    public function sslMode(): SslMode
    {
    }

    /**
     * Reads the server. One request.
     *
     * @throws Exception\ApiException As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617081
     */
    public function server(): Server
    {
    }

    /**
     * Reads the web application. One request.
     *
     * @throws Exception\ApiException As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/api-8617094
     */
    public function webApp(): WebApp
    {
    }

    /**
     * Checks that the panel answers and accepts the credentials. One request; returns nothing or throws.
     *
     * The ids are not checked: server() and webApp() do that.
     *
     * @throws Exception\ApiException As described at the class.
     *
     * @link https://runcloud.io/docs/api/v3/
     */
    public function ping(): void
    {
    }

    /**
     * Number of HTTP requests that this object has sent, retries included. RunCloud meters requests by the month.
     *
     * @link https://runcloud.io/docs/increase-api-usage-limit
     */
    public function requestCount(): int
    {
    }

    /**
     * Requests left in the current minute by the panel's last answer, or null when it has not said so yet.
     *
     * @link https://runcloud.io/docs/api/v2/
     */
    public function rateLimitRemaining(): ?int
    {
    }
}
