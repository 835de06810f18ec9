<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * Planted secrets are searched for in all that a network writes down or shows while things go wrong.
 */
final class SecretsTest extends NetworkTestCase
{
    private const TOKEN = 'marker-token-7f3a9c1e5b';
    private const KEY = 'marker-key-51d2ab77c0';
    private const SECRET = 'marker-secret-90ffe3124d';
    private const PROXY_PASSWORD = 'marker-password-c0de17';
    private const MARKERS = [self::TOKEN, self::KEY, self::SECRET, self::PROXY_PASSWORD, 'SIMULATOR-PRIVATE-KEY', 'SIMULATOR-PULL-KEY'];

    private const NO_CREDENTIALS = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_SERVER_ID' => null, 'WU_RUNCLOUD_APP_ID' => null];
    private const PAIR = ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => self::KEY, 'WU_RUNCLOUD_API_SECRET' => self::SECRET];

    protected function setUp(): void
    {
        parent::setUp();
        @unlink(self::traces());
        $this->panel->simulator->setState(['tokens' => [self::TOKEN], 'basic' => [[self::KEY, self::SECRET]]]);
    }

    public function testNoTokenOfAConstantIsWrittenOrShown(): void
    {
        $this->define(['WU_RUNCLOUD_API_TOKEN' => self::TOKEN]);
        $this->searchAfterABadDay(self::TOKEN);
    }

    public function testNoKeyAndSecretOfConstantsIsWrittenOrShown(): void
    {
        $this->define(self::PAIR);
        $this->searchAfterABadDay(self::KEY . ' and ' . self::SECRET);
    }

    public function testNoTokenThatTheWizardStoredIsWrittenOrShownInPlain(): void
    {
        $this->inEra('registry');
        $this->define(self::NO_CREDENTIALS);
        WordPress::run(
            'WP_Ultimo\Integrations\Integration_Registry::get_instance()->get("runcloud")->save_credentials($credentials);',
            ['credentials' => ['WU_RUNCLOUD_API_TOKEN' => self::TOKEN, 'WU_RUNCLOUD_SERVER_ID' => '1001', 'WU_RUNCLOUD_APP_ID' => '2001']]
        );
        $this->searchAfterABadDay(self::TOKEN);
    }

    public function testNoPasswordOfAProxyIsWrittenOrShown(): void
    {
        $this->define([
            'WU_RUNCLOUD_API_TOKEN' => self::TOKEN,
            'WP_PROXY_HOST' => '127.0.0.1',
            'WP_PROXY_PORT' => 1,
            'WP_PROXY_USERNAME' => 'somebody',
            'WP_PROXY_PASSWORD' => self::PROXY_PASSWORD,
        ]);
        $this->network->map('shop.customer.example');
        $this->network->runQueue();
        $this->assertWish('shop.customer.example', ['state' => 'retrying']);
        $this->search([$this->written(), $this->shown([])]);
    }

    /**
     * Many hosts live through a fault each, in all that happens to a host.
     *
     * @param string $echoed Secrets that the panel, or something between, repeats in its answers.
     */
    private function searchAfterABadDay(string $echoed): void
    {
        $faults = self::faults($echoed);
        $hosts = array_map(static fn (int $n): string => "shop{$n}.customer.example", range(1, count($faults) + 1));
        // What somebody who looks for a fault would write down, in the middle of a call.
        $queue = '$write = fn(string $text) => error_log($text, 3, "' . self::traces() . '");
            add_action("runcloud_before_call", fn() => $write(new Exception("A trace") . print_r(debug_backtrace(), true)));
            add_action("runcloud_after_call", fn(...$all) => $write(print_r($all, true)), 10, 2);
            do_action("action_scheduler_run_queue", "WP Cron");';

        WordPress::run('foreach ($hosts as $host) { wu_create_domain(["domain" => $host, "blog_id" => 1]); }', ['hosts' => $hosts]);
        $this->network->pointDns(...$hosts);
        foreach (['POST', 'PUT', 'DELETE'] as $method) {
            foreach ($faults as [$kind, $details]) {
                $this->panel->simulator->fault($kind, $details + ['times' => 1, 'match' => ['method' => $method]]);
            }
        }
        WordPress::run($queue);
        $this->network->letTimePass(3700);
        WordPress::run($queue);
        $this->network->letTimePass(3700);
        WordPress::run($queue);
        $shown = $this->shown($faults);
        WordPress::run('foreach ($hosts as $host) { wu_get_domain_by_domain($host)->delete(); }' . $queue, ['hosts' => $hosts]);
        $written = $this->written();

        self::assertStringContainsString('A trace', $written);
        self::assertStringContainsString('could not map', $written);
        $this->search([$written, $shown]);
    }

    /** @return list<array{string, array<string, mixed>}> Kinds of fault with their details. */
    private static function faults(string $echoed): array
    {
        return [
            ['status', ['status' => 401, 'body' => json_encode(['message' => "Not accepted: {$echoed}"])]],
            ['status', ['status' => 403]],
            ['status', ['status' => 404]],
            ['status', ['status' => 422, 'body' => json_encode(['message' => "No {$echoed}", 'errors' => ['name' => ["{$echoed} is wrong"]]])]],
            ['status', ['status' => 500, 'body' => "<p>Authorization: {$echoed}</p>"]],
            ['html', ['status' => 502]],
            ['drop_after', []],
            ['truncated', []],
            ['wrong_types', []],
            ['invalid_utf8', []],
            ['redirect', ['location' => 'https://127.0.0.1:1/' . rawurlencode($echoed)]],
        ];
    }

    private static function traces(): string
    {
        return Environment::get()->logs() . '/traces.log';
    }

    /** @param list<string> $places */
    private function search(array $places): void
    {
        $pair = self::KEY . ':' . self::SECRET;
        foreach ([...self::MARKERS, base64_encode($pair), base64_encode(self::PROXY_PASSWORD)] as $marker) {
            foreach ($places as $text) {
                $at = stripos($text, $marker);
                self::assertFalse($at, $marker . ' is in: ' . ($at === false ? '' : substr($text, max(0, $at - 300), 600)));
            }
        }
    }

    /** Logs of PHP, php-fpm, nginx, WordPress and Ultimate Multisite, and every row of every table. */
    private function written(): string
    {
        $environment = Environment::get();
        $text = $this->network->log();
        foreach (glob($environment->logs() . '/*.log') as $file) {
            $text .= file_get_contents($file);
        }
        foreach ($environment->sql('SHOW TABLES') as $table) {
            $text .= json_encode($environment->sql('SELECT * FROM ' . current($table)), JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_UNESCAPED_SLASHES);
        }

        return $text;
    }

    /**
     * What an admin gets to see, what the wizard's test answers to each fault, and what the system shows of the processes.
     *
     * @param list<array{string, array<string, mixed>}> $faults
     */
    private function shown(array $faults): string
    {
        $admin = Browser::admin();
        $text = '';
        foreach (['network/', 'network/plugins.php', 'plugins.php', 'network/site-health.php?tab=debug', 'site-health.php?tab=debug'] as $page) {
            [$status, $html] = $admin->get("/wp-admin/{$page}");
            self::assertContains($status, [200, 302, 403, 404], $page);
            $text .= $html;
        }
        $this->panel->simulator->clearFaults();
        foreach ([...$faults, ['latency', ['ms' => 1]]] as [$kind, $details]) {
            $this->panel->simulator->fault($kind, $details + ['times' => 3]);
            $text .= json_encode($admin->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']));
            $this->panel->simulator->clearFaults();
        }
        foreach (glob('/proc/[0-9]*/{cmdline,comm}', GLOB_BRACE) as $file) {
            $text .= @file_get_contents($file);
        }

        return $text . WordPress::run('ob_start(); phpinfo(); return ob_get_clean();');
    }
}
