<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * One method a call, each of which ends in a result; what every reason of the extension means; what is remembered of the web application.
 */
final class PanelTest extends NetworkTestCase
{
    private const HOST = 'shop.customer.example';

    private const BEFORE = 'use Domain_Sync_For_RunCloud\Panel\{Call, Credentials, Limits, Panel, Result, Web_App};
        use Domain_Sync_For_RunCloud\Store\Reason;
        $panel = new Panel();
        $say = static fn (Result $result): array => [$result->is_ok, $result->value, $result->reason?->value, $result->requests];
        $why = static fn (Result $result): array => [$result->reason?->value, $result->details["code"] ?? null, $result->is_outcome_unknown];';

    public function testEveryCallGivesPlainValues(): void
    {
        $answer = $this->panel(
            'remove_all_actions("domain_sync_after_call");
            $called = [];
            add_action("domain_sync_before_call", function ($call) use (&$called) { $called[] = $call; });
            $added = $panel->add("shop.customer.example", true, "non-www");
            $id = $added->value["id"];
            $results = [
                "added" => $added,
                "again" => $panel->add("shop.customer.example", false, "none"),
                "found" => $panel->find("shop.customer.example"),
                "not found" => $panel->find("other.customer.example"),
                "looked up" => $panel->look_up("shop.customer.example", $id),
                "updated" => $panel->update("shop.customer.example", $id, false, "none"),
                "addresses" => $panel->addresses("shop.customer.example", $id),
                "ordered" => $panel->order("shop.customer.example", 0, 0),
                "page" => $panel->page(1),
                "ping" => $panel->ping(),
                "introduced" => $panel->introduce(),
                "removed" => $panel->remove("shop.customer.example", $id),
                "removed again" => $panel->remove("shop.customer.example", $id),
                "gone" => $panel->look_up("shop.customer.example", $id),
            ];
            $sum = array_sum(array_column($results, "requests"));
            return [array_map($say, $results), $id, $called, $sum === array_sum(Limits::spent())];'
        );
        [$results, $id, $calls, $isCounted] = $answer;
        $remote = ['host' => self::HOST, 'id' => $id, 'type' => 'alias', 'www' => true, 'redirection' => 'non-www', 'wildcard' => false]
            + ['created' => true];
        foreach ($results as $name => $result) {
            self::assertSame([true, null], [$result[0], $result[2]], $name);
            self::assertGreaterThan(0, $result[3], $name);
        }
        $value = static fn (string $name): mixed => $results[$name][1];
        self::assertSame($remote, array_diff_key($value('added'), ['created_at' => 0]));
        self::assertEqualsWithDelta(time(), $value('added')['created_at'], 60);
        self::assertSame(['created' => false] + $value('added'), ['created' => false] + $value('again'));
        self::assertFalse($value('again')['created']);
        self::assertSame($id, $value('found')['id']);
        self::assertSame($id, $value('looked up')['id']);
        self::assertSame([false, 'none'], [$value('updated')['www'], $value('updated')['redirection']]);
        self::assertNull($value('not found'));
        self::assertNull($value('gone'));
        self::assertContainsOnly('string', $value('addresses'));
        self::assertSame('redeployed', $value('ordered')['outcome']);
        self::assertSame(['outcome', 'mode', 'certificate_id'], array_keys($value('ordered')));
        self::assertSame(['domains', 'page', 'pages', 'total'], array_keys($value('page')));
        self::assertContains(self::HOST, array_column($value('page')['domains'], 'host'));
        self::assertSame([true, true, false], [$value('ping'), $value('removed'), $value('removed again')]);
        self::assertSame(['server', 'web_app', 'root_path', 'public_path', 'ssl_mode'], array_keys($value('introduced')));
        self::assertSame(
            ['add', 'add', 'find', 'find', 'look-up', 'update', 'dns', 'order', 'page', 'ping', 'test', 'remove', 'remove', 'look-up'],
            array_column($calls, 'operation')
        );
        self::assertSame(['operation' => 'add', 'host' => self::HOST, 'server_id' => 1001, 'web_app_id' => 2001], $calls[0]);
        self::assertTrue($isCounted, 'The month\'s requests');
    }

