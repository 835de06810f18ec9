<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\Worker;
use RunCloud\Test\WordPress\Support\World;

/**
 * Others can listen: each action fires once for each change, whoever else is at work, and never without one.
 */
final class ActionsTest extends NetworkTestCase
{
    private const SHOP = 'shop.example';

    private const LISTEN = 'foreach (["condition_changed", "needs_action", "domain_ready", "certificate_ready", "inventory_finished"] as $name) {
            add_action("domain_sync_$name", function (...$data) use ($name) { $GLOBALS["fired"][] = implode(" ", [$name, ...$data]); }, 10, 4);
        }
        ';
    private const RUN = self::LISTEN . 'do_action("action_scheduler_run_queue", "WP Cron"); return $GLOBALS["fired"] ?? [];';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    public function testTheLifeOfADomainIsToldChangeByChange(): void
    {
        self::assertSame(['condition_changed shop.example domain  waiting'], $this->while(fn () => $this->map(self::SHOP)));
        self::assertSame(
            ['condition_changed shop.example domain waiting mapped', 'condition_changed shop.example domain mapped dns-none',
                'condition_changed shop.example certificate  waits-for-dns'],
            $this->queue()
        );
        self::assertSame([], $this->minute(), 'Nothing is new');
        $self = [self::SHOP => 'self-signed'];
        $this->world->change([self::SHOP => World::HERE], ['certificates' => $self]);
        self::assertSame(
            ['condition_changed shop.example domain dns-none served',
                'condition_changed shop.example certificate waits-for-dns certificate-self-signed',
                'domain_ready shop.example', 'condition_changed shop.example certificate certificate-self-signed order-under-way'],
            $this->minute()
        );
        self::assertSame([], $this->minute(), 'The order is under way');
        $this->world->change([self::SHOP => World::HERE]);
        self::assertSame(
            ['condition_changed shop.example certificate order-under-way certificate-covers', 'certificate_ready shop.example'],
            $this->minute()
        );
        self::assertSame([], $this->minute());
        $unmap = 'wu_get_domain_by_domain("shop.example")->delete();';
        self::assertSame(['condition_changed shop.example domain served removal-waits'], $this->while($unmap));
        $this->network->letTimePass(61);
        $removed = $this->queue();
        self::assertSame('condition_changed shop.example domain removal-waits removed', end($removed));
        self::assertCount(count($removed), array_unique($removed));
    }

    public function testThatSomebodyIsNeededIsToldOnceForAsLongAsItLasts(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'POST']]);
        $this->while(fn () => $this->map(self::SHOP));
        self::assertSame(['condition_changed shop.example domain waiting refused', 'needs_action shop.example refused'], $this->queue());
        WordPress::run('Domain_Sync_For_RunCloud\Store\Domain_List::retry(["shop.example"]);');
        self::assertSame([], $this->queue(), 'It is refused again');
        $this->panel->simulator->clearFaults();
        WordPress::run('Domain_Sync_For_RunCloud\Store\Domain_List::retry(["shop.example"]);');
        self::assertContains('condition_changed shop.example domain refused mapped', $this->queue());
    }

    public function testAHostThatWaitsForTheAdminFromTheStartNeedsAction(): void
    {
        $fired = WordPress::run(self::LISTEN . 'for ($i = 0; $i < 2; $i++) {
            Domain_Sync_For_RunCloud\Network\Desired::refresh_many(["two.network.example"], "existing");
        } return $GLOBALS["fired"] ?? [];');
        self::assertSame([], $fired, 'The network does not have it');
        $this->network->newSite('two');
        Environment::get()->sql('DELETE FROM wp_domain_sync_domains');
        $fired = WordPress::run(self::LISTEN . 'for ($i = 0; $i < 2; $i++) {
            Domain_Sync_For_RunCloud\Network\Desired::refresh_many(["two.network.example"], "existing");
        } return $GLOBALS["fired"] ?? [];');
        self::assertSame(['condition_changed two.network.example domain  existing', 'needs_action two.network.example existing'], $fired);
    }

    public function testTheEndOfAnInventoryIsToldOnceWithWhatHasVanished(): void
    {
        $hosts = array_map(static fn (int $n): string => "host{$n}.example", range(1, 11));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        $domains = $this->panel->simulator->state()['domains'];
        $primary = array_filter($domains, static fn (array $domain): bool => !in_array($domain['name'], $hosts, true));
        $this->panel->simulator->setState(['domains' => array_values($primary)]);
        $this->network->letTimePass(2);
        $this->network->forgetList();
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Inventory::ask();');
        $fired = $this->queue();
        self::assertSame(['inventory_finished 1 11'], array_values(preg_grep('~^inventory~', $fired)));
        self::assertCount(11, preg_grep('~^needs_action host\d+\.example mass-removal$~', $fired));
        self::assertCount(11, preg_grep('~^condition_changed host\d+\.example domain \S+ mass-removal$~', $fired));
        self::assertSame([], preg_grep('~mass-removal|inventory~', $this->minute()));
    }

    public function testAnOrderForAllIsToldOfAll(): void
    {
        $hosts = ['one.example', 'two.example', 'three.example'];
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        $self = array_fill_keys($hosts, 'self-signed');
        $this->world->change(array_fill_keys($hosts, World::HERE), ['certificates' => $self]);
        $fired = $this->minute();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()));
        foreach ($hosts as $host) {
            self::assertCount(1, array_keys($fired, "condition_changed {$host} certificate certificate-self-signed order-under-way", true), $host);
        }
    }

    public function testTwoProcessesThatLookAtTheSameTimeTellOnce(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->world->change([self::SHOP => World::HERE]);
        $look = self::LISTEN . 'Domain_Sync_For_RunCloud\Serving\Looks::take(new Domain_Sync_For_RunCloud\Panel\Web_App(), time() + 20);
            return $GLOBALS["fired"] ?? [];';
        $gate = Environment::get()->path('gate');
        array_map('unlink', glob("{$gate}*"));
        $workers = [new Worker(), new Worker()];
        $this->network->letTimePass(61);
        foreach ($workers as $n => $worker) {
            $worker->start(
                'add_filter("query", function ($sql) use ($gate, $n) {
                    if (str_contains($sql, "SET look_at = IF( suspended")) {
                        // Both have read the row before either takes it, and the second writes in a second of its own.
                        touch("$gate.$n");
                        for ($end = time() + 20; time() < $end && !(is_file("$gate.0") && is_file("$gate.1")); clearstatcache()) { usleep(500); }
                        usleep($n * 1200000);
                    }
                    return $sql;
                });' . $look,
                ['gate' => $gate, 'n' => $n]
            );
        }
        $fired = array_merge(...array_map(static fn (Worker $worker): array => $worker->answer(), $workers));
        sort($fired);
        self::assertSame(
            ['certificate_ready shop.example', 'condition_changed shop.example certificate waits-for-dns certificate-covers',
                'condition_changed shop.example domain dns-none served', 'domain_ready shop.example'],
            $fired
        );
    }

    public function testAListenerThatThrowsStopsNothing(): void
    {
        $this->network->map(self::SHOP);
        $this->world->change([self::SHOP => World::HERE]);
        WordPress::run('foreach (["condition_changed", "needs_action", "domain_ready", "certificate_ready"] as $name) {
                add_action("domain_sync_$name", function () { throw new LogicException("a listener"); });
            }
            do_action("action_scheduler_run_queue", "WP Cron");');
        $row = $this->network->domain(self::SHOP);
        self::assertSame(['served', 'certificate-covers'], [$row['domain_reason'], $row['certificate_reason']]);
    }

    private function map(string $host): string
    {
        return 'wu_create_domain(["domain" => "' . $host . '", "blog_id" => 1, "active" => true, "primary_domain" => false, "secure" => false,
            "stage" => "done"]);';
    }

    /** @return list<string> What fires meanwhile. */
    private function while(string|callable $code): array
    {
        return WordPress::run(self::LISTEN . (is_string($code) ? $code : $code()) . ' return $GLOBALS["fired"] ?? [];');
    }

    /** @return list<string> What fires in a turn of the queue. */
    private function queue(): array
    {
        return WordPress::run(self::RUN);
    }

    /** @return list<string> What fires in the turn of the queue a minute later. */
    private function minute(): array
    {
        $this->network->letTimePass(61);

        return $this->queue();
    }
}
