<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Host names and answers of the panel that want to be SQL, HTML or a terminal's commands.
 */
final class HostileNamesTest extends NetworkTestCase
{
    private const GOOD = 'shop.customer.example';
    private const SCRIPT = '<script>alert("marker-of-a-script")</script>';

    private const NAMES = [
        "shop'.customer.example",
        'shop".customer.example',
        "x.example'); DROP TABLE wp_domain_sync_domains; -- ",
        "x.example' OR '1'='1",
        '%s.customer.example',
        '%1$s%i.customer.example',
        'back\\slash.customer.example',
        self::SCRIPT . '.customer.example',
        '<img src=x onerror=alert(1)>.example',
        "nul\0.customer.example",
        "\0",
        "two\nlines.customer.example",
        "bell\x07and\x1b[31mcolour.customer.example",
        "broken\xff\xfeutf8.customer.example",
        "right\u{202e}to-left.customer.example",
        '../../../ssl/advanced',
        'shop.customer.example/../..?x=1#y',
        'user:password@shop.customer.example',
        '127.0.0.1:8080',
        '-',
        '',
        '.',
        'no-dot',
    ];

    protected function setUp(): void
    {
        parent::setUp();
        $this->network->map(self::GOOD);
        $this->network->runQueue();
        // With the next look, in the coming minute, a job would come of it that no name has brought.
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET look_at = NULL');
        $this->panel->simulator->clearHistory();
    }

    /** @return array<string, array{string}> PHP that gives $name to the plugin. */
    public static function ways(): array
    {
        return [
            'the events' => [
                'foreach (["wu_add_domain", "wu_add_subdomain", "wu_remove_domain", "wu_remove_subdomain"] as $hook) {
                    do_action($hook, $name, 1);
                }',
            ],
            'the events at once' => ['
                do_action("wu_transition_domain_domain", "new", $name, wu_get_domain_by_domain("' . self::GOOD . '")->get_id());'],
            // Ultimate Multisite falls over a name that does not fit into its own table.
            'a domain record' => ['try { wu_create_domain(["domain" => $name, "blog_id" => 1]); } catch (Error) {}'],
            'a rename' => ['$domain = wu_get_domain_by_domain("' . self::GOOD . '");
                $domain->set_domain($name); try { $domain->save(); } catch (Error) {}'],
        ];
    }

    /** @dataProvider ways */
    public function testAHostileNameReachesNeitherTheTableNorRunCloudNorTheLogAsItIs(string $code): void
    {
        $names = [...self::NAMES, str_repeat('a', 70000) . '.example', str_repeat('a.', 130) . 'example'];
        $before = self::rows();
        WordPress::run(
            'foreach (array_map("base64_decode", $names) as $name) { ' . $code . ' }',
            ['names' => array_map('base64_encode', $names)]
        );
        $this->network->settle();

        $after = self::rows();
        self::assertSame([], [...array_diff($after, $before), ...array_diff($before, $after)], 'Rows that came, changed or went');
        self::assertSame([self::GOOD], array_keys($this->network->domains()));
        $this->assertPanelHolds([self::GOOD]);
        self::assertSame([], $this->panel->changes());
        $log = $this->network->log();
        self::assertStringNotContainsString('<script', $log);
        self::assertStringNotContainsString('<img', $log);
        self::assertDoesNotMatchRegularExpression('/[\x00-\x09\x0b-\x1f\x7f]/', $log, 'Control characters in the log');
        self::assertLessThan(100000, strlen($log), 'A long name fills the log');
    }

    public function testANameInAnotherScriptIsKeptAsAscii(): void
    {
        WordPress::run('do_action("wu_add_domain", "bücher.customer.example", 1); do_action("wu_add_domain", "दुकान.customer.example", 1);');
        $this->network->settle();
        $this->assertPanelHolds(['xn--bcher-kva.customer.example', 'xn--11b7ah1gn.customer.example', self::GOOD]);
    }

    public function testAScriptInAnAnswerIsShownNowhereAsOne(): void
    {
        $body = json_encode(['message' => self::SCRIPT, 'errors' => ['name' => [self::SCRIPT, "'; DROP TABLE wp_domain_sync_domains; --"]]]);
        foreach ([422, 403] as $status) {
            $this->panel->simulator->clearFaults();
            $this->panel->simulator->fault('status', ['status' => $status, 'body' => $body]);
            $this->network->map("shop{$status}.customer.example");
            $this->network->runQueue();
            $reason = $status === 422 ? 'refused' : 'forbidden';
            $this->assertDomain("shop{$status}.customer.example", ['domain_status' => 'action', 'domain_reason' => $reason]);
        }
        $admin = Browser::admin();
        foreach (['network/', 'network/plugins.php', 'site-health.php?tab=debug'] as $page) {
            self::assertStringNotContainsString(self::SCRIPT, $admin->get("/wp-admin/{$page}")[1], $page);
        }
        $answer = $admin->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']);
        self::assertStringNotContainsString('<script', $answer['data']);
        self::assertArrayHasKey(self::GOOD, $this->network->domains());
    }

    public function testANameOfAWebAppThatIsAScriptIsNotShownAsOne(): void
    {
        $apps = $this->panel->simulator->state()['webapps'];
        $apps[0] = ['name' => self::SCRIPT, 'rootPath' => '/' . self::SCRIPT, 'publicPath' => '/' . self::SCRIPT] + $apps[0];
        $this->panel->simulator->setState(['webapps' => $apps]);
        $answer = Browser::admin()->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']);
        self::assertStringContainsString('WU_RUNCLOUD_APP_ID', $answer['data']);
        self::assertStringNotContainsString('<script', $answer['data']);
    }

    /**
     * Rows that no name may change: those of every table but the plugin's own, which is looked at by itself, and what WordPress and Ultimate
     * Multisite keep of times, records and events. The plugin's jobs and network options are among them.
     *
     * @return list<string>
     */
    private static function rows(): array
    {
        $found = [];
        foreach (array_column(Environment::get()->sql('SHOW TABLES'), 'Tables_in_wordpress') as $table) {
            $condition = match (true) {
                $table === 'wp_domain_sync_domains', str_starts_with($table, 'wp_wu_') => 'FALSE',
                $table === 'wp_actionscheduler_actions' => "hook LIKE 'domain\_sync%'",
                str_starts_with($table, 'wp_actionscheduler_') => 'FALSE',
                $table === 'wp_options' => "option_name <> 'cron' AND option_name NOT LIKE '%transient%'",
                $table === 'wp_sitemeta' => "meta_key NOT LIKE '%transient%'",
                default => 'TRUE',
            };
            foreach (Environment::get()->sql("SELECT * FROM {$table} WHERE {$condition}") as $row) {
                $found[] = "{$table}: " . json_encode($row, JSON_PARTIAL_OUTPUT_ON_ERROR);
            }
        }

        return $found;
    }
}
