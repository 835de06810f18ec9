<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\Panel;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What RunCloud has is read page by page, and what changes there behind the plugin's back is noticed.
 */
final class InventoryTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const DAY = 86400;

    public function testTheFirstInventoryKnowsEveryDomainWithItsId(): void
    {
        $this->fill(95);
        $this->read();
        self::assertSame(['GET domains', 'GET domains', 'GET domains'], $this->panel->requests());
        $rows = $this->network->domains();
        // And the primary.
        self::assertCount(96, $rows);
        $this->assertDomain('their95.example', ['remote_state' => 'present', 'owner' => 'others', 'remote_id' => '20094']);
        $this->assertDomain(Panel::PRIMARY, ['domain_status' => 'ready', 'domain_reason' => 'primary']);
        $this->assertDomain('their95.example', ['domain_status' => 'ready', 'domain_reason' => 'not-ours']);
        self::assertSame([false, 96, 3], $this->progress('is_reading', 'total', 'pages'));
        $this->panel->simulator->clearHistory();
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());
    }

    public function testKilledAtAnyPageItGoesOnThere(): void
    {
        $this->fill(200);
        $this->network->forgetList();
        for ($kills = 0; $kills < 5; $kills++) {
            try {
                $code = '$calls = 0;
                    add_action("domain_sync_after_call", function () use (&$calls) { if (++$calls === 2) { posix_kill(getmypid(), 9); } });'
                    . ' do_action("action_scheduler_run_queue", "WP Cron");';
                WordPress::run($code, [], Kind::Ajax);
            } catch (ProcessDied) {
            }
            $this->network->letTimePass(400);
        }
        $this->network->runQueue();
        self::assertCount(201, $this->network->domains());
        // Six pages, and one more for each kill that met a page whose answer had come.
        self::assertLessThanOrEqual(6 + 5, count($this->panel->requests()));
        self::assertSame([false], $this->progress('is_reading'));
    }

    public function testWhatIsDueComesBeforeTheNextPage(): void
    {
        $this->fill(200);
        $this->network->forgetList();
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertSame(['POST domains', 'GET domains'], array_slice($this->panel->requests(), 0, 2));
    }

    public function testWhatIsNotSeenIsUnknownAndOnlyALookByItsIdMakesItAbsent(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->loseAtRunCloud(self::SHOP);
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        $by_id = 'GET domains/' . $this->network->domain(self::SHOP)['remote_id'];
        self::assertSame(['GET domains', $by_id], array_slice($this->panel->requests(), 0, 2));
        $this->assertDomain(self::SHOP, ['remote_state' => 'unknown', 'domain_reason' => 'deleted-at-runcloud']);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'ours']);
        self::assertContains('deleted-at-runcloud', $this->network->history(self::SHOP));
    }

    public function testAWantedDomainOfOthersThatVanishesIsReportedAndNotAdded(): void
    {
        $this->panel->addDomain(['name' => self::SHOP, 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->loseAtRunCloud(self::SHOP);
        for ($round = 0; $round < 3; $round++) {
            $this->network->letTimePass(self::DAY);
            $this->network->runQueue();
        }
        $this->assertPanelHolds([]);
        $this->assertDomain(self::SHOP, ['hold' => 'existing', 'domain_status' => 'action', 'domain_reason' => 'deleted-by-others']);
        WordPress::run('Domain_Sync_For_RunCloud\\Sync\\Plan::approve([$host]);', ['host' => self::SHOP]);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testWhatOthersChangedOfOursIsChangedBackAndOfTheirsOnlyTold(): void
    {
        $this->network->map(self::SHOP);
        $this->panel->addDomain(['name' => 'theirs.customer.example', 'created_at' => '2024-01-02 03:04:05']);
        $this->network->map('theirs.customer.example');
        $this->network->runQueue();
        $domains = $this->panel->simulator->state()['domains'];
        foreach ($domains as &$domain) {
            $domain['www'] = $domain['name'] === 'network.example' ? $domain['www'] : true;
        }
        $this->panel->simulator->setState(['domains' => $domains]);
        $id = $this->panel->domain(self::SHOP)['id'];
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        self::assertSame([false, $id], [(bool) $this->panel->domain(self::SHOP)['www'], $this->panel->domain(self::SHOP)['id']]);
        self::assertTrue((bool) $this->panel->domain('theirs.customer.example')['www']);
        $kinds = WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::summary()["kinds"];');
        self::assertSame(['differs' => ['optional' => 1]], $kinds);
    }

    public function testOfMoreThanTenThatVanishAtOnceTheAdminDecidesAndOthersGoOn(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(1, 12));
        foreach ([...$hosts, 'leaves.customer.example'] as $host) {
            $this->network->map($host);
        }
        $this->network->settle();
        $this->loseAtRunCloud(...$hosts);
        $this->network->unmap('leaves.customer.example');
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
        self::assertSame('GET domains', $this->panel->requests()[count($this->panel->requests()) - 1], 'None of the twelve is looked up');
        $this->assertDomain($hosts[0], ['hold' => 'mass-removal', 'domain_reason' => 'mass-removal', 'due_at' => null]);
        $headline = WordPress::run('use Domain_Sync_For_RunCloud\\Sync\\Plan; return Plan::headline();');
        self::assertStringStartsWith('12 domains vanished at once', $headline);

        WordPress::run('Domain_Sync_For_RunCloud\\Sync\\Plan::approve();');
        for ($round = 0; $round < 4; $round++) {
            $this->network->runQueue();
            $this->network->letTimePass(61);
        }
        $this->assertPanelHolds($hosts);
    }

    public function testTheDailyCheckOfALongListTakesTwoRequestsWhileNothingChanged(): void
    {
        $this->fill(600);
        $this->read();
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        self::assertSame(['GET domains', 'GET domains'], $this->panel->requests());
        self::assertSame(['page=1', 'page=16'], $this->pages());
        self::assertSame([0], $this->progress('differs_at'));

        // Something was added behind our back: the whole list is read when its time has come.
        $this->panel->addDomain(['name' => 'late.example', 'id' => 90000]);
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(self::DAY);
        $this->network->runQueue();
        self::assertCount(2, $this->panel->requests());
        self::assertNotSame([0], $this->progress('differs_at'));
        self::assertStringContainsString('is not as it is known', $this->network->log());
        for ($day = 0; $day < 6; $day++) {
            $this->network->letTimePass(self::DAY);
            $this->network->runQueue();
        }
        self::assertSame([0], $this->progress('differs_at'));
    }

    public function testAWholeInventoryUsesNoMoreOfTheMonthThanItsShare(): void
    {
        $this->fill(600);
        // A tenth of 1,600 requests: ten inventories of 16 pages a month.
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("monthly_quota", 1600);');
        $this->read();
        $this->panel->simulator->clearHistory();
        for ($day = 0; $day < 30; $day++) {
            $this->network->letTimePass(self::DAY);
            $this->network->runQueue();
        }
        $whole = array_count_values($this->pages())['page=9'] ?? 0;
        self::assertSame(10, $whole);
    }

    public function testDomainsThatComeAndGoWhileItReadsAreNeitherLostNorTakenForGone(): void
    {
        $this->fill(200);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->forgetList();
        $this->panel->simulator->setState(['rate_limit_per_minute' => 22]);
        $this->network->runQueue();
        self::assertSame([true], $this->progress('is_reading'), 'The rate limit has stopped it');
        // One of the first page goes, so that another one slips from the next page to one that is read; and one is mapped.
        $this->loseAtRunCloud('their3.example');
        $this->network->map('new.customer.example');
        for ($minute = 0; $minute < 5; $minute++) {
            $this->network->letTimePass(61);
            $this->panel->simulator->setState(['rate_limit_per_minute' => 60]);
            $this->network->runQueue();
        }
        self::assertSame([false], $this->progress('is_reading'));
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
        $this->assertDomain('new.customer.example', ['remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
        self::assertSame(2, count(array_filter($this->panel->changes(), static fn (string $line): bool => $line === 'POST domains')));
    }

    private function read(): void
    {
        $this->network->forgetList();
        $this->network->runQueue();
    }

    /** @return list<mixed> */
    private function progress(string ...$names): array
    {
        $progress = WordPress::run('return Domain_Sync_For_RunCloud\\Panel\\Inventory::progress();');

        return array_map(static fn (string $name): mixed => $progress[$name], $names);
    }

    /** @return list<string> Pages that were asked for. */
    private function pages(): array
    {
        $pages = [];
        foreach ($this->panel->simulator->history() as $entry) {
            if (preg_match('~(?<=[?&])page=\d+~', '?' . $entry['query'], $found)) {
                $pages[] = $found[0];
            }
        }

        return $pages;
    }

    private function loseAtRunCloud(string ...$hosts): void
    {
        $domains = $this->panel->simulator->state()['domains'];
        $left = array_filter($domains, static fn (array $domain): bool => !in_array($domain['name'], $hosts, true));
        $this->panel->simulator->setState(['domains' => array_values($left)]);
    }

    private function fill(int $number): void
    {
        $domains = $this->panel->simulator->state()['domains'];
        foreach (range(1, $number) as $n) {
            $domains[] = ['id' => 19999 + $n, 'name' => "their{$n}.example", 'type' => 'alias', 'created_at' => '2024-01-02 03:04:05'] + $domains[0];
        }
        $this->panel->simulator->setState(['domains' => $domains]);
    }
}
