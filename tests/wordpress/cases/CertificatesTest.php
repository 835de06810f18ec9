<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * A certificate follows once a host's DNS points here.
 */
final class CertificatesTest extends NetworkTestCase
{
    private const HOSTS = ['one.customer.example', 'two.customer.example', 'three.customer.example'];

    /** @dataProvider integrations */
    public function testNoCertificateIsAskedForBeforeDnsPointsHere(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->network->map(self::HOSTS[0]);
        $this->network->runQueue();
        $this->network->letTimePass(3600);
        $this->network->runQueue();
        self::assertSame(['POST domains'], $this->panel->changes());
        $this->assertDomain(self::HOSTS[0], ['certificate' => 'waiting-for-dns']);
    }

    /** @dataProvider integrations */
    public function testInBasicModeManyHostsShareOneRequest(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->mapAll();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
        foreach (self::HOSTS as $host) {
            $this->assertDomain($host, ['certificate' => 'requested', 'certificate_error' => '']);
        }
    }

    public function testDnsThatIsReadyBeforeTheHostIsMappedIsRemembered(): void
    {
        $this->panel->simulator->fault('status', ['status' => 500]);
        $this->mapAll();
        self::assertSame([], $this->changesForCertificates());
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(3700);
        $this->network->settle();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
    }

    public function testOnceTheCertificateIsKnownAMappingCostsTwoRequests(): void
    {
        $this->mapAll();
        $this->panel->simulator->clearHistory();
        $this->network->map('four.customer.example');
        $this->network->pointDns('four.customer.example');
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
        self::assertSame(['POST domains', 'PUT ssl/4001'], $this->panel->requests());
    }

    public function testInAdvancedModeEachHostHasItsOwnCertificate(): void
    {
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        $this->mapAll();
        $ids = array_map(fn (string $host): int => $this->panel->domain($host)['id'], self::HOSTS);
        $expected = array_map(static fn (int $id): string => "POST domains/{$id}/ssl", $ids);
        $changes = $this->changesForCertificates();
        sort($changes);
        self::assertSame($expected, $changes);
        foreach (self::HOSTS as $host) {
            self::assertSame('requested', $this->network->domain($host)['certificate']);
            self::assertGreaterThan(0, (int) $this->network->domain($host)['certificate_id']);
        }
    }

    public function testInAutomaticModeNothingIsAskedFor(): void
    {
        $this->setSsl(['advancedSSL' => false, 'autoSSL' => true]);
        $this->mapAll();
        self::assertSame([], $this->changesForCertificates());
        foreach (self::HOSTS as $host) {
            $this->assertDomain($host, ['certificate' => 'automatic']);
        }
    }

    /** @return array<string, array{string}> */
    public static function notInstalledAnswers(): array
    {
        return ['status 404' => ['404'], 'status 200' => ['200']];
    }

    /** @dataProvider notInstalledAnswers */
    public function testAWebAppWithoutACertificateGetsASentenceAndNoCertificate(string $answer): void
    {
        $this->panel->simulator->switch(['ssl_not_installed' => $answer]);
        $this->setSsl(['certificate' => null]);
        $this->mapAll();
        self::assertSame([], $this->changesForCertificates());
        $domain = $this->network->domain(self::HOSTS[0]);
        self::assertSame('not-installed', $domain['certificate']);
        self::assertStringContainsString('Install the first one', $domain['certificate_error']);
    }

    public function testACertificateFromElsewhereGetsASentence(): void
    {
        $certificate = $this->panel->simulator->state()['ssl']['2001']['certificate'];
        $this->setSsl(['certificate' => ['method' => 'custom'] + $certificate]);
        $this->mapAll();
        self::assertSame([], $this->changesForCertificates());
        $domain = $this->network->domain(self::HOSTS[0]);
        self::assertSame('not-renewable', $domain['certificate']);
        self::assertStringContainsString('where it came from', $domain['certificate_error']);
    }

