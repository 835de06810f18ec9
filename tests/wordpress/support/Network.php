<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * What happens on a network, in its own words. Everything is done in a process of WordPress.
 */
final class Network
{
    /** The list of domains at RunCloud was read a moment ago, and none but the primary was in it. */
    public function knowList(): void
    {
        $this->forgetList();
        $now = time();
        $known = ['web_app' => '1001/2001', 'number' => 1, 'pages' => 1, 'total' => 1, 'ended_at' => $now, 'checked_at' => $now];
        Environment::get()->sql(
            "INSERT INTO wp_sitemeta (site_id, meta_key, meta_value) VALUES (1, 'domain_sync_inventory', '" . serialize($known) . "')"
        );
    }

    /** The list of domains at RunCloud was never read. */
    public function forgetList(): void
    {
        Environment::get()->sql("DELETE FROM wp_sitemeta WHERE meta_key = 'domain_sync_inventory'");
    }

    /** The network had mapped a host before the plugin came, so that it waits in the plan. */
    public function hadBefore(string $host): void
    {
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (blog_id, domain, stage, active) VALUES (1, '{$host}', 'done', 1); SELECT 1");
        WordPress::run(
            'use Domain_Sync_For_RunCloud\Network\{Network, Review, Walk};
            update_network_option(null, "domain_sync_before", Network::newest());
            Review::begin(Review::FIRST);
            Walk::go_on(time() + 10);'
        );
    }

    /** A new site, as a registration makes one. Its id. */
    public function newSite(string $name, Kind $kind = Kind::FrontEnd): int
    {
        return WordPress::run(
            'return wpmu_create_blog($host, "/", "A site", 1);',
            ['host' => $this->host($name)],
            $kind
        );
    }

    public function deleteSite(int $site): void
    {
        WordPress::run('require_once ABSPATH . "wp-admin/includes/ms.php"; wp_delete_site($site);', ['site' => $site]);
    }

    /** Whether Ultimate Multisite has its registry of integrations (2.4.11 and later). */
    public function hasRegistry(): bool
    {
        return WordPress::run('return class_exists("WP_Ultimo\\Integrations\\Integration_Registry");');
    }

    /** Host of a sub-site. */
    public function host(string $name): string
    {
        return $name . '.' . Environment::get()->networkDomain();
    }

