<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * What the screens of the Network Admin show, and to whom.
 */
final class ScreensTest extends NetworkTestCase
{
    private const LIST = '/wp-admin/network/admin.php?page=domain-sync';
    private const SHOP = 'shop.customer.example';

    public function testEveryReasonHasItsLineAndItsPage(): void
    {
        $this->rowForEachReason();
        $labels = WordPress::run(
            '$labels = [];
            foreach (Domain_Sync_For_RunCloud\Store\Reason::cases() as $reason) {
                $labels["$reason->value.example"] = [$reason->label(), $reason->sentence(), $reason->next_step()];
            }
            return $labels;'
        );
        $admin = Browser::admin();
        $seen = '';
        for ($page = 1; $page <= ceil(count($labels) / 20); $page++) {
            $seen .= $this->text($admin, self::LIST . "&paged={$page}");
        }
        foreach ($labels as $host => [$label, $sentence]) {
            self::assertStringContainsString($host, $seen);
            self::assertStringContainsString($label, $seen);
            $text = $this->text($admin, self::LIST . "&host={$host}");
            self::assertStringContainsString($sentence, $text, $host);
            self::assertStringContainsString('What happened', $text, $host);
        }
    }

    public function testTheHeaderNamesThePhpOfTheLastRun(): void
    {
        $this->network->map(self::SHOP);
        self::assertStringNotContainsString('last run began', $this->text(Browser::admin(), self::LIST));
        $this->network->runQueue();
        $header = $this->text(Browser::admin(), self::LIST);
        $words = '~The plugin\'s last run began .{1,20} ago, in a PHP with the extension \(' . PHP_VERSION . ', [a-z-]+\)~';
        self::assertMatchesRegularExpression($words, $header);
    }

    public function testAnAdminReadsTheScreensInTheirLanguage(): void
    {
        $this->network->map(self::SHOP);
        $this->network->runQueue();
        WordPress::run('update_user_meta($user, "locale", "hi_IN");', ['user' => WordPress::ADMIN]);
        $admin = Browser::admin();
        $pages = ['' => 'अगली कोशिश', '&host=' . self::SHOP => 'RunCloud में जोड़ा गया।', '&tab=plan' => 'आपके फ़ैसले के लिए कुछ बाकी नहीं है।'];
        foreach ($pages as $page => $words) {
            self::assertStringContainsString($words, $this->text($admin, self::LIST . $page), $page);
        }
        // A visitor's page reads no translation.
        $loaded = WordPress::run(
            'add_filter("locale", static fn () => "hi_IN");
            $mo = [];
            add_action("load_textdomain", static function ($domain, $file) use (&$mo) { $mo[] = $domain; }, 10, 2);
            do_action("wp_head");
            $before = $mo;
            Domain_Sync_For_RunCloud\Store\Status::Ready->label();
            return [in_array("domain-sync-for-runcloud", $before, true), in_array("domain-sync-for-runcloud", $mo, true)];'
        );
        self::assertSame([false, true], $loaded);
    }

    public function testTheListIsOfOneSiteWhereItsLinkLeadsTo(): void
    {
        $second = WordPress::run('return wpmu_create_blog("second.network.example", "/", "Second", 1, [], get_main_network_id());');
        $this->network->map(self::SHOP);
        WordPress::run('return domain_sync_add("files.customer.example", $site);', ['site' => $second]);
        $admin = Browser::admin();
        $body = $admin->get(self::LIST)[1];
        self::assertStringContainsString("page=domain-sync&#038;site={$second}\"", $body);
        $shown = $this->text($admin, self::LIST . "&site={$second}");
        self::assertStringContainsString('files.customer.example', $shown);
        self::assertStringContainsString("Domains of site {$second}: second.network.example. Show those of all sites", $shown);
        self::assertStringNotContainsString(self::SHOP, $shown);
        self::assertStringNotContainsString('files.', $this->text($admin, self::LIST . "&site={$second}&s=other"), 'The search is within the site');
        self::assertStringContainsString('name="site" value="' . $second . '"', $admin->get(self::LIST . "&site={$second}")[1]);
        self::assertStringContainsString('No domain is this site\'s.', $this->text($admin, self::LIST . '&site=999'));
        foreach (['0', '-1', 'x', "1'", '99999999999999999999'] as $odd) {
            self::assertStringContainsString(self::SHOP, $this->text($admin, self::LIST . '&site=' . rawurlencode($odd)), $odd);
        }
    }

