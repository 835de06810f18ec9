<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * From activation to the first served domain, on one page.
 */
final class SetupTest extends NetworkTestCase
{
    private const SETUP = '/wp-admin/network/admin.php?page=domain-sync&tab=setup';
    private const DASHBOARD = '/wp-admin/network/index.php';
    private const NONE = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null];
    private const TOKEN = 'test-token';

    private Browser $admin;

    protected function setUp(): void
    {
        parent::setUp();
        $this->setRootPath(Environment::get()->site());
        // Nobody visits cron here, and how old the environment is must not matter.
        WordPress::run('wp_clear_scheduled_hook("action_scheduler_run_queue", ["WP Cron"]);');
        $this->admin = Browser::admin();
    }

    public function testAQueueThatNobodyWorksIsAStepOfTheSetup(): void
    {
        WordPress::run('wp_schedule_event(time() - 700, "hourly", "action_scheduler_run_queue", ["WP Cron"]);');
        self::assertSame('runner', $this->next());
        self::assertStringContainsString('Nobody has worked the queue for', $this->text());
    }

    /** @dataProvider integrations */
    public function testAfterActivationOneNoticeWithOneButtonLeadsToTheSetup(string $integrations): void
    {
        $this->withIntegrations($integrations);
        self::assertStringNotContainsString('tab=setup', $this->notice());
        $this->define(self::NONE + $this->played($integrations));
        self::assertStringContainsString('is active, and not set up yet', $this->notice());
        self::assertStringContainsString('tab=setup', $this->notice());
        $page = $this->admin->get(self::DASHBOARD)[1];
        self::assertSame(1, substr_count($page, 'page=domain-sync&#038;tab=setup') + substr_count($page, 'page=domain-sync&amp;tab=setup'));
        self::assertStringNotContainsString('not properly configured', $page);
        self::assertStringNotContainsString('not properly setup', $page);
        $this->admin->press(self::DASHBOARD, 'hide', '1');
        self::assertSame('', $this->notice());
    }

    public function testATokenIsAllThatHasToBeEnteredWhereOneWebApplicationHasThisFolder(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        self::assertSame('credentials', $this->next());
        [$address, $page] = $this->admin->press(self::SETUP, 'do', 'save', ['token' => self::TOKEN]);
        self::assertStringContainsString('tab=setup', $address);
        self::assertSame(
            ['GET servers', 'GET servers/1001/webapps', 'GET ping', 'GET servers/1001', 'GET ', 'GET ssl/advanced'],
            $this->panel->requests()
        );
        self::assertStringNotContainsString(self::TOKEN, $page);
        self::assertSame([], $this->stepsToDo());
        self::assertSame('["1001","2001"]', WordPress::run(
            'return json_encode(array_map([Domain_Sync_For_RunCloud\Um\Ultimate_Multisite::class, "stored_credential"],
                ["WU_RUNCLOUD_SERVER_ID", "WU_RUNCLOUD_APP_ID"]));'
        ));
        $kept = "SELECT meta_value FROM wp_sitemeta WHERE meta_key LIKE '%runcloud%' UNION SELECT meta_value FROM wp_usermeta";
        foreach (Environment::get()->sql($kept) as $row) {
            self::assertStringNotContainsString(self::TOKEN, (string) $row['meta_value']);
        }
        $this->network->map('shop.customer.example');
        $this->network->runQueue();
        $this->assertPanelHolds(['shop.customer.example']);
    }

    public function testAKeyAndItsSecretTakeThePlaceOfAToken(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        $this->admin->press(self::SETUP, 'do', 'save', ['token' => 'an-old-token']);
        $this->panel->simulator->clearHistory();
        $this->admin->press(self::SETUP, 'do', 'save', ['key' => 'test-key', 'secret' => 'test-secret']);
        self::assertSame([], $this->stepsToDo());
        self::assertStringContainsString('legacy personal space', $this->text());
        self::assertStringContainsString('/api/v2/', $this->panel->simulator->history()[0]['path']);
        $this->admin->press(self::SETUP, 'do', 'save', ['token' => self::TOKEN]);
        self::assertStringContainsString('A token is used.', $this->text());
    }

    public function testARefusedTokenIsSaidWhereItIsEntered(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        $this->admin->press(self::SETUP, 'do', 'save', ['token' => 'secret-but-wrong']);
        self::assertSame('credentials', $this->next());
        self::assertStringContainsString('RunCloud refused the API token', $this->text());
        self::assertStringNotContainsString('secret-but-wrong', $this->admin->get(self::SETUP)[1]);
    }

    /** @return array<string, array{string, string, string}> */
    public static function languages(): array
    {
        return [
            'Hindi' => ['hi_IN', 'प्लगइन को RunCloud API का टोकन दें', 'सेव करें और वेब एप्लिकेशन खोजें'],
            'Bengali' => ['bn_BD', 'প্লাগইনকে RunCloud API-র টোকেন দিন', 'সংরক্ষণ করে ওয়েব অ্যাপ্লিকেশন খুঁজুন'],
        ];
    }

    /** @dataProvider languages */
    public function testAnAdminReadsTheSetupInTheirLanguage(string $locale, string $title, string $button): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        WordPress::run('update_user_meta($user, "locale", $locale);', ['user' => WordPress::ADMIN, 'locale' => $locale]);
        $text = $this->text();
        self::assertStringContainsString($title, $text);
        self::assertStringContainsString($button, $text);
        self::assertDoesNotMatchRegularExpression('~Give the plugin a token|[^\x00-\x7f]\.~', $text, 'Its words, and its full stop');
    }

    /** @return array<string, array{array<string, string>, string}> */
    public static function wrong(): array
    {
        return [
            'a token with a space' => [['token' => 'two words'], 'no spaces'],
            'a token outside of ASCII' => [['token' => 'টোকেন'], 'no spaces'],
            'a key without its secret' => [['key' => 'test-key'], 'both, its key and its secret'],
            'a server that is no number' => [['server' => 'web-1', 'app' => '2001'], "The server's id is a whole number"],
            'a web application below one' => [['server' => '1001', 'app' => '0'], 'webapps/2001'],
            'nothing' => [[], 'Fill in what is to be saved.'],
        ];
    }

    /**
     * @dataProvider wrong
     * @param array<string, string> $fields
     */
    public function testWhatCannotBeRightIsNotSavedAndSaidInASentence(array $fields, string $sentence): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        [, $page] = $this->admin->press(self::SETUP, 'do', 'save', ['token' => '', 'key' => '', 'secret' => ''] + $fields);
        if ($fields !== []) {
            [, $page] = $this->admin->press(self::SETUP, 'do', 'save', $fields);
        }
        self::assertStringContainsString($sentence, html_entity_decode($page, ENT_QUOTES));
        self::assertSame([], $this->panel->requests());
        self::assertSame([], $this->stored());
    }

    public function testOfSeveralWebApplicationsTheAdminChoosesOne(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        $apps = $this->panel->simulator->state()['webapps'];
        $this->panel->simulator->setState(['webapps' => [...$apps, ['id' => 2002, 'name' => 'twin'] + $apps[0]]]);
        $this->admin->press(self::SETUP, 'do', 'save', ['token' => self::TOKEN]);
        self::assertSame('web-app', $this->next());
        self::assertStringContainsString('twin (web application 2002 on server 1001)', $this->text());
        $this->admin->press(self::SETUP, 'do', 'save', ['server' => '1001', 'app' => '2002']);
        self::assertSame([], $this->stepsToDo());
        self::assertStringContainsString('Server 1001, web application 2002.', $this->text());
    }

    public function testIdsOfAnotherApplicationAreSaidToBeSo(): void
    {
        $this->withIntegrations('registry');
        $this->define(['WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null]);
        $apps = $this->panel->simulator->state()['webapps'];
        $other = ['id' => 2002, 'name' => 'other', 'rootPath' => '/home/other', 'publicPath' => '/home/other'];
        $this->panel->simulator->setState(['webapps' => [...$apps, $other + $apps[0]]]);
        $this->admin->press(self::SETUP, 'do', 'save', ['server' => '1001', 'app' => '2002']);
        self::assertSame('web-app', $this->next());
        self::assertStringContainsString('The web application "other" is in /home/other', $this->text());
        $this->admin->press(self::SETUP, 'do', 'find');
        self::assertStringContainsString("These ids are another application's", $this->text());
        $this->admin->press(self::SETUP, 'do', 'save', ['server' => '1001', 'app' => '2001']);
        self::assertSame([], $this->stepsToDo());
    }

    public function testWhereNoWebApplicationHasThisFolderTheIdsAreAskedFor(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        $this->setRootPath('/home/elsewhere');
        $this->admin->press(self::SETUP, 'do', 'save', ['token' => self::TOKEN]);
        self::assertSame('web-app', $this->next());
        self::assertStringContainsString('None was found', $this->text());
        self::assertStringContainsString('domain_sync_document_root', $this->text());
    }

    public function testWhatWpConfigSaysIsShownAndNotAskedFor(): void
    {
        self::assertSame([], $this->stepsToDo(['test']));
        $page = $this->admin->get(self::SETUP)[1];
        self::assertStringContainsString('It is in wp-config.php; change it there.', $this->text());
        self::assertStringNotContainsString('name="token"', $page);
        self::assertStringNotContainsString(self::TOKEN, $page);
        // A constant wins, so nothing is stored beside it.
        $this->admin->press(self::SETUP, 'do', 'test');
        $this->admin->post('/wp-admin/admin-post.php', [
            'action' => 'domain_sync_setup',
            '_wpnonce' => $this->admin->nonce('domain_sync_setup'),
            'do' => 'save',
            'token' => 'another',
            'server' => '7',
        ]);
        self::assertSame([], $this->stored());
    }

    public function testAnIdInWpConfigThatIsNoNumberIsNamed(): void
    {
        $this->define(['WU_RUNCLOUD_SERVER_ID' => 'web-1']);
        self::assertSame('web-app', $this->next());
        self::assertStringContainsString('WU_RUNCLOUD_SERVER_ID in wp-config.php is no whole number above zero', $this->text());
    }

    public function testWhereNothingCanBeStoredThePageGivesLinesForWpConfig(): void
    {
        $this->withIntegrations('legacy');
        $this->define(self::NONE + $this->played('legacy'));
        self::assertStringContainsString("define( 'WU_RUNCLOUD_API_TOKEN', 'your-token' );", $this->text());
        $this->define(['WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null] + $this->played('legacy'));
        self::assertSame('web-app', $this->next());
        $this->admin->press(self::SETUP, 'do', 'find');
        self::assertStringContainsString(
            "define( 'WU_RUNCLOUD_SERVER_ID', 1001 );\ndefine( 'WU_RUNCLOUD_APP_ID', 2001 );",
            html_entity_decode($this->admin->get(self::SETUP)[1], ENT_QUOTES)
        );
        $this->define($this->played('legacy'));
        $this->admin->press(self::SETUP, 'do', 'test');
        self::assertSame([], $this->stepsToDo());
    }

    /** @dataProvider integrations */
    public function testTheSwitchIsUltimateMultisitesAndNothingMappedBeforeIsDoneUnasked(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->hadBefore('shop.customer.example');
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", ["closte" => true, "runcloud" => false]);');
        $this->network->forgetList();
        self::assertSame('switch', $this->next(['test']));
        $this->admin->press(self::SETUP, 'do', 'switch-on');
        $on = WordPress::run('$on = get_network_option(null, "wu_host_integrations_enabled"); ksort($on); return $on;');
        self::assertSame(['closte' => true, 'runcloud' => true], $on);
        $this->network->runQueue();
        $this->assertPanelHolds([]);
        self::assertSame('plan', $this->next(['test']));
        self::assertStringContainsString('1 domain is mapped here', $this->text());
    }

    public function testOneProcessTalksToRunCloudAtATime(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\Panel\Limits::take_lease("another");');
        [, $page] = $this->admin->press(self::SETUP, 'do', 'test');
        self::assertStringContainsString('Another process talks to RunCloud', $page);
        self::assertSame([], $this->panel->requests());
    }

    public function testWithoutTheExtensionThePageSaysHowToInstallIt(): void
    {
        $steps = WordPress::run(
            'return array_map(
                fn ($step) => [$step->id, $step->status->value, implode(" ", $step->sentences), $step->html],
                Domain_Sync_For_RunCloud\Admin\Setup::steps()
            );',
            [],
            Kind::Cli,
            ['extension' => false, 'user' => WordPress::ADMIN]
        );
        self::assertSame(['extension', 'action'], array_slice($steps[0], 0, 2));
        self::assertStringContainsString('PHP ' . PHP_VERSION . ' (cli)', $steps[0][2]);
        self::assertStringContainsString('pie install', $steps[0][3]);
    }

    /** @dataProvider integrations */
    public function testTheWizardOfUltimateMultisiteSpeaksOfTodaysRunCloud(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $said = WordPress::run(
            '$integration = class_exists("WP_Ultimo\Integrations\Integration_Registry") && $registry
                ? WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")
                : WP_Ultimo\Integrations\Host_Providers\Runcloud_Host_Provider::get_instance();
            ob_start();
            $integration->get_instructions();
            return [ob_get_clean(), array_keys($integration->get_fields())];',
            ['registry' => $integrations === 'registry']
        );
        self::assertStringContainsString('API Management', $said[0]);
        self::assertStringContainsString('WU_RUNCLOUD_API_KEY', $said[0]);
        $pair = $integrations === 'registry' ? ['WU_RUNCLOUD_API_KEY', 'WU_RUNCLOUD_API_SECRET'] : [];
        self::assertSame(['WU_RUNCLOUD_API_TOKEN', 'WU_RUNCLOUD_SERVER_ID', 'WU_RUNCLOUD_APP_ID', ...$pair], $said[1]);
    }

    public function testTheWizardKeepsAKeyAndItsSecret(): void
    {
        $this->withIntegrations('registry');
        $this->define(self::NONE);
        WordPress::run(
            'WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")->save_credentials([
                "WU_RUNCLOUD_API_KEY" => "test-key", "WU_RUNCLOUD_API_SECRET" => "test-secret",
                "WU_RUNCLOUD_SERVER_ID" => "1001", "WU_RUNCLOUD_APP_ID" => "2001"]);'
        );
        $this->admin->press(self::SETUP, 'do', 'test');
        self::assertSame([], $this->stepsToDo());
    }

    /**
     * The step that is open, by its id; "" for none.
     *
     * @param list<string> $but Steps that do not count.
     */
    private function next(array $but = []): string
    {
        return $this->stepsToDo($but)[0] ?? '';
    }

    /**
     * @param list<string> $but Steps that do not count.
     *
     * @return list<string> Ids of the steps that somebody has to see to.
     */
    private function stepsToDo(array $but = []): array
    {
        preg_match_all('~<li id="domain-sync-step-([a-z-]+)" class="domain-sync-step is-action"~', $this->admin->get(self::SETUP)[1], $found);

        return array_values(array_diff($found[1], $but));
    }

    /** @return list<array<string, mixed>> Names of the options with what is stored of the credentials. */
    private function stored(): array
    {
        return Environment::get()->sql("SELECT meta_key FROM wp_sitemeta WHERE meta_key LIKE 'wu\_hosting\_credential%'");
    }

    private function text(): string
    {
        return preg_replace('~\s+~', ' ', html_entity_decode(strip_tags($this->admin->get(self::SETUP)[1]), ENT_QUOTES));
    }

    private function notice(): string
    {
        return WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
    }

    /** @return array<string, string> The constant by which the double plays old integrations. */
    private function played(string $integrations): array
    {
        return $integrations === 'legacy' && !Environment::get()->isReal() ? ['WU_DOUBLE_INTEGRATIONS' => 'legacy'] : [];
    }

    private function setRootPath(string $path): void
    {
        $apps = $this->panel->simulator->state()['webapps'];
        $apps[0] = ['rootPath' => $path, 'publicPath' => $path] + $apps[0];
        $this->panel->simulator->setState(['webapps' => $apps]);
    }
}