    /** Maps a host to a site. Id of the domain record. */
    public function map(string $host, int $site = 1, Kind $kind = Kind::FrontEnd): int
    {
        return WordPress::run(
            '$domain = wu_create_domain(["domain" => $host, "blog_id" => $site, "active" => true, "primary_domain" => false,
                "secure" => false, "stage" => "checking-dns"]);
            if (is_wp_error($domain)) { throw new RuntimeException($domain->get_error_message()); }
            return $domain->get_id();',
            ['host' => $host, 'site' => $site],
            $kind
        );
    }

    public function rename(string $from, string $to): void
    {
        WordPress::run(
            '$domain = wu_get_domain_by_domain($from); $domain->set_domain($to); $saved = $domain->save();
            if (is_wp_error($saved)) { throw new RuntimeException($saved->get_error_message()); }',
            ['from' => $from, 'to' => $to]
        );
    }

    public function unmap(string $host): void
    {
        WordPress::run('wu_get_domain_by_domain($host)->delete();', ['host' => $host]);
    }

    /** DNS of these hosts points here from now on, for Ultimate Multisite's own check. */
    public function pointDns(string ...$hosts): void
    {
        WordPress::run('update_network_option(null, "test_hosts_with_dns", $hosts);', ['hosts' => $hosts]);
    }

    /** The plugin sees these hosts point here when it looks at DNS itself. */
    public function showDns(string ...$hosts): void
    {
        WordPress::run('update_network_option(null, "test_hosts_seen_by_plugin", $hosts);', ['hosts' => $hosts]);
    }

    public function setSetting(string $name, mixed $value): void
    {
        WordPress::run('wu_save_setting($name, $value);', ['name' => $name, 'value' => $value]);
    }

    /**
     * Callbacks of the four events of hosts, by event: the class that a callback belongs to.
     *
     * @return array<string, list<string>>
     */
    public function handlers(Kind $kind = Kind::FrontEnd, bool $extension = true): array
    {
        return WordPress::run(
            '$found = [];
            foreach (["wu_add_domain", "wu_remove_domain", "wu_add_subdomain", "wu_remove_subdomain"] as $hook) {
                $found[$hook] = [];
                foreach ($GLOBALS["wp_filter"][$hook]->callbacks ?? [] as $callbacks) {
                    foreach ($callbacks as ["function" => $function]) {
                        $found[$hook][] = is_array($function) ? (is_object($function[0]) ? get_class($function[0]) : $function[0])
                            : (string) (new ReflectionFunction($function))->getClosureScopeClass()?->name;
                    }
                }
            }
            return $found;',
            [],
            $kind,
            ['extension' => $extension]
        );
    }

    /**
     * Queued actions that wait.
     *
     * @return list<array{string, array<mixed>}> Hook and arguments.
     */
    public function jobs(string $group): array
    {
        return WordPress::run(
            '$jobs = [];
            foreach (as_get_scheduled_actions(["group" => $group, "status" => "pending", "per_page" => -1, "orderby" => "action_id"]) as $action) {
                $jobs[] = [$action->get_hook(), $action->get_args()];
            }
            return $jobs;',
            ['group' => $group]
        );
    }

    /** The plugin's channel of Ultimate Multisite's log. */
    public function log(): string
    {
        $files = glob(Environment::get()->site() . '/wp-content/uploads/wu-logs/*integration-runcloud*.log');

        return implode('', array_map('file_get_contents', $files));
    }

    /**
     * Lets the queue run as WordPress's cron does, until nothing is due any more.
     *
     * @param array<string, mixed> $more As for WordPress::run(): a kill.
     */
    public function runQueue(Kind $kind = Kind::Ajax, array $more = []): void
    {
        WordPress::run('do_action("action_scheduler_run_queue", "WP Cron");', [], $kind, $more);
    }

    /** Lets the queue run, and again a minute later: a removal rests on a second look. */
    public function runRemovals(): void
    {
        $this->runQueue();
        $this->letTimePass(61);
        $this->runQueue();
    }

    /** Has the whole network compared with the rows, as it is every hour. */
    public function walk(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\\Network\\Walk::ask();');
        $this->runQueue();
    }

    /**
     * A visit of the system's cron job to WordPress's own, with the queue's minute over. WordPress answers before it begins.
     *
     * @param list<string> $headers Header lines of the visit.
     */
    public function letCronRun(array $headers = []): void
    {
        WordPress::run(
            'foreach (_get_cron_array() as $time => $hooks) {
                foreach ($hooks["action_scheduler_run_queue"] ?? [] as $event) {
                    wp_unschedule_event($time, "action_scheduler_run_queue", $event["args"]);
                    wp_schedule_event(time() - 1, $event["schedule"], "action_scheduler_run_queue", $event["args"]);
                }
            }'
        );
        WordPress::request('/wp-cron.php?doing_wp_cron', $headers);
    }

    /** Makes what is due later due by that much sooner: rows, looks, queued jobs, blocks, and the traces of dead processes. */
    public function letTimePass(int $seconds): void
    {
        WordPress::run('test_clock_let_time_pass($seconds);', ['seconds' => $seconds]);
    }

    /** Lets time pass and the queue run in turns, for as long as the plugin may need to get over a passing trouble. */
    public function settle(int $rounds = 12, int $seconds = 3700): void
    {
        for ($round = 0; $round < $rounds; $round++) {
            $this->runQueue();
            if ($this->openDomains() === []) {
                return;
            }
            $this->letTimePass($seconds);
        }

        throw new \RuntimeException('After all this time there are open rows: ' . json_encode($this->openDomains()));
    }

    /** @return array<string, array<string, string>> Rows of the plugin's table by host. */
    public function domains(): array
    {
        return array_column(Environment::get()->sql('SELECT * FROM wp_domain_sync_domains ORDER BY host'), null, 'host');
    }

    /** @return array<string, string> The row of a host. */
    public function domain(string $host): array
    {
        return $this->domains()[$host] ?? throw new \RuntimeException("There is no row for '{$host}'.");
    }

    /** What is shown of a host's condition, or of its certificate's: the sentence, then what to do. */
    public function sentence(string $host, string $of = 'domain'): string
    {
        return WordPress::run(
            '$row = Domain_Sync_For_RunCloud\\Store\\Domain_List::find($host);
            $reason = $row->{"{$of}_reason"};
            $details = $row->{"{$of}_details"};
            return $reason->sentence($details) . " " . $reason->next_step($details);',
            ['host' => $host, 'of' => $of]
        );
    }

    /** Seconds from the last change of a host's row to its next step. */
    public function wait(string $host): int
    {
        $domain = $this->domain($host);

        return strtotime($domain['due_at']) - strtotime($domain['changed_at']);
    }

    /** @return list<string> What happened to a host, the oldest first. */
    public function history(string $host): array
    {
        return array_column(Environment::get()->sql("SELECT kind FROM wp_domain_sync_events WHERE host = '{$host}' ORDER BY id"), 'kind');
    }

    /** @return list<string> Hosts for which a step at the panel is due, now or later. */
    private function openDomains(): array
    {
        return array_keys(array_filter($this->domains(), static fn (array $domain): bool => $domain['due_at'] !== null && $domain['due_at'] !== ''));
    }
}