    public function testNamesAndTextsOfOthersAreShownAsText(): void
    {
        $script = '<script>alert(1)</script>';
        $this->network->map(self::SHOP);
        // A label whose decoded form is markup, words of RunCloud, and a person's name.
        $encoded = 'xn--' . WordPress::run('return substr(idn_to_ascii("a\u{fc}"), 4);');
        $user = WordPress::run('return wpmu_create_user("reader", "password", "reader@network.example");');
        $details = json_encode(['domain' => ['message' => $script, 'host' => $script, 'found' => [$script]]], JSON_HEX_APOS);
        $this->sql(
            "UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused', details = '{$details}',
                host = '{$encoded}.example';
            INSERT INTO wp_domain_sync_events (host, kind, details, actor, at)
                VALUES ('{$encoded}.example', 'refused', '{$details}', 0, UTC_TIMESTAMP()),
                    ('{$encoded}.example', '{$script}', '', {$user}, UTC_TIMESTAMP());
            UPDATE wp_users SET display_name = '{$script}' WHERE ID = {$user}"
        );
        $admin = Browser::admin();
        foreach (['', "&host={$encoded}.example", '&tab=plan', '&s=' . rawurlencode($script), '&host=' . rawurlencode($script)] as $page) {
            [$status, $body] = $admin->get(self::LIST . $page);
            self::assertSame(200, $status, $page);
            self::assertStringNotContainsString($script, $body, $page);
        }
        self::assertStringContainsString(htmlspecialchars($script), $admin->get(self::LIST . "&host={$encoded}.example")[1]);
    }

    /** @return array<string, array{callable(): Browser}> */
    public static function strangers(): array
    {
        return [
            'a visitor' => [Browser::visitor(...)],
            'a subscriber' => [Browser::subscriber(...)],
            'an admin of a site' => [Browser::siteAdmin(...)],
        ];
    }

    /**
     * @dataProvider strangers
     * @param callable(): Browser $person
     */
    public function testWhoIsNoAdminOfTheNetworkSeesAndChangesNothing(callable $person): void
    {
        $this->network->map(self::SHOP);
        $browser = $person();
        foreach ([self::LIST, self::LIST . '&tab=plan', self::LIST . '&host=' . self::SHOP, str_replace('/network', '', self::LIST)] as $page) {
            self::assertStringNotContainsString(self::SHOP, $browser->get($page)[1], $page);
        }
        $before = $this->network->domains();
        $settings = WordPress::run('return Domain_Sync_For_RunCloud\Settings::all();');
        foreach ($this->forms() as [$path, $action, $nonce, $fields]) {
            [$status, $body] = $browser->post($path, ['action' => $action, '_wpnonce' => $browser->nonce($nonce)] + $fields);
            // WordPress sends nobody in particular away with an empty page.
            self::assertContains($status, [200, 302, 400, 403], $action);
            self::assertStringNotContainsString(self::SHOP, $body);
        }
        self::assertSame($before, $this->network->domains());
        self::assertSame($settings, WordPress::run('return Domain_Sync_For_RunCloud\Settings::all();'));
    }

    public function testAnAdminNeedsTheNonceOfTheFormAndPosts(): void
    {
        $this->network->map(self::SHOP);
        $admin = Browser::admin();
        $before = $this->network->domains();
        foreach ($this->forms() as [$path, $action, $nonce, $fields]) {
            foreach ([[], ['_wpnonce' => 'abcdef0123'], ['_wpnonce' => $admin->nonce('another-action')]] as $wrong) {
                self::assertSame(403, $admin->post($path, ['action' => $action] + $wrong + $fields)[0], $action);
            }
            $right = ['action' => $action, '_wpnonce' => $admin->nonce($nonce)] + $fields;
            self::assertSame(403, $admin->get("{$path}?" . http_build_query($right))[0], "GET {$action}");
        }
        self::assertSame($before, $this->network->domains());
    }

