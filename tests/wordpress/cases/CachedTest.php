<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\Support\Deadline;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\Worker;

/**
 * What a cache says is no answer where something rests on it. A process that lives long remembers old options, a persistent cache (OBJECT_CACHE=1)
 * gives them to all: the database was restored beneath it, two processes wrote at once, or Redis was away for a while.
 */
final class CachedTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    private const STORE = 'store.customer.example';

    private const USE = 'use Domain_Sync_For_RunCloud\{Lifecycle, Options, Plugin};
        use Domain_Sync_For_RunCloud\Network\{Desired, Identity, Walk};
        use Domain_Sync_For_RunCloud\Panel\{Credentials, Web_App};
        use Domain_Sync_For_RunCloud\Serving\Nonce;
        use Domain_Sync_For_RunCloud\Store\{Domain_List, Table};
        use Domain_Sync_For_RunCloud\Sync\Handover;
        ';

    /** WordPress's own reading of every option, which it then remembers. */
    private const REMEMBER = 'foreach ([...Options::ALL, "wu_host_integrations_enabled"] as $option) { get_network_option(null, $option); }';

    public function testAWalkThatAnotherProcessAskedForBegins(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        Environment::get()->sql('DELETE FROM wp_domain_sync_domains');
        $worker->run('do_action("domain_sync_run");');
        self::assertSame([], $this->network->domains(), 'It is not asked for yet');
        $this->inside('Walk::ask();');
        $worker->run('do_action("domain_sync_run");');
        self::assertSame([self::SHOP], array_keys($this->network->domains()));
    }

    public function testAWalkThatIsAskedForByAnOldProcessBegins(): void
    {
        $worker = new Worker();
        $worker->run(self::USE . 'Walk::ask();');
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        Environment::get()->sql('DELETE FROM wp_domain_sync_domains');
        $worker->run(self::USE . 'Walk::ask();');
        $this->network->runQueue();
        self::assertSame([self::SHOP], array_keys($this->network->domains()));
    }

    public function testAWalkThatIsAskedForWhileOneGoesOnComesAfterIt(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        $this->inside('Walk::ask();');
        $gate = Environment::get()->path('gate');
        array_map('unlink', glob("{$gate}.*"));
        $worker->start(
            self::USE . 'add_filter("domain_sync_site_suspended", $wait = function ($is) use ($gate, &$wait) {
                remove_filter("domain_sync_site_suspended", $wait);
                touch("$gate.closed");
                for ($end = time() + 20; !is_file("$gate.open") && time() < $end; clearstatcache()) { usleep(1000); }
                return $is;
            });
            Walk::go_on(time() + 20);',
            ['gate' => $gate]
        );
        Deadline::poll('the walk', static fn (): bool => is_file("{$gate}.closed"), 20);
        $this->inside('Walk::ask();');
        touch("{$gate}.open");
        $worker->answer();
        self::assertTrue($this->inside('return Walk::is_due(time());'));
        $this->inside('Walk::go_on(time() + 20);');
        self::assertFalse($this->inside('return Walk::is_due(time());'));
    }

    public function testACopyIsSeenThoughTheCacheStillHasTheMarkOfBefore(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        $this->panel->simulator->clearHistory();
        $this->inside(self::REMEMBER);
        Environment::get()->sql("UPDATE wp_sitemeta SET meta_value = MD5('production.example') WHERE meta_key = 'domain_sync_network'");
        $this->network->map(self::STORE);
        $worker->run('do_action("domain_sync_run");');
        $this->network->runQueue();
        self::assertSame([], $this->panel->requests());

        $this->inside('Identity::confirm();');
        $worker->run('do_action("domain_sync_run");');
        $this->assertPanelHolds([self::SHOP, self::STORE], 'The admin said that it is the network');
    }

    public function testTheBuiltInProviderStaysSilentThoughTheCacheSaysThatThePluginWasNeverInCharge(): void
    {
        $this->network->runQueue();
        foreach ([self::forget('domain_sync_in_charge'), ''] as $lie) {
            WordPress::run($lie . 'do_action("domain_sync_run");');
            self::assertCount(1, Environment::get()->sql("SELECT * FROM wp_sitemeta WHERE meta_key = 'domain_sync_in_charge'"));
        }
        WordPress::run(self::forget('domain_sync_in_charge'));
        foreach ($this->network->handlers(Kind::Cli, extension: false) as $hook => $classes) {
            self::assertSame(['Domain_Sync_For_RunCloud\Network\Events'], $classes, $hook);
        }
    }

    public function testARunIsHandedOverAgainWhenAnotherProcessTookTheLastOne(): void
    {
        $worker = new Worker(extension: false);
        $ask = self::USE . 'add_filter("pre_http_request", fn () => new WP_Error("refused", "It does not arrive."), 99);
            get_network_option(null, Options::HANDOVER);
            Handover::ask();';
        $token = static fn (): string => unserialize(self::option('domain_sync_handover')[0]['meta_value'])['token'];
        $worker->run($ask);
        $first = $token();
        self::assertNotSame('', $first);
        $this->network->letTimePass(61);
        WordPress::run('return true;', [], Kind::Cron);
        self::assertSame('', $token(), 'It is taken');
        $worker->run($ask);
        self::assertFalse(in_array($token(), ['', $first], true));
    }

    public function testAMailThatAnotherProcessSentIsNotSentAgain(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused',
            domain_since = UTC_TIMESTAMP() - INTERVAL 2 DAY, look_at = NULL, due_at = NULL");
        $file = Environment::get()->path('mails.log');
        @unlink($file);
        $worker->run(self::USE . self::REMEMBER . 'Domain_Sync_For_RunCloud\Admin\Mail::send_if_due();');
        self::assertFileDoesNotExist($file, 'An hour has not passed');
        $this->network->letTimePass(3600);
        $this->inside('Domain_Sync_For_RunCloud\Admin\Mail::send_if_due();');
        self::assertCount(1, preg_grep('~something needs you~', file($file)));
        $worker->run('Domain_Sync_For_RunCloud\Admin\Mail::send_if_due();');
        $this->inside('wp_cache_flush(); Domain_Sync_For_RunCloud\Admin\Mail::send_if_due();');
        self::assertCount(1, preg_grep('~something needs you~', file($file)));
    }

    public function testAFactOfTheWebApplicationIsNotWrittenOverByAnOlderOne(): void
    {
        $worker = new Worker();
        $this->inside('(new Web_App())->keep_ssl("basic", 55);');
        self::assertSame(55, $worker->run(self::USE . self::REMEMBER . 'return ($app = new Web_App())->certificate_id();'));
        $this->inside('(new Web_App())->keep_ssl("advanced"); (new Web_App())->keep_addresses(["192.0.2.1"]);');
        $facts = 'return [$app->ssl_mode(), $app->certificate_id(), $app->addresses(), $app->names()];';
        $known = ['advanced', 0, ['192.0.2.1'], 0];
        self::assertSame($known, $worker->run(self::USE . '$app = new Web_App(); $app->keep_order(5, md5("shop.example")); ' . $facts));
        self::assertSame($known, $this->inside('$app = new Web_App(); ' . $facts));
    }

    public function testFactsThatSeveralProcessesLearnAtOnceAreAllKept(): void
    {
        $code = self::USE . 'for ($i = 0; $i < 20; $i++) { (new Web_App())->{$what}($value); } return true;';
        $all = ['keep_addresses' => ['192.0.2.1'], 'keep_ssl' => 'advanced'];
        $processes = [];
        foreach ($all as $what => $value) {
            $processes[] = WordPress::start($code, ['what' => $what, 'value' => $value]);
        }
        foreach ($processes as $process) {
            self::assertTrue($process->answer());
        }
        self::assertSame(
            array_values($all),
            $this->inside('$app = new Web_App(); return [$app->addresses(), $app->ssl_mode()];')
        );
        self::assertCount(1, self::option('domain_sync_web_app'));
    }

    public function testASwitchThatTheAdminTurnedOffCountsInProcessesThatRunAlready(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        $this->panel->simulator->clearHistory();
        $this->network->map(self::STORE);
        WordPress::run('update_network_option(null, "wu_host_integrations_enabled", ["runcloud" => false]);');
        $worker->run('do_action("domain_sync_run");');
        self::assertSame([], $this->panel->requests());
    }

    public function testATokenThatTheAdminStoredCountsInProcessesThatRunAlready(): void
    {
        $this->define(['WU_RUNCLOUD_API_TOKEN' => null]);
        $store = 'update_network_option(null, "wu_hosting_credential_WU_RUNCLOUD_API_TOKEN", WP_Ultimo\Helpers\Credential_Store::encrypt($token));';
        WordPress::run($store, ['token' => 'old-token']);
        $worker = new Worker();
        $worker->run(self::USE . self::REMEMBER . 'Credentials::read();');
        WordPress::run($store, ['token' => 'test-token']);
        $this->network->map(self::SHOP);
        $worker->run('do_action("domain_sync_run");');
        $this->assertPanelHolds([self::SHOP]);
    }

    public function testWhatCodeWantsStaysThoughTheCacheKnowsNoSuchSite(): void
    {
        $worker = new Worker();
        $next = 1 + (int) Environment::get()->sql('SELECT MAX(blog_id) AS id FROM wp_blogs')[0]['id'];
        self::assertNull($worker->run('return get_site($next);', ['next' => $next]));
        $site = $this->network->newSite('one');
        self::assertSame($next, $site);
        WordPress::run('do_action("wu_add_domain", $host, $site);', ['host' => self::SHOP, 'site' => $site]);
        $this->network->runQueue();
        $worker->run(self::USE . 'Walk::ask(); Walk::go_on(time() + 20); Desired::refresh($host, false);', ['host' => self::SHOP]);
        self::assertSame('code', $this->network->domain(self::SHOP)['source']);
    }

    public function testTablesThatAreGoneAreMadeAgainAndFilledAtOnceThoughTheCacheSaysThatTheyAreThere(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        $this->network->map(self::STORE);
        $this->network->runQueue();
        $this->inside(self::REMEMBER);
        foreach ([$worker->run(...), WordPress::run(...)] as $process) {
            Environment::get()->sql('DROP TABLE wp_domain_sync_domains, wp_domain_sync_events');
            $process('do_action("domain_sync_run"); do_action("domain_sync_run");');
            self::assertSame([self::SHOP, self::STORE], array_keys($this->network->domains()));
            $this->network->letTimePass(60);
        }
        self::assertFalse($this->inside('do_action("domain_sync_run"); return Walk::is_due(time());'), 'Not for ever');
    }

    public function testOptionsWhoseRowsAreGoneAreWrittenThoughTheCacheStillHasThem(): void
    {
        $worker = $this->workerThatHasMapped(self::SHOP);
        $this->inside('Nonce::get(); (new Web_App())->keep_addresses(["192.0.2.1"]);' . self::REMEMBER);
        $worker->run(self::USE . self::REMEMBER);
        foreach ([$worker->run(...), WordPress::run(...)] as $process) {
            // A backup from before the plugin came.
            Environment::get()->sql("DELETE FROM wp_sitemeta WHERE meta_key LIKE 'domain\\_sync%' AND meta_key <> 'domain_sync_limits'");
            self::assertFalse(
                $process(self::USE . 'Walk::ask(); $statements = $GLOBALS["wpdb"]->num_queries; Walk::go_on(time() + 20);
                    return Walk::is_due(time()) || $GLOBALS["wpdb"]->num_queries - $statements > 100;'),
                'The walk ends'
            );
            self::assertTrue($process(self::USE . 'return Nonce::get() === Nonce::get();'));
            $keep = self::USE . '(new Web_App())->keep_addresses(["192.0.2.9"]); return (new Web_App())->addresses();';
            self::assertSame(['192.0.2.9'], $process($keep));
            $process(self::USE . 'do_action("domain_sync_run");');
            foreach (['before', 'walk', 'in_charge', 'nonce', 'web_app'] as $name) {
                self::assertCount(1, self::option("domain_sync_{$name}"), $name);
            }
        }
    }

    public function testAFlushInTheMiddleChangesNothing(): void
    {
        $hosts = [self::SHOP, self::STORE, 'third.customer.example'];
        array_map($this->network->map(...), $hosts);
        WordPress::run('foreach (["domain_sync_before_call", "domain_sync_after_call"] as $hook) { add_action($hook, fn () => wp_cache_flush()); }
            do_action("domain_sync_run"); wp_cache_flush(); do_action("domain_sync_run");');
        $this->assertPanelHolds($hosts);
        self::assertCount(3, $this->panel->changes());
    }

    public function testWithoutRedisThePluginGoesOnAndWhatHappenedMeanwhileIsKnownAfterwards(): void
    {
        if (!Environment::get()->hasObjectCache()) {
            self::markTestSkipped('There is no persistent object cache without OBJECT_CACHE=1.');
        }
        $this->inside('(new Web_App())->keep_ssl("basic", 55);');
        $worker = $this->workerThatHasMapped(self::SHOP);
        $this->inside(self::REMEMBER);
        Environment::get()->whileObjectCacheIsSilent(function () use ($worker): void {
            $this->network->map(self::STORE);
            $worker->run('do_action("domain_sync_run");');
            $this->assertPanelHolds([self::SHOP, self::STORE]);
            $this->inside('(new Web_App())->keep_ssl("advanced"); Walk::ask();');
        });
        self::assertSame(['advanced', true], $this->inside('return [(new Web_App())->ssl_mode(), Walk::is_due(time())];'));
        self::assertSame(['advanced', true], $worker->run(self::USE . 'return [(new Web_App())->ssl_mode(), Walk::is_due(time())];'));
        $this->network->unmap(self::STORE);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->assertPanelHolds([self::SHOP]);
    }

    /** RunCloud has the host, and the process remembers all options as they are then. */
    private function workerThatHasMapped(string $host): Worker
    {
        $this->network->map($host);
        $this->network->runQueue();
        $this->assertPanelHolds([$host]);
        $worker = new Worker();
        $worker->run(self::USE . self::REMEMBER);

        return $worker;
    }

    private function inside(string $code): mixed
    {
        return WordPress::run(self::USE . $code);
    }

    /** Code after which the cache says that there is no such option. */
    private static function forget(string $option): string
    {
        return "wp_cache_delete('1:{$option}', 'site-options'); wp_cache_set('1:notoptions', ['{$option}' => true], 'site-options');";
    }

    /** @return list<array<string, string>> Rows of an option. */
    private static function option(string $name): array
    {
        return Environment::get()->sql("SELECT meta_value FROM wp_sitemeta WHERE meta_key = '{$name}'");
    }
}
