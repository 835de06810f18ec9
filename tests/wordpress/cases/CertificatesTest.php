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
    /** RunCloud has taken the order; what it led to cannot be seen here. */
    private const ORDERED = [
        'domain_status' => 'ready', 'certificate_status' => 'unknown', 'certificate_reason' => 'not-looked',
        'failing_since' => null, 'unfinished' => '0',
    ];
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
        $this->assertDomain(self::HOSTS[0], [
            'domain_status' => 'pending', 'domain_reason' => 'dns-none', 'certificate_status' => 'pending', 'certificate_reason' => 'waits-for-dns',
        ]);
    }

    /** @dataProvider integrations */
    public function testInBasicModeManyHostsShareOneRequest(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->mapAll();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
        foreach (self::HOSTS as $host) {
            $this->assertOrdered($host);
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

    public function testHostsThatComeRightAfterAnOrderGatherForTheNext(): void
    {
        $this->network->pointDns(...self::HOSTS);
        foreach (self::HOSTS as $host) {
            $this->network->map($host);
            $this->network->runQueue();
        }
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
        $this->assertDomain(self::HOSTS[2], ['certificate_status' => 'pending', 'certificate_reason' => 'order-waits']);
        $this->letLook();
        self::assertSame(['PUT ssl/4001', 'PUT ssl/4001'], $this->changesForCertificates());
    }

    public function testInAdvancedModeEachHostHasItsOwnCertificate(): void
    {
        $this->setSsl(['advancedSSL' => true, 'certificate' => null]);
        $this->mapAll();
        $ids = array_map(fn (string $host): int => $this->panel->domain($host)['id'], self::HOSTS);
        $expected = array_map(static fn (int $id): string => "POST domains/{$id}/ssl", $ids);
        self::assertEqualsCanonicalizing($expected, $this->changesForCertificates());
        foreach (self::HOSTS as $host) {
            $this->assertOrdered($host);
            self::assertGreaterThan(0, (int) $this->network->domain($host)['certificate_id']);
        }
    }

    public function testInAutomaticModeNothingIsAskedFor(): void
    {
        $this->setSsl(['advancedSSL' => false, 'autoSSL' => true]);
        $this->mapAll();
        self::assertSame([], $this->changesForCertificates());
        foreach (self::HOSTS as $host) {
            $this->assertDomain($host, ['certificate_status' => 'ready', 'certificate_reason' => 'certificate-automatic']);
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
        foreach (self::HOSTS as $host) {
            $this->assertDomain($host, ['domain_status' => 'ready', 'certificate_status' => 'action', 'certificate_reason' => 'first-certificate']);
        }
        self::assertStringContainsString('Install the first certificate', $this->network->sentence(self::HOSTS[0], 'certificate'));
    }

    public function testACertificateFromElsewhereGetsASentence(): void
    {
        $certificate = $this->panel->simulator->state()['ssl']['2001']['certificate'];
        $this->setSsl(['certificate' => ['method' => 'custom'] + $certificate]);
        $this->mapAll();
        self::assertSame([], $this->changesForCertificates());
        foreach (self::HOSTS as $host) {
            $this->assertDomain($host, ['domain_status' => 'ready', 'certificate_status' => 'action', 'certificate_reason' => 'not-renewable']);
        }
        self::assertStringContainsString('where it came from', $this->network->sentence(self::HOSTS[0], 'certificate'));
    }

    public function testAPanelThatFailsIsAskedAgainForTheCertificate(): void
    {
        $this->panel->simulator->fault('status', ['status' => 500, 'match' => ['path' => '/ssl']]);
        $this->mapAll();
        $this->assertDomain(self::HOSTS[0], ['domain_status' => 'ready', 'certificate_status' => 'pending', 'certificate_reason' => 'panel-down']);
        $this->panel->simulator->clearFaults();
        $this->panel->simulator->clearHistory();
        $this->network->letTimePass(60);
        $this->network->settle();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
    }

    public function testACertificateThatIsRefusedIsShownAndNotAskedForAgain(): void
    {
        $this->panel->simulator->fault('status', ['status' => 422, 'match' => ['method' => 'PUT']]);
        $this->mapAll();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates(), 'What is refused for all is not asked for each');
        foreach (self::HOSTS as $host) {
            $this->assertDomain($host, ['remote_state' => 'present', 'certificate_status' => 'action', 'certificate_reason' => 'refused']);
        }
        self::assertStringContainsString('RunCloud', $this->network->sentence(self::HOSTS[0], 'certificate'));
        $this->panel->simulator->clearHistory();
        for ($hour = 0; $hour < 24; $hour++) {
            $this->network->letTimePass(3600);
            $this->network->runQueue();
        }
        self::assertSame(['GET domains'], $this->panel->requests(), 'Nothing but the daily inventory');
        $this->assertDomain(self::HOSTS[0], ['certificate_status' => 'action', 'certificate_reason' => 'refused']);
    }

    public function testACertificateThatIsNotPermittedIsShownAndAskedForLater(): void
    {
        $this->panel->simulator->fault('status', ['status' => 403, 'match' => ['method' => 'PUT']]);
        $this->mapAll();
        self::assertSame(['PUT ssl/4001', 'PUT ssl/4001'], $this->changesForCertificates(), 'One try for all hosts, and one more a minute later');
        $this->assertDomain(self::HOSTS[0], ['domain_status' => 'ready', 'certificate_status' => 'action', 'certificate_reason' => 'forbidden']);
        self::assertStringContainsString('RunCloud refuses', $this->network->sentence(self::HOSTS[0], 'certificate'));
        $this->panel->simulator->clearHistory();
        $this->panel->simulator->clearFaults();
        $this->network->letTimePass(3700);
        $this->network->runQueue();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
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
        $states = array_map(fn (string $host): string => $this->network->domain($host)['certificate_reason'], self::HOSTS);
        self::assertSame(['not-looked', 'refused', 'not-looked'], $states);
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
        $this->panel->simulator->clearHistory();
        $this->network->runQueue();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
        $this->letLook();
        $this->assertOrdered(self::HOSTS[0]);
    }

    public function testWithoutUltimateMultisitesWordThePluginLooksAtDnsItself(): void
    {
        $this->network->map(self::HOSTS[0]);
        $this->network->runQueue();
        $this->network->showDns(self::HOSTS[0]);
        $this->network->letTimePass(61);
        $this->network->runQueue();
        $this->letLook();
        self::assertSame(['PUT ssl/4001'], $this->changesForCertificates());
        $this->assertOrdered(self::HOSTS[0]);
    }

    public function testUltimateMultisiteWaitsLongEnoughForACertificate(): void
    {
        $this->network->map(self::HOSTS[0]);
        $tries = WordPress::run(
            '$record = wu_get_domain_by_domain($host);
            $record->set_stage("checking-ssl-cert");
            return apply_filters("wu_async_process_domain_stage_max_tries", 5, $record);',
            ['host' => self::HOSTS[0]]
        );
        self::assertGreaterThanOrEqual(30, $tries);
    }

    public function testTheAdminIsWarnedBeforeABasicCertificateIsFull(): void
    {
        WordPress::run(
            'global $wpdb;
            for ($i = 0; $i < 88; $i++) {
                $wpdb->insert("{$wpdb->base_prefix}domain_sync_domains", [
                    "host" => "host$i.customer.example", "site_id" => 1, "source" => "code", "owner" => "ours", "web_app" => 2001,
                    "remote_id" => 5000 + $i, "remote_state" => "present", "domain_status" => "ready", "domain_reason" => "served",
                    "certificate_status" => "ready", "certificate_reason" => "certificate-covers",
                ] + array_fill_keys(["domain_since", "certificate_since", "desired_since", "changed_at"], "2024-01-01"));
            }'
        );
        $this->mapAll();
        $notices = WordPress::run(
            'ob_start(); do_action("network_admin_notices"); return ob_get_clean();',
            [],
            more: ['user' => WordPress::ADMIN]
        );
        self::assertStringContainsString('has 91 names', $notices);
    }

    /** Maps all hosts (unless they are), with their DNS in order, and lets the certificates be ordered. */
    private function mapAll(bool $map = true): void
    {
        foreach ($map ? self::HOSTS : [] as $host) {
            $this->network->map($host);
        }
        $this->network->pointDns(...self::HOSTS);
        $this->network->runQueue();
        $this->letLook();
    }

    private function assertOrdered(string $host): void
    {
        $this->assertDomain($host, self::ORDERED);
        self::assertNotNull($this->network->domain($host)['ordered_at']);
    }

    /** The look that follows an order. */
    private function letLook(): void
    {
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