    public function testAnotherCapabilityLetsOthersIn(): void
    {
        $this->network->map(self::SHOP);
        $file = Environment::get()->site() . '/wp-content/mu-plugins/test-capability.php';
        file_put_contents(
            $file,
            '<?php add_filter("domain_sync_capability", static fn () => (require "' . $file . '.which")());'
        );
        $asks = function (string $code) use ($file): array {
            file_put_contents("{$file}.which", "<?php return static fn () => {$code};");
            WordPress::run('opcache_invalidate($file, true);', ['file' => "{$file}.which"]);

            return Browser::admin()->get(self::LIST);
        };
        try {
            self::assertStringContainsString(self::SHOP, $asks('"manage_sites"')[1]);
            self::assertSame(403, $asks('"do_not_allow"')[0]);
            self::assertSame(403, $asks('array()')[0], 'What is no capability is nobody\'s');
            self::assertStringContainsString(self::SHOP, $asks('1 / 0')[1], 'A filter that throws changes nothing');
        } finally {
            unlink($file);
            unlink("{$file}.which");
        }
    }

    public function testTheListIsNarrowedDownAndSorted(): void
    {
        $this->rowForEachReason();
        $admin = Browser::admin();
        $hosts = fn (string $query): array => $this->hosts($admin->get(self::LIST . $query)[1]);
        $sql = fn (string $rest): array => array_column(Environment::get()->sql("SELECT host FROM wp_domain_sync_domains {$rest} LIMIT 20"), 'host');
        self::assertSame($sql('ORDER BY host'), $hosts(''));
        self::assertSame($sql('ORDER BY host DESC'), $hosts('&orderby=host&order=desc'));
        self::assertSame($sql("WHERE domain_status = 'action' ORDER BY host"), $hosts('&status=action'));
        self::assertSame($sql("WHERE domain_status = 'action' ORDER BY domain_since, id"), $hosts('&status=action&orderby=since&order=asc'));
        self::assertSame(
            $sql("WHERE certificate_status = 'action' ORDER BY certificate_until DESC, id DESC"),
            $hosts('&certificate=action&orderby=until&order=desc')
        );
        self::assertSame($sql("WHERE host LIKE 'dns-%' ORDER BY host"), $hosts('&s=dns-'));
        self::assertSame($sql("WHERE host LIKE 'dns-%' AND domain_status = 'action' ORDER BY host"), $hosts('&s=dns-&status=action'));
        self::assertSame(['served.example'], $hosts('&s=' . rawurlencode('https://Served.example/shop?x=1')));
        self::assertSame([], $hosts('&s=example'));
        self::assertSame([], $hosts('&s=%25'));
        self::assertSame([], $hosts('&s=' . rawurlencode("dns' OR '1'='1")));
    }

    public function testAHostIsShownInItsOwnLettersAndFoundByThem(): void
    {
        $this->network->map('xn--mnchen-3ya.example');
        $admin = Browser::admin();
        $text = $this->text($admin, self::LIST);
        self::assertStringContainsString('münchen.example', $text);
        self::assertStringContainsString('xn--mnchen-3ya.example', $text);
        foreach (['münchen.example', 'xn--mn', 'München.EXAMPLE'] as $search) {
            self::assertSame(['xn--mnchen-3ya.example'], $this->hosts($admin->get(self::LIST . '&s=' . rawurlencode($search))[1]), $search);
        }
        self::assertStringContainsString('xn--', $this->text($admin, self::LIST . '&s=' . rawurlencode('mün')), 'Says why nothing is found');
        self::assertStringContainsString('münchen.example', $this->text($admin, self::LIST . '&host=' . rawurlencode('münchen.example')));
    }

    public function testWhatSomebodyWroteIntoAnAddressIsNoText(): void
    {
        $said = $this->text(Browser::admin(), self::LIST . '&done=' . rawurlencode('Send money to evil.example') . '&n=3&of=4');
        self::assertStringNotContainsString('evil.example', $said);
    }

    public function testARenewalIsTheHtmlOfThePageAndSendsNothing(): void
    {
        $this->network->map(self::SHOP);
        $row = $this->network->domain(self::SHOP);
        $admin = Browser::admin();
        $renew = fn (array $parts): array => json_decode($admin->post(
            '/wp-admin/admin-ajax.php',
            ['action' => 'domain_sync_states', '_wpnonce' => $admin->nonce('domain_sync_states'), 'parts' => $parts]
        )[1], true, 512, JSON_THROW_ON_ERROR);
        $cells = ["{$row['id']} domain", "{$row['id']} todo", "{$row['id']} conditions"];
        $parts = $renew([...$cells, 'header', 'progress', "{$row['id']} host", '999 domain', 'x']);
        self::assertSame(['header', 'progress', ...$cells], array_keys($parts));
        self::assertStringContainsString('Waiting', $parts["{$row['id']} domain"]);
        $this->network->runQueue();
        $this->panel->simulator->clearHistory();
        self::assertStringNotContainsString('Waiting', $renew(["{$row['id']} domain"])["{$row['id']} domain"]);
        self::assertSame([], $this->panel->requests());
    }

