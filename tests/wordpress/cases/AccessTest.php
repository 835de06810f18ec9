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

    public function testThePluginHasNoDoorOfItsOwn(): void
    {
        // Whoever adds one adds its test for visitors, subscribers, admins of a site and requests without a nonce, then its line here.
        self::assertSame([], $this->linesWith(self::DOORS));
        self::assertSame([], WordPress::run('return array_values(preg_grep("~runcloud~i", array_keys(rest_get_server()->get_routes())));'));
    }

    /** @return array<string, array{string, callable(): Browser}> Era, and somebody without rights. */
    public static function strangers(): array
    {
        $people = [
            'a visitor' => Browser::visitor(...),
            'a subscriber' => Browser::subscriber(...),
            'an admin of a site' => Browser::siteAdmin(...),
        ];
        $cases = [];
        foreach (self::eras() as $name => [$era]) {
            foreach ($people as $who => $person) {
                $cases["{$who}, {$name}"] = [$era, $person];
            }
        }

        return $cases;
    }

    /**
     * @dataProvider strangers
     * @param callable(): Browser $stranger
     */
    public function testAStrangerMovesNothing(string $era, callable $stranger): void
    {
        $this->inEra($era);
        $this->failOnce();
        $browser = $stranger();
        $before = $this->network->wishes();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        self::assertSame([], $this->panel->requests());
        self::assertSame($before, $this->network->wishes());
    }

    public function testAnAdminWithoutANonceMovesNothing(): void
    {
        $this->inEra('registry');
        $this->failOnce();
        $browser = Browser::admin();
        $before = $this->network->wishes();
        $this->panel->simulator->clearHistory();

        $this->tryEverything($browser);
        self::assertSame([], $this->panel->requests());
        self::assertSame($before, $this->network->wishes());
    }

    public function testTheIntegrationItselfRefusesThoseWhomUltimateMultisiteLetsThrough(): void
    {
        $this->inEra('registry');
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
        self::assertArrayHasKey(self::SHOP, $this->network->wishes());
    }

    /** A wish that failed, which a passed test of the connection would try again. */
    private function failOnce(): void
    {
        $this->panel->simulator->fault('status', ['status' => 403, 'times' => 3]);
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        $this->panel->simulator->clearFaults();
        $this->assertWish(self::SHOP, ['state' => 'failed']);
    }

    /** The wizard's test, and every action of the plugin's as if it could be asked for, in every way WordPress takes requests. */
    private function tryEverything(Browser $browser): void
    {
        $browser->get('/wp-admin/admin-ajax.php?' . http_build_query(['action' => self::TEST, 'integration' => 'runcloud']));
        $browser->post('/wp-admin/admin-ajax.php', ['action' => self::TEST, 'integration' => 'runcloud', '_ajax_nonce' => 'abcdef0123']);
        foreach (['runcloud_carry_out', 'runcloud_sweep', 'runcloud_redeploy', 'runcloud_wake'] as $hook) {
            self::assertNotSame([], $this->linesWith("~'{$hook}'~"), "{$hook} is no hook of the plugin");
            $fields = ['action' => $hook, 'id' => 1, 'args' => [1]];
            $browser->post('/wp-admin/admin-ajax.php', $fields);
            $browser->post('/wp-admin/admin-post.php', $fields);
            $browser->get("/?{$hook}=1&hook={$hook}");
        }
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
