<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Who can make the plugin act over HTTP.
 */
final class AccessTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const TEST = 'wu_test_hosting_integration';

    /** Hooks through which a request of somebody reaches code, and what carries the words of a request. */
    private const DOORS = '~wp_ajax_|admin_post_|admin_action_|register_rest_route|rest_api_init'
        . '|query_vars|rewrite_rule|parse_request|template_redirect|admin_init'
        . '|load-|\$_(?:GET|POST|REQUEST|COOKIE|FILES|SERVER)\b|php://input|filter_input~';

    /** Hooks that the plugin listens to. WordPress, its queue and Ultimate Multisite fire them; no request names one of them. */
    private const HOOKS = [
        'action_scheduler_after_execute',
        'action_scheduler_before_execute',
        'action_scheduler_failed_execution',
        'action_scheduler_init',
        'activate_domain-sync-for-runcloud/domain-sync-for-runcloud.php',
        'deactivate_domain-sync-for-runcloud/domain-sync-for-runcloud.php',
        'network_admin_notices',
        'domain_sync_carry_out',
        'domain_sync_redeploy',
        'domain_sync_sweep',
        'domain_sync_wake',
        'wp_delete_site',
        'wp_insert_site',
        'wp_ultimo_host_providers_load',
        'wp_update_site',
        'wu_add_domain',
        'wu_add_subdomain',
        'wu_async_process_domain_stage_max_tries',
        'wu_domain_added',
        'wu_domain_manager_dns_propagation_finished',
        'wu_domain_post_delete',
        'wu_domain_removed',
        'wu_register_capabilities',
        'wu_register_integrations',
        'wu_remove_domain',
        'wu_remove_subdomain',
        'wu_transition_domain_domain',
    ];

    /** In the legacy integrations also these: the list of the wizard, and the notices of the provider that is replaced. */
    private const HOOKS_OF_LEGACY_INTEGRATIONS = ['wu_admin_notices', 'wu_domain_manager_get_integrations'];

    public function testThePluginHasNoDoorOfItsOwn(): void
    {
        // Whoever adds one adds its test for visitors, subscribers, admins of a site and requests without a nonce, then its line here.
        self::assertSame([], $this->linesWith(self::DOORS));
    }

    /** @return array<string, array{string, Kind}> */
    public static function processes(): array
    {
        $cases = [];
        foreach (self::integrations() as $name => [$integrations]) {
            foreach (Kind::cases() as $kind) {
                $cases["{$kind->name}, {$name}"] = [$integrations, $kind];
            }
        }

        return $cases;
    }

    /** @dataProvider processes */
    public function testThePluginListensToNoHookThatARequestCanName(string $integrations, Kind $kind): void
    {
        $this->withIntegrations($integrations);
        $expected = [...self::HOOKS, ...($integrations === 'legacy' ? self::HOOKS_OF_LEGACY_INTEGRATIONS : [])];
        sort($expected);
        // As above: a hook that is not listed here may be a door.
        self::assertSame($expected, $this->hooks($kind));
        self::assertSame([], WordPress::run(
            'return array_values(preg_grep("~runcloud~i", [
                ...array_keys(rest_get_server()->get_routes()),
                ...array_keys($GLOBALS["shortcode_tags"]),
                ...array_keys(WP_Block_Type_Registry::get_instance()->get_all_registered()),
                ...array_keys((array) $GLOBALS["wp_rewrite"]->wp_rewrite_rules()),
                ...$GLOBALS["wp"]->public_query_vars,
            ]));',
            [],
            $kind
        ));
    }

    /** @return array<string, array{string, callable(): Browser}> Integrations, and somebody without rights. */
    public static function strangers(): array
    {
        $people = [
            'a visitor' => Browser::visitor(...),
            'a subscriber' => Browser::subscriber(...),
            'an admin of a site' => Browser::siteAdmin(...),
        ];
        $cases = [];
        foreach (self::integrations() as $name => [$integrations]) {
            foreach ($people as $who => $person) {
                $cases["{$who}, {$name}"] = [$integrations, $person];
            }
        }

        return $cases;
    }

    /**
     * @dataProvider strangers
     * @param callable(): Browser $stranger
     */
    public function testAStrangerMovesNothing(string $integrations, callable $stranger): void
    {
        $this->withIntegrations($integrations);
        $this->failOnce();
        $browser = $stranger();
        $before = $this->network->domains();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        self::assertSame([], $this->panel->requests());
        self::assertSame($before, $this->network->domains());
    }

    public function testAnAdminWithoutANonceMovesNothing(): void
    {
        $this->withIntegrations('registry');
        $this->failOnce();
        $browser = Browser::admin();
        $before = $this->network->domains();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        self::assertSame([], $this->panel->requests());
        self::assertSame($before, $this->network->domains());
    }

    /** Ultimate Multisite asks for none there, so a hostile page can press the button of an admin who is logged in. */
    public function testWithoutANonceTheLegacyEraLetsAnAdminTestTheConnectionAndNoMore(): void
    {
        $this->withIntegrations('legacy');
        $this->failOnce();
        $browser = Browser::admin();
        $before = $this->network->domains();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        $test = ['GET ping', 'GET servers/1001', 'GET ', 'GET ssl/advanced'];
        self::assertSame([...$test, ...$test], $this->panel->requests(), 'The button, pressed twice');
        $triedAgain = ['state' => 'waiting', 'generation' => '2', 'attempts' => '0'] + $before[self::SHOP];
        $times = array_flip(['next_try_at', 'desired_since', 'updated_at']);
        self::assertEquals(array_diff_key($triedAgain, $times), array_diff_key($this->network->domain(self::SHOP), $times));
        self::assertSame([self::SHOP], array_keys($this->network->domains()));
    }

    public function testTheIntegrationItselfRefusesThoseWhomUltimateMultisiteLetsThrough(): void
    {
        $this->withIntegrations('registry');
        $subscriber = WordPress::run('return wpmu_create_user("reader", "password", "reader@network.example");');
        $refused = WordPress::run(
            '$answer = WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")->test_connection();
            return is_wp_error($answer) ? $answer->get_error_message() : $answer;',
            [],
            Kind::Ajax,
            ['user' => $subscriber]
        );
        self::assertStringContainsString('admin of the network', (string) $refused);
        self::assertSame([], $this->panel->requests());
    }

    public function testAFileOfThePluginAskedForDirectlyDoesNothing(): void
    {
        $folder = Environment::get()->site() . '/wp-content/plugins/domain-sync-for-runcloud';
        $files = new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(realpath($folder), \FilesystemIterator::SKIP_DOTS));
        $asked = 0;
        foreach ($files as $file) {
            if ($file->getExtension() === 'php') {
                $path = substr($file->getPathname(), strlen(realpath($folder)));
                [$status, $body] = WordPress::request("/wp-content/plugins/domain-sync-for-runcloud{$path}");
                self::assertSame('', $body, "{$path} ({$status})");
                $asked++;
            }
        }
        self::assertGreaterThan(20, $asked);
        $log = Environment::get()->logs() . '/php.log';
        self::assertStringNotContainsString('domain-sync-for-runcloud', is_file($log) ? file_get_contents($log) : '');
    }

    public function testTheUninstallerRunsForWordPressOnly(): void
    {
        $this->network->map(self::SHOP);
        WordPress::request('/wp-content/plugins/domain-sync-for-runcloud/uninstall.php');
        self::assertArrayHasKey(self::SHOP, $this->network->domains());
    }

    /** A step that failed, which a passed test of the connection would try again, and nothing that would keep the test from passing. */
    private function failOnce(): void
    {
        $webApps = $this->panel->simulator->state()['webapps'];
        $webApps[0]['rootPath'] = Environment::get()->site();
        $this->panel->simulator->setState(['webapps' => $webApps]);
        $this->panel->simulator->fault('status', ['status' => 403, 'times' => 3]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearFaults();
        $this->assertDomain(self::SHOP, ['state' => 'failed']);
    }

    /** The wizard's test, and every action of the plugin's as if it could be asked for, in every way WordPress takes requests. */
    private function tryEverything(Browser $browser): void
    {
        $browser->get('/wp-admin/admin-ajax.php?' . http_build_query(['action' => self::TEST, 'integration' => 'runcloud']));
        $browser->post('/wp-admin/admin-ajax.php', ['action' => self::TEST, 'integration' => 'runcloud', '_ajax_nonce' => 'abcdef0123']);
        foreach (preg_grep('~^runcloud_~', $this->hooks(Kind::Ajax)) as $hook) {
            $fields = ['action' => $hook, 'id' => 1, 'args' => [1]];
            $browser->post('/wp-admin/admin-ajax.php', $fields);
            $browser->post('/wp-admin/admin-post.php', $fields);
            $browser->get("/?{$hook}=1&hook={$hook}");
        }
    }

    /** @return list<string> Hooks with a callback of the plugin's, or of an object of the plugin's, in a running WordPress. */
    private function hooks(Kind $kind): array
    {
        return WordPress::run(
            '$folder = realpath(WP_PLUGIN_DIR . "/domain-sync-for-runcloud") . "/";
            $ours = static function ($callback) use ($folder): bool {
                // Some functions of WordPress are loaded when they are needed.
                if (!is_callable($callback, false, $name) || str_contains($name, "Domain_Sync_For_RunCloud")) {
                    return str_contains($name, "Domain_Sync_For_RunCloud");
                }
                $code = new ReflectionFunction(Closure::fromCallable($callback));
                $object = $code->getClosureThis();
                return $object !== null && str_starts_with(get_class($object), "Domain_Sync_For_RunCloud")
                    || str_starts_with((string) realpath((string) $code->getFileName()), $folder);
            };
            $hooks = [];
            foreach ($GLOBALS["wp_filter"] as $hook => $filter) {
                if (array_filter(array_column(array_merge(...$filter->callbacks), "function"), $ours) !== []) {
                    $hooks[] = $hook;
                }
            }
            sort($hooks);
            return $hooks;',
            [],
            $kind
        );
    }

    /** @return list<string> Lines of the plugin's code, with their files. */
    private function linesWith(string $pattern): array
    {
        $folder = realpath(Environment::get()->site() . '/wp-content/plugins/domain-sync-for-runcloud');
        $found = [];
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($folder, \FilesystemIterator::SKIP_DOTS)) as $file) {
            foreach ($file->getExtension() === 'php' ? preg_grep($pattern, file($file->getPathname())) : [] as $line) {
                $found[] = $file->getFilename() . ': ' . trim($line);
            }
        }

        return $found;
    }
}
