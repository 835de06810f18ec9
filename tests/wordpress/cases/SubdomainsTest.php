<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
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
        $this->network->forgetList();
        $this->network->newSite('one');
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        $this->network->newSite('two');
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->requests());
    }

    public function testACustomHostIsNotCoveredByTheNetworksWildcard(): void
    {
        $this->network->forgetList();
        $this->panel->addDomain(['name' => '*.network.example']);
        $this->network->map('shop.customer.example');
        $this->network->map('a.deeper.network.example');
        $this->network->runQueue();
        $this->assertPanelHolds(['*.network.example', 'shop.customer.example', 'a.deeper.network.example']);
    }

    public function testADeletedSubSiteThatWasCoveredLeavesTheWildcardAlone(): void
    {
        $this->network->forgetList();
        $this->panel->addDomain(['name' => '*.network.example']);
        $site = $this->network->newSite('one');
        $this->network->runQueue();
        $this->network->deleteSite($site);
        $this->network->runRemovals();
        self::assertSame([], $this->panel->changes());
        self::assertArrayNotHasKey('one.network.example', $this->network->domains());
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

    /** @return array<string, array{string, string}> A host as it is written in the network's tables, and as the extension writes it. */
    public static function writings(): array
    {
        return [
            'in Unicode' => ['bücher.customer.example', 'xn--bcher-kva.customer.example'],
            'with a full stop at its end' => ['shop.customer.example.', 'shop.customer.example'],
            'in Unicode, with a full stop' => ['bücher.customer.example.', 'xn--bcher-kva.customer.example'],
            'in letters that take four bytes' => ["文\u{20bb7}.example", 'xn--7dv3115g.example'],
            'in capitals' => ['Shop.Customer.Example', 'shop.customer.example'],
            'with a letter that older rules write as two' => ['straße.example', 'xn--strae-oqa.example'],
            'with a letter that is not seen' => ["क्\u{200d}ष.example", 'xn--11b2ezcw70k.example'],
        ];
    }

    /** @dataProvider writings */
    public function testAHostIsFoundHoweverTheNetworkHasItWritten(string $written, string $host): void
    {
        self::assertSame($host, WordPress::run('return RunCloud\normalize_host($written);', ['written' => $written]));
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage) VALUES (1, '{$written}', 'checking-dns')");
        $this->network->walk();
        $this->assertPanelHolds([$host]);
        self::assertSame([$host], array_keys($this->network->domains()));
        $this->panel->simulator->clearHistory();
        // Neither walks nor second looks lose it, nor does an event that writes it otherwise.
        $this->network->walk();
        WordPress::run('do_action("wu_remove_domain", $host, 1);', ['host' => $host]);
        $this->network->runRemovals();
        self::assertSame([], $this->panel->requests());

        Environment::get()->sql('DELETE FROM wp_wu_domain_mappings');
        $this->network->walk();
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    /** wpdb refuses a whole statement that holds a letter which the table cannot hold: nothing would be found any more, for nobody. */
    public function testALetterThatTheNetworksTablesCannotHoldHoldsNobodyUp(): void
    {
        foreach (['wp_blogs', 'wp_wu_domain_mappings'] as $table) {
            Environment::get()->sql("ALTER TABLE {$table} CONVERT TO CHARACTER SET utf8");
        }
        $this->network->map('xn--7dv3115g.example');
        $this->network->map('shop.customer.example');
        $this->network->map('xn--bcher-kva.customer.example');
        $this->network->runQueue();
        $this->assertPanelHolds(['shop.customer.example', 'xn--7dv3115g.example', 'xn--bcher-kva.customer.example']);
        $this->network->unmap('shop.customer.example');
        $this->network->unmap('xn--7dv3115g.example');
        $this->network->runRemovals();
        $this->assertPanelHolds(['xn--bcher-kva.customer.example']);
    }

    public function testTheOneSpellingIsNotTakenForTheOther(): void
    {
        $this->network->map('strasse.example');
        $this->network->runQueue();
        WordPress::run('do_action("wu_add_domain", "straße.example", 1);');
        $this->network->runQueue();
        $this->assertPanelHolds(['strasse.example', 'xn--strae-oqa.example']);
        WordPress::run('do_action("wu_remove_domain", "straße.example", 1);');
        $this->network->runRemovals();
        $this->assertPanelHolds(['strasse.example']);
    }

    public function testNamesOfANetworkBesideTheMainOneAreRefused(): void
    {
        $site = WordPress::run(
            'global $wpdb;
            $wpdb->insert($wpdb->site, ["domain" => "second.example", "path" => "/"]);
            $wpdb->insert($wpdb->blogs, ["site_id" => $wpdb->insert_id, "domain" => "shop.second.example", "path" => "/"]);
            return $wpdb->insert_id;'
        );
        self::assertIsInt($site);
        $this->network->map('shop.customer.example', $site);
        $this->network->runQueue();
        $this->network->walk();
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->network->domains());
        self::assertStringContainsString('shop.customer.example: belongs to a network beside the main one', $this->network->log());
    }

    public function testTenantsByPathOnASharedBaseDomainAreOneDomainAsLongAsOneIsLeft(): void
    {
        $sites = [];
        foreach (['/one/', '/two/'] as $path) {
            $sites[] = WordPress::run('return wpmu_create_blog("shared.example", $path, "A site", 1);', ['path' => $path]);
        }
        $this->network->runQueue();
        $this->network->walk();
        self::assertSame(['POST domains'], $this->panel->changes());
        self::assertSame(['shared.example'], array_keys($this->network->domains()));
        $this->network->deleteSite($sites[0]);
        $this->network->runRemovals();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertDomain('shared.example', ['site_id' => (string) $sites[1], 'remote_state' => 'present']);
        $this->network->deleteSite($sites[1]);
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
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
        $this->network->forgetList();
        $this->network->newSite('one');
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        $covered = ['domain_status' => 'ready', 'domain_reason' => 'wildcard-covered', 'certificate_reason' => '', 'due_at' => null];
        $this->assertDomain('one.network.example', $covered);
    }
}
