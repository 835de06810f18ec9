<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * What becomes of an order: it brings the certificate, or RunCloud is asked why not; and what appears without one.
 */
final class OrderOutcomeTest extends NetworkTestCase
{
    private const HOST = 'shop.example';

    private World $world;

    protected function setUp(): void
    {
        parent::setUp();
        WordPress::run('update_network_option(null, "test_looks", 1);');
        $this->world = new World();
        $this->serve('self-signed', self::HOST);
    }

    protected function tearDown(): void
    {
        unset($this->world);
        parent::tearDown();
    }

    /** @return array<string, array{array<string, mixed>|null, string}> The certificate that RunCloud has, and what the admin reads. */
    public static function certificates(): array
    {
        return [
            'none' => [null, 'RunCloud has no certificate for it'],
            'one that ended' => [['validUntil' => '2024-01-01 00:00:00'], 'ended at 2024-01-01 00:00 UTC'],
            'a test certificate' => [['staging' => true], 'test environment'],
            'one that is not served' => [['validUntil' => '2099-01-01 00:00:00'], 'valid until 2099-01-01 00:00 UTC, but it is not served'],
        ];
    }

    /**
     * @dataProvider certificates
     * @param array<string, mixed>|null $certificate
     */
    public function testAnOrderThatBringsNothingIsReadBackOnceAndRepeatedOnceAndThenSaysWhatToDo(?array $certificate, string $text): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->requests()));
        $until = $this->network->domain(self::HOST)['certificate_until'];
        $this->panel->simulator->clearHistory();
        $this->setCertificate($certificate);
        $this->pass(660);
        $read = ['GET ssl/advanced', 'GET ssl'];
        self::assertSame($read, array_slice($this->panel->requests(), 0, 2), 'Once for the order');
        self::assertContains('validation-failed', array_column($this->history(''), 'kind'));
        if ($certificate === null) {
            // RunCloud says then that the web application has no certificate at all.
            self::assertSame(['action', 'first-certificate'], $this->certificate());

            return;
        }
        // The second order, after which RunCloud has the same as before.
        $this->pass(61);
        $this->setCertificate($certificate);
        for ($n = 0; $n < 4; $n++) {
            $this->pass(660);
        }
        self::assertSame(['action', 'order-failed'], $this->certificate());
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->requests()), 'One more order');
        self::assertCount(2, preg_grep('~^GET ssl$~', $this->panel->requests()), 'Asked once for each order');
        self::assertStringContainsString($text, $this->network->sentence(self::HOST, 'certificate'));
        self::assertSame($until, $this->network->domain(self::HOST)['certificate_until'], 'When what is served ends, and not when it is tried again');
    }

    public function testInAdvancedModeTheDomainsOwnCertificateIsReadBack(): void
    {
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        $id = $this->panel->domain(self::HOST)['id'];
        $this->panel->simulator->clearHistory();
        $this->pass(660);
        self::assertSame(['GET ssl/advanced', "GET domains/{$id}/ssl"], array_slice($this->panel->requests(), 0, 2));
        self::assertContains('validation-failed', $this->network->history(self::HOST));
    }

    public function testAPanelThatCannotBeAskedIsAskedOnceAndTheOrderGoesOn(): void
    {
        $this->network->map(self::HOST);
        $this->network->runQueue();
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['method' => 'GET', 'path' => '/ssl']]);
        $this->panel->simulator->clearHistory();
        $this->pass(660);
        self::assertSame(['GET ssl/advanced'], preg_grep('~^GET~', $this->panel->requests()));
        self::assertCount(1, preg_grep('~^PUT ssl~', $this->panel->requests()));
    }

    public function testACertificateThatNobodyOrderedHereIsCounted(): void
    {
        $this->serve('good', self::HOST);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        self::assertSame(['ready', 'certificate-covers'], $this->certificate());
        $serial = $this->network->domain(self::HOST)['certificate_serial'];
        self::assertNotSame('', $serial);
        self::assertNotContains('certificate', $this->network->history(self::HOST), 'It is ten days old: no news');
        // RunCloud has renewed it; as the row was, the one before began earlier.
        $this->serve('tls12', self::HOST);
        WordPress::run(
            '$GLOBALS["wpdb"]->query("UPDATE wp_domain_sync_domains SET look_at = UTC_TIMESTAMP(),
                certificate_from = certificate_from - INTERVAL 60 DAY");'
        );
        $this->network->runQueue();
        self::assertNotSame($serial, $this->network->domain(self::HOST)['certificate_serial']);
        self::assertContains('certificate', $this->network->history(self::HOST));
        $counted = WordPress::run(
            'use Domain_Sync_For_RunCloud\\Store\\{Domain, History};
            $found = History::orders_since(time() - 28 * 86400, ["shop.example"], [Domain::set_of(["shop.example"])]);
            return array_map("count", array_values($found["scope"] + $found["set"]));'
        );
        self::assertSame([1, 1], $counted);
        $this->pass(61);
        self::assertCount(1, array_keys($this->network->history(self::HOST), 'certificate', true));
    }

    public function testWhatFailedForFourOrdersWithinAnHourWaits(): void
    {
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        $this->network->map(self::HOST);
        $this->network->runQueue();
        WordPress::run(
            'for ($n = 1; $n <= 4; $n++) {
                Domain_Sync_For_RunCloud\\Store\\History::add($host, "validation-failed", [], 0, ["at" => time() - $n]);
            }',
            ['host' => self::HOST]
        );
        $this->pass(600);
        self::assertSame(['pending', 'budget-spent'], $this->certificate());
        $this->pass(3600);
        self::assertSame(['pending', 'order-under-way'], $this->certificate());
    }

    /** @return list<array<string, string>> */
    private function history(string $host): array
    {
        return array_map(static fn (string $kind): array => ['kind' => $kind], $this->network->history($host));
    }

    /** @return array{string, string} */
    private function certificate(): array
    {
        $row = $this->network->domain(self::HOST);

        return [$row['certificate_status'], $row['certificate_reason']];
    }

    private function pass(int $seconds): void
    {
        $this->network->letTimePass($seconds);
        $this->network->runQueue();
    }

    private function serve(string $certificate, string ...$hosts): void
    {
        $this->world->change(array_fill_keys($hosts, World::HERE), ['certificates' => array_fill_keys($hosts, $certificate)]);
    }

    /** @param array<string, mixed>|null $change */
    private function setCertificate(?array $change): void
    {
        $ssl = $this->panel->simulator->state()['ssl']['2001'];
        $this->setSsl(['certificate' => $change === null ? null : $change + $ssl['certificate']]);
    }

    /** @param array<string, mixed> $change Of the web app's SSL. */
    private function setSsl(array $change): void
    {
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => $change + $ssl['2001']]]);
    }
}
