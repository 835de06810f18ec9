<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Support;

/**
 * Lets a network meet every kind of fault at every kind of request that it sends, and keeps what was printed and written down meanwhile.
 */
final class FaultyDay
{
    /** No second try, which would hide a fault; and all of a string in traces. */
    private const INI = ['runcloud.max_retries' => '0', 'zend.exception_ignore_args' => '0', 'zend.exception_string_param_max_len' => '200'];

    /**
     * What somebody who looks for a fault has written and shown in mid-call: before and after it, and where WordPress is asked for the
     * proxy, since the plugin has the credentials in its hands by then. That question is answered with no: the requests go directly.
     */
    private const WATCH = '
        $watch = static function () use ($traces): void {
            // The frames of WordPress hold all of its callbacks, megabytes of them.
            $ours = array_filter(debug_backtrace(), fn($frame) => str_starts_with($frame["class"] ?? "", "Domain_Sync"));
            error_log(print_r($ours, true) . json_encode($ours, JSON_PARTIAL_OUTPUT_ON_ERROR) . new Exception("A trace"), 3, $traces);
            debug_print_backtrace();
            trigger_error("A warning", E_USER_WARNING);
        };
        add_action("domain_sync_before_call", $watch);
        add_action("domain_sync_after_call", static fn(...$all) => error_log(print_r($all, true), 3, $traces), 10, 2);
        add_filter("pre_http_send_through_proxy", static function () use ($watch) {
            $watch();
            return false;
        });
        add_filter("domain_sync_certificate_delay", "__return_zero");';

    /** What a fault blocks, and Let's Encrypt's limits, would keep the others from their turn. */
    private const RUN_QUEUE = '
        test_door_renew_queue();
        do_action("action_scheduler_run_queue", "WP Cron");
        Domain_Sync_For_RunCloud\Panel\Limits::end_all();
        $GLOBALS["wpdb"]->query("DELETE FROM wp_domain_sync_events WHERE kind IN (\'order\', \'validation-failed\')");';

    private const WEB_APP = '/webapps/2001';

    /** Requests beside those that meet a fault: on a busy machine one with a short time-out may not reach the panel, and its fault waits. */
    private const SPARE = 3;

    private string $printed = '';

    private string $rows = '';

    private readonly EveryFault $faults;

    /**
     * @param array<string, mixed> $constants What wp-config.php defines.
     * @param string               $sent      What the panel is sent, and says back.
     * @param Kind                 $kind      Kind of the processes that do the work.
     */
    public function __construct(
        private readonly Panel $panel,
        private readonly array $constants,
        string $sent,
        private readonly Kind $kind
    ) {
        $this->faults = new EveryFault($panel->simulator, $sent);
    }

    /** Constants for processes that hide nothing. */
    public static function talkative(Kind $kind, array $ini = []): array
    {
        // As WP-CLI does: what is wrong goes to stderr.
        return ['WP_DEBUG_DISPLAY' => true, 'TEST_INI' => $ini + self::INI + ['display_errors' => $kind === Kind::Cli ? 'stderr' : '1']];
    }

    public function live(): void
    {
        $count = count(EveryFault::slow()) + count($this->faults->quick()) + self::SPARE;
        $unlucky = self::hosts('unlucky', $count);
        $mapped = self::hosts('shop', $count);
        $map = 'wu_create_domain(["domain" => $host, "blog_id" => 1]);';
        // One whose DNS is not here would keep the shared certificate waiting.
        $order = 'update_network_option(null, "test_hosts_seen_by_plugin", ' . var_export([...$mapped, ...$unlucky], true) . ');
            // An order that may be under way is not made again.
            $GLOBALS["wpdb"]->query("UPDATE wp_domain_sync_domains SET ordered_at = NULL, asked = \'\',
                look_at = IF( remote_state = \'present\' AND source <> \'\', UTC_TIMESTAMP(), look_at )");
            Domain_Sync_For_RunCloud\Store\Domain_List::retry([$host]);';
        // The network is looked at twice before a removal.
        $unmap = 'foreach ($hosts as $host) {
                wu_get_domain_by_domain($host)->delete();
            }
            test_clock_let_time_pass(61);';

        $this->meet('POST', '/domains', $map, $unlucky);
        $this->each($map, $mapped);
        $this->meet('PUT', '', $order, $mapped);
        $this->meet('GET', '/ssl', 'delete_network_option(null, "domain_sync_web_app");' . $order, $mapped);
        $this->testConnections($mapped);
        // What was held back for a block that is over is due again.
        $this->meet('DELETE', '', 'Domain_Sync_For_RunCloud\Store\Domain_List::make_all_due();', $mapped, $unmap);
    }

    /** Pages, answers, stdout and stderr. */
    public function printed(): string
    {
        return $this->printed;
    }

    /** Logs, and rows that stood in a table at the end of a part of the day. */
    public function written(): string
    {
        return Records::logs() . $this->rows;
    }

    public function faults(): EveryFault
    {
        return $this->faults;
    }

    /**
     * Each host does something, and meets a fault at it.
     *
     * @param list<string> $hosts
     * @param string       $first What all of them do before.
     */
    private function meet(string $method, string $path, string $do, array $hosts, string $first = ''): void
    {
        $slow = EveryFault::slow();
        $this->set(EveryFault::INI_FOR_SLOW);
        $this->faults->order($slow, $method, $path);
        $this->each($do, array_splice($hosts, 0, count($slow)), $first);
        $this->set();
        $this->faults->order($this->faults->quick(), $method, $path);
        $this->each($do, $hosts, $first);
        $this->panel->simulator->clearFaults();
    }

    /** @param list<string> $hosts */
    private function each(string $do, array $hosts, string $first = ''): void
    {
        $code = self::WATCH . $first . 'foreach ($hosts as $host) {' . $do . self::RUN_QUEUE . '}';
        $this->printed .= Overheard::run($code, ['hosts' => $hosts, 'traces' => Records::traces()], $this->kind);
        $this->rows .= Records::rows();
    }

    /**
     * The test of the connection, whose answers have the webhook keys of the web application in them: the wizard's button, or on the command
     * line what the button calls.
     *
     * @param list<string> $hosts
     */
    private function testConnections(array $hosts): void
    {
        if ($this->kind === Kind::Cli) {
            $test = '$answer = Domain_Sync_For_RunCloud\Plugin::test_connection();
                echo is_wp_error($answer) ? $answer->get_error_message() : "It works.";';
            $this->meet('GET', self::WEB_APP, $test, $hosts);
            return;
        }
        $admin = Browser::admin();
        // These go without the answer to WordPress's question for the proxy, so there is none.
        $more = ['WP_PROXY_HOST' => null];
        foreach ([[EveryFault::INI_FOR_SLOW, EveryFault::slow()], [[], $this->faults->quick()]] as [$ini, $faults]) {
            $this->set($ini, $more);
            $this->faults->order($faults, 'GET', self::WEB_APP);
            for ($request = count($faults) + ($ini === [] ? self::SPARE : 0); $request > 0; $request--) {
                $this->printed .= json_encode($admin->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']));
            }
        }
        $this->panel->simulator->clearFaults();
    }

    /**
     * @param array<string, string> $ini
     * @param array<string, mixed> $more Constants.
     */
    private function set(array $ini = [], array $more = []): void
    {
        Environment::get()->setConstants($more + self::talkative($this->kind, $ini) + $this->constants);
    }

    /** @return list<string> */
    private static function hosts(string $name, int $count): array
    {
        return array_map(static fn (int $n): string => "{$name}{$n}.customer.example", range(1, $count));
    }
}
