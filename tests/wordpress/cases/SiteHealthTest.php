<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\Markers;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Site Health: each test in its bad and its good state, who sees them, and what they give away.
 */
final class SiteHealthTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const DIRECT = ['extension', 'runners', 'php', 'roots', 'constants', 'stored', 'copy', 'queue', 'domains', 'names'];
    private const NONE = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null];
    private const INTRODUCTION = ['GET ping', 'GET servers/1001', 'GET ', 'GET ssl/advanced'];

    /** @return array<string, array{string}> */
    public static function direct(): array
    {
        return array_combine(self::DIRECT, array_map(static fn (string $test): array => [$test], self::DIRECT));
    }

    /** @dataProvider direct */
    public function testATestThatPassesSaysSoAndSendsNothing(string $test): void
    {
        $this->makeAllWell();
        $result = $this->resultOf($test, $test === 'php' ? '"8.4.1", strtotime("2026-11-26")' : '');
        self::assertSame('good', $result['status'], $result['text']);
        self::assertSame('', $result['actions']);
        self::assertSame([], $this->panel->requests());
    }

    public function testWithoutTheExtensionItSaysHowToInstallIt(): void
    {
        $result = $this->resultOf('extension', '', Kind::Cli, ['extension' => false]);
        $this->assertBad('critical', 'is not loaded', 'pie install', $result);
    }

    public function testAPhpOfCronWithoutTheExtensionIsNamed(): void
    {
        $record = ['token' => '', 'at' => time() - 60, 'php' => 'cli, /etc/php/8.2/cli/php.ini', 'missed' => 0];
        $this->setOption('domain_sync_handover', $record);
        $this->assertBad('recommended', '/etc/php/8.2/cli/php.ini', 'Install the extension there as well', $this->resultOf('runners'));
        $this->setOption('domain_sync_handover', ['missed' => 3] + $record);
        $this->assertBad('critical', 'do not arrive', '/wp-admin/admin-ajax.php', $this->resultOf('runners'));
    }

    public function testAPhpThatGetsNoUpdatesIsOldAndOneThatSoonGetsNoneIsNearlySo(): void
    {
        foreach (['2027-01-02' => 'critical', '2026-11-26' => 'recommended'] as $day => $status) {
            $this->assertBad($status, 'version 8.2 on 2026-12-31', 'newer PHP', $this->resultOf('php', "'8.2.29', strtotime('{$day}')"));
        }
        self::assertSame('good', $this->resultOf('php', '"8.2.29", strtotime("2026-09-01")')['status']);
        self::assertSame('good', $this->resultOf('php', '"8.9.0", strtotime("2031-01-01")')['status'], 'One that this plugin does not know');
    }

    public function testWithoutCertificatesToTrustItSaysWhatToInstall(): void
    {
        $this->assertBad('critical', 'names /nowhere.pem', 'runcloud.ca_file', $this->resultOf('roots', '"/nowhere.pem"'));
        $none = $this->resultOf('roots', '"", ["/nowhere", "/nowhere/else"]');
        $this->assertBad('critical', 'no certificates of authorities', 'ca-certificates', $none);
    }

    public function testWhatIsNotSetIsNamed(): void
    {
        $this->define(['WU_RUNCLOUD_APP_ID' => null]);
        $this->assertBad('critical', 'WU_RUNCLOUD_APP_ID', 'wp-config.php', $this->resultOf('constants'));
        $this->define([]);
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", []);');
        $this->assertBad('recommended', 'nothing is done', 'Switch it on', $this->resultOf('constants'));
    }

    public function testStoredValuesThatNobodyCanReadAnyMoreAreNamed(): void
    {
        $this->withIntegrations('registry');
        $stored = ['WU_RUNCLOUD_API_TOKEN' => Markers::TOKEN, 'WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001'];
        WordPress::run(
            'WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")->save_credentials($stored);',
            ['stored' => $stored]
        );
        self::assertSame('good', $this->resultOf('stored')['status']);
        $this->define(['AUTH_SALT' => 'another salt']);
        $step = 'Enter them in the wizard again';
        $this->assertBad('recommended', 'WU_RUNCLOUD_API_TOKEN', $step, $this->resultOf('stored'), 'Constants are set as well');
        $this->define(self::NONE + ['AUTH_SALT' => 'another salt']);
        $this->assertBad('critical', 'salts in wp-config.php were changed', $step, $this->resultOf('stored'));
    }

    public function testACopyOfTheNetworkSaysThatItSendsNothing(): void
    {
        $this->define(['WP_ENVIRONMENT_TYPE' => 'staging']);
        $this->assertBad('recommended', 'Nothing is sent to RunCloud from here', '', $this->resultOf('copy'));
        $this->define([]);
        $this->setOption('domain_sync_network', md5('production.example'));
        $this->assertBad('critical', 'Nothing is sent to RunCloud from here', '', $this->resultOf('copy'));
    }

    public function testACronThatDoesNotRunIsSaidWithTheLineThatWouldRunIt(): void
    {
        $this->makeAllWell();
        WordPress::run('wp_schedule_single_event(time() - 1000, "something");');
        $this->assertBad('critical', 'for 16 minutes', 'wp-cron.php', $this->resultOf('queue'));
    }

    public function testAQueueThatIsStuckIsSaid(): void
    {
        $this->makeAllWell();
        $this->network->map(self::SHOP);
        self::assertSame('good', $this->resultOf('queue')['status']);
        $this->network->letTimePass(1000);
        WordPress::run('_set_cron_array([]);');
        $this->assertBad('critical', 'Cron runs, but', 'Scheduled Actions', $this->resultOf('queue'));
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        WordPress::run('_set_cron_array([]);');
        $this->assertBad('critical', 'Cron runs, but', 'Scheduled Actions', $this->resultOf('queue'), 'A row that is due, without a job');
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET due_at = NULL, look_at = NULL');
        self::assertSame('good', $this->resultOf('queue')['status']);
    }

    public function testDomainsThatNeedSomebodyAreCountedAndNotNamed(): void
    {
        $this->network->map(self::SHOP);
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET domain_status = "action", domain_reason = "refused"');
        $result = $this->resultOf('domains');
        $this->assertBad('recommended', 'only you can decide', '1 domain needs somebody', $result);
        self::assertStringContainsString('page=domain-sync', $result['actions']);
        self::assertStringNotContainsString(self::SHOP, json_encode($result));
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET domain_status = "ready", certificate_status = "action"');
        $this->assertBad('recommended', 'only you can decide', '1 certificate needs somebody', $this->resultOf('domains'));
    }

    public function testACertificateThatIsNearlyFullIsSaidBeforeItIsFull(): void
    {
        WordPress::run('(new Domain_Sync_For_RunCloud\Panel\Web_App())->keep_ssl("basic", 1);');
        foreach ([90 => 'recommended', 100 => 'critical'] as $names => $status) {
            Environment::get()->sql(
                "DELETE FROM wp_domain_sync_domains; INSERT INTO wp_domain_sync_domains (host, source, web_app, remote_state)
                    SELECT CONCAT('host', seq, '.example'), 'record', 2001, 'present' FROM seq_1_to_{$names}; SELECT 1"
            );
            $this->assertBad($status, "is to hold {$names} of at most 100", 'advanced SSL', $this->resultOf('names'));
        }
    }

    public function testRunCloudIsAskedOnceAnHour(): void
    {
        $this->makeAllWell();
        self::assertSame('good', $this->request('connection')['status']);
        self::assertSame('good', $this->request('connection')['status']);
        self::assertSame(self::INTRODUCTION, $this->panel->requests());
        $this->network->letTimePass(3601);
        $this->panel->simulator->fault('status', ['status' => 401]);
        $this->assertBad('critical', 'does not accept the token', 'Test connection', $this->request('connection'));
        $this->panel->simulator->clearFaults();
        self::assertSame('critical', $this->request('connection')['status'], 'Everything is blocked for a while');
        self::assertCount(5, $this->panel->requests());
        Browser::admin()->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']);
        self::assertSame('good', $this->request('connection')['status'], 'Somebody tested it meanwhile');
    }

    public function testWrongIdsAreSaid(): void
    {
        $this->makeAllWell();
        $this->panel->simulator->fault('status', ['status' => 404]);
        $this->assertBad('critical', 'no such server or web application', 'Correct the ids', $this->request('connection'));
    }

    public function testAWebApplicationElsewhereIsAnothers(): void
    {
        $this->makeAllWell('/home/somebody/webapps/other');
        $this->assertBad('critical', 'not in its folder', 'WU_RUNCLOUD_APP_ID', $this->request('connection'));
        $kept = Environment::get()->sql('SELECT meta_value FROM wp_sitemeta WHERE meta_key = "domain_sync_connection"')[0]['meta_value'];
        self::assertStringNotContainsString('somebody', $kept);
    }

    public function testRunCloudIsNotAskedWhileAnotherProcessTalksToIt(): void
    {
        $this->makeAllWell();
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Limits::take_lease("another");');
        $this->assertBad('recommended', 'Another process', '', $this->request('connection'));
        self::assertSame([], $this->panel->requests());
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Limits::end_lease("another");');
        self::assertSame('good', $this->request('connection')['status']);
        self::assertTrue(WordPress::run('return Domain_Sync_For_RunCloud\Panel\Limits::take_lease("another");'), 'The lease was given back');
    }

    public function testRunCloudIsNotAskedFromACopy(): void
    {
        $this->define(['WP_ENVIRONMENT_TYPE' => 'staging']);
        $this->assertBad('recommended', 'staging', '', $this->request('connection'));
        self::assertSame([], $this->panel->requests());
    }

    public function testALogThatIsGivenOutIsFoundByItsContentAndNotByItsStatus(): void
    {
        $unlink = 'array_map("unlink", glob(wp_upload_dir(null, false)["basedir"] . "/wu-logs/*.log"));';
        self::assertSame('good', $this->request('logs', $unlink)['status']);
        WordPress::run('wu_log_add("integration-runcloud", "shop.customer.example: served");');
        $this->assertBad('recommended', 'could not ask itself', 'wu-logs', $this->request('logs'), 'The tests have no network');
        $answer = static fn (string $body, int $status): string => 'add_filter("pre_http_request", static function ($a, $b, $url) {
            $file = wp_upload_dir(null, false)["basedir"] . "/wu-logs/" . basename($url);
            return ["response" => ["code" => ' . $status . '], "headers" => [], "body" => ' . $body . '];
        }, 99, 3);';
        $result = $this->request('logs', $answer('substr(file_get_contents($file), 0, 64)', 200));
        $this->assertBad('recommended', 'Anybody who guesses', 'location ^~ /wp-content/uploads/wu-logs/', $result);
        self::assertStringNotContainsString('served', json_encode($result));
        self::assertSame('good', $this->request('logs', $answer('"Forbidden"', 403))['status']);
        self::assertSame('good', $this->request('logs', $answer('"<html>A page of the network for whatever is not there</html>"', 200))['status']);
        self::assertSame('good', $this->request('logs', $answer('""', 200))['status']);
    }

    public function testOnlyAdminsOfTheNetworkSeeTheTestsAndOnTheMainSiteOnly(): void
    {
        $site = $this->network->newSite('sub');
        $owner = WordPress::run(
            '$user = wpmu_create_user("owner", "password", "owner@network.example"); add_user_to_blog(1, $user, "administrator"); return $user;'
        );
        $names = fn (int $user, ?string $host = null, Kind $kind = Kind::FrontEnd): array => WordPress::run(
            '$tests = apply_filters("site_status_tests", ["direct" => [], "async" => []]);
            return [array_keys($tests["direct"]), array_keys($tests["async"]), array_keys(apply_filters("debug_information", []))];',
            [],
            $kind,
            ['user' => $user] + ($host === null ? [] : ['host' => $host])
        );
        $direct = preg_filter('~^~', 'domain_sync_', self::DIRECT);
        self::assertSame([$direct, ['domain_sync_connection', 'domain_sync_logs'], ['domain-sync-for-runcloud']], $names(WordPress::ADMIN));
        self::assertSame([[], [], []], $names(WordPress::ADMIN, $this->network->host('sub')));
        self::assertSame([[], [], []], $names($owner));
        self::assertSame([[], [], []], $names(0));
        self::assertSame([$direct, [], []], $names(0, null, Kind::Cron), 'The weekly count sends nothing');
    }

    /** @return array<string, array{callable(): Browser}> */
    public static function strangers(): array
    {
        return [
            'a visitor' => [Browser::visitor(...)],
            'a subscriber' => [Browser::subscriber(...)],
            'an admin of a site' => [Browser::siteAdmin(...)],
        ];
    }

    /**
     * @dataProvider strangers
     * @param callable(): Browser $stranger
     */
    public function testAStrangerGetsNoAnswerAndHasNothingSent(callable $stranger): void
    {
        $this->makeAllWell();
        $browser = $stranger();
        foreach (['connection', 'logs'] as $test) {
            $fields = ['action' => "health-check-domain-sync-{$test}", '_wpnonce' => $browser->nonce('health-check-site-status')];
            [$status, $body] = $browser->post('/wp-admin/admin-ajax.php', $fields);
            self::assertContains($status, [400, 403]);
            self::assertStringNotContainsString('label', $body);
        }
        self::assertSame([], $this->panel->requests());
    }

    public function testAnAdminNeedsTheNonceOfThePage(): void
    {
        $this->makeAllWell();
        $admin = Browser::admin();
        $fields = ['action' => 'health-check-domain-sync-connection'];
        foreach ([[], ['_wpnonce' => 'abcdef0123'], ['_wpnonce' => $admin->nonce('another')]] as $wrong) {
            self::assertSame(403, $admin->post('/wp-admin/admin-ajax.php', $fields + $wrong)[0]);
        }
        self::assertSame([], $this->panel->requests());
        [, $body] = $admin->post('/wp-admin/admin-ajax.php', $fields + ['_wpnonce' => $admin->nonce('health-check-site-status')]);
        self::assertSame('good', json_decode($body, true)['data']['status']);
    }

    public function testWhatIsToBeCopiedHoldsNoSecretNoHostAndNoWholeId(): void
    {
        $this->define(['WU_RUNCLOUD_API_TOKEN' => Markers::TOKEN, 'WU_RUNCLOUD_SERVER_ID' => 1234567, 'WU_RUNCLOUD_APP_ID' => 7654321]);
        $this->network->map(self::SHOP);
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET domain_status = "action", domain_reason = "refused"');
        $fields = WordPress::run(
            'return apply_filters("debug_information", [])["domain-sync-for-runcloud"]["fields"];',
            [],
            Kind::FrontEnd,
            ['user' => WordPress::ADMIN]
        );
        $text = json_encode($fields, JSON_UNESCAPED_UNICODE);
        self::assertSame([], Markers::in($text));
        foreach ([self::SHOP, '1234567', '7654321'] as $secret) {
            self::assertStringNotContainsString($secret, $text);
        }
        self::assertSame(['…67', '…21', 'token'], [$fields['server']['value'], $fields['web_app']['value'], $fields['credentials']['value']]);
        self::assertStringContainsString('action 1', $fields['domains']['value']);
    }

    public function testTextsOfRunCloudAreNotHtml(): void
    {
        $this->makeAllWell();
        $this->panel->simulator->fault('status', ['status' => 403, 'body' => ['message' => '<script>alert(1)</script>']]);
        self::assertStringNotContainsString('<script', json_encode($this->request('connection'), JSON_UNESCAPED_SLASHES));
    }

    /** Cron has run, nothing is due, and the web application is where this WordPress is, or elsewhere. */
    private function makeAllWell(?string $folder = null): void
    {
        WordPress::run('_set_cron_array([]);');
        Environment::get()->sql('DELETE FROM wp_actionscheduler_actions');
        $apps = $this->panel->simulator->state()['webapps'];
        $apps[0]['rootPath'] = $apps[0]['publicPath'] = $folder ?? Environment::get()->site();
        $this->panel->simulator->setState(['webapps' => $apps]);
        $this->panel->simulator->clearHistory();
    }

    /** @return array<string, string> A test's result, with all of its text as one. */
    private function resultOf(string $test, string $arguments = '', Kind $kind = Kind::FrontEnd, array $more = []): array
    {
        return $this->ended(
            '$checks = Domain_Sync_For_RunCloud\Admin\Site_Health::DIRECT[$test]; return $checks::$test(' . $arguments . ');',
            $test,
            $kind,
            $more
        );
    }

    /** @return array<string, string> The same of one that waits for an answer. */
    private function request(string $test, string $before = ''): array
    {
        return $this->ended("{$before} return Domain_Sync_For_RunCloud\\Admin\\Health_Requests::\$test();", $test, Kind::FrontEnd, []);
    }

    /** @return array<string, string> */
    private function ended(string $code, string $test, Kind $kind, array $more): array
    {
        $result = WordPress::run($code, ['test' => $test], $kind, ['user' => WordPress::ADMIN] + $more);
        self::assertSame(["domain_sync_{$test}", 'Domain Sync'], [$result['test'], $result['badge']['label']]);
        self::assertNotSame('', $result['label']);
        $text = html_entity_decode(strip_tags("{$result['description']} {$result['actions']}"), ENT_QUOTES);

        return ['text' => $text] + array_diff_key($result, ['badge' => 0]);
    }

    /** @param array<string, string> $result */
    private function assertBad(string $status, string $sentence, string $step, array $result, string $message = ''): void
    {
        self::assertSame($status, $result['status'], "{$message} {$result['text']}");
        self::assertStringContainsString($sentence, $result['text'], $message);
        self::assertNotSame('', $result['actions'], 'What to do');
        self::assertStringContainsString($step, html_entity_decode($result['actions'], ENT_QUOTES), $message);
    }

    private function setOption(string $name, mixed $value): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\Store\Option::write($name, $value);', ['name' => $name, 'value' => $value]);
    }
}
