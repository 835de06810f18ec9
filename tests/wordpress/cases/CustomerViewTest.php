<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * What customers see of their domains in Ultimate Multisite's own list, and what the network's admin sees in theirs.
 */
final class CustomerViewTest extends NetworkTestCase
{
    private const SHOP = 'shop.customer.example';
    /** Below a suffix that the Public Suffix List has. */
    private const BAKERY = 'bakery.example.com';
    private const CAFE = 'cafe.customer.example';
    private const ADDRESS = '203.0.113.7';

    /** Prints what a filter of Ultimate Multisite's list gives for a host; null where that is nothing. */
    private const LINE = '
        $info = apply_filters("wu_domain_mapping_row_info", ["secure" => []], wu_get_domain_by_domain($host));
        if (array_keys($info) === ["secure"]) { return null; }
        ob_start();
        $info["domain_sync"]["value"]();
        return ob_get_clean();';

    private int $site;
    private int $alice;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('(new Domain_Sync_For_RunCloud\Panel\Web_App())->keep_addresses([$address]);', ['address' => self::ADDRESS]);
        [$this->site, $this->alice] = $this->customer('alice');
        $this->network->map(self::SHOP, $this->site);
    }

    public function testACustomerSeesTheirOwnDomainsAndNobodyElses(): void
    {
        [$site, $bob] = $this->customer('bob');
        $this->network->map(self::CAFE, $site);
        $admin = WordPress::run(
            '$user = wpmu_create_user("eve", "password", "eve@network.example"); add_user_to_blog($site, $user, "administrator"); return $user;',
            ['site' => $this->site]
        );
        self::assertStringContainsString('Domain', (string) $this->line(self::SHOP, $this->alice));
        self::assertStringContainsString('Domain', (string) $this->line(self::CAFE, $bob));
        self::assertNull($this->line(self::CAFE, $this->alice), 'Another customer\'s');
        self::assertNull($this->line(self::SHOP, $bob), 'Another customer\'s');
        self::assertNull($this->line(self::SHOP, $admin), 'Somebody who writes on the site');
        self::assertNull($this->line(self::SHOP, 0), 'Nobody');
        self::assertNotNull($this->line(self::SHOP, WordPress::ADMIN), 'The network\'s admin');
    }

    /** @return array<string, array{string, list<string>}> */
    public static function languages(): array
    {
        return [
            'Hindi' => ['hi_IN', ['DNS रिकॉर्ड नहीं हैं', 'अपने DNS प्रोवाइडर के यहाँ ये रिकॉर्ड बनाएँ।', 'कॉपी करें', 'यह रिकॉर्ड बनाएँ']],
            'Bengali' => ['bn_BD', ['DNS রেকর্ড নেই', 'আপনার DNS প্রোভাইডারের কাছে এই রেকর্ডগুলো তৈরি করুন।', 'কপি করুন', 'এই রেকর্ডটি তৈরি করুন']],
        ];
    }

    /**
     * @dataProvider languages
     * @param list<string> $texts
     */
    public function testACustomerReadsItInTheirLanguage(string $locale, array $texts): void
    {
        Environment::get()->sql(
            "UPDATE wp_domain_sync_domains SET domain_status = 'pending', domain_reason = 'dns-none', remote_state = 'present',
                details = '{\"domain\":{\"host\":\"" . self::SHOP . "\",\"found\":[]},\"certificate\":{}}'; SELECT 1"
        );
        $shown = WordPress::run(
            'add_filter("locale", static fn () => $locale);' . self::LINE,
            ['host' => self::SHOP, 'locale' => $locale],
            more: ['user' => $this->alice]
        );
        foreach ($texts as $text) {
            self::assertStringContainsString($text, $shown);
        }
        self::assertStringContainsString(self::SHOP, $shown, 'What belongs into a text is in it');
        self::assertDoesNotMatchRegularExpression('~[{}]|What to do|Create|Copy~', $shown);
    }

    public function testASiteThatNobodyHasIsNobodys(): void
    {
        WordPress::run('delete_site_meta($site, "wu_customer_id");', ['site' => $this->site]);
        $reader = WordPress::run('return wpmu_create_user("reader", "password", "reader@network.example");');
        self::assertNull($this->line(self::SHOP, $reader));
        self::assertNull($this->line(self::SHOP, $this->alice));
    }

    public function testAHostThatIsAnotherSitesByNowIsNotShown(): void
    {
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET site_id = 1 WHERE host = "' . self::SHOP . '"');
        self::assertNull($this->line(self::SHOP, $this->alice));
        Environment::get()->sql('DELETE FROM wp_domain_sync_domains');
        self::assertNull($this->line(self::SHOP, $this->alice));
    }

    public function testTheLinesOfOthersStay(): void
    {
        $info = WordPress::run(
            '$info = apply_filters("wu_domain_mapping_row_info", ["a" => ["value" => "b"]], (object) []); return [$info,
                array_keys(apply_filters("wu_domain_mapping_row_info", ["a" => ["value" => "b"]], wu_get_domain_by_domain($host)))];',
            ['host' => self::SHOP],
            more: ['user' => $this->alice]
        );
        self::assertSame([['a' => ['value' => 'b']], ['a', 'domain_sync']], $info);
    }

    /** Every reason on both conditions, with everything in its details that any reason has. */
    public function testNothingIsSaidOfRunCloudTheServerOrOthers(): void
    {
        $secrets = ['message' => 'MARKER of RunCloud'] + array_fill_keys(['target', 'blocker', 'issuer', 'scope', 'status'], 'MARKER');
        $shown = WordPress::run(
            '$shown = [];
            foreach (Domain_Sync_For_RunCloud\Store\Reason::cases() as $reason) {
                $details = json_encode(["domain" => ["host" => $host] + $secrets, "certificate" => $secrets]);
                Domain_Sync_For_RunCloud\Store\Table::change("UPDATE {domains} SET domain_status = %s, domain_reason = %s, certificate_status = %s,
                    certificate_reason = %s, details = %s, web_app = 2001, remote_id = 777123, certificate_serial = %s WHERE host = %s",
                    $reason->status()->value, $reason->value, $reason->status()->value, $reason->value, $details, "MARKER", $host);
                $line = (static function () use ($host) {' . self::LINE . '})();
                $shown[$reason->value] = [$line, $reason->status()->value];
            }
            return $shown;',
            ['host' => self::SHOP, 'secrets' => $secrets],
            more: ['user' => $this->alice]
        );
        self::assertGreaterThan(70, count($shown));
        foreach ($shown as $reason => [$line, $status]) {
            self::assertDoesNotMatchRegularExpression('/runcloud|MARKER|1001|2001|777123|web application|token/i', $line, $reason);
            self::assertStringContainsString('HTTPS', $line, $reason);
            // What DNS should have is shown to whom it concerns, and where it is in order it does not concern anybody.
            self::assertSame(0, $status === 'ready' ? substr_count($line, 'domain-sync-records') : 0, $reason);
        }
    }

    public function testTheRecordsStandThereAsTextWithButtonsForAScript(): void
    {
        $details = ['host' => self::SHOP, 'found' => ['198.51.100.4'], 'expected' => [self::ADDRESS], 'name_server' => 'ns41.domaincontrol.com'];
        $this->become('dns-elsewhere', $details);
        $line = $this->line(self::SHOP, $this->alice);
        self::assertStringContainsString('DNS sends ' . self::SHOP . ' to 198.51.100.4', $line);
        self::assertStringContainsString('<details open="open">', $line);
        $button = '</code> <button type="button" hidden data-domain-sync-copy="' . self::ADDRESS . '"';
        self::assertStringContainsString('<dd><code>' . self::ADDRESS . $button, $line);
        self::assertStringContainsString('<code>198.51.100.4</code>', $line);
        $link = '<a href="https://www.godaddy.com/help/[^"]+" target="_blank" rel="noopener noreferrer">';
        self::assertMatchesRegularExpression("~<strong>GoDaddy</strong>.*{$link}~", $line);

        $script = file_get_contents(Environment::get()->site() . '/wp-content/plugins/domain-sync-for-runcloud/assets/copy.js');
        self::assertStringContainsString("setAttribute( 'aria-live', 'polite' )", $script);
    }

    public function testANameIsGivenAsTheFormOfADnsProviderWantsIt(): void
    {
        $below = ['www.', 'a.b.', '_proof.', '_proof.www.', '*.'];
        $names = ['example.com', ...array_map(static fn (string $labels): string => "{$labels}example.com", $below), 'a.nowhere'];
        $fields = WordPress::run('return array_map(["Domain_Sync_For_RunCloud\\Admin\\Records", "field"], $names);', ['names' => $names]);
        self::assertSame(['@', 'www', 'a.b', '_proof', '_proof.www', '*', 'a.nowhere'], $fields);

        $this->network->map(self::BAKERY, $this->site);
        $line = (string) $this->line(self::BAKERY, $this->alice);
        self::assertStringContainsString('data-domain-sync-copy="bakery"', $line);
        self::assertStringContainsString('(' . self::BAKERY . ')', $line, 'And whole');
    }

    public function testWhileTheAddressesAreNotKnownThatIsSaid(): void
    {
        WordPress::run('(new Domain_Sync_For_RunCloud\Panel\Web_App())->forget();');
        $line = $this->line(self::SHOP, $this->alice);
        self::assertStringContainsString('not known yet', $line);
        self::assertStringNotContainsString('domain-sync-records', $line);
    }

    public function testAnAddressBelowTheNetworksOwnHasNoRecords(): void
    {
        $host = $this->network->host('alice');
        $this->become('dns-elsewhere', ['host' => $host, 'found' => ['198.51.100.4'], 'expected' => [self::ADDRESS]], $host);
        $line = $this->line($host, $this->alice);
        self::assertStringContainsString('administrators of this network', $line);
        self::assertStringNotContainsString('domain-sync-records', $line);
        self::assertStringNotContainsString('198.51.100.4', $line);
    }

    public function testWhereOwnershipIsToBeProvenTheTxtRecordIsShown(): void
    {
        $this->become('ownership', []);
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET hold = "ownership" WHERE host = "' . self::SHOP . '"');
        $line = $this->line(self::SHOP, $this->alice);
        self::assertStringContainsString('Before your site is served under this domain', $line);
        self::assertStringContainsString('<code>TXT</code>', $line);
        self::assertMatchesRegularExpression('/data-domain-sync-copy="_[a-z.-]+"/', $line);
        self::assertMatchesRegularExpression('/data-domain-sync-copy="domain-sync=[^"]+"/', $line);
        self::assertStringNotContainsString(self::ADDRESS, $line);
    }

    public function testWhateverWasFoundIsShownAsText(): void
    {
        $script = '<script>alert("x")</script>';
        foreach (['dns-elsewhere', 'dns-lame', 'caa-forbids', 'redirects-away'] as $reason) {
            $details = array_fill_keys(['host', 'name_server', 'target'], $script) + array_fill_keys(['found', 'expected', 'issuers'], [$script]);
            $this->become($reason, $details);
            $shown = $this->line(self::SHOP, $this->alice) . $this->adminsLine(self::SHOP) . $this->box(self::SHOP);
            self::assertStringNotContainsString('<script', $shown, $reason);
            self::assertStringContainsString('&lt;script', $shown, $reason);
        }
    }

    public function testALookNotesOneOfTheNameServersWhereSomethingIsToBeChanged(): void
    {
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->network->runQueue();
        foreach ([World::ELSEWHERE => 'ready-to-switch', World::HERE => 'served'] as $address => $reason) {
            $world = new World([self::SHOP => $address]);
            $found = WordPress::run(
                'use Domain_Sync_For_RunCloud\Serving\{Probe, Verdict};
                $row = Domain_Sync_For_RunCloud\Store\Domain_List::find($host);
                $looked = Probe::look([$row], ["127.0.0.1"], 5.0);
                $verdict = Verdict::of($looked["seen"][$host], $row, $looked["main"], time());
                return [$verdict->domain->value, $verdict->domain_details["name_server"] ?? ""];',
                ['host' => self::SHOP]
            );
            self::assertSame($reason, $found[0]);
            self::assertSame($reason === 'served', $found[1] === '', "Name server '{$found[1]}'");
            unset($world);
        }
    }

    public function testThePageOfADomainWithoutASiteSaysThatASiteIsMissing(): void
    {
        $this->network->map('nobody.example', 0);
        self::assertStringContainsString('belongs to no site', $this->box('nobody.example'));
        Environment::get()->sql("INSERT INTO wp_wu_domain_mappings (domain, blog_id) VALUES ('unseen.example', 1)");
        self::assertStringContainsString('Nothing is known of this host yet', $this->box('unseen.example'));
    }

    public function testTheAdminsListAndPageOfADomainSayOurConditionWithALinkToOurScreen(): void
    {
        $this->become('refused', ['message' => 'It is taken.']);
        $line = $this->adminsLine(self::SHOP);
        self::assertStringStartsWith('<b>it</b>', $line);
        self::assertStringContainsString('Refused by RunCloud', $line);
        self::assertStringContainsString('Put right what RunCloud says', $line);
        $link = '~/wp-admin/network/admin\.php\?page=domain-sync&(#038|amp);host=' . self::SHOP . '"~';
        self::assertMatchesRegularExpression($link, $line);

        $box = $this->box(self::SHOP);
        self::assertStringContainsString('RunCloud refused the domain: It is taken.', $box);
        self::assertMatchesRegularExpression($link, $box);
        self::assertSame('<b>it</b>', $this->adminsLine(self::SHOP, $this->alice), 'Not for others');
        self::assertStringNotContainsString('taken', $this->box(self::SHOP, $this->alice));
    }

    public function testThePluginsRowHasALinkToOurScreen(): void
    {
        $links = static fn (int $user): array => WordPress::run(
            'return [apply_filters("network_admin_plugin_action_links", ["a" => "b"], "domain-sync-for-runcloud/domain-sync-for-runcloud.php"),
                apply_filters("network_admin_plugin_action_links", ["a" => "b"], "other/other.php")];',
            [],
            Kind::FrontEnd,
            ['user' => $user]
        );
        [$ours, $others] = $links(WordPress::ADMIN);
        self::assertStringContainsString('/wp-admin/network/admin.php?page=domain-sync"', $ours['domain_sync']);
        self::assertSame(['a' => 'b'], $others);
        self::assertSame(['a' => 'b'], $links($this->alice)[0]);
    }

    /** @return array{int, int} A new customer's site and user. */
    private function customer(string $name): array
    {
        $site = $this->network->newSite($name);
        $user = WordPress::run(
            '$user = wpmu_create_user($name, "password", "$name@network.example");
            $customer = wu_create_customer(["user_id" => $user, "email_verification" => "none"]);
            if (is_wp_error($customer)) { throw new RuntimeException($customer->get_error_message()); }
            update_site_meta($site, "wu_customer_id", $customer->get_id());
            add_user_to_blog($site, $user, "administrator");
            return $user;',
            ['name' => $name, 'site' => $site]
        );

        return [$site, $user];
    }

    /** @param array<string, mixed> $details */
    private function become(string $reason, array $details, string $host = self::SHOP): void
    {
        WordPress::run(
            'Domain_Sync_For_RunCloud\Store\Table::change("UPDATE {domains} SET domain_status = %s, domain_reason = %s, details = %s WHERE host = %s",
                Domain_Sync_For_RunCloud\Store\Reason::from($reason)->status()->value, $reason, json_encode(["domain" => $details]), $host);',
            ['reason' => $reason, 'details' => $details, 'host' => $host]
        );
    }

    private function line(string $host, int $user): ?string
    {
        return WordPress::run(self::LINE, ['host' => $host], Kind::FrontEnd, ['user' => $user]);
    }

    private function adminsLine(string $host, int $user = WordPress::ADMIN): string
    {
        return WordPress::run(
            'return apply_filters("wu_domain_list_column_domain", "<b>it</b>", wu_get_domain_by_domain($host));',
            ['host' => $host],
            Kind::FrontEnd,
            ['user' => $user]
        );
    }

    private function box(string $host, int $user = WordPress::ADMIN): string
    {
        return WordPress::run(
            'ob_start(); Domain_Sync_For_RunCloud\Admin\Um_Pages::show_box(wu_get_domain_by_domain($host)); return ob_get_clean();',
            ['host' => $host],
            Kind::FrontEnd,
            ['user' => $user]
        );
    }
}
