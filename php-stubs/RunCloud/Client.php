<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * One web application of one RunCloud server, and the credentials to manage it.
 *
 * Creating a client opens no connection and sends nothing. All clients of a PHP worker share its kept-alive connections, which
 * stay open from one PHP request to the next.
 *
 *     $client = new RunCloud\Client(serverId: 1001, webAppId: 2001, apiToken: $token);
 *     $domain = $client->addDomain('shop.example');
 *     $ssl = $client->redeploySsl('shop.example');
 *
 * A client holds secrets, so it can be neither cloned nor serialized. var_dump() and print_r() show its ids, its address and which
 * kind of credentials it has, never the secrets; (array) and json_encode() show nothing. Two clients are equal only when they
 * are the same object.
 *
 * @link https://runcloud.io/docs/api/v3/
 */
final class Client implements ClientInterface
{
    /**
     * Names the web application and the credentials. Sends no request.
     *
     * Give either a workspace token, which is used with API v3, or the key and secret of a legacy personal space, which are
     * used with API v2. If all are given, the token is used. An empty string counts as not given.
     *
     * @param int         $serverId  Id of the server, at least 1: the number after /servers/ in the dashboard's address.
     * @param int         $webAppId  Id of the web application, at least 1: the number after /webapps/ in the dashboard's address.
     * @param string|null $apiToken  Token made in the workspace's settings, "API Management".
     * @param string|null $apiKey    Key of a legacy personal space; needs $apiSecret.
     * @param string|null $apiSecret Secret for $apiKey.
     * @param string|null $proxy     HTTP proxy for this client only, as "http://host:port" or "http://user:password@host:port".
     *                               Overrides the ini setting runcloud.proxy; an empty string means no proxy. Proxies named in
     *                               the environment are not used.
     *
     * @throws Exception\ConfigurationException An id is below 1; no credentials, or a key without its secret (or the other
     *                                          way round); a secret with characters that no HTTP header may carry; a proxy
     *                                          that is no http address.
     * @throws \ValueError                      An argument is not UTF-8.
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
     * Creates a client from PHP constants, as WordPress keeps them in wp-config.php. Sends no request.
     *
     * After the prefix, it reads SERVER_ID and APP_ID (positive integers, as int or as digits), and API_TOKEN or, if that is not
     * defined or empty, API_KEY and API_SECRET.
     *
     *     define('WU_RUNCLOUD_API_TOKEN', '...');
     *     define('WU_RUNCLOUD_SERVER_ID', 1001);
     *     define('WU_RUNCLOUD_APP_ID', 2001);
     *     $client = RunCloud\Client::fromConstants();
     *
     * @param string $prefix Beginning of the names of the constants.
     *
     * @throws Exception\ConfigurationException A constant is missing, empty or invalid; the message names it.
     * @throws \ValueError                      $prefix is not UTF-8.
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
     * @throws Exception\ApiException           RunCloud refused, could not be reached, or answered something unexpected.
     * @throws \ValueError                      An argument is not UTF-8.
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

    /** {@inheritDoc} */
    public function addDomain(
        string $domain,
        bool $www = false,
        Redirection $redirection = Redirection::None
    ): Domain {
    }

    /** {@inheritDoc} */
    public function removeDomain(string $domain, ?int $domainId = null): bool
    {
    }

    /** {@inheritDoc} */
    public function redeploySsl(
        ?string $domain = null,
        ?int $certificateId = null,
        ?int $domainId = null
    ): SslDeployment {
    }

    /** {@inheritDoc} */
    public function domains(): array
    {
    }

    /** {@inheritDoc} */
    public function domainsPage(int $page): DomainPage
    {
    }

    /** {@inheritDoc} */
    public function domain(int $id): ?Domain
    {
    }

    /** {@inheritDoc} */
    public function updateDomain(int $id, ?bool $www = null, ?Redirection $redirection = null): Domain
    {
    }

    /** {@inheritDoc} */
    public function findDomain(string $domain): ?Domain
    {
    }

    /** {@inheritDoc} */
    public function dnsRecords(string $domain, ?int $domainId = null): array
    {
    }

    /** {@inheritDoc} */
    public function sslMode(): SslMode
    {
    }

    /** {@inheritDoc} */
    public function certificate(?int $domainId = null): ?Certificate
    {
    }

    /** {@inheritDoc} */
    public function server(): Server
    {
    }

    /** {@inheritDoc} */
    public function webApp(): WebApp
    {
    }

    /** {@inheritDoc} */
    public function ping(): void
    {
    }

    /** {@inheritDoc} */
    public function requestCount(): int
    {
    }

    /** {@inheritDoc} */
    public function rateLimitRemaining(): ?int
    {
    }

    /**
     * What var_dump() shows: ids, address, kind of credentials, proxy without password.
     *
     * @return array{serverId: int, webAppId: int, credentials: string, baseUrl: string, proxy: string}
     */
    public function __debugInfo(): array
    {
    }

    private function __clone()
    {
    }
}