    public function testEveryReasonOfTheExtensionHasAMeaning(): void
    {
        $means = [
            'rate-limited' => 'rate-limited search-unfinished',
            'quota-spent' => 'monthly-quota-spent',
            'unauthorized' => 'unauthorized credentials-missing credentials-invalid constant-missing constant-invalid',
            'forbidden' => 'forbidden intermediary-refused',
            'web-app-not-found' => 'not-found server-not-found web-app-not-found',
            'outcome-unknown' => 'gone-meanwhile domain-contradictory',
            'panel-down' => 'server-error request-timeout answer-broken answer-not-http too-many-headers answer-too-large answer-compressed
                answer-not-json answer-undocumented redirected list-endless',
            'panel-unreachable' => 'out-of-file-descriptors out-of-threads client-failed dns-configuration-unreadable dns-name-unknown dns-failed
                dns-timeout connect-refused connect-failed connect-timeout proxy-authentication-required proxy-refused proxy-failed
                proxy-answer-invalid certificate-expired certificate-not-yet-valid certificate-wrong-name certificate-unknown-issuer
                certificate-key-unsupported certificate-invalid client-certificate-required tls-version-too-old tls-nothing-in-common
                tls-not-spoken tls-broken tls-refused connection-broken answer-timeout deadline-passed',
            'refused' => 'validation-refused domain-invalid www-invalid domain-primary domain-id-mismatch domain-required wildcard-certificate',
            'other-app' => 'domain-taken',
            'failed' => 'domain-not-found setting-invalid ca-file-unreadable ca-file-invalid roots-missing nothing-to-change argument-invalid
                class-taken unknown status-unexpected',
        ];
        $expected = [];
        foreach ($means as $reason => $codes) {
            $expected += array_fill_keys(preg_split('/\s+/', $codes), $reason);
        }
        $actual = $this->panel(
            '$means = [];
            foreach (RunCloud\Reason::cases() as $case) { $means[$case->value] = Result::reason_of($case->value, null)->value; }
            return $means;'
        );
        ksort($expected);
        ksort($actual);
        self::assertSame($expected, $actual);
    }

    public function testAReasonOfALaterExtensionGoesByTheStatusOrTheClass(): void
    {
        $answer = $this->panel(
            '$statuses = [];
            foreach ([400, 401, 403, 404, 408, 409, 422, 429, 302, 500, 599] as $status) {
                $statuses[$status] = Result::reason_of("from-the-future", $status)->value;
            }
            $classes = [];
            foreach (["Authentication", "Configuration", "Connection", "InvalidDomain", "NotFound", "Permission", "RateLimit", "Server", "Timeout",
                "UnexpectedResponse", "Validation", "Api"] as $name) {
                $class = "RunCloud\\\\Exception\\\\{$name}Exception";
                $result = Result::from_exception(new $class("Said by other code."), 1, 2);
                $classes[$name] = $result->reason->value;
                $complete = [$result->details["code"], $result->requests, $result->milliseconds, $result->cost()];
            }
            return [$statuses, $classes, $complete];'
        );
        self::assertSame(
            [400 => 'refused', 401 => 'unauthorized', 403 => 'forbidden', 404 => 'web-app-not-found', 408 => 'panel-down', 409 => 'refused',
                422 => 'refused', 429 => 'rate-limited', 302 => 'panel-down', 500 => 'panel-down', 599 => 'panel-down'],
            $answer[0]
        );
        self::assertSame(
            ['Authentication' => 'unauthorized', 'Configuration' => 'failed', 'Connection' => 'panel-unreachable', 'InvalidDomain' => 'refused',
                'NotFound' => 'web-app-not-found', 'Permission' => 'forbidden', 'RateLimit' => 'rate-limited', 'Server' => 'panel-down',
                'Timeout' => 'panel-unreachable', 'UnexpectedResponse' => 'panel-down', 'Validation' => 'refused', 'Api' => 'failed'],
            $answer[1]
        );
        self::assertSame(['unknown', 1, 2, '1 request, 2 ms'], $answer[2]);
    }