    public function testAPanelThatFailsIsAskedAgainForTheCertificate(): void
    {
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['path' => '/ssl']]);
        $this->mapAll();
        $this->assertDomain(self::HOSTS[0], ['certificate' => 'due']);
        $this->panel->simulator->clearFaults();
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(60);
        $this->network->settle();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
    }

    public function testACertificateThatIsRefusedIsShownAndNotAskedForAgain(): void
    {
        $this->panel->simulator->fault('status', ['status' => 403, 'match' => ['method' => 'PUT']]);
        $this->mapAll();
        $domain = $this->network->domain(self::HOSTS[0]);
        self::assertSame(['mapped', 'failed'], [$domain['state'], $domain['certificate']]);
        self::assertStringContainsString('403', $domain['certificate_error']);
        $sent = count($this->panel->requests());
        $this->network->letTimePass(80000);
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests());
    }

    public function testInAdvancedModeOneRefusedHostDoesNotStopTheOthers(): void
    {
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        foreach (self::HOSTS as $host) {
            $this->network->map($host);
        }
        $this->network->runQueue();
        $refused = $this->panel->domain(self::HOSTS[1])['id'];
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['path' => "/domains/{$refused}/ssl"]]);
        $this->network->letTimePass(301);
        $this->mapAll(map: false);
        $this->network->settle();
        $states = array_map(fn (string $host): string => $this->network->domain($host)['certificate'], self::HOSTS);
        self::assertSame(['requested', 'failed', 'requested'], $states);
    }

    public function testARateLimitPausesCertificatesToo(): void
    {
        $this->panel->simulator->fault('status', ['status' => 429, 'retry_after' => 600, 'match' => ['method' => 'PUT']]);
        $this->mapAll();
        $sent = count($this->panel->requests());
        $this->network->letTimePass(300);
        $this->network->runQueue();
        self::assertCount($sent, $this->panel->requests());
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(400);
        $this->network->settle();
        $this->assertDomain(self::HOSTS[0], ['certificate' => 'requested']);
    }

    public function testWithoutUltimateMultisitesWordThePluginLooksAtDnsItself(): void
    {
        $this->network->map(self::HOSTS[0]);
        $this->network->runQueue();
        $this->network->showDns(self::HOSTS[0]);
        for ($round = 0; $round < 3; $round++) {
            $this->network->letTimePass(601);
            $this->network->runQueue();
        }
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
        $this->assertDomain(self::HOSTS[0], ['certificate' => 'requested']);
    }

    public function testUltimateMultisiteWaitsLongEnoughForACertificate(): void
    {
        $tries = WordPress::run('return apply_filters("wu_async_process_domain_stage_max_tries", 5, null);');
        self::assertGreaterThanOrEqual(30, $tries);
    }

    public function testTheAdminIsWarnedBeforeABasicCertificateIsFull(): void
    {
        WordPress::run(
            'global $wpdb;
            for ($i = 0; $i < 88; $i++) {
                $wpdb->insert("{$wpdb->base_prefix}runcloud_domains", [
                    "host" => "host$i.customer.example", "site_id" => 1, "state" => "mapped", "asked" => "present", "remote_id" => 5000 + $i,
                    "owned" => 1, "certificate" => "requested", "last_error" => "", "certificate_error" => "",
                    "next_try_at" => "2024-01-01", "desired_since" => "2024-01-01", "updated_at" => "2024-01-01",
                ]);
            }'
        );
        $this->mapAll();
        self::assertStringContainsString('91 of at most 100 names', $this->network->log());
        $notices = WordPress::run(
            'ob_start(); do_action("network_admin_notices"); return ob_get_clean();',
            [],
            more: ['user' => WordPress::ADMIN]
        );
        self::assertStringContainsString('91 of at most 100 names', $notices);
    }

    /** Maps all hosts (unless they are), with their DNS in order, and lets the certificates be asked for. */
    private function mapAll(bool $map = true): void
    {
        foreach ($map ? self::HOSTS : [] as $host) {
            $this->network->map($host);
        }
        $this->network->pointDns(...self::HOSTS);
        $this->network->runQueue();
        $this->network->letTimePass(61);
        $this->network->runQueue();
    }

    /** @param array<string, mixed> $change Of the web app's SSL. */
    private function setSsl(array $change): void
    {
        $ssl = $this->panel->simulator->state()['ssl'];
        $this->panel->simulator->setState(['ssl' => ['2001' => $change + $ssl['2001']]]);
    }

    /** @return list<string> */
    private function changesForCertificates(): array
    {
        return array_values(preg_grep('~ssl~', $this->panel->changes()));
    }
}
