<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * From RunCloud's shared certificate to one for each domain, or to its looking after them by itself: no host is left behind, and
 * none loses what works.
 */
final class SslModesTest extends NetworkTestCase
{
    private const COVERED = ['one.example', 'two.example', 'three.example'];
    private const NEW_HOST = 'four.example';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World();
        $this->serve('self-signed', self::COVERED);
        array_map(fn (string $host): int => $this->network->map($host), self::COVERED);
        $this->network->runQueue();
        $this->serve('good', self::COVERED);
        $this->pass(61);
        self::assertSame(['certificate-covers'], $this->reasons(self::COVERED));
        $this->panel->simulator->clearHistory();
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    /** @return array<string, array{bool}> Whether RunCloud has the shared certificate still. */
    public static function leftovers(): array
    {
        return ['the shared certificate is gone' => [false], 'RunCloud issues it still' => [true]];
    }

    /** @dataProvider leftovers */
    public function testFromBasicToAdvancedEveryHostGetsItsOwnCertificateWithinADayAndKeepsWhatItHas(bool $isThere): void
    {
        $this->setSsl(['advancedSSL' => true] + ($isThere ? [] : ['certificate' => null]));
        $this->serve('self-signed', [self::NEW_HOST], self::COVERED);
        $this->network->map(self::NEW_HOST);
        $this->network->runQueue();
        if ($isThere) {
            self::assertCount(1, preg_grep('~^PUT ssl/4001~', $this->panel->requests()), 'What was known counts, and RunCloud takes it');
            $this->pass(660);
        }
        $id = $this->panel->domain(self::NEW_HOST)['id'];
        self::assertContains("POST domains/{$id}/ssl", $this->panel->requests());
        $own = hash('sha256', self::NEW_HOST);
        $counted = Environment::get()->sql("SELECT id FROM wp_domain_sync_events WHERE kind = 'order' AND order_set = '{$own}'");
        self::assertCount(1, $counted, 'It counts for the names of its own certificate');
        self::assertSame(['certificate-covers'], $this->reasons(self::COVERED));
        $due = array_filter(array_map(fn (string $host): ?string => $this->network->domain($host)['due_at'], self::COVERED));
        self::assertCount(3, array_unique($due), 'Each has its own time');

        $ordered = [];
        for ($hour = 0; $hour < 25; $hour++) {
            $this->pass(3600);
            $ordered[] = count(preg_grep('~^POST domains/\d+/ssl~', $this->panel->requests()));
            self::assertSame(['certificate-covers'], $this->reasons(self::COVERED));
        }
        self::assertSame(4, end($ordered));
        self::assertGreaterThan(2, count(array_unique($ordered)), 'Not all at once');
        foreach (self::COVERED as $host) {
            self::assertGreaterThan(0, (int) $this->network->domain($host)['certificate_id']);
        }
        $this->panel->simulator->clearHistory();
        $this->pass(86400);
        self::assertSame([], preg_grep('~ssl~', $this->panel->changes()), 'Nothing more');
    }

    public function testFromBasicToAutomaticNothingIsOrderedAndWhatDoesNotComeIsSaid(): void
    {
        $this->setSsl(['advancedSSL' => true, 'autoSSL' => true, 'certificate' => null]);
        $this->serve('self-signed', [self::NEW_HOST], self::COVERED);
        $this->network->map(self::NEW_HOST);
        $this->network->runQueue();
        self::assertSame(['certificate-automatic'], $this->reasons([self::NEW_HOST]));
        self::assertSame(['certificate-covers'], $this->reasons(self::COVERED));
        $this->pass(3600);
        self::assertSame(['certificate-automatic'], $this->reasons([self::NEW_HOST]), 'It has a day');
        $this->pass(86400);
        $this->pass(3600);
        self::assertSame(['order-failed'], $this->reasons([self::NEW_HOST]));
        self::assertStringContainsString('AutoSSL', $this->network->sentence(self::NEW_HOST, 'certificate'));
        self::assertSame(['certificate-covers'], $this->reasons(self::COVERED));
        $this->serve('good', [self::NEW_HOST, ...self::COVERED]);
        $this->pass(3600);
        self::assertSame(['certificate-covers'], $this->reasons([self::NEW_HOST]));
    }

    /** @return array<string, array{bool}> Whether RunCloud has a certificate for each domain then, or a name goes. */
    public static function endsOfWaiting(): array
    {
        return ['the mode changes' => [true], 'a name goes' => [false]];
    }

