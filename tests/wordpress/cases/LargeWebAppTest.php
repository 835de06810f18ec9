<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;

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
