<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * From right DNS to the order, and to the lock: our own looks find both.
 */
final class OrderTest extends NetworkTestCase
{
    private const HOST = 'shop.example';

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

    public function testAHostWhoseDnsIsRightFromTheStartIsOrderedInTheRunThatMadeItsAlias(): void
    {
        $this->serve(self::HOST);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertSame(['POST domains', 'PUT ssl/4001'], $this->panel->changes());
    }

    public function testAHostIsOrderedInTheFirstTurnAfterItsDnsIsRight(): void
    {
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => ['advancedSSL' => true, 'certificate' => null] + $ssl['2001']]]);
        $hosts = array_map(static fn (int $n): string => "shop{$n}.example", range(1, 60));
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        $this->minutes(2);
        self::assertSame([], preg_grep('~ssl~', $this->panel->changes()));
        foreach ([3, 20, 60] as $right) {
            $this->serve(...array_slice($hosts, 0, $right));
            $this->minutes(1);
            foreach (array_slice($hosts, 0, $right) as $host) {
                self::assertNotNull($this->network->domain($host)['ordered_at'], $host);
            }
        }
        self::assertCount(60, preg_grep('~^POST domains/.*ssl~', $this->panel->changes()));
    }

    public function testInBasicModeThoseThatBecomeRightTogetherShareAnOrder(): void
    {
        $hosts = array_map(static fn (int $n): string => "shop{$n}.example", range(1, 30));
        foreach ([[0, 3], [3, 10], [10, 30]] as [$from, $to]) {
            foreach (array_slice($hosts, $from, $to - $from) as $host) {
                $this->network->map($host);
            }
            $this->serve(...array_slice($hosts, 0, $to));
            $this->minutes(1);
            foreach (array_slice($hosts, 0, $to) as $host) {
                self::assertNotNull($this->network->domain($host)['ordered_at'], $host);
            }
        }
        self::assertCount(3, preg_grep('~^PUT ssl~', $this->panel->changes()));
    }

    public function testTheFirstHourIsLookedAtEachMinuteTheFirstDayEachFiveMinutesThenEachHour(): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        $waits = [];
        foreach ([0, 3500, 3700, 86000, 90000] as $age) {
            $this->network->letTimePass($age - array_sum($waits));
            $waits = [$age];
            $this->network->runQueue();
            $looks[] = strtotime($this->network->domain(self::HOST)['look_at']) - time();
        }
        foreach ([60, 60, 300, 300, 3600] as $n => $most) {
            self::assertLessThanOrEqual($most, $looks[$n]);
            self::assertGreaterThan($most - 61, $looks[$n]);
        }
    }

    public function testTheServedCertificateEndsTheWaitAndUltimateMultisiteIsTold(): void
    {
        $this->serve(self::HOST);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertSame(['pending', 'order-under-way'], $this->certificate());
        $this->world->change([self::HOST => World::HERE]);
        $this->minutes(1);
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
        $row = $this->network->domain(self::HOST);
        self::assertSame(['ready', 'served'], [$row['domain_status'], $row['domain_reason']]);
        self::assertContains('certificate-covers', $this->network->history(self::HOST));
        $stages = WordPress::run('return wu_get_domain_by_domain($host)->get_stage();', ['host' => self::HOST]);
        self::assertContains($stages, ['checking-ssl-cert', 'done']);
        $this->minutes(30);
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()), 'Nothing more is ordered');
    }

    public function testAHostThatUltimateMultisiteHasGivenUpIsTakenUpAgainWhenItsDnsComes(): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        WordPress::run('$domain = wu_get_domain_by_domain($host); $domain->set_stage("failed"); $domain->save();', ['host' => self::HOST]);
        $this->serve(self::HOST);
        $this->minutes(2);
        self::assertNotSame('failed', WordPress::run('return wu_get_domain_by_domain($host)->get_stage();', ['host' => self::HOST]));
    }

    public function testWhoHasADomainCheckedAgainGetsALookInTheNextTurnHoweverLongItHasWaited(): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        $this->network->letTimePass(90000);
        $this->network->runQueue();
        $this->minutes(1);
        $this->serve(self::HOST);
        $this->minutes(1);
        self::assertSame('dns-none', $this->network->domain(self::HOST)['domain_reason'], 'After a day there is a look each hour');
        $this->checkAgain();
        $this->network->runQueue();
        self::assertSame('ready', $this->network->domain(self::HOST)['domain_status']);
    }

    /** @return array<string, array{?string, array<string, mixed>}> What goes wrong with the order. */
    public static function ordersUnderWay(): array
    {
        return ['taken' => [null, []], 'its answer is lost' => ['drop_after', ['times' => 2, 'match' => ['method' => 'PUT']]]];
    }

    /** @dataProvider ordersUnderWay */
    public function testADomainThatIsCheckedAgainFiveTimesIsNotOrderedOnceMore(?string $fault, array $details): void
    {
        $this->serve(self::HOST);
        if ($fault !== null) {
            $this->panel->simulator->fault($fault, $details);
        }
        $this->network->map(self::HOST);
        $this->network->runQueue();
        $orders = fn (): int => count(array_keys($this->network->history(self::HOST), 'order', true));
        $ordered = $orders();
        self::assertGreaterThan(0, $ordered);
        for ($press = 0; $press < 5; $press++) {
            $this->checkAgain();
            $this->minutes(1);
        }
        self::assertSame($ordered, $orders());
        $this->world->change([self::HOST => World::HERE]);
        $this->checkAgain();
        $this->network->runQueue();
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
    }

    public function testARecordTypeThatCannotBeLookedUpDoesNotHideAnotherThatIsRight(): void
    {
        $this->serve(self::HOST, faults: [self::HOST . ' AAAA' => 'server-failure']);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->changes()), json_encode($this->network->domain(self::HOST)));
    }

    public function testAnOrderThatBringsNoCertificateIsRepeatedOnceAndThenNeedsSomebody(): void
    {
        $this->serve(self::HOST);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        for ($n = 0; $n < 8; $n++) {
            $this->network->letTimePass(660);
            $this->network->runQueue();
        }
        self::assertCount(2, preg_grep('~^PUT ssl~', $this->panel->changes()));
        self::assertSame(['action', 'order-failed'], $this->certificate());
    }

    public function testWithAThousandHostsWaitingEachIsOrderedInTheFirstTurnAfterItsDnsIsRight(): void
    {
        $state = $this->panel->simulator->state();
        $domains = $state['domains'];
        $records = $rows = [];
        for ($n = 1; $n <= 1000; $n++) {
            $domains[] = ['id' => 20000 + $n, 'name' => "shop{$n}.example", 'type' => 'alias'] + $domains[0];
            $records[] = "('shop{$n}.example', 1)";
            $rows[] = "('shop{$n}.example', 1, 'record', 'ours', 2001, 20000 + {$n}, 'alias', 'present', 'none', 'dns-none',
                UTC_TIMESTAMP() - INTERVAL 600 SECOND, UTC_TIMESTAMP() - INTERVAL 600 SECOND, UTC_TIMESTAMP())";
        }
        $ssl = ['2001' => ['advancedSSL' => true, 'certificate' => null] + $state['ssl']['2001']];
        $this->panel->simulator->setState(['domains' => $domains, 'ssl' => $ssl]);
        Environment::get()->sql(
            'INSERT INTO wp_wu_domain_mappings (domain, blog_id) VALUES ' . implode(',', $records) . ';
            INSERT INTO wp_domain_sync_domains (host, site_id, source, owner, web_app, remote_id, remote_type, remote_state, remote_redirection,
            domain_reason, domain_since, desired_since, look_at) VALUES ' . implode(',', $rows) . '; SELECT 1'
        );
        foreach ([20, 40] as $number) {
            $this->serve(...array_map(static fn (int $n): string => 'shop' . ($n * 23 % 1000 + 1) . '.example', range(1, $number)));
            $this->network->letTimePass(60);
            $this->network->runQueue();
            $ordered = Environment::get()->sql('SELECT COUNT(*) AS n FROM wp_domain_sync_domains WHERE ordered_at IS NOT NULL');
            self::assertSame((string) $number, $ordered[0]['n']);
        }
    }

    public function testDnsThatHangsLeavesTheQueueToOthersAndBlamesNobody(): void
    {
        if (Environment::get()->isReal()) {
            $this->markTestSkipped("Ultimate Multisite's own looks at DNS take the turn.");
        }
        $hosts = array_map(static fn (int $n): string => "shop{$n}.example", range(1, 20));
        $faults = [];
        foreach ($hosts as $host) {
            $this->network->map($host);
            foreach (['A', 'AAAA', 'NS', 'CNAME', 'CAA'] as $type) {
                $faults["{$host} {$type}"] = 'silence';
            }
        }
        $this->world->change(array_fill_keys($hosts, World::HERE), ['faults' => $faults]);
        WordPress::run('as_enqueue_async_action("other_plugins_mail", [], "mail");');
        WordPress::run('add_action("other_plugins_mail", fn() => true); do_action("action_scheduler_run_queue", "WP Cron");', [], Kind::Ajax);
        $mail = Environment::get()->sql("SELECT status FROM wp_actionscheduler_actions WHERE hook = 'other_plugins_mail'");
        self::assertSame('complete', $mail[0]['status'], 'It runs in the same turn');
        self::assertSame(['unknown'], array_values(array_unique(array_column($this->network->domains(), 'domain_status'))));
    }

    /** DNS of these hosts is right, and there is no certificate yet. */
    private function serve(string|array ...$hosts): void
    {
        $faults = (array) ($hosts['faults'] ?? []);
        unset($hosts['faults']);
        $more = ['certificates' => array_fill_keys($hosts, 'self-signed')] + ($faults === [] ? [] : ['faults' => $faults]);
        $this->world->change(array_fill_keys($hosts, World::HERE), $more);
    }

    /** @return array{string, string} */
    private function certificate(): array
    {
        $row = $this->network->domain(self::HOST);

        return [$row['certificate_status'], $row['certificate_reason']];
    }

    /** As Ultimate Multisite's page of a domain does it: the stage is set back, and its own check queued. */
    private function checkAgain(): void
    {
        WordPress::run(
            '$domain = wu_get_domain_by_domain($host); $domain->set_stage("checking-dns");
            wu_enqueue_async_action("wu_async_process_domain_stage", ["domain_id" => $domain->get_id()], "domain");
            $domain->save();',
            ['host' => self::HOST]
        );
    }

    private function minutes(int $minutes): void
    {
        for ($minute = 0; $minute < $minutes; $minute++) {
            $this->network->letTimePass(61);
            $this->network->runQueue();
        }
    }
}
