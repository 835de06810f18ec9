<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;
use RunCloud\Test\WordPress\Support\WpCli;

/**
 * The command line's commands about one host, about the connection and about the month. As CommandTest: on the real WP-CLI or the double.
 */
final class HostCommandTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const CODE = 'files.customer.example';

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
    }

    public function testWhatIsAddedIsServedUntilItIsRemoved(): void
    {
        $added = $this->wp('add', self::CODE, '--site=1', '--wait');
        self::assertSame([0, ''], [$added->code, $added->errors]);
        self::assertStringContainsString('Success: Done: ' . self::CODE, $added->output);
        $this->assertDomain(self::CODE, ['source' => 'code', 'site_id' => '1', 'remote_state' => 'present']);
        $this->assertPanelHolds([self::CODE]);
        self::assertStringContainsString('was asked for before', $this->wp('add', self::CODE, '--site=1')->output);

        $removed = $this->wp('remove', self::CODE);
        self::assertSame([0, ''], [$removed->code, $removed->errors]);
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    public function testAHostThatTheNetworkHasIsNotRemovedAndAddingItSaysSo(): void
    {
        $this->map(self::SHOP);
        $run = $this->wp('remove', self::SHOP);
        self::assertSame([1, ''], [$run->code, $run->output]);
        self::assertStringContainsString('is in the network, for site 1: unmap it in Ultimate Multisite', $run->errors);

        $run = $this->wp('add', self::SHOP, '--site=1');
        self::assertSame(0, $run->code);
        self::assertStringContainsString('is in the network already, for site 1', $run->errors);
        self::assertSame('code,record', $this->sources(self::SHOP));
        $run = $this->wp('remove', self::SHOP);
        self::assertStringContainsString('It stays at RunCloud, since the network has it, for site 1.', $run->output);
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame('record', $this->sources(self::SHOP));
    }

    public function testWhatCannotBeAddedOrRemovedIsOneSentence(): void
    {
        $wrong = [
            [['add', self::CODE, '--site=77'], 'There is no site 77 in this network.'],
            [['add', self::CODE, '--site=x'], '"x" is no id of a site'],
            [['add', 'no host', '--site=1'], '"no host" cannot be a host name.'],
            [['add', Environment::get()->networkDomain(), '--site=1'], "the network's own main domain"],
            [['remove', 'nobody.example'], 'nobody.example: nobody knows this host here.'],
            [['ssl', 'nobody.example'], 'nobody.example: Nobody knows this host here.'],
        ];
        foreach ($wrong as [$words, $sentence]) {
            $run = $this->wp(...$words);
            self::assertSame([1, ''], [$run->code, $run->output], implode(' ', $words));
            self::assertStringContainsString($sentence, $run->errors);
        }
        self::assertSame([], $this->network->domains());
    }

    public function testSslOrdersAgainWhereACertificateIsServed(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $this->map(self::SHOP);
        $this->assertDomain(self::SHOP, ['domain_status' => 'ready', 'certificate_status' => 'ready']);
        $this->panel->simulator->clearHistory();
        $run = $this->wp('ssl', self::SHOP);
        self::assertSame([0, ''], [$run->code, $run->errors]);
        self::assertSame([], $this->panel->requests(), 'The queue does it');
        $run = $this->wp('ssl', self::SHOP, '--wait');
        self::assertSame([0, ''], [$run->code, $run->errors]);
        self::assertStringContainsString('Done: ' . self::SHOP, $run->output);
        self::assertNotSame([], $this->panel->changes());
        $asked = array_values(array_intersect($this->network->history(self::SHOP), ['order', 'redeploy-asked']));
        self::assertSame(['redeploy-asked', 'redeploy-asked', 'order'], $asked);
        $this->assertDomain(self::SHOP, ['certificate_status' => 'ready']);
        unset($world);
    }

    public function testSslSaysWhatStandsInTheWayAndChangesNothing(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $this->map(self::SHOP);
        $five = "INSERT INTO wp_domain_sync_events (host, scope, kind, order_set, at) SELECT '" . self::SHOP . "', 'customer.example', 'order',
            SHA2('" . self::SHOP . "', 256), UTC_TIMESTAMP() - INTERVAL seq MINUTE FROM seq_1_to_60; SELECT 1";
        $paused = "UPDATE wp_domain_sync_domains SET hold = 'existing', domain_reason = 'existing', domain_status = 'action'; SELECT 1";
        $dns = "UPDATE wp_domain_sync_domains SET hold = '', domain_reason = 'dns-none', domain_status = 'pending', dns_since = NULL; SELECT 1";
        foreach (['budget-spent' => $five, 'existing' => $paused, 'dns-none' => $dns] as $reason => $sql) {
            Environment::get()->sql($sql);
            $before = $this->network->domain(self::SHOP);
            $run = $this->wp('ssl', self::SHOP);
            self::assertSame([1, ''], [$run->code, $run->output], $reason);
            self::assertStringContainsString("({$reason})", $run->errors);
            self::assertSame($before, $this->network->domain(self::SHOP));
        }
        $this->wp('pause');
        self::assertStringContainsString('The policy is "paused"', $this->wp('ssl', self::SHOP)->errors);
        unset($world);
    }

    public function testSslOrdersAgainAfterOneThatFailedAndNotWhileOneIsUnderWay(): void
    {
        $world = new World([self::SHOP => World::HERE], ['certificates' => [self::SHOP => 'self-signed']]);
        $this->map(self::SHOP);
        $row = "UPDATE wp_domain_sync_domains SET asked = 'order', certificate_status = 'action', certificate_reason = 'order-failed', due_at = NULL,
            ordered_at = UTC_TIMESTAMP() - INTERVAL %d MINUTE; DELETE FROM wp_domain_sync_events; SELECT 1";
        Environment::get()->sql(sprintf($row, 1));
        $run = $this->wp('ssl', self::SHOP);
        self::assertSame(1, $run->code);
        self::assertStringContainsString('(order-under-way)', $run->errors);
        Environment::get()->sql(sprintf($row, 30));
        self::assertSame([0, ''], [($run = $this->wp('ssl', self::SHOP))->code, $run->errors]);
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        self::assertSame(['PUT ssl/4001'], $this->panel->changes(), 'In basic mode orders are gathered for a minute');
        unset($world);
    }

    public function testVerifySaysWhatToFixAndFailsThen(): void
    {
        WordPress::run('(new Domain_Sync_For_RunCloud\Panel\Web_App())->keep_addresses([$here]);', ['here' => World::HERE]);
        $world = new World([self::SHOP => World::ELSEWHERE], ['certificates' => [self::SHOP => 'self-signed']]);
        $this->map(self::SHOP);
        $before = $this->network->domains();
        $this->panel->simulator->clearHistory();
        $run = $this->wp('verify', self::SHOP);
        self::assertSame(1, $run->code);
        self::assertStringContainsString("currently resolves to\t" . World::ELSEWHERE, $run->output);
        self::assertStringContainsString("should resolve to\t" . World::HERE, $run->output);
        self::assertMatchesRegularExpression('~what to fix\tSet the .* of ' . self::SHOP . ' to ' . World::HERE . '~', $run->output);
        self::assertStringContainsString("next command\twp domain-sync verify " . self::SHOP, $run->output);
        $all = $this->wp('verify', self::SHOP, '--format=json')->json();
        self::assertSame([[World::ELSEWHERE], [World::HERE]], [$all['resolves_to'], $all['should_be']]);
        self::assertSame([false, true], [$all['is_right'], $all['needs_somebody']]);
        self::assertSame(
            [['panel', 'at-runcloud', false], ['domain', 'dns-elsewhere', true], ['certificate', 'waits-for-dns', false]],
            array_map(static fn (array $one): array => [$one['about'], $one['reason'], $one['to_fix']], $all['findings'])
        );
        self::assertSame($before, $this->network->domains(), 'Nothing is written');
        self::assertSame([], $this->panel->requests(), 'Nothing is sent to RunCloud');

        $world->change([self::SHOP => World::HERE]);
        $run = $this->wp('verify', self::SHOP);
        self::assertSame([0, ''], [$run->code, $run->errors]);
        self::assertStringContainsString("what to fix\tnothing, all is right", $run->output);
        $json = $this->wp('verify', self::SHOP, '--format=json');
        self::assertTrue($json->json()['is_right']);
        $nonce = WordPress::run('return Domain_Sync_For_RunCloud\Store\Option::read("domain_sync_nonce")["content"];');
        self::assertStringNotContainsString($nonce, $json->output);
    }

    public function testVerifyKnowsWhatIsToBeDoneForAHostWithoutARow(): void
    {
        $world = new World(['new.customer.example' => World::ELSEWHERE]);
        $run = $this->wp('verify', 'new.customer.example', '--format=json');
        self::assertSame(1, $run->code);
        self::assertSame('not-mapped', $run->json()['findings'][0]['reason']);
        self::assertSame('wp domain-sync add new.customer.example --site=<id>', $run->json()['next_command']);
        self::assertSame([], $this->network->domains());
        self::assertSame(1, $this->wp('verify', 'no host')->code);
        unset($world);
    }

    public function testLookPrintsWhatIsThereAndHasTheQueueWriteItDown(): void
    {
        $world = new World([self::SHOP => World::HERE, 'new.customer.example' => World::ELSEWHERE]);
        $this->map(self::SHOP);
        $run = $this->wp('look', self::SHOP, 'new.customer.example', 'gone.customer.example', '--format=json');
        self::assertSame([0, ''], [$run->code, $run->errors]);
        self::assertSame([[World::HERE], [World::ELSEWHERE], []], array_column($run->json(), 'resolves_to'));
        self::assertSame([true, false, false], array_column($run->json(), 'is_served'));
        self::assertLessThanOrEqual(time(), strtotime($this->network->domain(self::SHOP)['look_at'] . ' UTC'));
        $run = $this->wp('look', self::SHOP, 'no host');
        self::assertSame(1, $run->code);
        self::assertStringContainsString('"no host" cannot be a host name.', $run->errors);
        unset($world);
    }

    public function testTestIsTheConnectionTestWithItsSentence(): void
    {
        $this->setRootPath(Environment::get()->site());
        $run = $this->wp('test');
        self::assertSame([0, ''], [$run->code, $run->errors]);
        self::assertStringContainsString('Success: It works: server 1001, web application 2001.', $run->output);
        $this->define(['WU_RUNCLOUD_API_TOKEN' => 'not-the-token']);
        $run = $this->wp('test');
        self::assertSame([1, ''], [$run->code, $run->output]);
        self::assertStringContainsString('token', $run->errors);
        self::assertStringNotContainsString('not-the-token', $run->errors);
    }

    public function testDiscoverFindsTheWebApplicationWithoutItsIds(): void
    {
        $site = Environment::get()->site();
        $this->setRootPath($site);
        self::assertStringContainsString('The ids that are set are right.', $this->wp('discover')->output);
        $this->define(['WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null]);
        $run = $this->wp('discover');
        self::assertSame(0, $run->code);
        self::assertStringContainsString("define( 'WU_RUNCLOUD_SERVER_ID', 1001 );\ndefine( 'WU_RUNCLOUD_APP_ID', 2001 );", $run->output);
        self::assertSame([[1001, 2001]], array_map(
            static fn (array $one): array => [$one['server_id'], $one['web_app_id']],
            $this->wp('discover', "--folder={$site}/wp-content", '--format=json')->json()
        ));
        $run = $this->wp('discover', '--folder=/nowhere');
        self::assertSame([1, ''], [$run->code, $run->output]);
        self::assertStringContainsString('holds /nowhere', $run->errors);
        $this->define(['WU_RUNCLOUD_API_TOKEN' => null]);
        self::assertStringContainsString('WU_RUNCLOUD_API_TOKEN', $this->wp('discover')->errors);
    }

    public function testQuotaShowsTheMonthByKindAndSetsIt(): void
    {
        $this->map(self::SHOP);
        $run = $this->wp('quota', '--format=json');
        self::assertSame(0, $run->code);
        self::assertSame([0, null, 1], [$run->json()['quota'], $run->json()['left'], $run->json()['kinds']['add']]);
        self::assertStringContainsString('monthly_quota is 8 now.', $this->wp('quota', '8')->output);
        self::assertSame(100.0 * $run->json()['sent'] / 8, (float) $this->wp('quota', '--format=json')->json()['used_percent']);
        $this->wp('quota', '1');
        self::assertSame(1, $this->wp('quota')->code);
        self::assertSame(1, $this->wp('quota', 'many')->code);
    }

    public function testAPauseGivesThePolicyBackThatWasBefore(): void
    {
        $policy = fn (): string => trim($this->wp('settings', 'policy')->output);
        foreach (['sync', 'add-only'] as $before) {
            $this->wp('settings', 'policy', $before);
            $this->wp('pause');
            self::assertSame('paused', $policy());
            $this->wp('pause');
            $this->wp('resume');
            self::assertSame($before, $policy());
        }
        self::assertStringContainsString('There is no pause; policy is add-only.', $this->wp('resume')->output);
        $this->wp('settings', 'policy', 'paused');
        $this->wp('resume');
        self::assertSame('add-only', $policy(), 'However the pause began');
    }

    public function testOpenMetricsAreReadableByAMonitor(): void
    {
        $this->map(self::SHOP);
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused'; SELECT 1");
        WordPress::run('Domain_Sync_For_RunCloud\Settings::set("monthly_quota", 1000);');
        $run = $this->wp('status', '--format=openmetrics');
        self::assertSame([0, ''], [$run->code, $run->errors]);
        $lines = explode("\n", $run->output);
        self::assertSame(['# EOF', ''], array_slice($lines, -2));
        $families = [];
        foreach (array_slice($lines, 0, -2) as $line) {
            if (preg_match('~^# (TYPE|UNIT|HELP) (domain_sync_[a-z_]+) (.+)$~', $line, $match)) {
                self::assertArrayNotHasKey($match[1], $families[$match[2]] ?? []);
                $families[$match[2]][$match[1]] = $match[3];
                $last = $match[2];
                continue;
            }
            self::assertMatchesRegularExpression('~^domain_sync_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? \d+$~', $line);
            $suffix = $families[$last]['TYPE'] === 'counter' ? '_total' : '';
            self::assertMatchesRegularExpression("~^{$last}{$suffix}[{ ]~", $line, 'Samples stand below their own family');
        }
        foreach ($families as $name => $family) {
            self::assertArrayHasKey('HELP', $family);
            self::assertContains($family['TYPE'], ['gauge', 'counter']);
            self::assertTrue(!isset($family['UNIT']) || str_ends_with($name, "_{$family['UNIT']}"));
        }
        self::assertContains('domain_sync_domains{status="action"} 1', $lines);
        self::assertContains('domain_sync_requests_total{kind="add"} 1', $lines);
        self::assertContains('domain_sync_requests_quota 1000', $lines);
        self::assertContains('domain_sync_needs 1', $lines);
        self::assertStringNotContainsString(self::SHOP, $run->output);
    }

    public function testWithoutTheExtensionEachSaysSoAndPauseAndQuotaWork(): void
    {
        $wp = static fn (string ...$words): WpCli => WpCli::type(['domain-sync', ...$words], '', false);
        foreach (['add a.example --site=1', 'remove a.example', 'ssl a.example', 'look a.example', 'verify a.example', 'test', 'discover'] as $line) {
            $run = $wp(...explode(' ', $line));
            self::assertSame([1, ''], [$run->code, $run->output], $line);
            self::assertStringContainsString('The PHP extension "runcloud" is not loaded.', $run->errors);
        }
        foreach (['quota', 'pause', 'resume', 'quota 7'] as $line) {
            self::assertSame(0, $wp(...explode(' ', $line))->code, $line);
        }
    }

    public function testNoCommandPrintsASecret(): void
    {
        $this->map(self::SHOP);
        $all = '';
        $lines = ['verify ' . self::SHOP, 'look ' . self::SHOP, 'test --debug', 'discover --debug', 'quota', 'status --format=openmetrics'];
        foreach ($lines as $line) {
            $run = $this->wp(...explode(' ', $line));
            self::assertStringNotContainsString('invalid synopsis', $run->errors);
            $all .= $run->output . $run->errors;
        }
        self::assertStringNotContainsString('test-token', $all);
    }

    private function wp(string ...$words): WpCli
    {
        return WpCli::run(...$words);
    }

    private function map(string ...$hosts): void
    {
        foreach ($hosts as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
    }

    private function setRootPath(string $path): void
    {
        $apps = $this->panel->simulator->state()['webapps'];
        $apps[0] = ['rootPath' => $path, 'publicPath' => $path] + $apps[0];
        $this->panel->simulator->setState(['webapps' => $apps]);
    }

    private function sources(string $host): string
    {
        $sources = explode(',', $this->network->domain($host)['source']);
        sort($sources);

        return implode(',', $sources);
    }
}