    public function testWhatIsNotTheExtensionsLeavesTheOutcomeUnknown(): void
    {
        $answer = $this->panel(
            '$send = static function ($client) { $client->ping(); throw new Error("Something <b>else</b>"); };
            $result = Call::make("add", "shop.customer.example", $send);
            return [...$why($result), $result->is_retryable(), $result->requests, $result->message, array_sum(Limits::spent())];'
        );
        self::assertSame(['outcome-unknown', 'foreign-exception', true, true, 1, 'Something else', 1], $answer);
    }

    /** @return array<string, array{string, array<string, mixed>, string, string, bool, 5?: int}> Fault, reason, code, whether the outcome is unknown. */
    public static function faults(): array
    {
        $status = static fn (int $status, array $more = []): array => ['status', ['status' => $status] + $more];

        return [
            '301' => ['redirect', ['status' => 301, 'location' => '/'], 'panel-down', 'redirected', false],
            '400' => [...$status(400), 'refused', 'status-unexpected', false],
            '401' => [...$status(401), 'unauthorized', 'unauthorized', false],
            '403' => [...$status(403), 'forbidden', 'forbidden', false],
            '422' => [...$status(422), 'refused', 'validation-refused', false],
            '429, 100 s' => [...$status(429, ['retry_after' => 100]), 'rate-limited', 'rate-limited', false, 100],
            '429, 30 years' => [...$status(429, ['retry_after' => 999_999_999]), 'rate-limited', 'rate-limited', false, 86400],
            '500' => [...$status(500), 'panel-down', 'server-error', true],
            '408' => [...$status(408), 'panel-down', 'request-timeout', true],
            'HTML, 502' => ['html', ['status' => 502], 'panel-down', 'server-error', true],
            'HTML, 200' => ['html', ['status' => 200], 'panel-down', 'answer-not-json', true],
            'HTML, 403' => ['html', ['status' => 403], 'forbidden', 'intermediary-refused', false],
            'truncated' => ['truncated', [], 'panel-down', 'answer-broken', true],
            'wrong types' => ['wrong_types', [], 'panel-down', 'answer-undocumented', true],
            'dropped' => ['drop_after', [], 'panel-unreachable', 'connection-broken', true],
            'slow' => ['slow', ['ms' => 1500], 'panel-unreachable', 'answer-timeout', true],
        ];
    }

    /**
     * @dataProvider faults
     * @param array<string, mixed> $details
     */
    public function testAFaultBecomesAReasonAndNoException(
        string $kind,
        array $details,
        string $reason,
        string $code,
        bool $isUnknown,
        int $wait = 0
    ): void {
        $this->panel->simulator->fault($kind, $details);
        $answer = $this->panel(
            'Panel::for_run();
            ini_set("runcloud.timeout", "1");
            $report = null;
            add_action("domain_sync_after_call", function ($call, $given) use (&$report) { $report = $given; }, 10, 2);
            $result = $panel->add("shop.customer.example", false, "none");
            return [$why($result), $result->is_ok, $result->retry_after, $report, $result->status];'
        );
        self::assertSame([[$reason, $code, $isUnknown], false, $wait], array_slice($answer, 0, 3));
        self::assertSame(['ok', 'reason', 'retryable', 'retry_after', 'status', 'requests', 'milliseconds'], array_keys($answer[3]));
        $report = [$answer[3]['ok'], $answer[3]['reason'], $answer[3]['retry_after'], $answer[3]['status']];
        self::assertSame([false, $reason, $wait, $answer[4]], $report);
    }

