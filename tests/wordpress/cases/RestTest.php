<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The services over REST: who gets which answer, and that hosts are named.
 */
final class RestTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const WAITS = 'waits.customer.example';
    private const READING = [
        '/overview', '/domains', '/plan', '/domains/' . self::SHOP, '/domains/nobody.example', '/domains/' . self::SHOP . '/verify',
    ];
    private const CHANGING = ['/check', '/retry', '/redeploy', '/approve', '/decline', '/adopt', '/undo', '/remove'];

    private const REQUEST = '$request = new WP_REST_Request($method, "/domain-sync/v1" . $path);
        "GET" === $method ? $request->set_query_params($fields) : $request->set_body_params($fields);
        return rest_do_request($request)->get_data();';

    /** @return array<string, array{callable(): Browser, int}> */
    public static function strangers(): array
    {
        return [
            'a visitor' => [Browser::visitor(...), 401],
            'a subscriber' => [Browser::subscriber(...), 403],
            'an admin of a site' => [Browser::siteAdmin(...), 403],
        ];
    }

    /**
     * @dataProvider strangers
     * @param callable(): Browser $person
     */
    public function testAStrangerReadsNothingAndMovesNothing(callable $person, int $status): void
    {
        $this->twoDomains();
        $browser = $person();
        $nonce = $browser->nonce('wp_rest');
        $before = $this->network->domains();
        foreach (self::READING as $path) {
            [$found, $body] = $browser->get("/?rest_route=/domain-sync/v1{$path}&_wpnonce={$nonce}");
            self::assertSame($status, $found, $path);
            self::assertSame('domain_sync_forbidden', json_decode($body, true)['code']);
            self::assertStringNotContainsString('customer.example', $body, 'Not even whether a host is known');
        }
        foreach (self::CHANGING as $path) {
            foreach ([[self::SHOP, self::WAITS], ['nobody.example']] as $hosts) {
                [$found, $body] = $browser->post("/?rest_route=/domain-sync/v1{$path}&_wpnonce={$nonce}", ['hosts' => $hosts]);
                self::assertSame($status, $found, $path);
                self::assertStringNotContainsString('customer.example', $body);
            }
        }
        self::assertSame($before, $this->network->domains());
        self::assertSame([], $this->panel->requests());
    }

    public function testWithTheCookieAloneAnAdminIsNobody(): void
    {
        $this->twoDomains();
        $before = $this->network->domains();
        $browser = Browser::admin();
        self::assertSame(401, $browser->get('/?rest_route=/domain-sync/v1/overview')[0]);
        self::assertSame(401, $browser->post('/?rest_route=/domain-sync/v1/approve', ['hosts' => [self::WAITS]])[0]);
        self::assertSame($before, $this->network->domains());
        $nonce = $browser->nonce('wp_rest');
        self::assertSame(200, $browser->post("/?rest_route=/domain-sync/v1/approve&_wpnonce={$nonce}", ['hosts' => [self::WAITS]])[0]);
        $this->assertDomain(self::WAITS, ['hold' => '']);
    }

    public function testTheCapabilityIsTheFiltersToName(): void
    {
        $this->twoDomains();
        $get = 'return rest_do_request("/domain-sync/v1/overview")->get_status();';
        $owner = WordPress::run(
            '$user = wpmu_create_user("owner", "password", "owner@network.example"); add_user_to_blog(1, $user, "administrator"); return $user;'
        );
        $may = static fn (string $filter, int $user): int => WordPress::run($filter . $get, [], more: ['user' => $user]);
        self::assertSame(200, $may('', WordPress::ADMIN));
        self::assertSame(403, $may('', $owner));
        self::assertSame(200, $may('add_filter("domain_sync_capability", fn() => "manage_options");', $owner));
        foreach (['return "";', 'return array();', 'return null;', 'throw new Exception();'] as $broken) {
            self::assertSame(403, $may("add_filter('domain_sync_capability', function () { {$broken} });", $owner), $broken);
        }
    }

    public function testAnAdminGetsTheSameViewsAsTheCommandLine(): void
    {
        $this->twoDomains();
        $overview = $this->ask('GET', '/overview');
        self::assertSame(1, $overview['on_hold']['existing']);
        self::assertSame('sync', $overview['settings']['policy']);
        $domains = $this->ask('GET', '/domains');
        self::assertSame([self::SHOP, self::WAITS], array_column($domains['domains'], 'host'));
        self::assertSame('', $domains['next']);
        self::assertSame('existing', $domains['domains'][1]['domain']['reason']);
        $one = $this->ask('GET', '/domains/' . self::WAITS);
        self::assertSame(['add', 'waits'], [$one['plan']['kind'], $one['plan']['state']]);
        self::assertSame('domain_sync_not_known', $this->ask('GET', '/domains/nobody.example')['code']);
        $plan = $this->ask('GET', '/plan', ['state' => 'waits']);
        self::assertSame([[self::WAITS, 'add', true]], array_map(
            static fn (array $line): array => [$line['host'], $line['kind'], $line['can_approve']],
            $plan['lines']
        ));
        self::assertStringContainsString('Review the plan', $plan['headline']);
        self::assertSame([], $this->panel->requests(), 'Nothing is sent for any of it');
    }

    public function testADecisionIsAboutNamedHostsAndEachGetsItsAnswer(): void
    {
        $this->twoDomains();
        $names = [self::WAITS, self::SHOP, 'nobody.example', 'no host', strtoupper(self::WAITS)];
        $answer = $this->ask('POST', '/approve', ['hosts' => $names]);
        self::assertSame(1, $answer['done']);
        self::assertSame([true, false, false, false], array_column($answer['hosts'], 'done'));
        self::assertSame(
            [self::WAITS => 'add', self::SHOP => 'nothing-to-decide', 'nobody.example' => 'not-known', 'no host' => 'no-host'],
            array_column($answer['hosts'], 'reason', 'host')
        );
        $this->assertDomain(self::WAITS, ['hold' => '', 'approved' => '1']);
        self::assertSame([], $this->panel->requests(), 'The queue does it');
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP, self::WAITS]);
        $event = Environment::get()->sql("SELECT kind, actor FROM wp_domain_sync_events WHERE host = '' ORDER BY id DESC LIMIT 1");
        self::assertSame([['kind' => 'plan-approved', 'actor' => '1']], $event);
    }

    public function testADecisionAboutAKindIsNoneWhereThePlanSaysSomethingElseByNow(): void
    {
        $this->twoDomains();
        foreach (['/approve', '/decline'] as $path) {
            $answer = $this->ask('POST', $path, ['hosts' => [self::WAITS], 'kind' => 'adopt']);
            self::assertSame([0, 'nothing-to-decide'], [$answer['done'], $answer['hosts'][0]['reason']]);
            self::assertSame('rest_invalid_param', $this->ask('POST', $path, ['hosts' => [self::WAITS], 'kind' => 'x'])['code']);
        }
        $this->assertDomain(self::WAITS, ['hold' => 'existing']);
        self::assertSame(1, $this->ask('POST', '/approve', ['hosts' => [self::WAITS], 'kind' => 'add'])['done']);
    }

    public function testWhatIsDeclinedStaysAndWhatFailedIsTriedAgain(): void
    {
        $this->twoDomains();
        self::assertTrue($this->ask('POST', '/decline', ['hosts' => [self::WAITS]])['hosts'][0]['done']);
        $this->assertDomain(self::WAITS, ['hold' => 'declined']);
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused', due_at = NULL,
            failing_since = UTC_TIMESTAMP() WHERE host = '" . self::SHOP . "'; SELECT 1");
        $answer = $this->ask('POST', '/retry', ['hosts' => [self::WAITS, self::SHOP]]);
        self::assertSame([false, true], array_column($answer['hosts'], 'done'));
        self::assertSame(['waits-for-decision', 'due'], array_column($answer['hosts'], 'reason'));
        self::assertNotNull($this->network->domain(self::SHOP)['due_at']);
        self::assertContains('retry-asked', $this->network->history(self::SHOP));
    }

    /** @return array<string, array{mixed}> */
    public static function notNamed(): array
    {
        return [
            'nothing' => [null], 'none' => [[]], 'a word for all' => ['all'], 'a flag' => [true], 'an empty name' => [['']],
            'more than 100' => [array_fill(0, 101, 'a.example')], 'lists' => [[['a.example']]],
        ];
    }

    /** @dataProvider notNamed */
    public function testWhatDoesNotNameHostsIsRefused(mixed $hosts): void
    {
        $this->twoDomains();
        $before = $this->network->domains();
        foreach (self::CHANGING as $path) {
            $answer = $this->ask('POST', $path, ['hosts' => $hosts, 'all' => true]);
            self::assertTrue(isset($answer['code']) || $answer['done'] === 0, json_encode($answer));
        }
        self::assertSame($before, $this->network->domains());
    }

    public function testNoPatternStandsForHosts(): void
    {
        $this->twoDomains();
        $before = $this->network->domains();
        foreach (['*', '%', 'all', '*.customer.example', '%.customer.example', '_aits.customer.example', 'waits'] as $word) {
            foreach (self::CHANGING as $path) {
                self::assertSame(0, $this->ask('POST', $path, ['hosts' => [$word]])['done'], "{$path} {$word}");
            }
        }
        self::assertSame($before, $this->network->domains());
    }

    public function testListsArePagedByHostAndMemoryIsFlat(): void
    {
        Environment::get()->sql(
            "INSERT INTO wp_domain_sync_domains (host, source, site_id, domain_status, domain_reason, certificate_status)
                SELECT CONCAT('host', LPAD(seq, 6, '0'), '.example'), 'record', seq MOD 7, IF(seq MOD 2, 'pending', 'action'), 'refused',
                    IF(seq MOD 5000, 'pending', 'ready') FROM seq_1_to_20000; SELECT 1"
        );
        $counts = ['' => 20000, 'status=action' => 10000, 'reason=refused&status=pending' => 10000, 'certificate=ready' => 4, 'site_id=3' => 2857];
        foreach ($counts as $query => $number) {
            parse_str($query, $wanted);
            [$hosts, $pages, $peak] = WordPress::run(
                '$hosts = []; $after = ""; $pages = 0; $peak = 0;
                do {
                    memory_reset_peak_usage();
                    $begun = memory_get_usage();
                    $page = Domain_Sync_For_RunCloud\Api\Pages::domains(["after" => $after, "limit" => 200] + $wanted);
                    $peak = max($peak, memory_get_peak_usage() - $begun);
                    foreach ($page["domains"] as $one) { $hosts[$one["host"]] = ($hosts[$one["host"]] ?? 0) + 1; }
                    $after = $page["next"];
                    ++$pages;
                } while ("" !== $after && $pages < 500);
                return [array_sum($hosts) === count($hosts) ? count($hosts) : -1, $pages, $peak];',
                ['wanted' => $wanted]
            );
            self::assertSame($number, $hosts, $query);
            self::assertLessThan(16 * 1024 * 1024, $peak, $query);
            self::assertLessThanOrEqual(102, $pages, $query);
        }
        self::assertSame('host000001.example', $this->ask('GET', '/domains', ['limit' => 1])['domains'][0]['host']);
        $second = $this->ask('GET', '/domains', ['limit' => 1, 'after' => 'host000001.example']);
        self::assertSame(['host000002.example', 'host000002.example'], [$second['domains'][0]['host'], $second['next']]);
        self::assertCount(50, $this->ask('GET', '/plan')['lines']);
        foreach ([['limit' => 100000], ['after' => "a' OR 1=1"], ['status' => 'red'], ['hold' => 'x']] as $wrong) {
            self::assertSame('rest_invalid_param', $this->ask('GET', '/domains', $wrong)['code']);
        }
    }

    public function testThePlanIsPagedToItsEnd(): void
    {
        Environment::get()->sql(
            "INSERT INTO wp_domain_sync_domains (host, source, site_id, hold, domain_status, domain_reason)
                SELECT CONCAT('host', LPAD(seq, 6, '0'), '.example'), 'record', 1, IF(seq MOD 6000, 'declined', 'existing'), 'action', 'existing'
                    FROM seq_1_to_12000; SELECT 1"
        );
        $found = [];
        $after = '';
        for ($pages = 1; $pages < 20; $pages++) {
            $page = $this->ask('GET', '/plan', ['state' => 'waits', 'after' => $after, 'limit' => 1]);
            array_push($found, ...array_column($page['lines'], 'host'));
            $after = $page['next'];
            if ($after === '') {
                break;
            }
        }
        self::assertSame(['host006000.example', 'host012000.example'], $found);
    }

    public function testTextsOfOthersAreTextAndNoSecretIsAmongThem(): void
    {
        $this->twoDomains();
        $evil = '<script>alert(1)</script>"';
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused', details = '"
            . addslashes(json_encode(['domain' => ['message' => $evil]])) . "' WHERE host = '" . self::SHOP . "'; SELECT 1");
        $browser = Browser::admin();
        $nonce = $browser->nonce('wp_rest');
        foreach (['/overview', '/domains', '/domains/' . self::SHOP, '/plan'] as $path) {
            [$status, $body] = $browser->get("/?rest_route=/domain-sync/v1{$path}&_wpnonce={$nonce}");
            self::assertSame(200, $status);
            self::assertStringNotContainsString('test-token', $body);
            self::assertIsArray(json_decode($body, true));
        }
        self::assertStringContainsString($evil, $this->ask('GET', '/domains/' . self::SHOP)['domain']['sentence'], 'As it is, within JSON');
        [, , $headers] = WordPress::request('/?rest_route=/domain-sync/v1/overview');
        self::assertContains('Content-Type: application/json; charset=UTF-8', $headers);
        self::assertContains('X-Content-Type-Options: nosniff', $headers);
        $answer = $this->ask('POST', '/retry', ['hosts' => ["<img src=x onerror=alert(1)>{$evil}"]]);
        self::assertStringNotContainsString('<', $answer['hosts'][0]['host']);
        self::assertSame('no-host', $answer['hosts'][0]['reason']);
    }

    public function testADatabaseThatRefusesIsOneSentenceWithoutItsWords(): void
    {
        Environment::get()->sql('ALTER TABLE wp_domain_sync_domains DROP COLUMN hold; SELECT 1');
        try {
            foreach ([['/overview', []], ['/domains', ['hold' => 'existing']]] as [$path, $fields]) {
                $answer = $this->ask('GET', $path, $fields);
                self::assertSame('domain_sync_broke_off', $answer['code'], $path);
                self::assertStringNotContainsString('hold', $answer['message']);
            }
        } finally {
            Environment::get()->sql("ALTER TABLE wp_domain_sync_domains ADD COLUMN hold varchar(16) NOT NULL DEFAULT ''; SELECT 1");
        }
    }

    public function testWithoutTheExtensionWhatIsKnownIsReadAndNothingIsApproved(): void
    {
        $this->twoDomains();
        $ask = static fn (string $method, string $path, array $fields = []): array => WordPress::start(
            self::REQUEST,
            ['method' => $method, 'path' => $path, 'fields' => $fields],
            ['user' => WordPress::ADMIN, 'extension' => false]
        )->answer();
        self::assertCount(2, $ask('GET', '/domains')['domains']);
        self::assertSame('extension-missing', $ask('POST', '/approve', ['hosts' => [self::WAITS]])['hosts'][0]['reason']);
        self::assertSame('domain_sync_extension', $ask('GET', '/domains/' . self::SHOP . '/verify')['code']);
        $this->assertDomain(self::WAITS, ['hold' => 'existing']);
    }

    /** @return array<string, mixed> What an admin of the network gets. */
    private function ask(string $method, string $path, array $fields = []): array
    {
        return WordPress::run(self::REQUEST, ['method' => $method, 'path' => $path, 'fields' => $fields], more: ['user' => WordPress::ADMIN]);
    }

    /** One that is mapped and at RunCloud, and one that waits since before the plugin. */
    private function twoDomains(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->network->hadBefore(self::WAITS);
        $this->panel->simulator->clearHistory();
    }
}
