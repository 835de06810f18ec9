<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * What happens on a network, in its own words. Everything is done in a process of WordPress.
 */
final class Network
{
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

    /**
     * Lets the queue run as WordPress's cron does, until nothing is due any more.
     *
     * @param array<string, mixed> $more As for WordPress::run(): a kill.
     */
    public function runQueue(Kind $kind = Kind::Ajax, array $more = []): void
    {
        WordPress::run('do_action("action_scheduler_run_queue", "WP Cron");', [], $kind, $more);
    }

    /** Makes what is due later due by that much sooner: waiting wishes, queued jobs, pauses, and the traces of dead processes. */
    public function letTimePass(int $seconds): void
    {
        $environment = Environment::get();
        $columns = $environment->sql(
            "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'wordpress' AND DATA_TYPE = 'datetime'
            AND TABLE_NAME IN ('wp_runcloud_domains', 'wp_actionscheduler_actions', 'wp_actionscheduler_claims')"
        );
        $statements = '';
        foreach ($columns as ['TABLE_NAME' => $table, 'COLUMN_NAME' => $column]) {
            $statements .= "UPDATE {$table} SET {$column} = {$column} - INTERVAL {$seconds} SECOND WHERE {$column} > '1970-01-02';";
        }
        $environment->sql($statements . "UPDATE wp_sitemeta SET meta_value = meta_value - {$seconds} WHERE meta_key = 'runcloud_paused_until'");
    }

    /** Lets time pass and the queue run in turns, for as long as the plugin may need to get over a passing trouble. */
    public function settle(int $rounds = 12, int $seconds = 3700): void
    {
        for ($round = 0; $round < $rounds; $round++) {
            $this->runQueue();
            if ($this->openWishes() === []) {
                return;
            }
            $this->letTimePass($seconds);
        }

        throw new \RuntimeException('After all this time there are open wishes: ' . json_encode($this->openWishes()));
    }

    /** @return array<string, array<string, string>> Rows of the plugin's table by host. */
    public function wishes(): array
    {
        return array_column(Environment::get()->sql('SELECT * FROM wp_runcloud_domains ORDER BY host'), null, 'host');
    }

    /** @return array<string, string> The row of a host. */
    public function wish(string $host): array
    {
        return $this->wishes()[$host] ?? throw new \RuntimeException("There is no wish for '{$host}'.");
    }

    /** @return list<string> Hosts of wishes that are neither fulfilled nor failed. */
    private function openWishes(): array
    {
        return array_keys(array_filter(
            $this->wishes(),
            static fn (array $wish): bool => in_array($wish['state'], ['waiting', 'working', 'retrying'], true)
        ));
    }
}
