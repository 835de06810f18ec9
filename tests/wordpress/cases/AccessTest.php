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
 * Who can make the plugin act over HTTP.
 */
final class AccessTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const TEST = 'wu_test_hosting_integration';
    private const CONFIRM = 'domain_sync_confirm_network';

    /** Hooks through which a request of somebody reaches code, and what carries the words of a request. */
    private const DOORS = '~wp_ajax_|admin_post_|admin_action_|register_rest_route|rest_api_init'
        . '|query_vars|rewrite_rule|parse_request|template_redirect|admin_init'
        . '|load-|\$_(?:GET|POST|REQUEST|COOKIE|FILES|SERVER)\b|php://input|filter_input~';

    /** The lines with such words: doors for admins with a nonce (Site Health's two are tried in SiteHealthTest), the one page, and a door for whoever can sign as this network. */
    private const LINES = [
        "class-handover.php: \$value         = \$_POST[ \$name ] ?? '';"
            . ' // phpcs:ignore WordPress.Security -- compared with what only this network can sign.',
        "class-input.php: \$value = \$_POST[ \$name ] ?? \$_GET[ \$name ] ?? '';"
            . ' // phpcs:ignore WordPress.Security -- nonces are looked at by Access.',
        'class-input.php: $values = $_POST[ $name ] ?? $_GET[ $name ] ?? array();'
            . ' // phpcs:ignore WordPress.Security -- nonces are looked at by Access.',
        "class-input.php: return is_string( \$_SERVER['REQUEST_METHOD'] ?? null )"
            . " ? strtoupper( sanitize_key( \$_SERVER['REQUEST_METHOD'] ) ) : '';",
        "class-plugin.php: add_action( 'admin_init', array( Handover::class, 'take_late' ) );",
        "class-plugin.php: add_action( 'admin_post_domain_sync_act', array( Actions::class, 'receive' ) );",
        "class-plugin.php: add_action( 'admin_post_domain_sync_confirm_network', array( Notices::class, 'confirm_network' ) );",
        "class-plugin.php: add_action( 'admin_post_domain_sync_decide', array( Plan_Actions::class, 'receive' ) );",
        "class-plugin.php: add_action( 'admin_post_domain_sync_dismiss', array( Notices::class, 'dismiss' ) );",
        "class-plugin.php: add_action( 'admin_post_domain_sync_settings', array( Settings_Page::class, 'receive' ) );",
        "class-plugin.php: add_action( 'admin_post_domain_sync_setup', array( Setup_Actions::class, 'receive' ) );",
        "class-plugin.php: add_action( 'rest_api_init', array( Rest::class, 'register' ) );",
        "class-plugin.php: add_action( 'wp_ajax_domain_sync_run', array( Handover::class, 'receive' ) );",
        "class-plugin.php: add_action( 'wp_ajax_domain_sync_states', array( Live::class, 'answer' ) );",
        "class-plugin.php: add_action( 'wp_ajax_health-check-domain-sync-connection', array( Site_Health::class, 'answer_connection' ) );",
        "class-plugin.php: add_action( 'wp_ajax_health-check-domain-sync-logs', array( Site_Health::class, 'answer_logs' ) );",
        "class-plugin.php: add_action( 'wp_ajax_nopriv_domain_sync_run', array( Handover::class, 'receive' ) );",
        // See RestTest.
        'class-rest.php: register_rest_route(',
        // Binds nothing: the door is Ultimate Multisite's, and who may come in is asked before.
        "class-runcloud-integration.php: if ( doing_action( 'wp_ajax_wu_test_hosting_integration' ) ) {",
        // The one page of the Network Admin, which only reads.
        'class-screen.php: add_action( "load-$hook", array( self::class, \'read\' ) );',
    ];

    /** Hooks that the plugin listens to. WordPress, its queue and Ultimate Multisite fire them; a request names the first eleven, and the option of a screen. */
    private const HOOKS = [
        'admin_post_domain_sync_act',
        'admin_post_domain_sync_confirm_network',
        'admin_post_domain_sync_decide',
        'admin_post_domain_sync_dismiss',
        'admin_post_domain_sync_settings',
        'admin_post_domain_sync_setup',
        'wp_ajax_domain_sync_run',
        'wp_ajax_domain_sync_states',
        'wp_ajax_nopriv_domain_sync_run',
        'wp_ajax_health-check-domain-sync-connection',
        'wp_ajax_health-check-domain-sync-logs',
        'action_scheduler_after_execute',
        'action_scheduler_before_execute',
        'action_scheduler_before_process_queue',
        'action_scheduler_failed_execution',
        'activate_domain-sync-for-runcloud/domain-sync-for-runcloud.php',
        'added_blog_meta',
        'deactivate_domain-sync-for-runcloud/domain-sync-for-runcloud.php',
        'debug_information',
        'domain_sync_run',
        'network_admin_menu',
        'network_admin_notices',
        'network_admin_plugin_action_links',
        'rest_api_init',
        'set_screen_option_domain_sync_per_page',
        'site_status_tests',
        'updated_blog_meta',
        'wp_abilities_api_categories_init',
        'wp_abilities_api_init',
        'wp_dashboard_setup',
        'wp_delete_site',
        'wp_insert_site',
        'wp_network_dashboard_setup',
        'wp_ultimo_host_providers_load',
        'wp_update_site',
        'wu_add_domain',
        'wu_add_subdomain',
        'wu_admin_notices',
        'wu_async_process_domain_stage_max_tries',
        'wu_domain-mapping_scripts',
        'wu_domain_has_correct_dns',
        'wu_domain_list_column_domain',
        'wu_domain_manager_dns_propagation_finished',
        'wu_domain_mapping_row_info',
        'wu_domain_post_delete',
        'wu_domain_post_save',
        'wu_domain_pre_save',
        'wu_mcp_include_ability',
        'wu_page_wp-ultimo-domains_load',
        'wu_page_wp-ultimo-edit-domain_register_widgets',
        'wu_register_capabilities',
        'wu_register_integrations',
        'wu_remove_domain',
        'wu_remove_subdomain',
        'wu_transition_domain_domain',
        'wu_transition_domain_stage',
    ];

    /** Routes of REST; RestTest says who gets which answer. */
    private const ROUTES = [
        '/domain-sync/v1',
        '/domain-sync/v1/overview',
        '/domain-sync/v1/domains',
        '/domain-sync/v1/domains/(?P<host>[^/]+)',
        '/domain-sync/v1/domains/(?P<host>[^/]+)/verify',
        '/domain-sync/v1/plan',
        '/domain-sync/v1/check',
        '/domain-sync/v1/retry',
        '/domain-sync/v1/redeploy',
        '/domain-sync/v1/approve',
        '/domain-sync/v1/decline',
        '/domain-sync/v1/adopt',
        '/domain-sync/v1/undo',
        '/domain-sync/v1/remove',
    ];

    /** In the legacy integrations also these: the lists of the settings and of the wizard. */
    private const HOOKS_OF_LEGACY_INTEGRATIONS = ['init', 'wu_domain_manager_get_integrations'];

    /** Where a run that was handed over and did not arrive is taken: in WordPress's cron and on pages of wp-admin. */
    private const HOOKS_OF_CRON = ['wp_loaded'];
    private const HOOKS_OF_PAGES = ['admin_init'];

    public function testThePluginHasNoOtherDoorsThanThese(): void
    {
        // Whoever adds one adds its test for visitors, subscribers, admins of a site and requests without a nonce, then its line here.
        $lines = $this->linesWith(self::DOORS);
        sort($lines);
        self::assertSame(self::LINES, $lines);
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
    public function testThePluginListensToNoOtherHookThatARequestCanName(string $integrations, Kind $kind): void
    {
        $this->withIntegrations($integrations);
        $expected = [
            ...self::HOOKS,
            ...($integrations === 'legacy' ? self::HOOKS_OF_LEGACY_INTEGRATIONS : []),
            ...match ($kind) {
                Kind::Cron => self::HOOKS_OF_CRON,
                Kind::Ajax => [],
                default => self::HOOKS_OF_PAGES,
            },
        ];
        sort($expected);
        // As above: a hook that is not listed here may be a door.
        self::assertSame($expected, $this->hooks($kind));
        self::assertSame(self::ROUTES, WordPress::run(
            'return array_values(preg_grep("~runcloud|domain.?sync~i", [
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
        $before = $this->state();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        self::assertSame([], $this->panel->requests());
        self::assertSame($before, $this->state());
    }

    public function testAnAdminWithoutANonceMovesNothing(): void
    {
        $this->withIntegrations('registry');
        $this->failOnce();
        $browser = Browser::admin();
        $before = $this->state();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        self::assertSame([], $this->panel->requests());
        self::assertSame($before, $this->state());
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
        $triedAgain = ['domain_status' => 'pending', 'attempts' => '0', 'failing_since' => null] + $before[self::SHOP];
        $row = $this->network->domain(self::SHOP);
        self::assertNotNull($row['due_at']);
        self::assertEquals(array_diff_key($triedAgain, ['due_at' => '']), array_diff_key($row, ['due_at' => '']));
        self::assertSame([self::SHOP], array_keys($this->network->domains()));
    }

    /** @return array<string, array{callable(): Browser}> */
    public static function peopleWithoutRights(): array
    {
        return [
            'a visitor' => [Browser::visitor(...)],
            'a subscriber' => [Browser::subscriber(...)],
            'an admin of a site' => [Browser::siteAdmin(...)],
        ];
    }

    /**
     * @dataProvider peopleWithoutRights
     * @param callable(): Browser $person
     */
    public function testOnlyAnAdminOfTheNetworkSaysThatThisIsTheRealOne(callable $person): void
    {
        $this->becomeACopy();
        $browser = $person();
        $before = $this->state();
        $fields = ['action' => self::CONFIRM, '_wpnonce' => $browser->nonce(self::CONFIRM)];
        foreach (['/wp-admin/admin-post.php', '/wp-admin/admin-ajax.php'] as $page) {
            $browser->post($page, $fields);
            $browser->get("{$page}?" . http_build_query($fields));
        }
        self::assertSame($before, $this->state());
    }

    public function testAnAdminOfTheNetworkSaysThatThisIsTheRealOneWithANonceForThatOnly(): void
    {
        $this->becomeACopy();
        $browser = Browser::admin();
        $before = $this->state();
        foreach ([[], ['_wpnonce' => 'abcdef0123'], ['_wpnonce' => $browser->nonce('another-action')]] as $fields) {
            self::assertSame(403, $browser->post('/wp-admin/admin-post.php', ['action' => self::CONFIRM] + $fields)[0]);
        }
        self::assertSame($before, $this->state());
        $nonce = $browser->nonce(self::CONFIRM);
        self::assertSame(302, $browser->post('/wp-admin/admin-post.php', ['action' => self::CONFIRM, '_wpnonce' => $nonce])[0]);
        self::assertNotSame($before, $this->state());
    }

    public function testARunIsHandedOverToWhoeverSignsAsThisNetworkOnceAndWithinAMinute(): void
    {
        $this->network->map(self::SHOP);
        $run = fn (array $body): int => Browser::visitor()->post('/wp-admin/admin-ajax.php', $body)[0];
        self::assertSame(403, $run(['action' => 'domain_sync_run']), 'Nobody asked');

        $body = $this->handOver();
        $signature = $body['signature'];
        $before = $this->state();
        foreach (['', 'a', strtoupper($signature), substr($signature, 0, -1), [$signature]] as $wrong) {
            self::assertSame(403, $run(['signature' => $wrong] + $body));
        }
        self::assertSame($before, $this->state());
        self::assertSame([], $this->panel->requests());

        self::assertSame(202, $run($body));
        Deadline::poll('the domain at RunCloud', fn (): bool => $this->panel->hosts() === [self::SHOP]);
        self::assertSame(403, $run($body), 'A second time');

        $this->network->letTimePass(3700);
        $body = $this->handOver();
        $this->network->letTimePass(61);
        self::assertSame(403, $run(['at' => (string) ($body['at'] - 61)] + $body), 'Too late');
        self::assertSame(['POST domains'], $this->panel->requests());
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

    private function becomeACopy(): void
    {
        Environment::get()->sql("UPDATE wp_sitemeta SET meta_value = MD5('production.example') WHERE meta_key = 'domain_sync_network'");
    }

    /** @return array<string, string> What a PHP without the extension sends to ask for a run, and what does not arrive. */
    private function handOver(): array
    {
        WordPress::run('update_network_option(null, "test_handovers_are_lost", 1);');
        WordPress::run('do_action("action_scheduler_before_process_queue");', [], Kind::Cli, ['extension' => false]);
        $requests = file(Environment::get()->path('handovers.log'), FILE_IGNORE_NEW_LINES);

        return json_decode(end($requests), true, 512, JSON_THROW_ON_ERROR)['body'];
    }

    /** A step that failed, which a passed test of the connection would try again, and nothing that would keep the test from passing. */
    private function failOnce(): void
    {
        $webApps = $this->panel->simulator->state()['webapps'];
        $webApps[0]['rootPath'] = Environment::get()->site();
        $this->panel->simulator->setState(['webapps' => $webApps]);
        $this->panel->simulator->fault('status', ['status' => 422, 'times' => 3]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearFaults();
        $this->assertDomain(self::SHOP, ['domain_status' => 'action', 'domain_reason' => 'refused', 'due_at' => null]);
    }

    /** @return list<mixed> What no stranger may move. */
    private function state(): array
    {
        $options = Environment::get()->sql("SELECT meta_key, meta_value FROM wp_sitemeta WHERE meta_key LIKE 'domain\\_sync%' ORDER BY meta_key");

        return [$this->network->domains(), $this->network->jobs('domain_sync'), $options];
    }

    /** The wizard's test, and every action of the plugin's as if it could be asked for, in every way WordPress takes requests. */
    private function tryEverything(Browser $browser): void
    {
        $browser->get('/wp-admin/admin-ajax.php?' . http_build_query(['action' => self::TEST, 'integration' => 'runcloud']));
        $browser->post('/wp-admin/admin-ajax.php', ['action' => self::TEST, 'integration' => 'runcloud', '_ajax_nonce' => 'abcdef0123']);
        $hooks = preg_grep('~domain_sync_~', $this->hooks(Kind::Ajax));
        self::assertNotSame([], $hooks);
        foreach (preg_replace('~^(admin_post|wp_ajax)_(nopriv_)?~', '', $hooks) as $hook) {
            $fields = ['action' => $hook, 'id' => 1, 'args' => [1], 'signature' => 'a', '_wpnonce' => 'abcdef0123'];
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