    public function testAPageTakesFewStatementsHoweverManyItsRows(): void
    {
        $this->define(['SAVEQUERIES' => true]);
        $this->rowForEachReason();
        $admin = Browser::admin();
        foreach (['' => 32, '&status=action' => 32, '&tab=plan' => 55, '&tab=settings' => 25, '&host=served.example' => 38] as $page => $most) {
            $queries = $this->queries($admin, self::LIST . $page);
            self::assertLessThanOrEqual($most, count($queries), $page . "\n" . implode("\n", $queries));
        }
        $few = count($this->queries($admin, self::LIST . '&s=dns-'));
        self::assertSame($few, count($this->queries($admin, self::LIST . '&s=dns-none')), 'One row takes as many as nine');
    }

    public function testADatabaseThatDoesNotAnswerIsASentence(): void
    {
        $this->network->map(self::SHOP);
        $this->sql('RENAME TABLE wp_domain_sync_domains TO wp_away; CREATE VIEW wp_domain_sync_domains AS SELECT id FROM wp_away');
        try {
            [$status, $body] = Browser::admin()->get(self::LIST);
        } finally {
            $this->sql('DROP VIEW wp_domain_sync_domains; RENAME TABLE wp_away TO wp_domain_sync_domains');
        }
        self::assertSame(200, $status);
        self::assertStringContainsString('The database does not answer', $body);
        self::assertStringNotContainsString('wp_domain_sync', $body);
    }

    public function testWithoutUltimateMultisiteTheScreenIsBelowSettingsAndSaysSo(): void
    {
        $this->network->map(self::SHOP);
        $off = '$plugin = "ultimate-multisite/ultimate-multisite.php"; require_once ABSPATH . "wp-admin/includes/plugin.php";';
        WordPress::run($off . 'deactivate_plugins($plugin, true, true);');
        $admin = Browser::admin();
        self::assertStringContainsString('settings.php?page=domain-sync', $admin->get('/wp-admin/network/index.php')[1]);
        foreach (['', '&tab=plan', '&host=' . self::SHOP, '&confirm=remove&ids=1', '&tab=plan&confirm=plan&about=approve'] as $page) {
            $text = $this->text($admin, self::LIST . $page);
            self::assertStringContainsString('Ultimate Multisite is not active', $text, $page);
            self::assertStringNotContainsString('The database does not answer', $text, $page);
        }
        self::assertStringContainsString(self::SHOP, $this->text($admin, self::LIST));
    }

    public function testTheNoticeIsHiddenUntilThereIsMore(): void
    {
        $this->network->map(self::SHOP);
        $this->network->map('second.customer.example');
        $needs = fn (int $number) => $this->sql(
            "UPDATE wp_domain_sync_domains SET domain_status = 'pending';
            UPDATE wp_domain_sync_domains SET domain_status = 'action', domain_reason = 'refused' ORDER BY id LIMIT {$number}"
        );
        $admin = Browser::admin();
        $sees = static fn (): bool => str_contains($admin->get('/wp-admin/network/index.php')[1], 'id="domain-sync-for-runcloud-notice"');
        self::assertFalse($sees());
        $needs(1);
        self::assertTrue($sees());
        $admin->press('/wp-admin/network/index.php', 'hide', '1');
        self::assertFalse($sees());
        $needs(2);
        self::assertTrue($sees());
        $admin->press('/wp-admin/network/index.php', 'hide', '1');
        self::assertFalse($sees());
        $needs(0);
        self::assertFalse($sees());
        $needs(1);
        self::assertTrue($sees(), 'After it had ended, one is news');
        self::assertStringNotContainsString('id="domain-sync-for-runcloud-notice"', $admin->get(self::LIST)[1], 'Our own screen says it at its top');
    }

