<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The network that existed before: what is to be done is planned, told and foretold, and done when the admin approves it.
 *
 * Fifty domains are mapped. Of these RunCloud has twenty (two of them with another "www."), three are in another web application, and one
 * lies below a wildcard. Five more are at RunCloud only.
 */
final class PlanTest extends NetworkTestCase
{
    public function testANetworkThatWasThereBeforeIsPlannedAndNothingIsDoneUnasked(): void
    {
        $this->comeToANetwork();
        self::assertSame([], $this->panel->changes());
        $plan = $this->plan();
        self::assertSame(
            [
                'add' => ['waits' => 29],
                'adopt' => ['waits' => 18],
                'covered' => ['waits' => 1],
                'differs' => ['waits' => 2],
                'leave' => ['stays' => 6],
            ],
            $plan['kinds']
        );
        self::assertSame([50, 20, 50], [$plan['mapped'], $plan['at_runcloud'], $plan['waits']]);
        self::assertSame('50 domains are mapped here; 20 of them are at RunCloud. Nothing was changed. Review the plan.', $plan['headline']);
        $notices = WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
        self::assertStringContainsString('50 domains are mapped here; 20 of them are at RunCloud. Nothing was changed.', $notices);

        // Days later it is still so.
        $this->network->letTimePass(90000);
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
    }

    public function testWhatTheInventoryFindsBeforeTheWalkComesToItWaitsAsWell(): void
    {
        $this->comeToANetwork(read: false);
        WordPress::run(
            'use Domain_Sync_For_RunCloud\\Panel\\{Inventory, Panel}; while (!Inventory::is_listed()) { Inventory::read_next_page(new Panel()); }'
        );
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        $kinds = array_intersect_key($this->plan()['kinds'], ['adopt' => 1, 'differs' => 1]);
        self::assertSame(['adopt' => ['waits' => 18], 'differs' => ['waits' => 2]], $kinds);
    }

    public function testWhatIsApprovedIsDoneAndNoMoreForNoMoreThanWasForetold(): void
    {
        $this->comeToANetwork();
        $foretold = $this->plan()['requests'];
        $before = $this->ids();
        self::assertSame(50, $this->approve());
        $this->untilApprovedIsDone();
        $this->assertEnd($before);
        self::assertLessThanOrEqual($foretold, count($this->panel->requests()) - 1, 'Beside the page of the inventory');
        self::assertSame(20, count(array_filter($this->network->domains(), static fn (array $row): bool => $row['owner'] === 'adopted')));
        self::assertSame('', $this->plan()['headline']);
    }

