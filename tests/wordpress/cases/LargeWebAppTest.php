<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * A web application of thousands of domains, whose list no single call can read within the rate limit.
 */
final class LargeWebAppTest extends NetworkTestCase
{
    public function testANewSubSiteAndANewShopAreBothMappedInMinutes(): void
    {
        $this->fill(3000, []);
        $this->network->newSite('shop');
        $this->network->map('shop.customer.example');
        $minutes = $this->untilMapped(['shop.customer.example']);
        self::assertLessThanOrEqual(2, $minutes, 'The list keeps nobody waiting who does not need it');
        $minutes += $this->untilMapped(['shop.' . Environment::get()->networkDomain()]);
        self::assertLessThanOrEqual(8, $minutes);
        // 3,001 domains, 40 a page, read once; and what changes something.
        self::assertLessThanOrEqual(76 + 2 + 4, count($this->panel->requests()));

        $this->panel->simulator->clearHistory();
        $this->network->newSite('second');
        $this->network->letTimePass(61);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->requests(), 'The next sub-site asks for nothing');
    }

    public function testAWildcardAtTheEndOfTheListIsFound(): void
    {
        $wildcard = '*.' . Environment::get()->networkDomain();
        $this->fill(1200, [$wildcard]);
        $this->network->newSite('shop');
        for ($minute = 0; $minute < 8; $minute++) {
            $this->minute();
        }
        self::assertSame([], $this->panel->changes());
        $row = $this->network->domain('shop.' . Environment::get()->networkDomain());
        self::assertSame(['ready', 'wildcard-covered'], [$row['domain_status'], $row['domain_reason']]);
    }

    public function testThousandsOfDomainsArePlannedAndAdoptedForTheirPagesAndWhatTheChangesCost(): void
    {
        // All but 31 are at RunCloud, 20 of them with another "www.".
        $number = (int) (getenv('DOMAINS') ?: 2000);
        $this->fill($number, []);
        $domains = $this->panel->simulator->state()['domains'];
        for ($n = 1; $n <= 20; $n++) {
            $domains[$n]['www'] = true;
        }
        $this->panel->simulator->setState(['domains' => $domains]);
        WordPress::run(
            'global $wpdb;
            foreach (array_chunk($hosts, 1000) as $piece) {
                $values = implode("\', 1, \'done\'), (1, \'", $piece);
                $wpdb->query("INSERT INTO wp_wu_domain_mappings (blog_id, domain, active, stage) VALUES (1, \'{$values}\', 1, \'done\')");
            }
            $wpdb->query("DELETE FROM wp_sitemeta WHERE meta_key LIKE \'domain\\_sync%\'");
            wp_cache_flush();
            Domain_Sync_For_RunCloud\\Lifecycle::activate();',
            ['hosts' => array_map(static fn (int $n): string => "their{$n}.example", range(1, $number + 30))]
        );
        $this->panel->simulator->clearHistory();
        $minutes = 0;
        $done = static fn (): bool => WordPress::run(
            'use Domain_Sync_For_RunCloud\\{Network\\Walk, Panel\\Inventory}; return Inventory::is_listed() && !Walk::is_due(time());'
        );
        while (!$done() && $minutes++ < 20) {
            $this->minute();
        }
        self::assertLessThanOrEqual(10, $minutes, 'Minutes until the plan is there');
        self::assertSame((int) ceil($number / 40), count($this->panel->requests()), 'Pages of 40');
        $plan = WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::summary();');
        self::assertEquals(['adopt' => ['waits' => $number - 21], 'differs' => ['waits' => 20], 'add' => ['waits' => 31]], $plan['kinds']);

        WordPress::run('Domain_Sync_For_RunCloud\\Sync\\Plan::approve();');
        $minutes = 0;
        // What is adopted may have to be changed at RunCloud after that, in the next run.
        $left = 'use Domain_Sync_For_RunCloud\\Store\\{Decisions, Domain_List};
            return Decisions::count_approved() > 0 || Domain_List::has_work()["steps"];';
        while (WordPress::run($left) && $minutes++ < 40) {
            $this->minute();
        }
        self::assertLessThanOrEqual(250 + $plan['requests'], count($this->panel->requests()));
        // A request that the rate limit refuses is sent again.
        self::assertLessThanOrEqual(20 + 31 + 4, count($this->panel->changes()));
        $names = $this->panel->allNames();
        self::assertSame([$number + 31, $number + 31], [count($names), count(array_unique($names))]);
        self::assertSame([], array_keys(array_column($this->panel->simulator->state()['domains'], 'www'), true), 'Each www is as it should be');
        if (getenv('FIGURES')) {
            $figures = ['requests' => count($this->panel->requests()), 'foretold' => $plan['requests']];
            fwrite(STDERR, json_encode(compact('number', 'minutes') + $figures) . PHP_EOL);
        }
    }

    /** @param list<string> $last Names at the end of the list. */
    private function fill(int $number, array $last): void
    {
        $domains = $this->panel->simulator->state()['domains'];
        $names = [...array_map(static fn (int $n): string => "their{$n}.example", range(1, $number - 1)), ...$last];
        foreach ($names as $n => $name) {
            $domains[] = ['id' => 20000 + $n, 'name' => $name, 'type' => 'alias', 'created_at' => '2024-01-02 03:04:05'] + $domains[0];
        }
        $this->panel->simulator->setState(['domains' => $domains, 'rate_limit_per_minute' => 60]);
        $this->network->forgetList();
    }

    /** @param list<string> $hosts */
    private function untilMapped(array $hosts): int
    {
        for ($minutes = 0; $minutes < 15; $minutes++) {
            if (array_diff($hosts, array_column($this->panel->simulator->state()['domains'], 'name')) === []) {
                return $minutes;
            }
            $this->minute();
        }

        throw new \RuntimeException(json_encode($this->network->domains()) . $this->network->log());
    }

    private function minute(): void
    {
        $this->network->letTimePass(60);
        $this->panel->simulator->setState(['rate_limit_per_minute' => 60]);
        $this->network->runQueue();
    }
}