    /** @dataProvider endsOfWaiting */
    public function testWhatWaitedForTheSharedCertificateGoesOn(bool $isChange): void
    {
        $this->serve('self-signed', [self::NEW_HOST], self::COVERED);
        $row = static fn (int $n): string => "('host{$n}.example', 1, 'code', 'ours', 2001, {$n} + 9000, 'present')";
        Environment::get()->sql(
            'INSERT INTO wp_domain_sync_domains (host, site_id, source, owner, web_app, remote_id, remote_state) VALUES '
                . implode(', ', array_map($row, range(1, 97))) . '; SELECT 1'
        );
        $this->network->map(self::NEW_HOST);
        $this->network->runQueue();
        self::assertSame(['names-limit'], $this->reasons([self::NEW_HOST]));
        self::assertSame([], preg_grep('~ssl~', $this->panel->changes()));
        if ($isChange) {
            $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
            WordPress::run('(new Domain_Sync_For_RunCloud\\Panel\\Web_App())->keep_ssl("advanced");');
        } else {
            $this->network->unmap(self::COVERED[0]);
            $this->pass(61);
        }
        $this->pass(61);
        self::assertSame(['order-under-way'], $this->reasons([self::NEW_HOST]));
    }

    public function testARenewalThatIsLateDoesNotWaitForTheSharedCertificateAnyMore(): void
    {
        Environment::get()->sql(
            "UPDATE wp_domain_sync_domains SET certificate_status = 'action', certificate_reason = 'renewal-late', "
                . 'ordered_at = UTC_TIMESTAMP() - INTERVAL 1 HOUR, '
                . "due_at = UTC_TIMESTAMP() + INTERVAL 3 DAY, look_at = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE host <> 'network.example'; SELECT 1"
        );
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        WordPress::run('(new Domain_Sync_For_RunCloud\\Panel\\Web_App())->keep_ssl("advanced");');
        $this->network->runQueue();
        self::assertCount(3, preg_grep('~^(PUT|POST) .*ssl~', $this->panel->requests()));
    }

    public function testTheAdminIsWarnedAtNinetyNamesWhateverWasOrdered(): void
    {
        self::assertStringNotContainsString('has 9', $this->notices());
        $values = array_map(static fn (int $n): string => "('host{$n}.example', 1, 2001, {$n} + 9000, 'present', 1)", range(1, 44));
        Environment::get()->sql(
            'INSERT INTO wp_domain_sync_domains (host, site_id, web_app, remote_id, remote_state, remote_www) VALUES '
                . implode(', ', $values) . '; SELECT 1'
        );
        self::assertStringContainsString('has 91 names', $this->notices());
        Environment::get()->sql('UPDATE wp_domain_sync_domains SET remote_www = 1; SELECT 1');
        Environment::get()->sql(
            "INSERT INTO wp_domain_sync_domains (host, site_id, web_app, remote_id, remote_state, remote_www)
            SELECT CONCAT('more-', host), 1, 2001, remote_id + 9000, 'present', 1 FROM wp_domain_sync_domains LIMIT 8; SELECT 1"
        );
        self::assertStringContainsString('more names than one SSL certificate can hold (100)', $this->notices());
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        WordPress::run('(new Domain_Sync_For_RunCloud\\Panel\\Web_App())->keep_ssl("advanced");');
        self::assertStringNotContainsString('names', $this->notices());
    }

    private function notices(): string
    {
        return WordPress::run('ob_start(); do_action("network_admin_notices"); return ob_get_clean();', [], more: ['user' => WordPress::ADMIN]);
    }

    /**
     * @param list<string> $hosts
     *
     * @return list<string>
     */
    private function reasons(array $hosts): array
    {
        $reasons = array_map(fn (string $host): string => $this->network->domain($host)['certificate_reason'], $hosts);

        return array_values(array_unique($reasons));
    }

    private function pass(int $seconds): void
    {
        $this->network->letTimePass($seconds);
        $this->network->runQueue();
    }

    /**
     * @param list<string> $hosts
     * @param list<string> $good  Hosts whose certificate is good, beside these.
     */
    private function serve(string $certificate, array $hosts, array $good = []): void
    {
        $certificates = array_fill_keys($hosts, $certificate) + array_fill_keys($good, 'good');
        $this->world->change(array_fill_keys(array_keys($certificates), World::HERE), ['certificates' => $certificates]);
    }

    /** @param array<string, mixed> $change Of the web app's SSL. */
    private function setSsl(array $change): void
    {
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => $change + $ssl['2001']]]);
    }
}
