<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\Process;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The network changes its mind, or a second worker comes, while a request is on its way.
 */
final class InFlightTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';

    public function testAHostUnmappedWhileItIsBeingAddedEndsRemoved(): void
    {
        $this->network->map(self::SHOP);
        $worker = $this->startWorkerAndWaitForItsRequest('POST');
        $this->network->unmap(self::SHOP);
        $worker->answer();
        $this->network->settle();
        $this->assertPanelHolds([]);
        self::assertSame([], $this->network->domains());
    }

    public function testAHostMappedAgainWhileItIsBeingRemovedEndsMapped(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $worker = $this->startWorkerAndWaitForItsRequest('DELETE');
        $this->network->map(self::SHOP);
        $worker->answer();
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
    }

    public function testWhatFailedForAWishThatIsOverFailsNoMore(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->letTimePass(61);
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'DELETE'], 'times' => 1]);
        $worker = $this->startWorkerAndWaitForItsRequest('GET');
        $this->network->map(self::SHOP);
        $worker->answer();
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(
            self::SHOP,
            ['domain_status' => 'pending', 'domain_reason' => 'dns-none', 'failing_since' => null, 'attempts' => '0', 'due_at' => null]
        );
    }

    public function testAHostThatCameAndWentAndCameWhileItIsBeingAddedIsAddedOnce(): void
    {
        $this->network->map(self::SHOP);
        $worker = $this->startWorkerAndWaitForItsRequest('POST');
        $this->network->unmap(self::SHOP);
        $this->network->map(self::SHOP);
        $worker->answer();
        $this->network->settle();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertPanelHolds([self::SHOP]);
        $this->assertDomain(self::SHOP, ['source' => 'record', 'remote_state' => 'present', 'owner' => 'ours', 'due_at' => null]);
    }

    public function testTwoRunsDoNotShareAClaimThoughAPluginSeedsTheRandomNumbers(): void
    {
        $this->network->map(self::SHOP);
        $this->network->map('other.customer.example');
        $claims = WordPress::run(
            '$claims = [];
            for ($i = 0; $i < 2; $i++) {
                mt_srand(7);
                $rows = Domain_Sync_For_RunCloud\\Store\\Domains::claim_due(1, 60);
                $claims[] = $rows[0]->claim;
            }
            return $claims;'
        );
        self::assertCount(2, array_unique($claims));
    }

    public function testTwoWorkersDoNotCarryOutOneStep(): void
    {
        $this->network->map(self::SHOP);
        $this->panel->simulator->fault('slow', ['match' => ['method' => 'POST'], 'ms' => 500]);
        $workers = [];
        for ($i = 0; $i < 3; $i++) {
            $workers[] = WordPress::start('do_action("domain_sync_run");');
        }
        foreach ($workers as $worker) {
            $worker->answer();
        }
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertDomain(self::SHOP, ['remote_state' => 'present', 'claim' => '', 'due_at' => null]);
    }

    public function testOfRunsAtTheSameTimeOneTalksAndEachHostIsAddedOnce(): void
    {
        $hosts = [];
        for ($i = 1; $i <= 20; $i++) {
            $this->network->map($hosts[] = "shop{$i}.customer.example");
        }
        $workers = [];
        for ($i = 0; $i < 4; $i++) {
            $workers[] = WordPress::start('do_action("domain_sync_run");');
        }
        foreach ($workers as $worker) {
            $worker->answer();
        }
        self::assertCount(20, $this->panel->changes());
        $this->assertPanelHolds($hosts);
    }

    public function testAWorkerWithoutTheExtensionLeavesTheDomainsToOthers(): void
    {
        // A request that hands the run over would arrive at once; that is RunnerWithoutExtensionTest's.
        WordPress::run('update_network_option(null, "test_handovers_are_lost", 1);');
        $this->network->map(self::SHOP);
        $this->network->runQueue(Kind::Cli, ['extension' => false]);
        $this->assertDomain(
            self::SHOP,
            ['source' => 'record', 'domain_status' => 'pending', 'domain_reason' => 'waiting', 'remote_state' => 'unknown']
        );
        self::assertSame([], $this->panel->requests());
        $this->network->letTimePass(3700);
        $this->network->settle();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testTwoProcessesThatMapAndUnmapOneHostLeaveWhatTheNetworkHas(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        // Ultimate Multisite itself trips when a record goes away under its hands.
        $code = 'for ($i = 0; $i < 10; $i++) {
            try {
                $domain = wu_get_domain_by_domain($host);
                if ($domain) { $domain->delete(); } else {
                    wu_create_domain(["domain" => $host, "blog_id" => 1, "active" => true, "primary_domain" => false,
                        "secure" => false, "stage" => "checking-dns"]);
                }
            } catch (Error) {
            }
        }';
        $processes = [
            WordPress::start($code, ['host' => self::SHOP]),
            WordPress::start($code, ['host' => self::SHOP]),
            WordPress::start('do_action("action_scheduler_run_queue", "WP Cron");'),
        ];
        foreach ($processes as $process) {
            $process->answer();
        }
        $this->network->settle();
        $desired = WordPress::run('return (bool) wu_get_domain_by_domain($host);', ['host' => self::SHOP]);
        $this->assertPanelHolds($desired ? [self::SHOP] : []);
    }

    /** The queue runs in another process, and is held up where it sends this method. */
    private function startWorkerAndWaitForItsRequest(string $method): Process
    {
        $this->panel->simulator->fault('slow', ['match' => ['method' => $method], 'ms' => 1500, 'times' => 1]);
        $this->panel->simulator->clearHistory();
        $worker = WordPress::start('do_action("action_scheduler_run_queue", "WP Cron");');
        Deadline::poll(
            "the worker's {$method}",
            fn (): bool => (bool) preg_grep("~^{$method} ~", $this->panel->requests())
        );

        return $worker;
    }
}
