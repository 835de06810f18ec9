<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\FaultyDay;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\Markers;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\Overheard;
use RunCloud\Test\WordPress\Support\Records;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Planted secrets are searched for in all that a network writes down, prints or shows while things go wrong.
 */
final class SecretsTest extends NetworkTestCase
{
    private const TOKEN = ['WU_RUNCLOUD_API_TOKEN' => Markers::TOKEN];
    private const PAIR = [
        'WU_RUNCLOUD_API_TOKEN' => null,
        'WU_RUNCLOUD_API_KEY' => Markers::KEY,
        'WU_RUNCLOUD_API_SECRET' => Markers::SECRET,
    ];
    private const WIZARD = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null];
    private const PROXY = [
        'WP_PROXY_HOST' => '127.0.0.1',
        'WP_PROXY_PORT' => 1,
        'WP_PROXY_USERNAME' => 'somebody',
        'WP_PROXY_PASSWORD' => Markers::PROXY_PASSWORD,
    ];

    protected function setUp(): void
    {
        parent::setUp();
        @unlink(Records::traces());
        $this->panel->simulator->setState(['tokens' => [Markers::TOKEN], 'basic' => [[Markers::KEY, Markers::SECRET]]]);
    }

    /** @return array<string, array{array<string, mixed>, Kind}> Constants, and the kind of process that does the work. */
    public static function days(): array
    {
        return [
            'a token in wp-config.php, php-fpm' => [self::TOKEN, Kind::FrontEnd],
            'a key and secret in wp-config.php, command line, legacy' => [self::PAIR + ['WU_DOUBLE_INTEGRATIONS' => 'legacy'], Kind::Cli],
            'a token of the wizard, command line' => [self::WIZARD, Kind::Cli],
        ];
    }

    /**
     * @dataProvider days
     * @param array<string, mixed> $credentials
     */
    public function testNoFaultMakesASecretBeWrittenOrShown(array $credentials, Kind $kind): void
    {
        $constants = $credentials + self::PROXY + Environment::CREDENTIALS;
        if ($credentials === self::WIZARD) {
            // Before the registry the wizard stored nothing: it wrote constants into wp-config.php.
            $this->withIntegrations('registry');
        }
        Environment::get()->setConstants($constants);
        if ($credentials === self::WIZARD) {
            $this->letTheWizardStoreTheToken();
        }
        $sent = isset($credentials['WU_RUNCLOUD_API_KEY'])
            ? 'Basic ' . base64_encode(Markers::KEY . ':' . Markers::SECRET) . ' (' . Markers::KEY . ' and ' . Markers::SECRET . ')'
            : 'Bearer ' . Markers::TOKEN;
        $day = new FaultyDay($this->panel, $constants, $sent, $kind);

        $day->live();
        self::assertSame($day->faults()->ordered(), $day->faults()->struck(), 'The faults that struck');
        foreach (['A trace', 'A warning', 'could not add', 'could not remove', 'could not order'] as $words) {
            self::assertTrue(str_contains($day->written(), $words), "'{$words}' is written down");
        }
        self::assertTrue(str_contains($day->printed(), 'A warning'), 'A warning is shown');
        self::assertSame([], Markers::in($day->printed()));
        self::assertSame([], Markers::in($day->written()));
        self::assertSame([], Markers::in($this->shown($kind)));
    }

    public function testTheSearchFindsAMarkerInEveryForm(): void
    {
        foreach (Markers::all() as $marker) {
            foreach (['', 'a', 'ab'] as $before) {
                $hidden = ["{$before}{$marker}{$before}", strrev($marker), bin2hex($marker), base64_encode("{$before}{$marker}{$before}")];
                foreach ($hidden as $text) {
                    self::assertStringStartsWith("{$marker}, ", (string) key(Markers::in("Something like {$text}.")), $text);
                }
            }
        }
        self::assertSame([], Markers::in('marker, token, key, secret, password'));
    }

    /** @return array<string, array{Kind, string}> Kind of process, and code that throws, as a theme or an import script may hold. */
    public static function throwers(): array
    {
        $throwers = [
            'a refused call' => 'RunCloud\Client::fromConstants()->addDomain("shop.customer.example");',
            'arguments that cannot be right' => 'new RunCloud\Client(0, 2001, WU_RUNCLOUD_API_TOKEN, WU_RUNCLOUD_API_KEY, WU_RUNCLOUD_API_SECRET);',
        ];
        $cases = [];
        foreach ([Kind::FrontEnd, Kind::Cli] as $kind) {
            foreach ($throwers as $what => $code) {
                $cases["{$what}, {$kind->name}"] = [$kind, $code];
            }
        }

        return $cases;
    }

    /** @dataProvider throwers */
    public function testAnUncaughtExceptionOfTheExtensionShowsNoSecret(Kind $kind, string $code): void
    {
        $all = array_diff_key(self::PAIR, self::TOKEN) + self::TOKEN;
        Environment::get()->setConstants(FaultyDay::talkative($kind) + $all + Environment::CREDENTIALS);
        $this->panel->simulator->fault('status', ['status' => 401, 'body' => ['message' => 'You sent Bearer ' . Markers::TOKEN]]);

        // The door catches what its errand throws; nobody catches this.
        $printed = Overheard::run('add_action("shutdown", static function () {' . $code . '});', [], $kind);
        $logged = Records::logs();
        unlink(Environment::get()->logs() . '/debug.log');
        foreach ([$printed, $logged] as $text) {
            self::assertMatchesRegularExpression('~Fatal error.*: +Uncaught RunCloud.Exception~', $text);
            self::assertSame([], Markers::in($text));
        }
    }

    public function testNoPasswordOfAProxyThatDoesNotAnswerIsWrittenOrShown(): void
    {
        $this->define(self::PROXY + self::TOKEN + FaultyDay::talkative(Kind::Cli));
        $this->network->map('shop.customer.example');
        $printed = Overheard::run('do_action("action_scheduler_run_queue", "WP Cron");', [], Kind::Cli);
        $this->assertDomain('shop.customer.example', ['domain_status' => 'pending', 'domain_reason' => 'panel-unreachable']);
        self::assertSame([], Markers::in($printed . Records::logs() . Records::rows() . $this->shown(Kind::Cli)));
    }

    private function letTheWizardStoreTheToken(): void
    {
        WordPress::run(
            'WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")->save_credentials($credentials);',
            ['credentials' => ['WU_RUNCLOUD_API_TOKEN' => Markers::TOKEN, 'WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001']]
        );
    }

    /** What an admin gets to see, and what PHP tells of itself. */
    private function shown(Kind $kind): string
    {
        $admin = Browser::admin();
        $text = Overheard::run('phpinfo();', [], $kind);
        $health = ['network/site-health.php?tab=debug', 'site-health.php?tab=debug', 'site-health.php'];
        $pages = ['network/', 'network/plugins.php', 'plugins.php', ...$health];
        foreach ($pages as $page) {
            [$status, $html] = $admin->get("/wp-admin/{$page}");
            self::assertContains($status, [200, 302, 403, 404], $page);
            $text .= $html;
        }
        foreach (['connection', 'logs'] as $test) {
            $fields = ['action' => "health-check-domain-sync-{$test}", '_wpnonce' => $admin->nonce('health-check-site-status')];
            [$status, $json] = $admin->post('/wp-admin/admin-ajax.php', $fields);
            self::assertSame(200, $status);
            $text .= $json;
        }

        return $text;
    }
}
