<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The system's cron may have another PHP, without the extension: it does nothing at RunCloud and takes nothing away, and PHP-FPM does
 * the work.
 */
final class RunnerWithoutExtensionTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const STORE = 'store.customer.example';

    protected function setUp(): void
    {
        parent::setUp();
        @unlink($this->handoverFile());
        @unlink(Environment::get()->path('runcloud-by-wordpress.log'));
    }

    /** @dataProvider integrations */
    public function testAMappingMadeWithoutTheExtensionIsMappedByPhpFpm(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->mapHere(self::SHOP);
        self::assertSame([], $this->network->domains(), 'The form of a host is not known here');
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP]);
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertBuiltInIsSilent();
    }

    /** @dataProvider integrations */
    public function testADomainUnmappedWithoutTheExtensionIsRemovedByPhpFpm(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->here('wu_get_domain_by_domain($host)->delete();', ['host' => self::SHOP]);
        $this->runQueueHere();
        $this->awaitRow(self::SHOP, static fn (array $row): bool => $row['source'] === '');
        $this->network->letTimePass(61);
        $this->runQueueHere();
        $this->awaitPanel([]);
        $this->assertBuiltInIsSilent();
        self::assertSame([], $this->failedJobs(), 'A queued removal has its callback');
    }

    /** @dataProvider integrations */
    public function testAQueueWorkedWithoutTheExtensionEatsNoWorkAndTakesNothingAway(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->loseHandovers();
        $site = $this->network->newSite('one');
        foreach ([self::SHOP, self::STORE] as $host) {
            $this->network->map($host, $site);
        }
        for ($turn = 0; $turn < 3; $turn++) {
            $this->runQueueHere();
            $this->network->letTimePass(61);
        }
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->failedJobs());
        $this->assertBuiltInIsSilent();
        $this->network->runQueue();
        $this->assertPanelHolds([$this->network->host('one'), self::SHOP, self::STORE]);

        $this->panel->simulator->clearHistory();
        foreach ([self::SHOP, self::STORE] as $host) {
            $this->network->unmap($host);
        }
        for ($turn = 0; $turn < 3; $turn++) {
            $this->runQueueHere();
            $this->network->letTimePass(61);
        }
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->failedJobs());
        $this->assertBuiltInIsSilent();
        $this->network->runQueue();
        $this->assertPanelHolds([$this->network->host('one')]);
    }

    /** @dataProvider integrations */
    public function testTheBuiltInProviderStaysInChargeUntilThePluginWas(string $integrations): void
    {
        $this->withIntegrations($integrations);
        WordPress::run('delete_network_option(null, "domain_sync_in_charge");');
        self::assertSame([true], array_unique($this->areBuiltIn()), 'Never in charge');

        $this->network->map(self::SHOP);
        self::assertSame([false], array_unique($this->areBuiltIn()), 'In charge since PHP-FPM took in an event');
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP]);
        $this->assertBuiltInIsSilent();
    }

    public function testItAsksOnceAMinuteHoweverMuchThereIs(): void
    {
        $this->loseHandovers();
        for ($turn = 0; $turn < 4; $turn++) {
            $this->network->map("host{$turn}.customer.example");
            $this->runQueueHere();
            $this->here('do_action("domain_sync_run");');
        }
        self::assertCount(1, $this->handovers());
        $this->network->letTimePass(61);
        $this->runQueueHere();
        self::assertCount(2, $this->handovers());
    }

    public function testItDoesNotAskAgainInTheMinuteInWhichPhpFpmTookTheRequest(): void
    {
        $this->network->map(self::SHOP);
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP]);
        $this->network->map(self::STORE);
        $this->runQueueHere();
        self::assertCount(1, $this->handovers());
    }

    public function testItAsksNothingWhereThereIsNothingToDo(): void
    {
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        $this->runQueueHere();
        self::assertSame([], $this->handovers());
    }

    public function testItDoesNotAskForACopyOfTheNetworkNorWithoutCredentials(): void
    {
        $this->network->map(self::SHOP);
        $this->define(['WP_ENVIRONMENT_TYPE' => 'staging']);
        $this->runQueueHere();
        self::assertSame([], $this->handovers());
        $this->define(['WU_RUNCLOUD_APP_ID' => null]);
        $this->runQueueHere();
        self::assertSame([], $this->handovers());
    }

    public function testTheRequestCarriesNothingToDoAndWaitsForNoAnswer(): void
    {
        $request = $this->heldRequest();
        self::assertSame('http://' . Environment::get()->networkDomain() . '/wp-admin/admin-ajax.php', $request['url']);
        self::assertFalse($request['blocking']);
        self::assertSame(['action', 'at', 'token', 'signature'], array_keys($request['body']));
    }

    public function testTheAnswerComesBeforeTheWork(): void
    {
        $this->panel->simulator->fault('latency', ['ms' => 3000]);
        $request = $this->heldRequest();
        self::assertSame([202, ''], $this->post($request['body']));
        self::assertSame([], $this->panel->hosts(), 'The panel takes its time, the answer does not');
        $this->panel->simulator->clearFaults();
        $this->awaitPanel([self::SHOP]);
    }

    public function testTheRequestIsGoodForOneUse(): void
    {
        $body = $this->heldRequest()['body'];
        self::assertSame([202, ''], $this->post($body));
        self::assertSame([403, ''], $this->post($body));
    }

    public function testOfTwoRequestsAtOnceOneIsTaken(): void
    {
        $body = $this->heldRequest()['body'];
        $take = '$_POST = $body;
            add_filter("wp_doing_ajax", "__return_true");
            add_filter("wp_die_ajax_handler", fn() => function ($text, $title, $args) {
                throw new RuntimeException("answer " . $args["response"]);
            });
            try { Domain_Sync_For_RunCloud\Sync\Handover::receive(); } catch (RuntimeException $e) { return $e->getMessage(); }';
        $processes = [];
        for ($i = 0; $i < 4; $i++) {
            $processes[] = WordPress::start($take, ['body' => $body]);
        }
        $answers = array_count_values(array_map(static fn ($process): string => $process->answer(), $processes));
        ksort($answers);
        self::assertSame(['answer 202' => 1, 'answer 403' => 3], $answers);
    }

    public function testTheRequestIsRefusedAfterAMinute(): void
    {
        $body = $this->heldRequest()['body'];
        $this->network->letTimePass(61);
        $late = ['at' => (string) ($body['at'] - 61)] + $body;
        self::assertSame([403, ''], $this->post($late), 'With its time changed as well');
        $signature = WordPress::run(
            'return hash_hmac("sha256", "domain_sync_run 1 1 {$late["at"]} {$late["token"]}", wp_salt("auth"));',
            ['late' => $late]
        );
        self::assertSame([403, ''], $this->post(['signature' => $signature] + $late), 'Even signed it is too old');
        self::assertSame([], $this->panel->requests());
    }

    /** @return array<string, array{callable(array<string, string>): array<string, mixed>}> */
    public static function forgeries(): array
    {
        return [
            'another signature' => [static fn (array $body): array => ['signature' => str_repeat('0', 64)] + $body],
            'no signature' => [static fn (array $body): array => array_diff_key($body, ['signature' => 1])],
            'a list for a signature' => [static fn (array $body): array => ['signature' => [$body['signature']]] + $body],
            'another token' => [static fn (array $body): array => ['token' => str_repeat('0', 32)] + $body],
            'no token' => [static fn (array $body): array => ['token' => ''] + $body],
            'a later time' => [static fn (array $body): array => ['at' => (string) ($body['at'] + 1)] + $body],
            'only its name' => [static fn (array $body): array => ['action' => $body['action']]],
        ];
    }

    /** @dataProvider forgeries */
    public function testAForgedRequestIsRefusedAndAsksTheDatabaseNothing(callable $forge): void
    {
        $body = $this->heldRequest()['body'];
        $this->define(['SAVEQUERIES' => true]);
        [$status, $cost] = $this->cost('/wp-admin/admin-ajax.php', $forge($body));
        self::assertSame(403, $status);
        self::assertSame([], $cost['queries']);
        self::assertSame([], $this->panel->requests());
        self::assertSame([202, ''], $this->post($body), 'The real one is still good');
    }

    public function testARequestToAnotherSiteIsRefusedAndNotUsedUp(): void
    {
        $this->network->newSite('other');
        $body = $this->heldRequest()['body'];
        self::assertSame([403, ''], $this->post($body, $this->network->host('other')));
        self::assertSame([], $this->panel->requests());
        self::assertSame([202, ''], $this->post($body));
    }

    public function testItArrivesWhereTheMainSiteHasAMappedDomain(): void
    {
        WordPress::run(
            'wu_create_domain(["domain" => "www.main.example", "blog_id" => 1, "active" => true, "primary_domain" => true,
                "secure" => false, "stage" => "done"]);'
        );
        $this->network->map(self::SHOP);
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP, 'www.main.example']);
    }

    /** @return array<string, array{string}> */
    public static function latePages(): array
    {
        return ['a page of wp-admin' => ['/wp-admin/index.php'], 'wp-cron.php' => ['/wp-cron.php']];
    }

    /** @dataProvider latePages */
    public function testWhereItDoesNotArriveTheNextPageDoesTheRun(string $page): void
    {
        $admin = Browser::admin();
        $this->heldRequest();
        // The queue is not worked by these pages: what runs is ours.
        WordPress::run(
            'wp_clear_scheduled_hook("action_scheduler_run_queue", ["WP Cron"]);
            wp_schedule_event(time() + 3600, "every_minute", "action_scheduler_run_queue", ["WP Cron"]);'
        );
        self::assertFalse($this->takesLate(Kind::Cron), 'It may still arrive');
        $this->network->letTimePass(31);
        $admin->get('/wp-admin/admin-ajax.php?action=heartbeat');
        WordPress::request('/');
        self::assertTrue($this->isWaiting(), 'Neither ajax nor a visitor does it');
        self::assertSame(200, $admin->get($page)[0]);
        $this->awaitPanel([self::SHOP]);
        self::assertFalse($this->isWaiting());
    }

    public function testAPageOfAnotherSiteDoesNotDoTheRun(): void
    {
        $this->network->newSite('other');
        $this->heldRequest();
        $this->network->letTimePass(31);
        self::assertFalse($this->takesLate(Kind::Cron, $this->network->host('other')));
        self::assertTrue($this->isWaiting());
        self::assertTrue($this->takesLate(Kind::Cron));
        $this->awaitPanel([self::SHOP, $this->network->host('other')]);
    }

    public function testTheAdminIsToldForADayAndNoLonger(): void
    {
        self::assertStringNotContainsString('runs cron', $this->notices());
        $this->network->map(self::SHOP);
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP]);
        $notices = $this->notices();
        self::assertSame(1, substr_count($notices, 'The PHP that runs cron has not loaded the extension'), $notices);
        self::assertSame(1, substr_count($notices, 'domain-sync-for-runcloud-notice'));
        self::assertStringContainsString('pie install', $notices);
        self::assertStringNotContainsString('does not arrive', $notices);
        $this->network->letTimePass(86000);
        self::assertStringContainsString('runs cron', $this->notices());
        $this->network->letTimePass(500);
        self::assertStringNotContainsString('runs cron', $this->notices());
    }

    public function testTheAdminIsToldWhenTheRequestDoesNotArrive(): void
    {
        $this->loseHandovers();
        $this->network->map(self::SHOP);
        for ($turn = 0; $turn < 4; $turn++) {
            $this->runQueueHere();
            $this->network->letTimePass(61);
        }
        self::assertStringContainsString('does not arrive', $this->notices());
        self::assertSame(1, substr_count($this->network->log(), 'does not arrive'), $this->network->log());
        $this->findHandovers();
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP]);
        self::assertStringNotContainsString('does not arrive', $this->notices());
    }

    public function testTheLogSaysItOnceADayAndHoldsNoToken(): void
    {
        $this->loseHandovers();
        $this->network->map(self::SHOP);
        for ($turn = 0; $turn < 3; $turn++) {
            $this->runQueueHere();
            $this->network->letTimePass(61);
        }
        $logs = Environment::get()->logs();
        $log = $this->network->log() . file_get_contents("{$logs}/access.log") . @file_get_contents("{$logs}/debug.log");
        self::assertSame(1, substr_count($log, 'Runs are handed over'), $log);
        self::assertCount(3, $this->handovers());
        foreach ($this->handovers() as $request) {
            self::assertStringNotContainsString($request['body']['token'], $log);
            self::assertStringNotContainsString($request['body']['signature'], $log);
        }
    }

    public function testAnObjectCacheThatThePhpsDoNotShareHidesNothing(): void
    {
        $stale = 'wp_cache_set("1:notoptions", array_fill_keys(["domain_sync_walk", "domain_sync_handover"], true), "site-options");
            foreach (["domain_sync_walk", "domain_sync_handover"] as $name) { wp_cache_set("1:$name", [], "site-options"); } ';
        $this->network->runQueue();
        $this->mapHere(self::SHOP);
        self::assertTrue(WordPress::run($stale . 'return Domain_Sync_For_RunCloud\Network\Walk::is_due(time());'));
        $this->loseHandovers();
        $this->here($stale . 'do_action("action_scheduler_run_queue", "WP Cron");');
        self::assertCount(1, $this->handovers());
        self::assertNotNull(WordPress::run($stale . 'return Domain_Sync_For_RunCloud\Sync\Handover::condition(time());'));
        self::assertSame([202, ''], $this->post($this->handovers()[0]['body']));
        $this->awaitPanel([self::SHOP]);
    }

    public function testAnEventWhileTheWalkIsUnderWayAsksForAnotherWalk(): void
    {
        $this->network->runQueue();
        WordPress::run(
            'Domain_Sync_For_RunCloud\Network\Walk::ask();
            add_filter("query", function ($query) {
                static $is_first = true;
                if ($is_first && str_contains($query, "record.id >")) { $is_first = false; Domain_Sync_For_RunCloud\Network\Walk::ask(); }
                return $query;
            });
            Domain_Sync_For_RunCloud\Network\Walk::go_on(time() + 10);'
        );
        self::assertTrue(WordPress::run('return Domain_Sync_For_RunCloud\Network\Walk::is_due(time());'));
        $this->network->runQueue();
        self::assertFalse(WordPress::run('return Domain_Sync_For_RunCloud\Network\Walk::is_due(time());'));
    }

    public function testWhatCodeWantsOrWantsNoMoreIsKeptForPhpFpm(): void
    {
        $this->here('do_action("wu_add_domain", "Shop.Customer.example.", 1); do_action("wu_add_domain", $store, 1);', ['store' => self::STORE]);
        $this->runQueueHere();
        $this->awaitPanel([self::SHOP, self::STORE]);
        self::assertSame('code', $this->network->domain(self::SHOP)['source']);

        $this->here('do_action("wu_remove_domain", $store, 1); do_action("wu_add_domain", "umlaut-\u{fc}.example", 1);', ['store' => self::STORE]);
        $this->network->letTimePass(61);
        $this->runQueueHere();
        $this->awaitRow(self::STORE, static fn (array $row): bool => $row['source'] === '');
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP, 'xn--umlaut--t2a.example']);
    }

    public function testDnsThatUltimateMultisiteFindsHereIsHeard(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        self::assertNull($this->network->domain(self::SHOP)['dns_since']);
        $this->here('do_action("wu_domain_manager_dns_propagation_finished", wu_get_domain_by_domain($host));', ['host' => self::SHOP]);
        self::assertNotNull($this->network->domain(self::SHOP)['dns_since']);
    }

    public function testWhatOurLookFoundCountsForUltimateMultisiteHereAsWell(): void
    {
        $this->network->map(self::SHOP);
        $this->network->showDns(self::SHOP);
        $this->network->runQueue();
        $ask = 'return apply_filters("wu_domain_has_correct_dns", false, wu_get_domain_by_domain($host), []);';
        self::assertTrue($this->here($ask, ['host' => self::SHOP]));
        $this->network->map(self::STORE);
        self::assertFalse($this->here($ask, ['host' => self::STORE]));
    }

    public function testWithoutUltimateMultisiteAnotherPluginsQueueLeavesAllAsItIs(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->unmap(self::SHOP);
        $this->network->map(self::STORE);
        $this->network->letTimePass(61);
        $this->panel->simulator->clearHistory();
        $before = $this->network->domains();
        $this->switchUltimateMultisite('deactivate_plugins');
        $this->anotherPluginBringsTheQueue();
        try {
            foreach ([true, false] as $extension) {
                $ran = WordPress::start(
                    'as_enqueue_async_action("other_plugins_mail", [], "mail"); add_action("other_plugins_mail", fn() => $GLOBALS["mailed"] = true);
                    do_action("action_scheduler_run_queue", "WP Cron"); return [function_exists("WP_Ultimo"), $GLOBALS["mailed"] ?? false];',
                    [],
                    ['extension' => $extension]
                )->answer();
                self::assertSame([false, true], $ran);
            }
        } finally {
            unlink($this->queuePlugin());
        }
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->handovers());
        self::assertSame($before, $this->network->domains());
        self::assertSame([], $this->failedJobs(), 'What was queued for our callbacks has not failed');

        $this->switchUltimateMultisite('activate_plugin');
        $this->network->runQueue();
        $this->assertPanelHolds([self::STORE]);
    }

    /** @dataProvider integrations */
    public function testAVisitorsPageAndAnAjaxHitCostNoQueryAndFewFiles(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->define(['SAVEQUERIES' => true] + ($integrations === 'legacy' ? ['WU_DOUBLE_INTEGRATIONS' => 'legacy'] : []));
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        foreach (['/', '/wp-admin/admin-ajax.php?action=heartbeat', '/?s=nothing'] as $page) {
            [, $cost] = $this->cost($page);
            self::assertGreaterThan(0, $cost['all_queries'], 'Queries were counted');
            self::assertSame([], $cost['queries'], $page);
            self::assertContains('domain-sync-for-runcloud.php', $cost['files']);
            self::assertLessThanOrEqual(9, count($cost['files']), $page . ' loads ' . implode(', ', $cost['files']));
        }
    }

    /** Runs PHP on a command line without the extension. */
    private function here(string $code, array $arguments = []): mixed
    {
        return WordPress::start($code, $arguments, ['extension' => false])->answer();
    }

    private function mapHere(string $host): void
    {
        $this->here(
            '$domain = wu_create_domain(["domain" => $host, "blog_id" => 1, "active" => true, "primary_domain" => false,
                "secure" => false, "stage" => "checking-dns"]);
            if (is_wp_error($domain)) { throw new RuntimeException($domain->get_error_message()); }',
            ['host' => $host]
        );
    }

    /** The system's cron works the queue of the main site. */
    private function runQueueHere(): void
    {
        self::assertFalse($this->here('do_action("action_scheduler_run_queue", "WP Cron"); return extension_loaded("runcloud");'));
    }

    /** @param list<string> $hosts */
    private function awaitPanel(array $hosts): void
    {
        sort($hosts);
        Deadline::poll('RunCloud to hold ' . implode(', ', $hosts), fn (): bool => $this->panel->hosts() === $hosts);
    }

    private function awaitRow(string $host, callable $is): void
    {
        Deadline::poll("the row of {$host}", fn (): bool => $is($this->network->domain($host)));
    }

    private function loseHandovers(): void
    {
        WordPress::run('update_network_option(null, "test_handovers_are_lost", 1);');
    }

    private function findHandovers(): void
    {
        WordPress::run('delete_network_option(null, "test_handovers_are_lost");');
    }

    /** @return array{url: string, blocking: bool, body: array<string, string>} A request for SHOP's mapping, which did not arrive. */
    private function heldRequest(): array
    {
        $this->loseHandovers();
        $this->network->map(self::SHOP);
        $this->runQueueHere();

        return $this->handovers()[0];
    }

    /** Whether a request waits for somebody to take it. */
    private function isWaiting(): bool
    {
        $record = Environment::get()->sql("SELECT meta_value FROM wp_sitemeta WHERE meta_key = 'domain_sync_handover'")[0]['meta_value'];

        return unserialize($record)['token'] !== '';
    }

    /** Whether a process of that kind has taken the request when WordPress has been loaded. */
    private function takesLate(Kind $kind, ?string $host = null): bool
    {
        $code = 'return false !== has_action("shutdown", [Domain_Sync_For_RunCloud\Sync\Handover::class, "run"]);';

        return WordPress::run($code, [], $kind, ['host' => $host]);
    }

    /** @return list<array{url: string, blocking: bool, body: array<string, string>}> */
    private function handovers(): array
    {
        $lines = is_file($this->handoverFile()) ? file($this->handoverFile(), FILE_IGNORE_NEW_LINES) : [];

        return array_map(static fn (string $line): array => json_decode($line, true, 512, JSON_THROW_ON_ERROR), $lines);
    }

    private function handoverFile(): string
    {
        return Environment::get()->path('handovers.log');
    }

    /** @return array{int, string} Status and body. */
    private function post(array $body, ?string $host = null): array
    {
        return array_slice(WordPress::request('/wp-admin/admin-ajax.php', [], $host, http_build_query($body)), 0, 2);
    }

    /** @return array{int, array<string, mixed>} Status, and what the request took of the plugin. */
    private function cost(string $path, ?array $form = null): array
    {
        $id = bin2hex(random_bytes(8));
        [$status] = WordPress::request($path, ["X-Test-Cost: {$id}"], null, $form === null ? null : http_build_query($form));
        $file = Environment::get()->path("cost-{$id}.json");
        $cost = json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR);
        unlink($file);

        return [$status, $cost];
    }

    private function assertBuiltInIsSilent(): void
    {
        self::assertFalse(WordPress::run('return get_network_option(null, "wu_double_built_in_calls");'));
        self::assertFileDoesNotExist(Environment::get()->path('runcloud-by-wordpress.log'));
    }

    /** @return list<bool> For each event without the extension, whether the built-in provider listens; nobody else may. */
    private function areBuiltIn(): array
    {
        $are = [];
        foreach ($this->network->handlers(Kind::Cli, extension: false) as $hook => $classes) {
            self::assertCount(1, $classes, "{$hook} has " . implode(', ', $classes));
            $are[] = str_starts_with($classes[0], 'WP_Ultimo\\');
        }

        return $are;
    }

    /** @return list<string> Hooks of our jobs, and of events of Ultimate Multisite for us, that failed. */
    private function failedJobs(): array
    {
        $failed = Environment::get()->sql("SELECT hook FROM wp_actionscheduler_actions WHERE status = 'failed' ORDER BY action_id");

        return array_values(preg_grep('~^wu_(add|remove)_|^domain_sync~', array_column($failed, 'hook')));
    }

    private function notices(): string
    {
        return WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
    }

    private function switchUltimateMultisite(string $function): void
    {
        $arguments = $function === 'activate_plugin' ? '"", true' : 'false, true';
        $code = "require_once ABSPATH . 'wp-admin/includes/plugin.php'; {$function}('ultimate-multisite/ultimate-multisite.php', {$arguments});";
        WordPress::run($code, [], Kind::Ajax, ['user' => WordPress::ADMIN]);
    }

    private function anotherPluginBringsTheQueue(): void
    {
        $queue = Environment::get()->isReal() ? 'vendor/woocommerce/action-scheduler/action-scheduler.php' : 'queue/load.php';
        file_put_contents($this->queuePlugin(), "<?php require_once WP_CONTENT_DIR . '/plugins/ultimate-multisite/{$queue}';");
    }

    private function queuePlugin(): string
    {
        return Environment::get()->site() . '/wp-content/mu-plugins/test-another-queue.php';
    }
}