    public function testTheStatementThatReadsTheWholeTableIsMadeOnceForAScreenAndNotWhereTheNoticeIsHidden(): void
    {
        $this->define(['SAVEQUERIES' => true]);
        $this->network->map(self::SHOP);
        $this->sql("UPDATE wp_domain_sync_domains SET hold = 'existing', domain_status = 'pending'");
        $admin = Browser::admin();
        $whole = fn (string $page): int => count(preg_grep('~AS at_runcloud~', $this->queries($admin, $page)));
        $dashboard = '/wp-admin/network/index.php';
        self::assertSame([1, 1, 1], [$whole(self::LIST), $whole(self::LIST . '&host=' . self::SHOP), $whole($dashboard)]);
        $admin->press($dashboard, 'hide', '1');
        self::assertSame(0, $whole($dashboard));
    }

    /** @return list<array{string, string, string, array<string, mixed>}> Where forms are posted, their actions, what their nonces are for, and fields. */
    private function forms(): array
    {
        $post = '/wp-admin/admin-post.php';
        $bulk = 'bulk-domain-sync-domains';

        return [
            [$post, 'domain_sync_act', $bulk, ['row' => 'retry ' . self::SHOP]],
            [$post, 'domain_sync_act', $bulk, ['do' => 'remove', 'confirmed' => '1', 'hosts' => [self::SHOP]]],
            [$post, 'domain_sync_decide', 'domain_sync_decide', ['do' => 'approve', 'confirmed' => '1']],
            [$post, 'domain_sync_settings', 'domain_sync_settings', ['policy' => 'paused']],
            [$post, 'domain_sync_dismiss', 'domain_sync_dismiss', ['what' => 'plan', 'much' => '9']],
            [$post, 'domain_sync_setup', 'domain_sync_setup', ['do' => 'test']],
            [$post, 'domain_sync_setup', 'domain_sync_setup', ['do' => 'save', 'token' => 'theirs', 'server' => '1', 'app' => '1']],
            ['/wp-admin/admin-ajax.php', 'domain_sync_states', 'domain_sync_states', ['parts' => ['header']]],
        ];
    }

    private function rowForEachReason(): void
    {
        WordPress::run(
            'foreach (Domain_Sync_For_RunCloud\Store\Reason::cases() as $i => $reason) {
                $isCertificate = $reason->is_about_certificate();
                Domain_Sync_For_RunCloud\Store\Table::change(
                    "INSERT INTO {domains} (host, site_id, source, web_app, remote_id, remote_state, owner, domain_status, domain_reason,
                        domain_since, certificate_status, certificate_reason, certificate_until)
                    VALUES (%s, 1, \'record\', 2001, %d, \'present\', \'ours\', %s, %s, %s, %s, %s, %s)",
                    "$reason->value.example", $i + 1,
                    $isCertificate ? "ready" : $reason->status()->value, $isCertificate ? "served" : $reason->value,
                    gmdate("Y-m-d H:i:s", 1700000000 - $i * 977 % 5000),
                    $isCertificate ? $reason->status()->value : "pending", $isCertificate ? $reason->value : "waits-for-dns",
                    gmdate("Y-m-d H:i:s", 1900000000 - $i * 661 % 5000)
                );
            }'
        );
    }

    private function sql(string $statements): void
    {
        Environment::get()->sql("{$statements}; SELECT 1");
    }

    /** A page's text, as somebody reads it. */
    private function text(Browser $browser, string $page): string
    {
        [$status, $body] = $browser->get($page);
        self::assertSame(200, $status, $page);

        return html_entity_decode(preg_replace('~\s+~', ' ', strip_tags($body)), ENT_QUOTES | ENT_HTML5);
    }

    /** @return list<string> Hosts of a page's table, in their order. */
    private function hosts(string $body): array
    {
        preg_match_all('~name="hosts\[\]" value="([^"]+)"~', $body, $found);

        return $found[1];
    }

    /** @return list<string> The plugin's queries for a page. */
    private function queries(Browser $browser, string $page): array
    {
        $id = bin2hex(random_bytes(8));
        $browser->get($page, ["X-Test-Cost: {$id}"]);
        $file = Environment::get()->path("cost-{$id}.json");
        $cost = json_decode(file_get_contents($file), true, 512, JSON_THROW_ON_ERROR);
        unlink($file);

        return $cost['queries'];
    }
}