    public function testOneKindOrOneHostIsApprovedAndAnotherDeclined(): void
    {
        $this->comeToANetwork();
        self::assertSame(18, $this->approve('adopt'));
        self::assertSame(1, $this->approve('', ['new1.customer.example']));
        self::assertSame(2, WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::decline([], "differs");'));
        $this->untilApprovedIsDone();
        self::assertSame(['POST domains'], $this->panel->changes());
        self::assertSame(['declined' => 2], $this->plan()['kinds']['differs']);
        self::assertSame(['waits' => 28], $this->plan()['kinds']['add']);
        // What was declined can be approved after all.
        self::assertSame(2, $this->approve('differs'));
        $this->untilApprovedIsDone();
        self::assertTrue((bool) $this->panel->domain('www1.customer.example')['www']);
    }

    public function testStoppedItGoesOnWhenItIsApprovedAgain(): void
    {
        $this->comeToANetwork();
        $need = fn (): int => count(array_keys(array_column($this->network->domains(), 'domain_status'), 'action', true));
        $waiting = $need();
        $this->approve();
        self::assertSame($waiting - 50, $need(), 'What is approved needs nobody');
        $stopped = WordPress::run('return Domain_Sync_For_RunCloud\\Store\\Decisions::stop();');
        self::assertSame(50, $stopped);
        self::assertSame($waiting, $need());
        $this->network->runQueue();
        self::assertSame([], $this->panel->changes());
        self::assertSame(50, $this->plan()['waits']);
        $before = $this->ids();
        $this->approve();
        $this->untilApprovedIsDone();
        $this->assertEnd($before);
    }

    /** @return array<string, array{string}> */
    public static function callEdges(): array
    {
        return ['before the call' => ['domain_sync_before_call'], 'after the call' => ['domain_sync_after_call']];
    }

    /** @dataProvider callEdges */
    public function testAProcessThatIsKilledAtEachCallLosesAndDoublesNothing(string $edge): void
    {
        $this->comeToANetwork(small: true);
        $before = $this->ids();
        $this->approve();
        for ($kills = 0; $kills < 40 && $this->approved() > 0; $kills++) {
            try {
                // At another call each time: what ends five times in a row without an outcome is given up.
                $code = '$calls = 0;
                    add_action("' . $edge . '", function () use (&$calls) { ++$calls === ' . (2 + $kills % 4) . ' && posix_kill(getmypid(), 9); });'
                    . ' do_action("action_scheduler_run_queue", "WP Cron");';
                WordPress::run($code, [], Kind::Ajax);
            } catch (ProcessDied) {
            }
            $this->network->letTimePass(400);
        }
        self::assertGreaterThan(2, $kills);
        $this->untilApprovedIsDone();
        $this->assertEnd($before, small: true);
    }

    public function testOnABadDayAtRunCloudNothingIsLostOrDoubled(): void
    {
        $this->comeToANetwork(small: true);
        $before = $this->ids();
        $this->panel->unleash(11);
        $this->approve();
        for ($round = 0; $round < 12; $round++) {
            $this->network->runQueue();
            $this->network->letTimePass(600);
        }
        $this->panel->calm();
        $this->untilApprovedIsDone();
        $this->assertEnd($before, small: true);
    }

    public function testWhatIsLeftWhenItIsUnmappedIsToldAndWhatIsAdoptedIsRemoved(): void
    {
        $this->comeToANetwork();
        $this->approve('', ['there1.customer.example']);
        $this->untilApprovedIsDone();
        $this->network->unmap('there1.customer.example');
        $this->network->unmap('there2.customer.example');
        $this->network->unmap('new1.customer.example');
        $this->network->runRemovals();
        $hosts = $this->panel->hosts();
        self::assertNotContains('there1.customer.example', $hosts);
        self::assertContains('there2.customer.example', $hosts);
        self::assertContains('left', $this->network->history('there2.customer.example'));
        self::assertSame(['stays' => 7], $this->plan()['kinds']['leave']);
        self::assertArrayNotHasKey('new1.customer.example', $this->network->domains());
    }

    public function testWhatIsUnmappedBeforeTheListWasReadWaitsForItAndIsToldThen(): void
    {
        $this->comeToANetwork(read: false);
        $this->panel->simulator->fault('status', ['status' => 503]);
        $this->network->runQueue();
        $this->network->unmap('there2.customer.example');
        $this->network->runRemovals();
        self::assertArrayHasKey('there2.customer.example', $this->network->domains());
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(600);
        $this->network->runRemovals();
        $this->network->letTimePass(600);
        $this->network->runQueue();
        self::assertContains('left', $this->network->history('there2.customer.example'));
        self::assertContains('there2.customer.example', $this->panel->hosts());
    }

    /** @return array<string, mixed> */
    private function plan(): array
    {
        return WordPress::run(
            '$summary = Domain_Sync_For_RunCloud\\Sync\\Plan::summary();
            ksort($summary["kinds"]);
            return $summary + ["headline" => Domain_Sync_For_RunCloud\\Sync\\Plan::headline()];'
        );
    }

    private function approve(string $kind = '', array $hosts = []): int
    {
        return WordPress::run('return Domain_Sync_For_RunCloud\\Sync\\Plan::approve($hosts, $kind);', ['kind' => $kind, 'hosts' => $hosts]);
    }

    private function approved(): int
    {
        return WordPress::run('return Domain_Sync_For_RunCloud\\Store\\Decisions::count_approved();');
    }

    private function untilApprovedIsDone(): void
    {
        for ($round = 0; $round < 40; $round++) {
            $this->network->runQueue();
            if ($this->approved() === 0) {
                return;
            }
            $this->network->letTimePass(61);
        }
        self::fail(json_encode($this->network->domains()) . $this->network->log());
    }

    /** @return array<string, int> Ids of all domains of the web application, by name. */
    private function ids(): array
    {
        $ids = [];
        foreach ($this->panel->simulator->state()['domains'] as $domain) {
            $ids[$domain['name'] . '/' . $domain['webapp_id']] = $domain['id'];
        }

        return $ids;
    }

    /** @param array<string, int> $before What was there keeps its id; what is mapped is there once, but for what another web application has. */
    private function assertEnd(array $before, bool $small = false): void
    {
        $now = $this->ids();
        self::assertSame($before, array_intersect_key($now, $before), 'What was there before is there still');
        self::assertSame(count($now), count($this->panel->simulator->state()['domains']), 'Nothing is doubled');
        $new = array_map(static fn (int $n): string => "new{$n}.customer.example/2001", range(1, $small ? 3 : 26));
        sort($new);
        $added = array_keys(array_diff_key($now, $before));
        sort($added);
        self::assertSame($new, $added);
        self::assertTrue((bool) $this->panel->domain('www1.customer.example')['www']);
        self::assertSame('other-app', $this->network->domain('other1.customer.example')['domain_reason']);
        self::assertSame('wildcard-covered', $this->network->domain('sub.network.example')['domain_reason']);
    }

    /** The plugin comes to a network that has all this, and its credentials are right. */
    private function comeToANetwork(bool $small = false, bool $read = true): void
    {
        $there = $small ? 2 : 18;
        $names = [
            'there' => range(1, $there),
            'www' => $small ? [1] : [1, 2],
            'other' => $small ? [1] : [1, 2, 3],
            'new' => range(1, $small ? 3 : 26),
        ];
        $domains = $this->panel->simulator->state()['domains'];
        $id = 9000;
        $add = static function (string $name, int $app = 2001, bool $www = true) use (&$domains, &$id): void {
            $domains[] = ['name' => $name, 'id' => $id++, 'webapp_id' => $app, 'type' => 'alias', 'created_at' => '2024-01-02 03:04:05',
                'www' => $www, 'redirection' => $www ? 'non-www' : 'none'] + $domains[0];
        };
        foreach ($names['there'] as $n) {
            $add("there{$n}.customer.example");
        }
        foreach ($names['www'] as $n) {
            $add("www{$n}.customer.example", www: false);
        }
        foreach ($names['other'] as $n) {
            $add("other{$n}.customer.example", 2002);
        }
        foreach (range(1, 5) as $n) {
            $add("theirs{$n}.example");
        }
        $add('*.network.example', www: false);
        $apps = $this->panel->simulator->state()['webapps'];
        $this->panel->simulator->setState(['webapps' => [...$apps, ['id' => 2002, 'name' => 'other'] + $apps[0]], 'domains' => $domains]);

        $this->network->setSetting('auto_create_www_subdomain', 'always');
        $this->network->newSite('sub');
        $hosts = [];
        foreach ($names as $name => $numbers) {
            foreach ($numbers as $n) {
                $hosts[] = "{$name}{$n}.customer.example";
            }
        }
        WordPress::run(
            'foreach ($hosts as $host) {
                wu_create_domain(["domain" => $host, "blog_id" => 1, "active" => true, "primary_domain" => false, "secure" => false,
                    "stage" => "done"]);
            }
            global $wpdb;
            $wpdb->query("DELETE FROM wp_actionscheduler_actions");
            $wpdb->query("DELETE FROM wp_domain_sync_domains");
            $wpdb->query("DELETE FROM wp_domain_sync_events");
            $wpdb->query("DELETE FROM wp_sitemeta WHERE meta_key LIKE \'domain\\_sync%\'");
            wp_cache_flush();
            Domain_Sync_For_RunCloud\\Lifecycle::activate();',
            ['hosts' => $hosts]
        );
        $this->panel->simulator->clearHistory();
        if ($read) {
            $this->network->runQueue();
        }
    }
}
