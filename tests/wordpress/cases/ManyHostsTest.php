<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * Many hosts together: none starves another, and work grows with their number and not faster.
 */
final class ManyHostsTest extends NetworkTestCase
{
    private const RUN = 'do_action("action_scheduler_run_queue", "WP Cron");';

    public function testFourHundredHostsThatAreDueAtOnceTakeAtMost25Jobs(): void
    {
        $this->map(400);
        $this->everyMinute(20);
        self::assertCount(400, $this->panel->hosts());
        self::assertLessThanOrEqual(25, $this->finishedJobs());
        self::assertCount(400, $this->panel->changes(), 'One request for each');
    }

    public function testADomainMappedBehindManyOthersIsAddedInTheNextRunAndTheOldestAlso(): void
    {
        $this->map(200);
        // They have waited for hours, the last one longest, and a run has time for a tenth of them.
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET due_at = due_at - INTERVAL 7200 + id SECOND WHERE due_at IS NOT NULL');
        $longest = Environment::get()->sql('SELECT host FROM wp_domain_sync_domains ORDER BY due_at LIMIT 1')[0]['host'];
        $this->network->map('new.customer.example');
        $this->panel->simulator->setState(['rate_limit_per_minute' => 20]);
        WordPress::run('do_action("domain_sync_run");', [], Support\Kind::Cli);
        $added = $this->panel->hosts();
        self::assertLessThan(30, count($added));
        self::assertContains('new.customer.example', $added);
        self::assertContains($longest, $added);
    }