    public function testWhatRunCloudSaysIsShownAsPlainTextAndNeverToldToListenersOrTheLog(): void
    {
        $said = "Taken: <b onclick=x>your</b>\r\n\e[31mdomain test-token\0 " . str_repeat('x', 2000);
        $this->panel->simulator->fault('status', ['status' => 422, 'body' => ['message' => $said]]);
        [$message, $details, $report] = $this->panel(
            'Panel::for_run();
            $report = null;
            add_action("domain_sync_after_call", function ($call, $given) use (&$report) { $report = $given; }, 10, 2);
            $result = $panel->update("shop.customer.example", 1, true, "none");
            return [$result->message, $result->details, $report];'
        );
        self::assertSame($message, $details['message']);
        self::assertSame(422, $details['status']);
        self::assertStringContainsString('Taken', $message);
        self::assertDoesNotMatchRegularExpression('/[<\x00-\x1f]|test-token/', $message);
        self::assertLessThanOrEqual(500, mb_strlen($message));
        self::assertStringNotContainsString('Taken', json_encode($report) . $this->network->log());
    }

    public function testAListenerThatFailsDoesNotStopACallAndTheLogSaysWhere(): void
    {
        $answer = $this->panel(
            'foreach (["domain_sync_before_call", "domain_sync_after_call"] as $hook) {
                add_action($hook, static fn () => throw new Error("a secret of somebody"));
            }
            return $say($panel->ping());'
        );
        self::assertSame([true, true, null, 1], $answer);
        foreach (['A listener of domain_sync_before_call failed: Error in ', 'A listener of domain_sync_after_call failed: Error in '] as $line) {
            self::assertStringContainsString($line, $this->network->log());
        }
        self::assertStringNotContainsString('secret', $this->network->log());
    }

    public function testACountThatFailsDoesNotStopACall(): void
    {
        $answer = $this->panel(
            'add_filter("query", static fn ($query) => str_contains($query, "domain_sync_limits") ? "SELECT no_such_column" : $query);
            return $say($panel->ping());'
        );
        self::assertSame([true, true, null, 1], $answer);
        self::assertStringContainsString('The count of requests failed: RuntimeException', $this->network->log());
    }

    public function testWordPresssRulesForRequestsHold(): void
    {
        $this->define(['WP_HTTP_BLOCK_EXTERNAL' => true]);
        $answer = $this->panel('$result = $panel->ping(); return [...$why($result), $result->details["host"], $result->requests];');
        self::assertSame(['requests-blocked', 'requests-blocked', false, '127.0.0.1', 0], $answer);
        self::assertSame([], $this->panel->requests());

        $this->define(['WP_HTTP_BLOCK_EXTERNAL' => true, 'WP_ACCESSIBLE_HOSTS' => '127.0.0.1']);
        self::assertTrue($this->panel('return $panel->ping()->is_ok;'));

        $proxy = ['WP_PROXY_HOST' => '127.0.0.1', 'WP_PROXY_PORT' => 1, 'WP_PROXY_USERNAME' => 'user', 'WP_PROXY_PASSWORD' => 'p@ss'];
        $this->define($proxy);
        [$why, $message] = $this->panel('$result = $panel->ping(); return [$why($result), $result->message];');
        self::assertSame(['panel-unreachable', 'connect-refused', false], $why);
        self::assertStringNotContainsString('p@ss', $message);

        $this->define($proxy + ['WP_PROXY_BYPASS_HOSTS' => '127.0.0.1']);
        self::assertTrue($this->panel('return $panel->ping()->is_ok;'));
    }

    public function testWithoutTheExtensionOrCredentialsNothingIsSent(): void
    {
        $code = self::BEFORE . '$result = $panel->ping(); return [...$why($result), $result->requests];';
        self::assertSame(['extension-missing', 'extension-missing', false, 0], WordPress::start($code, [], ['extension' => false])->answer());
        $this->define(['WU_RUNCLOUD_API_TOKEN' => null]);
        self::assertSame(['unauthorized', 'constant-missing', false, 0], WordPress::run($code));
        $this->define(['WU_RUNCLOUD_APP_ID' => null]);
        self::assertSame(['web-app-not-found', 'constant-missing', false, 0], WordPress::run($code));
        self::assertSame([], $this->panel->requests());
    }

    public function testARunLowersTheExtensionsLimitsAndNeverRaisesThem(): void
    {
        $code = '$names = ["max_retries", "deadline", "timeout", "connect_timeout"];
            $read = static fn () => array_map(static fn ($name) => (float) ini_get("runcloud.$name"), $names);
            foreach ($settings as $i => $value) { ini_set("runcloud.$names[$i]", $value); }
            Panel::for_run(); $seen = [$read()]; Panel::for_ping(); $seen[] = $read(); Panel::for_run(); return [...$seen, $read()];';
        $answer = $this->panel($code, ['settings' => ['2', '60', '30', '7.5']]);
        self::assertEquals([[0, 20, 15, 5], [0, 5, 15, 5], [0, 20, 15, 5]], $answer);
        $answer = $this->panel($code, ['settings' => ['2', '3', '0.5', '0.1']]);
        self::assertEquals([[0, 3, 0.5, 0.1], [0, 3, 0.5, 0.1], [0, 3, 0.5, 0.1]], $answer);
    }

    public function testSettingsThatPhpDoesNotLetUsChangeStopNothing(): void
    {
        $file = dirname(__DIR__, 3) . '/wordpress-plugin/includes/panel/class-panel.php';
        foreach (['ini_set', 'ini_get', 'ini_set,ini_get'] as $functions) {
            $code = "require '{$file}'; use Domain_Sync_For_RunCloud\\Panel\\Panel; Panel::for_run(); Panel::for_ping(); echo 'ok';";
            $command = implode(' ', array_map('escapeshellarg', [PHP_BINARY, '-n', '-d', "disable_functions={$functions}", '-r', $code]));
            self::assertSame('ok', shell_exec("{$command} 2>&1"), $functions);
        }
    }

    /** @return array<string, array{array<string, mixed>}> */
    public static function pasted(): array
    {
        $values = [
            'as it is' => [],
            'spaces and a line end' => ['WU_RUNCLOUD_API_TOKEN' => " test-token\r\n", 'WU_RUNCLOUD_APP_ID' => "\t2001 "],
            'no-break spaces' => ['WU_RUNCLOUD_API_TOKEN' => "\u{a0}test-token\u{a0}", 'WU_RUNCLOUD_APP_ID' => "2001\u{a0}"],
            'other white space' => ['WU_RUNCLOUD_API_TOKEN' => "\u{2003}\u{3000}test-token\u{2028}\u{85}"],
            'white space before an id' => ['WU_RUNCLOUD_SERVER_ID' => "\u{202f}1001"],
            'a zero-width space in the token' => ['WU_RUNCLOUD_API_TOKEN' => "test-token\u{200b}"],
            'a zero-width space in an id' => ['WU_RUNCLOUD_APP_ID' => "2001\u{200b}"],
            'a byte order mark' => ['WU_RUNCLOUD_API_TOKEN' => "\u{feff}test-token"],
            'quotation marks' => ['WU_RUNCLOUD_API_TOKEN' => '"test-token"'],
            'quotation marks around an id' => ['WU_RUNCLOUD_APP_ID' => '"2001"'],
            'NUL' => ['WU_RUNCLOUD_API_TOKEN' => "test-token\0"],
            'leading zeros' => ['WU_RUNCLOUD_APP_ID' => '0002001'],
            'a sign' => ['WU_RUNCLOUD_APP_ID' => '+2001'],
            'too long' => ['WU_RUNCLOUD_APP_ID' => '99999999999999999999'],
            'the longest' => ['WU_RUNCLOUD_APP_ID' => '9223372036854775807'],
            'other digits' => ['WU_RUNCLOUD_APP_ID' => "\u{662}\u{660}\u{660}\u{661}"],
            'a fraction' => ['WU_RUNCLOUD_APP_ID' => 2001.5],
            'white space only' => ['WU_RUNCLOUD_API_TOKEN' => " \t"],
            'a number as the token' => ['WU_RUNCLOUD_API_TOKEN' => 12345],
            'true' => ['WU_RUNCLOUD_API_TOKEN' => true],
            'a key with its secret' => ['WU_RUNCLOUD_API_KEY' => "test-key\u{a0}", 'WU_RUNCLOUD_API_SECRET' => "\ntest-secret"]
                + ['WU_RUNCLOUD_API_TOKEN' => null],
            'a key without its secret' => ['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => 'test-key'],
            'a list' => ['WU_RUNCLOUD_APP_ID' => [2001]],
        ];

        return array_map(static fn (array $value): array => [$value], $values);
    }

    /**
     * @dataProvider pasted
     * @param array<string, mixed> $constants
     */
    public function testPastedCredentialsAreReadAsTheExtensionReadsThem(array $constants): void
    {
        $this->define($constants);
        [$theirs, $ours] = $this->panel(
            '$credentials = Credentials::read();
            try {
                $client = RunCloud\Client::fromConstants();
                $known = $client->__debugInfo();
                $client->ping();
                $theirs = [true, $known["serverId"], $known["webAppId"]];
                $ours = [$panel->ping()->is_ok, $credentials->server_id, $credentials->web_app_id];
            } catch (RunCloud\Exception\ExceptionInterface $e) {
                $theirs = Result::reason_of($e->getReason()->value, null) === Reason::Unauthorized;
                $ours = !$panel->ping()->is_ok && in_array($panel->ping()->reason, [Reason::Unauthorized, Reason::Web_App_Not_Found], true);
            }
            return [$theirs, $ours];'
        );
        self::assertSame($theirs, $ours);
    }

    public function testAKeyWithItsSecretIsVersion2AndATokenWins(): void
    {
        self::assertFalse($this->panel('return Credentials::read()->is_v2();'));
        $this->define(['WU_RUNCLOUD_API_KEY' => 'k', 'WU_RUNCLOUD_API_SECRET' => 's']);
        self::assertFalse($this->panel('return Credentials::read()->is_v2();'));
        $this->define(['WU_RUNCLOUD_API_TOKEN' => '0', 'WU_RUNCLOUD_API_KEY' => 'k', 'WU_RUNCLOUD_API_SECRET' => 's']);
        self::assertTrue($this->panel('return Credentials::read()->is_v2();'));
    }

    public function testFactsOfTheWebApplicationAreKeptForAWhileAndForItOnly(): void
    {
        $fill = '$web_app = new Web_App();
            $state = static fn () => [$web_app->ssl_mode(), $web_app->certificate_id(), $web_app->addresses(), $web_app->names(),
                $web_app->ordered_at()];
            $age = static function (int $seconds): void {
                $facts = get_network_option(get_main_network_id(), Web_App::OPTION);
                foreach ($facts as &$fact) { if (is_array($fact)) { $fact["at"] -= $seconds; } }
                update_network_option(get_main_network_id(), Web_App::OPTION, $facts);
            };';
        $nothing = ['', 0, null, 0, 0];
        $answer = $this->panel(
            $fill . '$seen = [$state()];
            $web_app->keep_ssl("basic", 77);
            $web_app->keep_ssl("basic");
            $web_app->keep_addresses(["192.0.2.1"]);
            $web_app->keep_addresses([]);
            $web_app->keep_order(1700000000, md5("shop.example"));
            $seen[] = $state();
            $age(86401);
            $seen[] = $state();
            $age(7 * 86400);
            return [...$seen, $state()];'
        );
        self::assertSame(
            [
                $nothing,
                ['basic', 77, ['192.0.2.1'], 0, 1700000000],
                ['basic', 77, null, 0, 1700000000],
                ['', 0, null, 0, 1700000000],
            ],
            $answer
        );
        $answer = $this->panel(
            $fill . '$web_app->keep_ssl("automatic");
            $seen = [$web_app->ssl_mode()];
            $age(86401);
            $seen[] = $web_app->ssl_mode();
            $web_app->keep_ssl("basic", 5);
            $age(-7200); // The clock was ahead.
            return [...$seen, $web_app->ssl_mode()];'
        );
        self::assertSame(['automatic', '', ''], $answer);
        $this->panel($fill . '$web_app->keep_ssl("basic", 77);');
        $this->define(['WU_RUNCLOUD_APP_ID' => 2002]);
        self::assertSame($nothing, $this->panel($fill . 'return $state();'));
    }

    /** @param array<string, mixed> $arguments */
    private function panel(string $code, array $arguments = []): mixed
    {
        return WordPress::run(self::BEFORE . $code, $arguments);
    }
}
