<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Sub-sites, wildcards, "www." and the hosts that the whole network lives on.
 */
final class SubdomainsTest extends NetworkTestCase
{
    public function testAWildcardOnTheWebAppMakesSubSitesNeedNoDomain(): void
    {
        $this->panel->addDomain(['name' => '*.network.example', 'wildcard' => false]);
        $this->assertTheSubSiteIsCovered();
    }

    public function testAnAliasWithItsWildcardSwitchedOnDoesTheSame(): void
    {
        $domains = $this->panel->simulator->state()['domains'];
        $domains[0]['wildcard'] = true;
        $this->panel->simulator->setState(['domains' => $domains]);
        $this->assertTheSubSiteIsCovered();
    }

    public function testTheWildcardIsAskedForOnceAndNotForEachSite(): void
    {
        $this->network->newSite('one');
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        $this->network->newSite('two');
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->requests());
    }

    public function testACustomHostIsNotCoveredByTheNetworksWildcard(): void
    {
        $this->panel->addDomain(['name' => '*.network.example']);
        $this->network->map('shop.customer.example');
        $this->network->map('a.deeper.network.example');
        $this->network->runQueue();
        $this->assertPanelHolds(['*.network.example', 'shop.customer.example', 'a.deeper.network.example']);
    }

    public function testADeletedSubSiteThatWasCoveredLeavesTheWildcardAlone(): void
    {
        $this->panel->addDomain(['name' => '*.network.example']);
        $site = $this->network->newSite('one');
        $this->network->runQueue();
        $this->network->deleteSite($site);
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        self::assertSame([], $this->network->domains());
    }

    /** @return array<string, array{string, string, bool}> Setting, host, whether "www." is asked for. */
    public static function wwwPolicy(): array
    {
        return [
            'always' => ['always', 'customer.example', true],
            'always, deeper host' => ['always', 'shop.customer.example', true],
            'never' => ['never', 'customer.example', false],
            'main only, main' => ['main_only', 'customer.example', true],
            'main only, deeper host' => ['main_only', 'shop.customer.example', false],
            'a host that begins with www' => ['always', 'www.customer.example', false],
            'a sub-site of the network' => ['always', 'extra.network.example', false],
        ];
    }

    /** @dataProvider wwwPolicy */
    public function testWwwFollowsTheSetting(string $setting, string $host, bool $www): void
    {
        $this->network->setSetting('auto_create_www_subdomain', $setting);
        $this->network->map($host);
        $this->network->runQueue();
        $sent = array_values(array_filter($this->panel->simulator->history(), static fn (array $entry): bool => $entry['method'] === 'POST'));
        self::assertCount(1, $sent);
        self::assertSame(['name' => $host, 'www' => $www], array_intersect_key($sent[0]['body'], ['name' => 0, 'www' => 0]));
    }

    public function testBaseDomainsOfTheNetworkAreLeftAlone(): void
    {
        WordPress::run('do_action("wu_add_domain", "network.example", 1); do_action("wu_remove_domain", "network.example", 1);
            do_action("wu_add_domain", "www.network.example", 1);');
        $this->network->runQueue();
        self::assertSame([], $this->network->domains());
        self::assertSame([], $this->panel->requests());
    }

    public function testHostNamesThatNobodyCouldServeAreLeftAlone(): void
    {
        $long = str_repeat('a.', 140) . 'example';
        foreach (['', 'nodots', '-', 'a b.example', 'x.example/path', "a\nb.example", $long, '<b>.example', 'http://x.example'] as $host) {
            WordPress::run('do_action("wu_add_domain", $host, 1); do_action("wu_remove_domain", $host, 1);', ['host' => $host]);
        }
        $this->network->runQueue();
        self::assertSame([], $this->network->domains());
        self::assertSame([], $this->panel->changes());
    }

    public function testAHostInAnyWritingIsOneHost(): void
    {
        foreach (['Shop.Customer.Example', 'shop.customer.example.', 'shop.customer.example'] as $host) {
            WordPress::run('do_action("wu_add_domain", $host, 1);', ['host' => $host]);
        }
        $this->network->runQueue();
        $this->assertPanelHolds(['shop.customer.example']);
    }

    public function testASiteThatMovesToAnotherAddressTakesItsDomainAlong(): void
    {
        $site = $this->network->newSite('one');
        $this->network->runQueue();
        WordPress::run(
            'foreach (wu_get_domains(["blog_id" => $site]) as $domain) { $domain->set_domain("moved.network.example"); $domain->save(); }
            wp_update_site($site, ["domain" => "moved.network.example"]);',
            ['site' => $site]
        );
        $this->network->settle();
        $this->assertPanelHolds(['moved.network.example']);
    }

    private function assertTheSubSiteIsCovered(): void
    {
        $this->network->newSite('one');
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        $this->assertDomain('one.network.example', ['state' => 'covered', 'certificate' => 'none']);
    }
}