    public function testHostsWhoseNameServersAreSlowLeaveTimeForTheStepsOfOthers(): void
    {
        WordPress::run('update_network_option(null, "test_looks", 1);');
        Environment::get()->sql(
            "INSERT INTO wp_domain_sync_domains (host, site_id, source, web_app, remote_id, remote_type, remote_state, owner, domain_status,
                domain_reason, certificate_status, certificate_reason, desired_since, details, look_at)
            SELECT CONCAT('slow', seq, '.example'), 1, 'record', 2001, seq, 'alias', 'present', 'ours', 'pending', 'mapped', 'pending',
                'waits-for-dns', '2026-01-01', '', '2026-01-01' FROM seq_1_to_200;
            INSERT INTO wp_wu_domain_mappings (blog_id, domain, active, stage) SELECT 1, host, 1, 'done' FROM wp_domain_sync_domains; SELECT 1"
        );
        $world = new World([], ['delay_ms' => 1000]);
        // Another plugin's job waits, so the run has seven seconds.
        $this->network->map('shop.customer.example');
        WordPress::run(
            'Domain_Sync_For_RunCloud\Network\Walk::go_on(time() + 60); as_enqueue_async_action("other_plugins_mail", [], "mail");
            do_action("domain_sync_run");',
            [],
            Support\Kind::Cli
        );
        $looked = Environment::get()->sql("SELECT COUNT(*) AS n FROM wp_domain_sync_domains WHERE look_at > '2026-01-02' AND hold = ''")[0]['n'];
        self::assertGreaterThanOrEqual(200, (int) $looked);
        self::assertSame(['shop.customer.example'], $this->panel->hosts());
        unset($world);
    }

    public function testSeveralProcessesUseAllThatRunCloudPermitsInAMinuteAndSeldomAskForMore(): void
    {
        $this->map(150);
        $used = [];
        $refused = 0;
        for ($minute = 0; $minute < 3; $minute++) {
            $this->panel->simulator->setState(['rate_limit_per_minute' => 60]);
            $this->panel->simulator->clearHistory();
            $processes = array_map(static fn () => WordPress::start('do_action("domain_sync_run"); return true;'), range(1, 4));
            array_map(static fn (Support\Process $process): bool => $process->answer(), $processes);
            $answers = array_count_values(array_column($this->panel->simulator->history(), 'status'));
            $refused += $answers[429] ?? 0;
            $used[] = array_sum($answers) - ($answers[429] ?? 0);
            $this->network->letTimePass(60);
        }
        self::assertCount(150, $this->panel->hosts());
        self::assertGreaterThanOrEqual(2 * 57, $used[0] + $used[1], '95 in 100 of two minutes: ' . json_encode($used));
        self::assertLessThanOrEqual(3, $refused);
    }

    public function testStatementsGrowWithTheNumberOfHostsAndNotFaster(): void
    {
        $counts = [];
        foreach ([10, 40] as $number) {
            $this->setUp();
            $this->map($number);
            $counts[$number] = $this->statements(self::RUN);
            self::assertCount($number, $this->panel->hosts());
        }
        $each = ($counts[40] - $counts[10]) / 30;
        // What follows an addition, settling the row, is in the same run.
        self::assertLessThanOrEqual(18, $each, json_encode($counts));
    }

    public function testAnEventAndItsEchoTakeAFewStatements(): void
    {
        $site = $this->network->newSite('shop');
        $this->network->runQueue();
        $added = $this->statements("wu_create_domain(['domain' => 'one.customer.example', 'blog_id' => {$site}, 'stage' => 'done']);");
        $echo = $this->statements(
            "do_action('action_scheduler_before_execute', 1, 'test'); do_action('wu_add_domain', 'one.customer.example', {$site});"
        );
        // Ultimate Multisite saves three records for one addition, and each save is a reason to look.
        self::assertLessThanOrEqual(37, $added);
        // Asked whether the host has a www, the real one reads its checkout forms once in each process.
        self::assertLessThanOrEqual(9, $echo);
    }

    public function testAMappingTakesOneJob(): void
    {
        $this->network->pointDns('one.customer.example');
        $this->network->map('one.customer.example');
        $this->network->runQueue();
        self::assertSame(['POST domains', 'PUT ssl/4001'], $this->panel->changes());
        self::assertSame(1, $this->finishedJobs());
    }

    public function testAQuietTurnOfTheQueueTakesAFewStatements(): void
    {
        $this->map(3);
        $this->network->runQueue();
        self::assertLessThanOrEqual(6, $this->statements('do_action("action_scheduler_before_process_queue");'));
        self::assertSame([], $this->network->jobs('domain_sync'));
    }

    public function testASiteThatGoesWithAHundredHostsTakesStatementsInProportion(): void
    {
        $counts = [];
        foreach ([10, 40] as $number) {
            $this->setUp();
            $site = $this->network->newSite('shop');
            $this->map($number, $site);
            $this->network->runQueue();
            $counts[$number] = $this->statements('require_once ABSPATH . "wp-admin/includes/ms.php"; wp_delete_site(' . $site . ');');
            self::assertSame([], array_filter($this->network->domains(), static fn (array $row): bool => $row['source'] !== ''), 'No row is wanted');
        }
        self::assertLessThanOrEqual(10, ($counts[40] - $counts[10]) / 30, json_encode($counts));
    }

    public function testHostsThatNeverResolveDoNotFillTheQueue(): void
    {
        $this->map(5);
        $this->network->runQueue();
        // Each minute for an hour, each five minutes for a day, then each hour; and a walk each hour.
        self::assertLessThanOrEqual(60 + 24 + 3, $this->everyMinute(180));
        $this->network->letTimePass(2 * 86400);
        self::assertLessThanOrEqual(3 * 2, $this->everyMinute(180));
        self::assertLessThanOrEqual(1, count($this->network->jobs('domain_sync')));
        self::assertSame(5, count($this->panel->changes()));
    }

    /**
     * A day takes about a quarter of a minute here, so it runs on demand.
     *
     * @group month
     */
    public function testAMonthOfMinutesWithHostsThatNeverResolveKeepsJobsBounded(): void
    {
        $days = (int) (getenv('RUNCLOUD_SOAK_DAYS') ?: 30);
        $this->map(5);
        $this->network->runQueue();
        // Each minute for an hour, each five minutes for a day, each hour from then on; and a walk each hour.
        $ran = $this->everyMinute($days * 1440);
        self::assertLessThanOrEqual(60 + 288 + 2 * 24 * $days + 10, $ran);
        self::assertLessThanOrEqual(1, count($this->network->jobs('domain_sync')));
        self::assertSame(5, count($this->panel->changes()));
    }

    public function testAHostWhoseCertificateCannotBeOrderedDoesNotKeepTheOthersFromTheirs(): void
    {
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => ['advancedSSL' => true, 'certificate' => null] + $ssl['2001']]]);
        $hosts = $this->map(4);
        $this->network->runQueue();
        $first = $this->panel->domain($hosts[0])['id'];
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['path' => "/domains/{$first}/ssl"]]);
        $this->network->pointDns(...$hosts);
        $this->everyMinute(3);
        foreach (array_slice($hosts, 1) as $host) {
            self::assertContains('POST domains/' . $this->panel->domain($host)['id'] . '/ssl', $this->panel->changes());
        }
        self::assertSame('panel-down', $this->network->domain($hosts[0])['certificate_reason']);
    }

    public function testInBasicModeANameThatRunCloudRefusesDoesNotKeepTheOthersFromTheirCertificate(): void
    {
        $hosts = $this->map(4);
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['method' => 'POST'], 'times' => 1]);
        $this->network->pointDns(...$hosts);
        $this->network->runQueue();
        $rows = array_map($this->network->domain(...), $hosts);
        self::assertCount(1, array_keys(array_column($rows, 'domain_reason'), 'panel-down', true));
        self::assertSame(['PUT ssl/4001'], array_values(preg_grep('~^PUT~', $this->panel->changes())));
        self::assertCount(3, array_filter(array_column($rows, 'ordered_at')), 'One order is for all that RunCloud has');
    }

    /** @return list<string> */
    private function map(int $number, int $site = 1): array
    {
        $hosts = array_map(static fn (int $n): string => sprintf('host%03d.customer.example', $n), range(1, $number));
        WordPress::run(
            'foreach ($hosts as $host) {
                wu_create_domain(["domain" => $host, "blog_id" => $site, "active" => true, "primary_domain" => false, "secure" => false,
                    "stage" => "done"]);
            }',
            ['hosts' => $hosts, 'site' => $site]
        );

        return $hosts;
    }

    /** Lets that many minutes pass, with a turn of the queue in each. How many runs there were. */
    private function everyMinute(int $minutes): int
    {
        return WordPress::run(
            '$runs = 0;
            add_action("domain_sync_run", function () use (&$runs) { $runs++; });
            for ($minute = 0; $minute < $minutes; $minute++) {
                test_clock_let_time_pass(60);
                function_exists("test_door_renew_queue") && test_door_renew_queue();
                do_action("action_scheduler_run_queue", "WP Cron");
                $GLOBALS["wpdb"]->queries = [];
            }
            return $runs;',
            ['minutes' => $minutes],
            Support\Kind::Cli
        );
    }

    /** How many statements the plugin makes, or has others make for it. Those that they make for themselves are not ours to bound. */
    private function statements(string $code): int
    {
        return WordPress::run(
            '$count = 0;
            add_filter("query", function ($query) use (&$count) {
                $count += (int) str_contains($GLOBALS["wpdb"]->get_caller(), "Domain_Sync_For_RunCloud");
                return $query;
            });
            eval($do);
            return $count;',
            ['do' => $code]
        );
    }

    private function finishedJobs(): int
    {
        $sql = "SELECT COUNT(*) AS n FROM wp_actionscheduler_actions WHERE hook = 'domain_sync_run' AND status = 'complete'";

        return (int) Environment::get()->sql($sql)[0]['n'];
    }
}
