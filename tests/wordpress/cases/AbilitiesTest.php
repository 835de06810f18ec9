<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The services as abilities, on a WordPress that has them (6.9 and later); README.md says how to name one.
 */
final class AbilitiesTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const WAITS = 'waits.customer.example';
    private const READING = ['overview', 'list', 'get', 'verify', 'plan'];
    private const CHANGING = ['check', 'retry', 'redeploy', 'approve', 'decline', 'adopt', 'undo', 'remove'];
    private const SENDING_NOTHING = ['check', 'decline', 'undo'];
    private const RUN = '/wp-abilities/v1/abilities/domain-sync';

    protected function setUp(): void
    {
        parent::setUp();
        if (!WordPress::run('return function_exists("wp_register_ability");')) {
            $this->markTestSkipped('This WordPress has no abilities.');
        }
    }

    public function testEachSaysWhetherItOnlyReads(): void
    {
        $found = WordPress::run(
            '$found = [];
            foreach (wp_get_abilities() as $name => $ability) {
                if ("domain-sync" === $ability->get_category()) {
                    $is = $ability->get_meta()["annotations"];
                    $found[$name] = [$is["readonly"], $is["destructive"], array_keys($ability->get_input_schema()["properties"] ?? [])];
                }
            }
            return $found;'
        );
        $names = array_map(static fn (string $name): string => "domain-sync/{$name}", [...self::READING, ...self::CHANGING]);
        self::assertSame($names, array_keys($found));
        foreach (self::READING as $name) {
            self::assertSame([true, false], array_slice($found["domain-sync/{$name}"], 0, 2), $name);
        }
        foreach (self::CHANGING as $name) {
            $input = in_array($name, ['approve', 'decline'], true) ? ['hosts', 'kind'] : ['hosts'];
            $is = [false, !in_array($name, self::SENDING_NOTHING, true), $input];
            self::assertSame($is, $found["domain-sync/{$name}"], "{$name}: named hosts and nothing else");
        }
    }

    public function testWhatGoesOutIsAsTheSchemasSay(): void
    {
        $this->twoDomains();
        self::assertSame(1, $this->execute('overview')['on_hold']['existing'] ?? 0);
        self::assertSame([self::SHOP, self::WAITS], array_column($this->execute('list')['domains'], 'host'));
        self::assertSame([self::WAITS], array_column($this->execute('list', ['hold' => 'existing', 'limit' => 1])['domains'], 'host'));
        self::assertSame(self::SHOP, $this->execute('get', ['host' => self::SHOP])['host']);
        self::assertSame('domain_sync_not_known', $this->execute('get', ['host' => 'nobody.example'])['error']);
        $verified = $this->execute('verify', ['host' => 'new.customer.example']);
        self::assertSame(['not-mapped', true], [$verified['findings'][0]['reason'], $verified['needs_somebody']]);
        $lines = $this->execute('plan', ['state' => 'waits'])['lines'];
        self::assertSame([self::WAITS => 'add'], array_column($lines, 'kind', 'host'));
        self::assertSame([], $this->panel->requests(), 'Nothing is sent for any of it');
    }

    public function testWhatChangesSomethingIsAboutNamedHosts(): void
    {
        $this->twoDomains();
        $many = array_fill(0, 101, 'a.example');
        foreach (self::CHANGING as $name) {
            foreach ([null, [], ['hosts' => []], ['hosts' => [self::WAITS], 'all' => true], ['hosts' => $many]] as $input) {
                self::assertSame('ability_invalid_input', $this->execute($name, $input)['error'] ?? '', $name . json_encode($input));
            }
            // WordPress reads a text as a list of words.
            foreach ([['all'], ['*'], ['*.customer.example'], 'all', 'all,*'] as $words) {
                self::assertSame(0, $this->execute($name, ['hosts' => $words])['done'], $name . json_encode($words));
            }
        }
        $this->assertDomain(self::WAITS, ['hold' => 'existing']);
        self::assertSame('nothing-to-decide', $this->execute('approve', ['hosts' => [self::WAITS], 'kind' => 'remove'])['hosts'][0]['reason']);
        $this->assertDomain(self::WAITS, ['hold' => 'existing']);
        self::assertSame([true], array_column($this->execute('approve', ['hosts' => [self::WAITS], 'kind' => 'add'])['hosts'], 'done'));
        $this->assertDomain(self::WAITS, ['hold' => '', 'approved' => '1']);
        self::assertSame('due', $this->execute('retry', ['hosts' => [self::SHOP]])['hosts'][0]['reason']);
        self::assertSame([false], array_column($this->execute('redeploy', ['hosts' => [self::WAITS]])['hosts'], 'done'));
    }

    public function testRemoveTakesBackWhatCodeWantsAndNothingThatIsMapped(): void
    {
        $this->twoDomains();
        WordPress::run('domain_sync_add("files.customer.example", 1);');
        $this->network->runQueue();
        $answer = $this->execute('remove', ['hosts' => [self::SHOP, 'files.customer.example']]);
        self::assertSame([self::SHOP => 'mapped', 'files.customer.example' => 'due'], array_column($answer['hosts'], 'reason', 'host'));
        self::assertSame([false, true], array_column($answer['hosts'], 'done'));
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testRemoveApprovesARemovalThatWaits(): void
    {
        $this->twoDomains();
        $this->network->unmap(self::SHOP);
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET hold = 'mass-removal', domain_reason = 'mass-removal', due_at = NULL
            WHERE host = '" . self::SHOP . "'; SELECT 1");
        $this->network->runRemovals();
        $this->assertPanelHolds([self::SHOP]);
        self::assertSame([true], array_column($this->execute('remove', ['hosts' => [self::SHOP]])['hosts'], 'done'));
        $this->network->runRemovals();
        $this->assertPanelHolds([]);
    }

    /** @return array<string, array{callable(): Browser, string, int}> */
    public static function strangers(): array
    {
        return [
            'a visitor' => [Browser::visitor(...), '', 401],
            'a subscriber' => [Browser::subscriber(...), 'reader', 403],
            'an admin of a site' => [Browser::siteAdmin(...), 'owner', 403],
        ];
    }

    /**
     * @dataProvider strangers
     * @param callable(): Browser $person
     */
    public function testAStrangerGetsNothing(callable $person, string $login, int $status): void
    {
        $this->twoDomains();
        $browser = $person();
        $nonce = $browser->nonce('wp_rest');
        $before = $this->network->domains();
        foreach (self::READING as $name) {
            $input = in_array($name, ['get', 'verify'], true) ? '&input[host]=' . self::SHOP : '';
            [$found, $body] = $browser->get('/?rest_route=' . self::RUN . "/{$name}/run&_wpnonce={$nonce}{$input}");
            self::assertSame($status, $found, "{$name} {$body}");
            self::assertStringNotContainsString('customer.example', $body);
        }
        $user = WordPress::run('return get_user_by("login", $login)->ID ?? 0;', ['login' => $login]);
        foreach (self::CHANGING as $name) {
            [$found, $body] = $this->post($name, $user);
            self::assertSame($status, $found, $body);
            self::assertStringNotContainsString('customer.example', $body);
            $error = WordPress::run(
                '$result = wp_get_ability("domain-sync/$name")->execute(["hosts" => [$host]]);
                return is_wp_error($result) ? $result->get_error_code() : "";',
                ['name' => $name, 'host' => self::WAITS],
                more: ['user' => $user]
            );
            self::assertSame('ability_invalid_permissions', $error);
        }
        self::assertSame($before, $this->network->domains());
    }

    public function testAnAdminRunsThemOverTheRestOfAbilities(): void
    {
        $this->twoDomains();
        $browser = Browser::admin();
        $nonce = $browser->nonce('wp_rest');
        foreach (['overview' => '', 'list' => '', 'plan' => '', 'get' => '&input[host]=' . self::SHOP] as $name => $input) {
            [$status, $body] = $browser->get('/?rest_route=' . self::RUN . "/{$name}/run&_wpnonce={$nonce}{$input}");
            self::assertSame(200, $status, $body);
            self::assertStringNotContainsString('test-token', $body);
        }
        $hosts = '&input[hosts][]=' . self::WAITS;
        [$status] = $browser->get('/?rest_route=' . self::RUN . "/approve/run&_wpnonce={$nonce}{$hosts}");
        self::assertSame(405, $status, 'Nothing is changed by GET');
        $this->assertDomain(self::WAITS, ['hold' => 'existing']);
        self::assertSame(200, $this->post('approve', WordPress::ADMIN)[0]);
        $this->assertDomain(self::WAITS, ['hold' => '']);
    }

    public function testUltimateMultisitesServerIsLetHaveOurs(): void
    {
        $asked = [[false, 'domain-sync/list'], [false, 'domain-sync/remove'], [false, 'domain-sync-other/list'], [false, null], [true, 'other/any']];
        self::assertSame([true, true, false, false, true], WordPress::run(
            'return array_map(static fn($one) => apply_filters("wu_mcp_include_ability", ...$one), $asked);',
            ['asked' => $asked]
        ));
        $adapter = 'WP_Ultimo\\MCP_Adapter';
        if (WordPress::run('return class_exists($adapter);', ['adapter' => $adapter])) {
            self::assertSame(count([...self::READING, ...self::CHANGING]), WordPress::run(
                '$abilities = (new ReflectionMethod($adapter, "get_mcp_abilities"))->invoke($adapter::get_instance());
                return count(preg_grep("~^domain-sync/~", $abilities));',
                ['adapter' => $adapter]
            ));
        }
    }

    /** @return array<string, mixed> What an admin of the network gets; "error" is a code. */
    private function execute(string $name, ?array $input = null): array
    {
        return WordPress::run(
            '$result = wp_get_ability("domain-sync/$name")->execute($input);
            return is_wp_error($result) ? ["error" => $result->get_error_code(), "message" => $result->get_error_message()] : $result;',
            ['name' => $name, 'input' => $input],
            more: ['user' => WordPress::ADMIN]
        );
    }

    /** @return array{int, string} Status and body, when somebody has something done about the host that waits. */
    private function post(string $name, int $user): array
    {
        return WordPress::run(
            '$request = new WP_REST_Request("POST", $route);
            $request->set_header("Content-Type", "application/json");
            $request->set_body(wp_json_encode(["input" => ["hosts" => [$host]]]));
            $answer = rest_do_request($request);
            return [$answer->get_status(), wp_json_encode($answer->get_data())];',
            ['route' => self::RUN . "/{$name}/run", 'host' => self::WAITS],
            Kind::FrontEnd,
            ['user' => $user]
        );
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
