<?php

declare(strict_types=1);

namespace RunCloud;

/**
 * One page of the domains of the web application, for lists that one call cannot read within the rate limit.
 *
 *     $page = $client->domainsPage(1);
 *     foreach ($page->domains as $domain) {
 *         echo $domain->name, PHP_EOL;
 *     }
 *     $hasMore = $page->domains !== [] && ($page->pages === null || $page->page < $page->pages);
 *
 * What is added or removed between two pages lets others move from page to page: a domain that was seen on no page is not
 * thereby absent. ClientInterface::domain() tells.
 *
 * @link https://runcloud.io/docs/api/v3/api-8617112
 */
final readonly class DomainPage
{
    /**
     * At most 40, in the panel's order; empty past the end.
     *
     * @var list<Domain>
     */
    public array $domains;

    /** Number of this page, from 1. */
    public int $page;

    /** How many pages there are; null when the panel does not say. */
    public ?int $pages;

    /** How many domains there are on all pages; null when the panel does not say. */
    public ?int $total;

    private function __construct()
    {
    }
}
